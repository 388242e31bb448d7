"""Scenario files: read, checked for consistency, changed from the command line, saved."""
