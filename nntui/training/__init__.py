"""Time as data: a run is a list of iterations, and where the student stands is an integer. No I/O, no clock."""
