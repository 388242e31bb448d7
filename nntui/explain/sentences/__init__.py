"""The plain sentence under each equation, what a search found, and the names of forks."""
