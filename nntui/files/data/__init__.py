"""The data points of a scenario: rows in place, a CSV file, a generator."""
