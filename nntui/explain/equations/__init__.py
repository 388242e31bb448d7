"""The equation that makes a number: its symbols, its numbers put in, its value, and what it rests on."""
