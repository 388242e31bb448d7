"""What the network computes with the present weights: its function, and which data rows it gets right."""
