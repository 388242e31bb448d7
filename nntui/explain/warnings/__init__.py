"""Where learning is in trouble, and the number that shows it."""
