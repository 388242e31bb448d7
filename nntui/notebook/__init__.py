"""nntui in notebooks and scripts: runs and data points that say what they are, and show the panels of `nntui show`."""
