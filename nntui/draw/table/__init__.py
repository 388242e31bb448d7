"""The table of all data rows, with the results of each at its last turn."""
