"""What a run is made of: its own segment, and the segments of the runs that it comes from."""
