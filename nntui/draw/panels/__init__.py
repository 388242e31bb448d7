"""The panels of the lesson screen."""
