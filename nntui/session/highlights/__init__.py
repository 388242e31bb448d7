"""What is picked out of a step for the viewer: the lit path of the graph, and the watched rows."""
