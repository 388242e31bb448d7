"""What the network computes now: its function, and which rows it gets right."""
