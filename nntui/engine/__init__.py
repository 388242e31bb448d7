"""The lecture in NumPy. Knows no time, no file, no screen."""
