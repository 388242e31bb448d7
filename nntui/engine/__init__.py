"""The mathematics of the lecture in NumPy: one data point through one network. Knows no time, no file, no screen."""
