"""Reading and writing files: bounded in size, written whole or not at all, with errors that name file and line."""
