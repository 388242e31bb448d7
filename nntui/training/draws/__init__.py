"""What is drawn from a seed: initial weights, the order of the rows, generated data. The same on every machine."""
