"""The pictures of a recorded lesson, made without a window."""
