"""Whole documents of a run in LaTeX, HTML and Markdown: the problem, then every step as mathematics."""
