"""How the lecture, and other courses, write a number, a letter and an index."""
