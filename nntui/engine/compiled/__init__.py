"""The same arithmetic as one C file, for where many data points are gone through. Optional: without it NumPy does the work."""
