"""The shares a_k of a softmax layer as bars: one output's is no function of its own z alone."""

from rich.cells import cell_len

from nntui.draw.base.boxes import framed, left
from nntui.draw.base.numbers import number
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import superscript
from nntui.training.cell import Cell

EIGHTHS = " ▏▎▍▌▋▊▉"
LEAST_BAR = 6  # cells
LEAST_ROWS = 3
THICKEST = 3  # lines of a bar, the blank one under it included
LONGEST_NAME = 8
WIDE = 36
MARK = " ◂y"


def shares(view: View, layer: int, neuron: int, cells: int, height: int) -> Block | None:
    """A line for each output, the present one among them, in cells × height; None where there is too little room."""
    frame = view.frame
    total, room = frame.course.units[layer - 1], height - 2
    names = shortened([given_name(frame.scenario, layer, k) or str(k) for k in range(1, total + 1)], LONGEST_NAME)
    label = min(max(map(cell_len, names)), LONGEST_NAME)
    bar = cells - 2 - label - 2 - view.cell - len(MARK)
    if bar < LEAST_BAR or room < min(LEAST_ROWS, total):
        return None
    count = min(total, room)
    each = min(room // count, THICKEST)
    first = first_visible(neuron - 1, count, total) + 1
    target = frame.y(int(frame.iteration.y.argmax()) + 1)
    lines: list[Line] = []
    for k in range(first, first + count):
        known = frame.knows("a", layer, k)
        value = frame.a(layer, k) if known else None
        cell = Cell("a", layer, k)
        role: Role = "present" if k == neuron else "past"
        mark = MARK if frame.y(k) == target else ""
        drawn = Span(left(_bar(value, bar), bar), role)
        name = Span(f" {left(names[k - 1], label)} ", "strong" if k == neuron else "dim")
        lines.append((name, drawn, *number(view, cell, value, view.cell), Span(left(mark, len(MARK)), "dim")))
        lines += [(Span(" " * (label + 2)), drawn)] * (each - 2) + [()] * (each > 1)
    foot = f"{first}–{first + count - 1} of {total}" if count < total else ""
    words = f"{'  shares' if cells >= WIDE else ''} a{superscript(layer)}  {MARK.strip()} target"
    title: Line = (Span(frame.scenario.network.layers[layer - 1].activation, "strong"), Span(words, "dim"))
    return framed(title, lines, cells, height, foot=foot)


def _bar(value: float | None, cells: int) -> str:
    """A share of the cells, in eighths; none of what is not known or no number."""
    if value is None or not 0.0 <= value <= 1.0:
        return ""
    whole, part = divmod(round(value * cells * 8), 8)
    return "█" * whole + (EIGHTHS[part] if part else "")
