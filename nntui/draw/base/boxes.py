"""Lines fitted to a width in cells: cut or filled, side by side, in a frame."""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len, set_cell_size

from nntui.draw.base.spans import Block, Line, MeasuredLine, Role, Span, measured, text_width, width


def fit(line: Sequence[Span], cells: int) -> Line:
    """The line cut, with …, or filled with spaces to exactly `cells` cells."""
    have = width(line)
    if have == cells:
        return line if isinstance(line, MeasuredLine) else measured(line, cells)
    if have < cells:
        return measured((*line, Span(" " * (cells - have))), cells)
    return crop(line, cells)


def crop(line: Sequence[Span], cells: int) -> Line:
    """The line cut, with …, to at most `cells` cells."""
    if width(line) <= cells:
        return tuple(line)
    if cells <= 0:
        return ()
    kept: list[Span] = []
    room = cells - 1
    for span in line:
        if span.width > room:
            kept.append(replace(span, text=set_cell_size(span.text, room) + "…"))
            break
        kept.append(span)
        room -= span.width
    return tuple(kept)


def right(text: str, cells: int) -> str:
    """The text at the right of `cells` cells; cut, with …, if it is longer."""
    have = text_width(text)
    if have > cells:
        return _cut(text, cells)
    return " " * (cells - have) + text


def left(text: str, cells: int) -> str:
    """The text at the left of `cells` cells; cut, with …, if it is longer."""
    have = text_width(text)
    if have > cells:
        return _cut(text, cells)
    return text + " " * (cells - have)


def _cut(text: str, cells: int) -> str:
    return set_cell_size(text, max(cells - 1, 0)) + "…" if cells else ""


def beside(blocks: Sequence[tuple[Block, int]]) -> Block:
    """Blocks side by side, each filled to its given width; all as high as the highest."""
    height = max((len(block) for block, _ in blocks), default=0)
    whole = sum(max(cells, 0) for _, cells in blocks)
    lines = []
    for y in range(height):
        line: list[Span] = []
        for block, cells in blocks:
            line += fit(block[y] if y < len(block) else (), cells)
        lines.append(measured(line, whole))
    return tuple(lines)


def lines_of(needed: int, height: int, below: int) -> int:
    """Lines of a box that needs `needed` of `height`: no more where that leaves `below` lines, if any are wanted; else all."""
    return needed if below and height - needed >= below else height


def framed(
    title: Sequence[Span], inside: Sequence[Sequence[Span]], cells: int, height: int, lit: bool = False, foot: str = ""
) -> Block:
    """A box of exactly cells × height with a title in its upper border and a foot in its lower one.

    lit: only the upper border is lit, because lit sides would repaint every line of the box.
    """
    role: Role = "frame"
    upper: Role = "frame_lit" if lit else "frame"
    inner = cells - 2
    head = crop(title, inner - 4)
    bar = inner - width(head) - 3
    if head:
        top: Line = (Span("╭─ ", upper), *head, Span(" " + "─" * bar + "╮", upper))
    else:
        top = (Span("╭" + "─" * inner + "╮", upper),)
    body: list[Line] = []
    side = Span("│", role)
    for y in range(height - 2):
        line = inside[y] if y < len(inside) else ()
        body.append(measured((side, *fit(line, inner), side), 2 + max(inner, 0)))
    text = f" {left(foot, min(cell_len(foot), inner - 4))} " if foot else ""
    bottom: Line = (Span("╰" + "─" * (inner - 1 - cell_len(text)), role), Span(text, "dim"), Span("─╯", role))
    return (top, *body, bottom)
