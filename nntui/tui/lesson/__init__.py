"""The screen of a lesson and its parts."""
