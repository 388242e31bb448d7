"""The plots of a run: the small plot of the cost, and the plot with a cursor."""
