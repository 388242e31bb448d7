"""Backpropagation held against numerical derivatives, weight by weight."""
