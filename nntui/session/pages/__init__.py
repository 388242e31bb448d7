"""Pages of text that lie over the lesson, as values: what each shows, its own keys, and how far it is scrolled."""
