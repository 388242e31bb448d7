"""The network as a graph, and a wide one in short."""
