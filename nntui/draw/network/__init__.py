"""The network, drawn: as panels side by side, as bands one under the other, or as a graph."""
