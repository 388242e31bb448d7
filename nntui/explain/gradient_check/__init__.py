"""Backpropagation compared with numerical derivatives, weight by weight."""
