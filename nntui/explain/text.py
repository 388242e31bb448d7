"""Plain text set in lines."""

from textwrap import wrap


def wrapped(text: str, cells: int, most: int | None = None) -> list[str]:
    """Lines of at most `cells` characters; with `most`, no more lines than that, the last ending in … if cut."""
    if most == 0:
        return []
    return wrap(text, max(cells, 10), max_lines=most, placeholder=" …")


def reflowed(text: str) -> str:
    """Paragraphs as one line each, so that a window of any width can set them; indented lines stay as they are."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.split("\n")
        whole = any(line.startswith(" ") for line in lines)
        paragraphs.append(paragraph if whole else " ".join(line.strip() for line in lines))
    return "\n\n".join(paragraphs)
