"""What every picture is made of: spans of text with a role, boxes of lines, numbers, the view."""
