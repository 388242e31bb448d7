"""What a lesson keeps of its events, in columns that only grow, and how it is found by stop or by time."""
