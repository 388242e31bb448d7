"""The data as a table."""
