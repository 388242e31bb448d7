"""Grading of sheets and predictions, with error carried forward, and the slips behind wrong numbers."""
