"""The network: layers and their weights as panels side by side, and what bands of them are made of."""
