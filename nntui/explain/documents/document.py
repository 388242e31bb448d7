"""A stretch of a run as a document: the problem, then each step with its equation, its numbers put in, and its value."""

from collections.abc import Iterator, Sequence

from nntui.engine.network import Network
from nntui.explain.derive import derive
from nntui.explain.documents.blanks import Blanks
from nntui.explain.documents.content import (
    Block,
    Display,
    DocumentHeading,
    DocumentParagraph,
    DocumentPicture,
    Formula,
    Span,
    WritingLines,
)
from nntui.explain.documents.formulas.breaking import LINE, halves, lines
from nntui.explain.documents.formulas.nodes import MathNode, MathOperator, read_formula, read_row
from nntui.explain.documents.tables import data_tables, kept_tables, weight_tables
from nntui.explain.equations.cards.costs import CHAIN_RULE, cost_card
from nntui.explain.equations.cells import symbol_of
from nntui.explain.equations.equation import Equation, EquationRow
from nntui.explain.notation.numerals import FOUR, MINUS, Numerals, full
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.text.reflow import reflowed
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS, Kind, Phase
from nntui.training.timeline import Timeline
from nntui.values import dataclass

MOST_TERMS = 16  # of a sum on paper; longer ones are shortened in the middle
MOST_ANSWERS = 8  # short lines for the numbers of one step
HEADINGS: dict[Phase, str] = {
    "input": "Input",
    "forward": "Forward: z and a",
    "cost": "Cost",
    "backward": "Backward: δ",
    "update": "Gradients and new weights",
}
_WORDS: dict[Kind, str] = {
    "input": "the input",
    "z": "the weighted sum",
    "a": "the activation",
    "cost": "the cost",
    "delta": "the error",
    "gradient": "the gradient",
    "update": "the new weights",
}
_WORK_LINES: dict[Kind, int] = {"input": 0, "z": 2, "a": 1, "cost": 2, "delta": 2, "gradient": 1, "update": 1}


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How a document is written: digits, notation, what is left blank, and whether the network is drawn."""

    numerals: Numerals = FOUR
    notation: Notation = LECTURE
    blanks: Blanks | None = None
    picture: bool = False
    sentences: bool = True


def document(timeline: Timeline, first: int, last: int, options: DocumentOptions) -> Iterator[Block]:
    """The blocks for the steps first … last, both included."""
    yield from opening(timeline, first, last, options)
    number = 0
    place: tuple[int, int] | None = None
    phase: Phase | None = None
    for step in range(first, last + 1):
        frame = timeline.frame(step)
        address, kind = frame.address, frame.moment.kind
        if place != (address.epoch, address.point):
            place, phase = (address.epoch, address.point), None
            yield DocumentHeading(2, (f"Epoch {address.epoch}, data point {address.point} (row {frame.row})",))
        if phase != KIND_CARDS[kind].phase:
            phase = KIND_CARDS[kind].phase
            yield DocumentHeading(3, _letters(HEADINGS[phase]))
        blank = options.blanks is not None and options.blanks.leaves_out(frame.moment, number)
        number += options.blanks is not None and kind in options.blanks.kinds
        yield from step_blocks(frame, options, blank)


def opening(timeline: Timeline, first: int, last: int, options: DocumentOptions) -> Iterator[Block]:
    """The problem: title, about, the network and its weights, the data."""
    scenario, course = timeline.scenario, timeline.course
    network = scenario.network
    yield DocumentHeading(1, (scenario.title,))
    if scenario.about.strip():
        for paragraph in reflowed(scenario.about).split("\n\n"):
            yield DocumentParagraph((" ".join(paragraph.split()),))
    shape = "–".join(str(size) for size in network.sizes)
    sigmas = ", ".join(layer.activation for layer in network.layers)
    cost = cost_card(network).short
    told: list[Span] = [f"Network {shape} ({sigmas}), ", _formula("η"), f" = {full(network.eta).removesuffix('.0')}, "]
    told += [_formula("C"), " = ", _formula(cost)] if "Σ" in cost else [_formula("C"), f" = {cost}"]
    yield DocumentParagraph((*told, "."))
    if rule := tuple(_rule(network)):
        yield DocumentParagraph(rule)
    if options.picture:
        yield DocumentPicture(network.sizes)
    start = timeline.frame(course.first(course.iteration(first)))
    yield DocumentHeading(2, ("Weights at the start",))
    yield from weight_tables(start, options.numerals, options.notation)
    yield from kept_tables(start, options.numerals)
    yield DocumentHeading(2, ("Data",))
    iterations = range(course.iteration(first), course.iteration(last) + 1)
    yield from data_tables(timeline, iterations, options.numerals)
    yield DocumentParagraph(("Where ", Formula((MathOperator("≈"),)), " stands, numbers are shortened."))


def _rule(network: Network) -> Iterator[Span]:
    """How (11) is applied, where it is not once for each data point, or not by the gradient alone."""
    total = "∂C/∂w"
    if network.batched:
        total = "G / n" if network.average else "G"
        yield f"The weights change once for a batch of {network.batch} data points (the last of an epoch may be shorter), "
        yield from ("by (11) with the sum ", _formula("G"), " of their gradients")
        yield from (", divided by their number ", _formula("n"), ". ") if network.average else (". ",)
    if network.moving:
        yield from ("Each weight has a velocity ", _formula("v"), ", 0 at first: ", _formula(f"v ← μ v − η {total}"), ", then ")
        yield from (_formula("w ← w + v"), ", with ", _formula("μ"), f" = {full(network.momentum)}.")


def step_blocks(frame: Frame, options: DocumentOptions, blank: bool = False) -> Iterator[Block]:
    """A step: its headline, its equation, its value or room for it, and a sentence."""
    equation = derive(frame, options.notation, options.numerals)
    left, rest = halves(read_formula(equation.formula))
    yield DocumentParagraph((*_headline(frame, equation, left),), strong=True)
    if blank:
        yield _display(equation, left, rest, [])
        yield WritingLines(_asked(equation, options.notation), _WORK_LINES[frame.moment.kind])
        return
    rows = [_signed(row.sign(options.numerals), read_row(row, options.numerals, MOST_TERMS)) for row in _rows(equation)]
    yield _display(equation, left, rest, rows)
    if equation.sentence and options.sentences:
        yield DocumentParagraph(_letters(equation.sentence))


def _rows(equation: Equation) -> tuple[EquationRow, ...]:
    """The rows of a chain that ends with the value; the form that is computed comes before it."""
    return (*equation.rows[:-1], *equation.computed, *equation.rows[-1:])


def _headline(frame: Frame, equation: Equation, left: tuple[MathNode, ...]) -> Iterator[Span]:
    """`z₁²: the weighted sum, by (4)`."""
    yield Formula(left)
    words = _WORDS[frame.moment.kind]
    if not equation.label:
        yield f": {words}"
    elif equation.label.startswith("(") or equation.label == CHAIN_RULE:
        yield f": {words}, by {'the ' if equation.label == CHAIN_RULE else ''}{equation.label}"
    else:
        yield f": {words}, {equation.label}"


def _display(
    equation: Equation, left: tuple[MathNode, ...], rest: tuple[MathNode, ...], rows: Sequence[tuple[MathNode, ...]]
) -> Display:
    return Display(left, tuple(tuple(lines(row, LINE)) for row in (rest, *rows)), equation.label)


def _signed(sign: str, nodes: tuple[MathNode, ...]) -> tuple[MathNode, ...]:
    return (MathOperator(sign), *nodes)


def _asked(equation: Equation, notation: Notation) -> tuple[tuple[MathNode, ...], ...]:
    """The left sides of the numbers that a step makes."""
    cells = [number.cell for number in equation.made if number.cell is not None]
    return tuple(read_formula(symbol_of(cell, notation)) for cell in cells[:MOST_ANSWERS])


def _formula(text: str) -> Formula:
    return Formula(read_formula(text))


def _letters(text: str) -> tuple[Span, ...]:
    """A sentence of ours; its letters and minus signs are characters that every format can write."""
    return (text.replace(MINUS, "−"),)
