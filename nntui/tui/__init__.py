"""The windows: Textual. State goes down, messages come up; no arithmetic."""
