"""Frames and equations as styled text: pure functions of what is shown and how much room there is."""
