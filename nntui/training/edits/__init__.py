"""What if: edits as values that read and print as text, and scenarios with edits made."""
