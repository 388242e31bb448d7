"""Pictures of the function that the network has learned: curve, map, bars, confusion table."""
