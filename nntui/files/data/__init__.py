"""The data points of a scenario: rows in the file, a CSV file, or a generator."""
