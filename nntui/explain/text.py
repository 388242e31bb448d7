"""Plain text set in lines."""

from textwrap import wrap


def wrapped(text: str, cells: int, most: int | None = None) -> list[str]:
    """Lines of at most `cells` characters; with `most`, no more lines than that, the last ending in … if cut."""
    if most == 0:
        return []
    return wrap(text, max(cells, 10), max_lines=most, placeholder=" …")
