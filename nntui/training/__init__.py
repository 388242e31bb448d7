"""Training as data: a run is a list of iterations, and the student's position in it is one integer. No I/O, no clock."""
