"""The lines of a recording by their kinds: values, cards, and what is looked at."""
