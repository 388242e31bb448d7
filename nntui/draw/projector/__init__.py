"""The screen for a projector."""
