"""Reading and writing files: bounded, whole, and with errors that name file and line."""
