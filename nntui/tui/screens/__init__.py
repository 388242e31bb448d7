"""The other screens: the picker and the help."""
