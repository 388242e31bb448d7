"""The equation under the network: label, symbols, the same with numbers, value, and the sentence."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from nntui.draw.base.boxes import crop
from nntui.draw.base.spans import Block, Line, Role, Span, width
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped
from nntui.draw.panels.warning import warning_lines
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, Terms, enclosed
from nntui.explain.notation.numerals import Numerals
from nntui.training.cell import Cell

Piece = tuple[Span, ...]  # a part that is not broken at the end of a line


def equation_block(view: View, cells: int, height: int | None, *, whole: bool = False) -> Block:
    """At most `height` lines (None: as many as it needs); long sums lose terms in the middle, and no line is cut.

    Sums lose terms before the sentence loses words, but no row is left out for these.
    whole: sentence and warning get the lines that they need, beyond `height` too.
    """
    equation = view.equation
    label = f" {equation.label}  " if equation.label else "  "
    indent = cell_len(label)
    symbol = equation.formula.split(" = ")[0].split(" ← ")[0]
    second = min(indent + cell_len(symbol) + 1, cells // 4)
    lines: list[Line] = [crop((Span(label, "accent"), Span(equation.formula)), cells)]
    words = _words(view, cells - 2)
    told = 3 if view.note or view.path is not None else 2 if view.frame.is_last else 1  # what became of C takes two
    least = min(len(words), told)
    spare = 8 if height is None else max(height - len(lines) - least, 1)
    all_said = None if height is None or whole else _every_row(view, equation, cells, second, height - len(lines) - len(words))
    lines += all_said or _working(view, equation, cells, second, spare)
    if height is None or whole:
        return (*lines, *words, *warning_lines(view, cells, None))
    lines += _cut(words, height - len(lines), cells)
    return (*lines, *warning_lines(view, cells, height - len(lines)))


def _cut(words: list[Line], lines: int, cells: int) -> list[Line]:
    """The first lines of a sentence; … at the end where it goes on."""
    if len(words) <= lines or lines <= 0:
        return words[: max(lines, 0)]
    last = words[lines - 1]
    return [*words[: lines - 1], (*crop(last, cells - 2), Span(" …", last[-1].role))]


def _words(view: View, cells: int) -> list[Line]:
    """The sentence, or the note of a tour at this step; a path of the graph that is lit comes before both."""
    if view.path is not None:
        return [(Span(" ▍", "edge_path"), Span(text)) for text in wrapped(view.path.words, cells - 1)]
    if not view.note:
        return [(Span(f" {text}", "dim"),) for text in wrapped(view.equation.sentence, cells)]
    return [(Span(" ▍", "present"), Span(text)) for text in wrapped(view.note, cells - 1)]


def _working(view: View, equation: Equation, cells: int, indent: int, spare: int) -> list[Line]:
    """The rows in at most `spare` lines, or the value alone."""
    last = equation.rows[-1]
    before = list(equation.rows[:-1])
    while True:
        lines = _rows(view, [*before, last], cells, indent, spare)
        if len(lines) <= spare or not before:
            return lines[:spare]
        before = [] if len(before) == 1 else before[-1:] if len(before) > 2 else before[:1]


def _every_row(view: View, equation: Equation, cells: int, indent: int, spare: int) -> list[Line]:
    """All rows in at most `spare` lines; empty where they need more."""
    lines = _rows(view, equation.rows, cells, indent, spare) if spare > 0 else []
    return lines if len(lines) <= spare else []


def _rows(view: View, rows: Sequence[EquationRow], cells: int, indent: int, spare: int) -> list[Line]:
    """The rows with as many terms as fit in `spare` lines, or with the fewest; the value ends the last row if it fits."""
    lines: list[Line] = []
    for most in (cells // 2, 12, 8, 6, 5, 4, 3, 2):  # no row has room for more than cells // 2 terms
        lines = []
        for row in rows[:-1]:
            lines += broken(pieces(row, view.numerals, view.role, most), cells, indent)
        end = pieces(rows[-1], view.numerals, view.role, most)
        tail = sum(width(piece) for piece in end)
        if lines and width(lines[-1]) + tail + 2 <= cells:
            lines[-1] = (*lines[-1], Span("  "), *(span for piece in end for span in piece))
        else:
            lines += broken(end, cells, indent)
        if len(lines) <= spare:
            break
    return lines


def pieces(row: EquationRow, numerals: Numerals, role: Callable[[Cell], Role], most: int) -> list[Piece]:
    """A row as pieces between which a line may break, with at most `most` terms of each sum or list."""
    whole: list[Piece] = []
    pending: list[Span] = [Span(row.sign(numerals) + " ", "dim")]
    for part in row.parts:
        if not isinstance(part, Terms):
            pending += _atoms((part,), numerals, role, pending)
            continue
        for index, term in enumerate(_shortened(part.terms, most)):
            if index:
                pending.append(Span(part.joiner.rstrip() if part.joiner.startswith(",") else "", "dim"))
                whole.append(tuple(pending))
                pending = [Span(" " if part.joiner.startswith(",") else part.joiner, "dim")]
            if isinstance(term, int):
                pending.append(Span(f"… {term} more …", "dim"))
            else:
                pending += _atoms(term, numerals, role, pending)
    return [*whole, tuple(pending)]


def _shortened(terms: tuple[tuple[Atom, ...], ...], most: int) -> list[tuple[Atom, ...] | int]:
    """The first terms, the number of those left out, and the last term."""
    if len(terms) <= max(most, 2) + 1:
        return list(terms)
    return [*terms[: most - 1], len(terms) - most, terms[-1]]


def _atoms(atoms: Sequence[Atom], numerals: Numerals, role: Callable[[Cell], Role], before: list[Span]) -> list[Span]:
    """Atoms as spans; before: what is written before them, which tells whether a negative number needs brackets."""
    spans: list[Span] = []
    last = before[-1].text if before else ""
    for atom in atoms:
        if isinstance(atom, Number):
            text = enclosed(last, atom.write(numerals))
            spans.append(Span(text, "plain") if atom.cell is None else Span(text, role(atom.cell), atom.cell))
        else:
            spans.append(Span(atom, "plain" if atom.strip() else "dim"))
        last = spans[-1].text
    return spans


def broken(parts: list[Piece], cells: int, indent: int) -> list[Line]:
    """Pieces in indented lines of at most `cells`; a piece that is too long for any line is broken between its spans."""
    lines: list[Line] = []
    line: list[Span] = [Span(" " * indent)]
    used = indent
    room = cells - indent - 2
    for piece in (part for whole in parts for part in ([whole] if width(whole) <= room else [(span,) for span in whole])):
        size = width(piece)
        if used + size > cells and used > indent:
            lines.append(tuple(line))
            line, used = [Span(" " * (indent + 2))], indent + 2
        line += piece
        used += size
    return [crop(entry, cells) for entry in [*lines, tuple(line)]]
