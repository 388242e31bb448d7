"""What touches the terminal itself, and Textual's private parts."""
