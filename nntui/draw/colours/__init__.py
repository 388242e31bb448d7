"""Colours of roles, and pictures in them that need no terminal."""
