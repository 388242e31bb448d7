"""Recordings in a session: those that are written, and the one that is replayed."""
