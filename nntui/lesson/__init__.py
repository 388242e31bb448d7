"""What a student or a teacher did in a session, as data. Pure."""
