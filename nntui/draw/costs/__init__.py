"""The small plot of the cost: its scale, its curves with the band of their spread, and the cost in one line."""
