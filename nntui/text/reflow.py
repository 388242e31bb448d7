"""Plain text for a window of any width: paragraphs without line ends, and lines that go on under their first word."""

import textwrap

from nntui.text.regex import regex

_BEFORE_THE_TEXT = regex(r"\s*(?:\S+(?: \S+)*  +)?")


def reflowed(text: str) -> str:
    """Each paragraph as one line, for a window of any width to wrap; a paragraph with an indented line keeps its lines."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.split("\n")
        whole = any(line.startswith(" ") for line in lines)
        paragraphs.append(paragraph if whole else " ".join(line.strip() for line in lines))
    return "\n\n".join(paragraphs)


def hung(line: str, cells: int) -> str:
    """A line in as many lines as it needs; those after the first begin below its text, behind two blanks its second column.

    cells: how long a line may be.
    """
    indent = " " * len(_BEFORE_THE_TEXT.match(line)[0])  # type: ignore[index]  # it matches every line
    return "\n".join(textwrap.wrap(line, cells, subsequent_indent=indent, break_on_hyphens=False)) or line
