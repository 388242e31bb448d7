"""What became of a number over the run: a weight since the start, a row at its turns, a run beside another."""
