"""Conditions for `run until`: parsed from text, and searched for in a run."""
