"""What is drawn from a seed: starting weights, the order of the rows, generated data. The same on every machine."""
