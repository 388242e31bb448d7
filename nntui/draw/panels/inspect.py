"""The inspector: one number with the step that computes it, its equation, its partial derivatives, and its neighbours.

The cursor can go to every term; the term under it is marked wherever it appears. A panel with too few lines scrolls.
"""

from collections.abc import Sequence

from nntui.draw.base.boxes import fit, framed, lines_of
from nntui.draw.base.numbers import UNKNOWN
from nntui.draw.base.spans import Block, Line, Role, Span, width
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.base.wrap import wrapped
from nntui.draw.panels.equation import Piece, broken, pieces
from nntui.draw.panels.past import past_chunks
from nntui.explain.equations.cells import known, symbol_of, value_of
from nntui.explain.equations.equation import Equation, Number
from nntui.explain.equations.inspect import Inspection, terms
from nntui.explain.history.of_number import Past
from nntui.training.cell import Cell

LEAST_BOX = 5  # lines of the panel
GUTTER = 10  # cells of the words at the left
APART = (Span("   "),)
OPENING = ("", "(5)", "(9)", "(14)")  # labels of partials that begin a line
ALL_TERMS = 10**9  # the sums of an inspection are shortened before they come here


def inspect_panel(
    view: View,
    inspection: Inspection,
    cells: int,
    height: int,
    cursor: int | None = None,
    past: Past | None = None,
    below: int = 0,
) -> Block:
    """The panel in cells × height; only as high as it must be where that leaves `below` lines, if any are wanted.

    cursor: which of `terms(inspection)` is marked, and visible. past: what the number was.
    """
    body = _body(view, inspection, cells - 3, cursor, past)
    height = lines_of(max(len(body) + 2, LEAST_BOX), height, below)
    room = height - 2
    last = max(len(body) - room, 0)
    marked = next((y for y, line in enumerate(body) if any(span.role == "cursor" for span in line)), 0)
    first = first_visible(marked, room, len(body))
    shown = body[first : first + room]
    reachable = terms(inspection)
    names = [symbol_of(reachable[cursor], view.notation)] if cursor is not None and cursor < len(reachable) else []
    foot = " · ".join([*names, *([f"{first + 1}–{first + len(shown)} of {len(body)}"] if last else [])])
    return framed(_title(view, inspection), shown, cells, height, lit=True, foot=foot)


def _title(view: View, inspection: Inspection) -> Line:
    """Symbol and value, and the step that computes the number."""
    origin = inspection.origin
    if not inspection.known:
        words, value = f"not reached yet, {origin.words.replace('made', 'to be made')}", f" {UNKNOWN}"
    else:
        number = Number(inspection.value)
        words, value = origin.words, f" {'=' if number.exact(view.numerals) else '≈'} {number.write(view.numerals)}"
    return (Span(inspection.symbol, "strong"), Span(value), Span(f"  {words}", "dim", origin.address))


class _Roles:
    """The role of a term: under the cursor, the inspected number itself, or a term that the cursor can go to."""

    def __init__(self, own: Cell, cursor: Cell | None) -> None:
        self.own, self.cursor = own, cursor

    def __call__(self, cell: Cell) -> Role:
        return "cursor" if cell == self.cursor else "strong" if cell == self.own else "source"


def _body(view: View, inspection: Inspection, cells: int, cursor: int | None, past: Past | None) -> Block:
    reachable = terms(inspection)
    role = _Roles(inspection.cell, reachable[cursor] if cursor is not None and cursor < len(reachable) else None)
    lines = _equation(view, inspection.equation, role, cells)
    for row in inspection.equation.computed:
        lines += _headed("computed", broken(pieces(row, view.numerals, role, ALL_TERMS), cells, GUTTER))
    if inspection.remark:
        lines += [(Span(f"{'':{GUTTER}}{text}", "dim"),) for text in wrapped(inspection.remark, cells - GUTTER)]
    lines += _partials(view, inspection.partials, role, cells)
    for word, listed in (("fed by", inspection.fed_by), ("feeds", inspection.feeds)):
        lines += _set(word, _entries(view, listed, inspection.most, role), cells)
    lines += _set("history", past_chunks(view, past), cells) if past is not None else []
    return tuple(lines)


def _equation(view: View, equation: Equation, role: _Roles, cells: int) -> list[Line]:
    """Label and symbols, then the rows of numbers, with the value at the end of the last row if it fits."""
    head = (Span(f" {equation.label}  ".ljust(GUTTER), "accent"), Span(equation.formula))
    lines = broken([(head[0],), *_words(head[1])], cells, 0)
    for place, row in enumerate(equation.rows):
        parts = pieces(row, view.numerals, role, ALL_TERMS)
        tail = sum(width(part) for part in parts)
        if place and place == len(equation.rows) - 1 and width(lines[-1]) + 2 + tail <= cells:
            lines[-1] = (*lines[-1], Span("  "), *(span for part in parts for span in part))
        else:
            lines += broken(parts, cells, GUTTER)
    return lines


def _words(span: Span) -> list[Piece]:
    """A formula as pieces between which a line may break: at each = and before a second equation."""
    parts = span.text.replace("  =", " =").split(" = ")
    return [(Span(part if not place else f" = {part}"),) for place, part in enumerate(parts)]


def _partials(view: View, partials: Sequence[Equation], role: _Roles, cells: int) -> list[Line]:
    """Each partial derivative with its label; those of one path side by side if they fit."""
    paths: list[list[list[Piece]]] = []
    for partial in partials:
        label = f"{partial.label} " if partial.label else ""
        parts: list[Piece] = [(Span(label, "accent"), Span(partial.formula))]
        for row in partial.rows:
            parts += [(Span(" "),), *pieces(row, view.numerals, role, ALL_TERMS)]
        if not paths or partial.label in (partials[0].label, *OPENING):
            paths.append([])
        paths[-1].append(parts)
    lines: list[Line] = []
    for path in paths:
        lines += _set("" if lines else "partials", path, cells)
    return lines


def _entries(view: View, listed: Sequence[Cell], most: int, role: _Roles) -> list[list[Piece]]:
    """Symbol and number of each cell, a dot if the step has not reached it."""
    entries: list[list[Piece]] = []
    for cell in listed[:most]:
        reached = known(view.frame, cell)
        text = view.numerals.write(value_of(view.frame, cell)) if reached else UNKNOWN
        symbol = Span(f"{symbol_of(cell, view.notation)} ", "plain", cell)
        entries.append([(symbol, Span(text, role(cell), cell))])
    if len(listed) > most:
        entries.append([(Span(f"… {len(listed) - most} more", "dim"),)])
    return entries


def _set(word: str, chunks: list[list[Piece]], cells: int) -> list[Line]:
    """Chunks one after the other in lines, with a word before the first; a chunk longer than a line is broken."""
    lines: list[Line] = []
    line: Line = ()
    for chunk in chunks:
        flat = tuple(span for piece in chunk for span in piece)
        if line and width(line) + width(APART) + width(flat) <= cells:
            line = (*line, *APART, *flat)
            continue
        lines += [line] if line else []
        *whole, line = broken(chunk, cells, GUTTER)
        lines += whole
    lines += [line] if line else []
    return _headed(word, lines)


def _headed(word: str, lines: list[Line]) -> list[Line]:
    """Indented lines with a word before the first."""
    if lines:
        lines[0] = (Span(f" {word:<{GUTTER - 1}}", "dim"), *_without_indent(lines[0]))
    return lines


def _without_indent(line: Line) -> Line:
    """The line without the blanks of the gutter."""
    blank, *rest = line
    return (*fit((), blank.width - GUTTER), *rest) if blank.width > GUTTER else tuple(rest)
