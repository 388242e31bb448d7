"""Where the student stands and what is open, without a window."""
