"""The panels of the lesson's screen."""
