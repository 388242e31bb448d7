"""Pictures of what the network has learned: curve, map, bars, confusion table."""
