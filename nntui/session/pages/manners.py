"""What all pages of text have in common, those of a lesson and the help: the keys that close them, and the line at their foot."""

CLOSING = ("escape", "q", "enter", "space", "k", "question_mark", "f1")
"""Keys by Textual's names."""

FOOT = "↑↓ scroll · Esc close"
