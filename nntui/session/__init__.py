"""A lesson without its window: where the viewer is, what is open, what is recorded, and what each key does."""
