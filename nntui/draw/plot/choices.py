"""The list of what can be plotted of a run, and the symbol of each measure."""

from nntui.explain.equations.cells import symbol_of
from nntui.explain.notation.numerals import superscript
from nntui.explain.notation.symbols import Notation, neuron_symbol
from nntui.training.cell import Cell
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import ACCURACY, COST, HELD_ACCURACY, HELD_COST, Measure
from nntui.training.timeline import Timeline
from nntui.values import dataclass

LAST = 1 << 30  # a choice beyond the last is the last
TOGETHER = 4  # lines of one plot at most


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """One entry of the list: measures that are drawn together. name: in the list; words: for the title."""

    name: str
    words: str
    measures: tuple[Measure, ...]


def choices(measured: Measured, notation: Notation, followed: Cell | None = None) -> tuple[SeriesChoice, ...]:
    """Cost, outputs, |δ| and |w| by layer, accuracy: up to TOGETHER measures of a kind together, else each alone.

    followed: a number that comes last.
    """
    entries = [SeriesChoice("cost", "cost", (COST,))]
    for kind, name, words in (("output", "a", "output"), ("delta", "|δ|", "largest |δ|"), ("weight", "|w|", "largest |w|")):
        found = tuple(measure for measure in measured.names if measure.kind == kind)
        where = {"output": "", "delta": " of a layer", "weight": " into a layer"}[kind]
        if 1 < len(found) <= TOGETHER:
            whole = f"a{superscript(len(measured.timeline.course.units))}" if kind == "output" else name
            entries.append(SeriesChoice(whole, words + where, found))
        else:
            symbols = [symbol(measured.timeline, measure, notation) for measure in found]
            entries += [
                SeriesChoice(one, f"{words}{where}" if len(found) > 1 else words, (measure,))
                for one, measure in zip(symbols, found, strict=True)
            ]
    if HELD_ACCURACY in measured.by_epoch:
        words = "share right of rows held out (h) and trained on (t)"
        entries.append(SeriesChoice("accuracy", words, (HELD_ACCURACY, ACCURACY)))
    elif ACCURACY in measured.by_epoch:
        entries.append(SeriesChoice("accuracy", "accuracy", (ACCURACY,)))
    if HELD_COST in measured.by_epoch:
        entries.insert(1, SeriesChoice("held out", "C of rows held out (h) and trained on (t)", (HELD_COST, COST)))
    if followed is not None:
        measure = Measure("number", number=followed)
        name = symbol(measured.timeline, measure, notation)
        entries.append(SeriesChoice(name, name, (measure,)))
    return tuple(entries)


def symbol(timeline: Timeline, measure: Measure, notation: Notation) -> str:
    """The symbol of a measure: C, a₁², |δ¹|, |w⁰|, accuracy."""
    match measure.kind:
        case "cost":
            return "C"
        case "output":
            return neuron_symbol("a", len(timeline.course.units), measure.place)
        case "delta":
            return f"|δ{superscript(measure.place)}|"
        case "weight":
            return f"|{notation.weights(measure.place)}|"
        case "accuracy":
            return "accuracy"
        case "held_accuracy":
            return "held out"
        case "held_cost":
            return "C held out"
        case "number":
            assert measure.number is not None
            number = measure.number
            kind = "weight" if number.kind == "update" else number.kind
            return symbol_of(Cell(kind, number.layer, number.neuron, number.sender), notation)
