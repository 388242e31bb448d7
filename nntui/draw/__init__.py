"""Pictures as styled text: pure functions of what is shown and of the room for it."""
