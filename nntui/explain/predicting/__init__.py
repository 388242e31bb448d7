"""Numbers that are asked for before they are shown: the question, its answer, and the help that fades in."""
