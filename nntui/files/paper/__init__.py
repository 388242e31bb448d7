"""What is on paper: sheets of answers as people bring them back, folders of them, and the sheets that are handed out."""
