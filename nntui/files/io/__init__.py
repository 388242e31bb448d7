"""Reading and writing files: bounded, whole or not at all, one writer at a time, with errors that name file and line."""
