"""Pictures of a lesson for others to play: a recording of a terminal, and a page for a browser."""
