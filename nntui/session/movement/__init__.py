"""Going somewhere: the one way in which every move ends, and what is computed for it between two keys."""
