"""What can be chosen to be plotted of a run: the list, and how each entry is written."""

from dataclasses import dataclass

from nntui.explain.notation.numerals import superscript
from nntui.explain.notation.symbols import Notation, neuron_symbol
from nntui.training.rows.measures import ACCURACY, COST, Measure, Measured
from nntui.training.timeline import Timeline

TOGETHER = 4  # lines that one plot has at most


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """One entry of the list: what is drawn together. name: in the list; words: what it is."""

    name: str
    words: str
    measures: tuple[Measure, ...]


def choices(measured: Measured, notation: Notation) -> tuple[SeriesChoice, ...]:
    """Cost, outputs, |δ| and |w| by layer, accuracy: lines of one kind together where they are few, else each alone."""
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
    if measured.accuracy is not None:
        entries.append(SeriesChoice("accuracy", "accuracy", (ACCURACY,)))
    return tuple(entries)


def symbol(timeline: Timeline, measure: Measure, notation: Notation) -> str:
    """How a measure is written: C, a₁², |δ¹|, |w⁰|, accuracy."""
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
