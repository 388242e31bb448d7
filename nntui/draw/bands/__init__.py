"""The network in bands over the whole width, one layer under the other, where panels side by side would lose a number."""
