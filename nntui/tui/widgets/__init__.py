"""Textual widgets and tables that every screen shares."""
