"""The runs of a family in a list, and beside it the chosen run and the current one, number by number."""

from collections.abc import Sequence

from rich.cells import cell_len

from nntui.draw.base.boxes import beside, fit, framed, left, right
from nntui.draw.base.numbers import SAME, UNKNOWN, changed, signed
from nntui.draw.base.spans import Block, Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.base.wrap import wrapped
from nntui.draw.costs.cost_panel import costs_panel
from nntui.draw.panels.around import equation_above
from nntui.explain.equations.cells import symbol_of
from nntui.explain.equations.comparison import Pair
from nntui.values import dataclass

LEAST_LIST = 22  # cells
LEAST_NUMBER = 8  # cells of a number in the comparison, with the blank before it
LEAST_NAME = 12
WITH_PLOT = 24  # lines from which there is room for the plot too
TALL = 12  # lines of the list if the plot is below it
APART = "  "


@dataclass(frozen=True, slots=True)
class ListedRun:
    """One run in the list. start: where it begins, empty for the original; cost: C here; mean: mean C of the epoch before."""

    number: int
    name: str
    depth: int
    start: str
    cost: float | None
    mean: float | None
    here: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    """The run that a click on a line of the list means."""

    number: int


@dataclass(frozen=True, slots=True)
class ShownForks:
    """The runs of the list, and the number of the chosen one.

    compared: None if the chosen run is the current one; offset: how many numbers of the comparison are scrolled past.
    verdict: what is said of the two runs, above the numbers.
    """

    runs: Sequence[ListedRun]
    chosen: int
    compared: Sequence[Pair] | None
    offset: int = 0
    verdict: Sequence[str] = ()


def forks_panel(view: View, shown: ShownForks, cells: int, height: int) -> Block:
    """The panel in cells × height, with the equation and the plot of all runs if there is room for them."""
    above = equation_above(view, cells, height)
    under = height - len(above) - TALL if height >= WITH_PLOT else 0
    below = costs_panel(view, cells, under) if under else ()
    return (*above, *_runs(view, shown, cells, height - len(above) - len(below)), *below)


def _runs(view: View, shown: ShownForks, cells: int, height: int) -> Block:
    wanted = 10 + max(2 * run.depth + cell_len(run.name) for run in shown.runs) + (2 * view.numerals.cell + 8)
    size = max(min(wanted, cells * 45 // 100, cells - 2 - _symbols(view) - 3 * LEAST_NUMBER), LEAST_LIST)
    listing = _list(view, shown.runs, shown.chosen, size, height)
    return beside([(listing, size), (_comparison(view, shown, cells - size, height), cells - size)])


def _said(verdict: Sequence[str], cells: int, height: int) -> Block:
    """The verdict in lines; one number at least stays below it."""
    lines = tuple((Span(" " + line),) for words in verdict for line in wrapped(words, cells - 4))
    return lines[: max(height - 4, 0)]


def numbers_shown(view: View, cells: int, height: int) -> int:
    """How many numbers the comparison shows at once."""
    return max((height - 3) * _groups(view, cells - LEAST_LIST), 1)


# --- the list


def _list(view: View, runs: Sequence[ListedRun], chosen: int, cells: int, height: int) -> Block:
    inner, room = cells - 2, height - 3
    place = next((index for index, run in enumerate(runs) if run.number == chosen), 0)
    first = first_visible(place, room, len(runs))
    starts = max((len(run.start) for run in runs), default=0)
    number = view.numerals.cell
    columns = [number, number]
    while columns and inner - 3 - starts - 1 - sum(columns) < 12:
        columns.pop()
    names = inner - 3 - starts - 1 - sum(columns)
    heads = ("C here", "mean C")[: len(columns)]
    head = "   " + left("run", names) + right("from", starts + 1) if starts >= 4 else "   " + left("run", names + starts + 1)
    lines: list[Line] = [(Span(head + "".join(right(text, size) for text, size in zip(heads, columns, strict=True)), "dim"),)]
    lines += [_run(view, run, run.number == chosen, names, starts, columns) for run in runs[first : first + room]]
    foot = f"{first + 1}–{min(first + room, len(runs))} of {len(runs)}" if len(runs) > room else ""
    return framed((Span("runs", "strong"),), lines, cells, height, lit=True, foot=foot)


def _run(view: View, run: ListedRun, chosen: bool, names: int, starts: int, columns: Sequence[int]) -> Line:
    target = RunLine(run.number)
    name: Role = "cursor" if chosen else "strong" if run.here else "plain"
    indent = min(2 * run.depth, names - LEAST_NAME)
    bare = left(run.name, min(cell_len(run.name), names - indent))
    values = (run.cost, run.mean)[: len(columns)]
    return (
        Span(" ● " if run.here else "   ", "present", target),
        Span(" " * indent, "plain", target),
        Span(bare, name, target),
        Span(" " * (names - indent - cell_len(bare)), "plain", target),
        Span(right(run.start, starts + 1), "dim", target),
        *(Span(_right(view, value, size), "number", target) for value, size in zip(values, columns, strict=True)),
    )


def _right(view: View, value: float | None, cells: int) -> str:
    return right(UNKNOWN if value is None else view.numerals.within(value, cells - 1), cells)


# --- side by side


def _comparison(view: View, shown: ShownForks, cells: int, height: int) -> Block:
    here = next((run for run in shown.runs if run.here), None)
    there = next((run for run in shown.runs if run.number == shown.chosen), None)
    compared, said = shown.compared, _said(shown.verdict, cells, height)
    inner, room = cells - 2, height - 3 - len(said)
    if compared is None or there is None or here is None:
        return framed((Span("beside", "strong"),), _hint(len(shown.runs), inner), cells, height)
    title = (Span(here.name, "strong"), Span(" beside "), Span(there.name, "strong"))
    if not compared:
        return framed(title, ((Span(" computing …", "dim"),),), cells, height)
    groups, symbols = _groups(view, cells), _symbols(view)
    first = min(shown.offset, max(len(compared) - 1, 0))
    visible = compared[first : first + groups * room]
    number = (inner - (groups - 1) * len(APART)) // groups
    sizes = (symbols, *((number - symbols) // 3,) * 3)
    heads = ("", "here", "there", "difference" if sizes[3] > len("difference") else "diff")
    head = "".join(right(text, size) for text, size in zip(heads, sizes, strict=True))
    columns: list[tuple[Block, int]] = []
    for group in range(groups):
        part = visible[group * room : (group + 1) * room]
        lines = [(Span(head if part else "", "dim"),), *(_pair(view, pair, sizes) for pair in part)]
        columns.append((tuple(lines), number + (len(APART) if group < groups - 1 else 0)))
    other = sum(pair.difference != 0.0 for pair in compared)
    foot = f"{first + 1}–{first + len(visible)} of {len(compared)} numbers, {other} differ"
    return framed(title, (*said, *beside(columns)), cells, height, foot=foot)


def _groups(view: View, cells: int) -> int:
    """How many columns of pairs fit side by side."""
    least = _symbols(view) + 3 * view.numerals.cell + len(APART)
    return max((cells - 2 + len(APART)) // least, 1)


def _symbols(view: View) -> int:
    """The width of a symbol: ∂C/∂w⁰₁₂ at a gradient step is the longest."""
    return 11 if view.frame.moment.kind == "gradient" else 8


def _hint(count: int, cells: int) -> Block:
    if count > 1:
        words = "This is where you stand. ↑↓ choose another run, to see its numbers beside these; Enter goes on there."
    else:
        words = (
            "There is one run, the original. e changes a weight, a bias, η, an activation, the cost, x or y from this data "
            "point on: that is another run beside this one, a fork. Nothing is lost: stepping back undoes it."
        )
    return tuple((Span(" " + line, "dim"),) for line in wrapped(words, cells - 2))


def _pair(view: View, pair: Pair, sizes: Sequence[int]) -> Line:
    lit: Role = "lit" if pair.cell in view.lit or _is_new(view, pair) else "plain"
    symbol = symbol_of(pair.cell, view.notation)
    change = None if pair.here is None or pair.there is None else changed(pair.there, pair.here)
    if change is None:
        difference, role = UNKNOWN, "dim"
    elif change == 0.0:
        difference, role = SAME, "dim"
    else:
        room = sizes[3] - 1 - (change > 0.0)
        difference, role = signed(view.numerals.within(change, room), change), "new"
    mark = left(symbol, min(cell_len(symbol), sizes[0] - 1))
    return (
        *fit((Span(" "), Span(mark, lit, pair.cell)), sizes[0]),
        Span(_right(view, pair.here, sizes[1]), "number", pair.cell),
        Span(_right(view, pair.there, sizes[2]), "number"),
        Span(right(difference, sizes[3]), "new" if role == "new" else "dim"),
    )


def _is_new(view: View, pair: Pair) -> bool:
    """Whether a weight was just computed by the step."""
    moment, cell = view.frame.moment, pair.cell
    return moment.kind == "update" and (cell.kind, cell.layer, cell.neuron) == ("weight", moment.layer, moment.neuron)
