"""Sheets and predictions: every number judged from the student's own numbers, and slips named."""
