"""The equation of every number: its symbols, the numbers put in, its value, and the numbers it depends on."""
