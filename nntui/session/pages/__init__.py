"""Pages of text that lie over the lesson, as values: what each shows, its keys, and how it scrolls."""
