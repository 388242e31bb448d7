"""What each key of a lesson does: controllers, each for keys of one kind. None of them knows Textual."""
