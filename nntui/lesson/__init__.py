"""What happened in a session, as data. Pure."""
