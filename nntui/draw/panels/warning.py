"""The warnings of a step in the free lines: the first sentence, and how many more there are."""

from rich.cells import cell_len

from nntui.draw.base.spans import Line, Span
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped

LEAST = 12  # cells of a sentence; less says nothing
MARK = "▲"


def warning_lines(view: View, cells: int, free: int | None) -> list[Line]:
    """At most `free` lines (None: as many as it needs); a sentence that does not fit is cut after a whole word."""
    if not view.warnings or free == 0:
        return []
    sentence, more = view.warnings[0].sentence, len(view.warnings) - 1
    rest = f" +{more} more" if more else ""
    room = cells - 4  # the mark, and a blank at the right
    if room - cell_len(rest) < LEAST:
        return []
    lines = wrapped(sentence, room)
    if free is not None and len(lines) > free:
        lines = [*lines[: free - 1], cut(" ".join(lines[free - 1 :]), room - cell_len(rest))]
    elif cell_len(lines[-1]) + cell_len(rest) > room:
        if free is None or len(lines) < free:
            lines, rest = [*lines, rest.strip()], ""
        else:
            lines = [*lines[:-1], cut(lines[-1], room - cell_len(rest))]
    first = (Span(f" {MARK} ", "warning"), Span(lines[0], "plain"))
    said: list[Line] = [first, *((Span(f"   {line}", "plain"),) for line in lines[1:])]
    if rest:
        said[-1] = (*said[-1], Span(rest, "dim"))
    return said


def cut(text: str, cells: int) -> str:
    """As many whole words as fit, with … after them if some are left out."""
    if cell_len(text) <= cells:
        return text
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}" if kept else word
        if cell_len(longer) + 2 > cells:
            break
        kept = longer
    return f"{kept.rstrip('.,;:')} …" if kept else "…"
