"""Conditions to run to: read from text, and found in the run."""
