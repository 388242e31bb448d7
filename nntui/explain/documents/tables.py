"""The tables of a document: starting weights and data, parted by columns where they are wider than the page."""

from collections.abc import Iterator, Sequence

from nntui.engine.arithmetic import Array
from nntui.explain.documents.content import DocumentHeading, DocumentParagraph, DocumentTable, Formula, Spans
from nntui.explain.documents.formulas.breaking import width
from nntui.explain.documents.formulas.nodes import plain_number, read_formula
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import Numerals, subscript
from nntui.explain.notation.symbols import Notation, neuron_symbol
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline

# in widths of a digit, as set in LaTeX at 11 pt: 5.5 pt
PAGE = 84.0  # of a table across the page
MOST_NAME = 24.0  # of a name in a table
_GAP = 2.2  # between two columns
_NARROW, _WIDE = "iljtfrI.,:;!'|()[] ", "mMW@%"
_CODE_POINT = 10.3  # of a character that LaTeX writes as [U+4E2D]
MOST_ROWS = 200  # of data


def weight_tables(frame: Frame, numerals: Numerals, notation: Notation) -> Iterator[DocumentHeading | DocumentTable]:
    """For each layer a row for each neuron: its incoming weights, and its bias."""
    for layer in range(1, len(frame.scenario.network.layers) + 1):
        yield DocumentHeading(3, ("Weights ", Formula(read_formula(notation.weights(layer))), f" into layer {layer}"))
        yield from _of_weights(frame, layer, frame.weights_before(layer), numerals)


def kept_tables(frame: Frame, numerals: Numerals) -> Iterator[DocumentHeading | DocumentTable]:
    """G of a batch that has begun, and v where it has, as the data points before left them; laid out as the weights."""
    network = frame.scenario.network
    waiting, moving = not frame.iteration.batch_place.begins, network.moving and frame.number > 0
    for layer in range(1, len(network.layers) + 1):
        for letter, kept, on in (("G", frame.sums, waiting), ("v", frame.velocities, moving)):
            if on:
                yield DocumentHeading(3, (Formula(read_formula(letter)), f" of the weights into layer {layer}"))
                yield from _of_weights(frame, layer, kept(layer, before=True), numerals)


def _of_weights(frame: Frame, layer: int, values: Array, numerals: Numerals) -> Iterator[DocumentTable]:
    """A row for each neuron with one number for each weight into it."""
    scenario = frame.scenario
    network = scenario.network
    biases = network.layers[layer - 1].biases
    header: list[Spans] = [("to",)]
    header += [_sender(frame, layer, j) for j in range(1, network.sizes[layer - 1] + 1)]
    header += [("bias",)] if biases else []
    rows: list[list[Spans]] = []
    for neuron, row in enumerate(values.tolist(), start=1):
        numbers = [*row[1:], row[0]] if biases else row[1:]
        name = _named(given_name(scenario, layer, neuron), neuron_symbol("a", layer, neuron))
        rows.append([name, *(number_cell(value, numerals) for value in numbers)])
    yield from parted(header, rows)


def data_tables(timeline: Timeline, iterations: range, numerals: Numerals) -> Iterator[DocumentTable | DocumentParagraph]:
    """x and y of the data points that a document goes through."""
    course = timeline.course
    shown: dict[int, Frame] = {}
    for number in iterations[:MOST_ROWS]:
        frame = timeline.frame(course.first(number))
        shown.setdefault(frame.row, frame)
    first = next(iter(shown.values()))
    scenario, top = first.scenario, len(first.scenario.network.layers)
    header: list[Spans] = [("row",)]
    header += [_named(given_name(scenario, 0, j), f"x{subscript(j)}") for j in range(1, scenario.network.inputs + 1)]
    header += [_target(given_name(scenario, top, k), k) for k in range(1, scenario.network.outputs + 1)]
    rows: list[list[Spans]] = []
    for row, frame in sorted(shown.items()):
        values = [*frame.iteration.x.tolist(), *frame.iteration.y.tolist()]
        rows.append([(str(row),), *(number_cell(value, numerals) for value in values)])
    yield from parted(header, rows)
    if len(iterations) > MOST_ROWS:
        yield DocumentParagraph((f"The data points after the first {MOST_ROWS} are not listed.",))


def number_cell(value: float, numerals: Numerals) -> Spans:
    """A number as short as it is, as a formula."""
    return (Formula((plain_number(numerals.write_short(value)),)),)


def parted(header: Sequence[Spans], rows: Sequence[Sequence[Spans]]) -> Iterator[DocumentTable]:
    """One table, or several side by side with the first column repeated."""
    widths = [max(_width(row[at]) for row in (header, *rows)) + _GAP for at in range(len(header))]
    at = 1
    while at < len(header) or at == 1:
        room, end = PAGE - widths[0], at
        while end < len(header) and (end == at or widths[end] <= room):
            room -= widths[end]
            end += 1
        columns = [0, *range(at, end)]
        yield DocumentTable(tuple(header[c] for c in columns), tuple(tuple(row[c] for c in columns) for row in rows))
        at = end
        if end >= len(header):
            return


def _width(cell: Spans) -> float:
    return sum(text_width(span) if isinstance(span, str) else width(span.nodes) for span in cell)


def text_width(text: str) -> float:
    """About how wide a text is, in widths of a digit."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.7
    if character in _WIDE:
        return 2.1
    if character.isupper() or character in "w&":
        return 1.6
    return 1.1 if character < "\u2070" else _CODE_POINT


def _sender(frame: Frame, layer: int, j: int) -> Spans:
    letter = f"x{subscript(j)}" if layer == 1 else neuron_symbol("a", layer - 1, j)
    return _named(given_name(frame.scenario, layer - 1, j), letter)


def _named(name: str, symbol: str) -> Spans:
    """The symbol, and the name that the scenario gives."""
    formula = Formula(read_formula(symbol))
    return (formula, f" {_cut(name)}") if name else (formula,)


def _target(name: str, k: int) -> Spans:
    return _named(name, f"y{subscript(k)}")


def _cut(name: str) -> str:
    """A name that takes no more than MOST_NAME."""
    room = MOST_NAME
    for at, character in enumerate(name):
        room -= _character_width(character)
        if room < 0.0:
            return f"{name[:at]}…"
    return name
