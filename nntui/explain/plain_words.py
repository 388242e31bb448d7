"""A step told in sentences and lists, one thing after another, in words that a screen reader can say."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from nntui.explain.derive import derive
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.cells import exists, known, senders, value_of
from nntui.explain.equations.equation import Equation, EquationRow, Terms, enclosed
from nntui.explain.notation.names import neuron_label
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.text.counted import counted
from nntui.text.regex import regex
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS, Kind, NumberKind

_SPOKEN = {
    "δ": "delta", "σ": "sigma", "η": "eta", "μ": "mu", "Σ": "sum of ", "∂": "d", "·": " times ", "≈": "about", "−": " minus ",
    "←": "becomes",    "½": "1/2 ", "′": " prime", "×": " times ", "√": "root of ", "…": " and so on, ",
    "│": " ", "–": "-", "+": " plus ",
}  # fmt: skip
_KIND_WORDS: dict[Kind, str] = {
    "input": "the inputs",
    "z": "z",
    "a": "a",
    "cost": "the cost C",
    "delta": "delta",
    "gradient": "gradients of the weights",
    "update": "new weights",
}
_OF_WEIGHT_WORDS: dict[NumberKind, str] = {
    "weight": "weight",
    "gradient": "gradient of the weight",
    "update": "new weight",
    "sum": "sum G of the weight",
    "velocity": "velocity v of the weight",
}
_OF_NEURON: tuple[tuple[NumberKind, str], ...] = (
    ("z", "z"),
    ("a", "a"),
    ("slope", "sigma prime of z"),
    ("delta", "delta"),
    ("y", "target y"),
)
_LARGE = regex(r"(?<=[0-9])e\+")  # 1e+20
_INDEXED_SUM = regex("Σ([ᵢⱼₖₘ])")
UNKNOWN = "not known yet"


def plain_lines(frame: Frame, numerals: Numerals = FOUR) -> Iterator[str]:
    """Where the step is, its equation, the numbers of every layer, and what is still to come; names as they were given."""
    yield from _place(frame, numerals)
    yield ""
    yield from _equation(frame, derive(frame, numerals=numerals), numerals)
    yield ""
    yield from _inputs(frame, numerals)
    for layer in range(1, len(frame.scenario.network.layers) + 1):
        yield ""
        yield from _layer(frame, layer, numerals)
    yield ""
    yield _fact("Cost C", Cell("cost", len(frame.scenario.network.layers)), frame, numerals)
    yield ""
    yield from _to_come(frame)


def spoken(text: str) -> str:
    """A formula in words: δ₂¹ as delta_2^1, · as times, − as minus."""
    words = []
    text = _LARGE.sub("e", text)
    text = _INDEXED_SUM.sub(lambda match: f"sum over {unicodedata.normalize('NFKC', match[1])} of ", text)
    for script, run in groupby(text, _script):
        if script:
            words.append(script + unicodedata.normalize("NFKC", "".join(run)).replace("\N{MINUS SIGN}", "-"))
        else:
            words.append("".join(_SPOKEN.get(character, character) for character in run))
    return " ".join("".join(words).split()).replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def _script(character: str) -> str:
    """^ of a raised character, _ of a lowered one."""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return {"<super>": "^", "<sub>": "_"}.get(kind, "")


def _place(frame: Frame, numerals: Numerals) -> Iterator[str]:
    scenario, address, course = frame.scenario, frame.address, frame.course
    network = scenario.network
    yield f"{scenario.title.rstrip('.')}."
    sizes = ", ".join(
        f"layer {number} with {counted(size, 'neuron')} ({layer.activation})"
        for number, (layer, size) in enumerate(zip(network.layers, network.sizes[1:], strict=True), start=1)
    )
    yield f"The network has {counted(network.inputs, 'input')}; {sizes}."
    yield f"The learning rate eta is {numerals.write_short(network.eta)}. The cost C is {spoken(cost_card(network).short)}."
    if network.batched:
        what = "mean" if network.average else "sum"
        yield f"The weights change once for a batch of {network.batch} data points, by the {what} of their gradients."
    if network.moving:
        yield f"The momentum mu is {numerals.write_short(network.momentum)}."
    yield (
        f"This is {address}: epoch {address.epoch} of {scenario.epochs}, data point {address.point} of {scenario.points} "
        f"(data row {frame.row}), step {frame.m + 1} of {course.length}, phase {KIND_CARDS[frame.moment.kind].phase}."
    )


def _equation(frame: Frame, equation: Equation, numerals: Numerals) -> Iterator[str]:
    moment = frame.moment
    whose = f" of {neuron_label(frame.scenario, moment.layer, moment.neuron)}" if moment.neuron else ""
    yield f"This step makes {_KIND_WORDS[moment.kind]}{whose}."
    label = spoken(equation.label.replace("(", "").replace(")", "")) or "formula"
    opening = f"Equation {label}" if "(" in equation.label else f"{label[0].upper()}{label[1:]}"
    yield f"{opening}: {spoken(equation.formula)}."
    for row in equation.rows:
        yield f"With numbers: {spoken(_row(row, numerals))}."
    yield spoken(equation.sentence)
    if equation.sources:
        yield "It uses:"
        for cell in sorted(equation.sources, key=lambda cell: (cell.layer, cell.kind, cell.neuron, cell.sender)):
            yield _item(_cell_words(frame, cell), cell, frame, numerals)


def _row(row: EquationRow, numerals: Numerals) -> str:
    """A row of numbers as text, with every term."""
    written = row.sign(numerals) + " "
    for part in row.parts:
        joiner, terms = (part.joiner, part.terms) if isinstance(part, Terms) else ("", ((part,),))
        for number, term in enumerate(terms):
            written += joiner if number else ""
            for atom in term:
                written += atom if isinstance(atom, str) else enclosed(written, atom.write(numerals))
    return written


def _cell_words(frame: Frame, cell: Cell) -> str:
    """What a number is: `delta of output 1`, `weight from a of h1 into output 2`."""
    scenario = frame.scenario
    match cell.kind:
        case "input":
            return neuron_label(scenario, 0, cell.neuron)
        case "cost":
            return "cost C"
        case "weight" | "gradient" | "update" | "sum" | "velocity":
            word = _OF_WEIGHT_WORDS[cell.kind]
            into = neuron_label(scenario, cell.layer, cell.neuron)
            if cell.sender == 0:
                return f"{word.replace('weight', 'bias')} of {into}"
            return f"{word} from {neuron_label(scenario, cell.layer - 1, cell.sender)} into {into}"
        case "y":
            return f"target y of {neuron_label(scenario, cell.layer, cell.neuron)}"
        case "slope":
            return f"sigma prime of z of {neuron_label(scenario, cell.layer, cell.neuron)}"
        case "z" | "a" | "delta":
            return f"{cell.kind} of {neuron_label(scenario, cell.layer, cell.neuron)}"


def _inputs(frame: Frame, numerals: Numerals) -> Iterator[str]:
    yield "Inputs:"
    for j in range(1, frame.scenario.network.inputs + 1):
        yield _item(neuron_label(frame.scenario, 0, j), Cell("input", 0, j), frame, numerals)


def _layer(frame: Frame, layer: int, numerals: Numerals) -> Iterator[str]:
    """The numbers of a layer, neuron by neuron: its own, then those of each weight into it."""
    network = frame.scenario.network
    yield f"Layer {layer}, {network.layers[layer - 1].activation}:"
    for k in range(1, network.sizes[layer] + 1):
        yield f"{neuron_label(frame.scenario, layer, k)}:"
        for kind, words in _OF_NEURON:
            if exists(frame, Cell(kind, layer, k)):
                yield _item(words, Cell(kind, layer, k), frame, numerals)
        for j in senders(frame, layer):
            name = "bias" if j == 0 else f"weight from {neuron_label(frame.scenario, layer - 1, j)}"
            kinds: tuple[tuple[NumberKind, str], ...] = (("weight", name), ("gradient", "gradient"), ("update", "new"))
            kinds += (("sum", "sum G"), ("velocity", "velocity v"))
            places = ((words, Cell(kind, layer, k, j)) for kind, words in kinds)
            facts = (_fact(words, cell, frame, numerals).rstrip(".") for words, cell in places if exists(frame, cell))
            yield f"- {'; '.join(facts)}."


def _item(words: str, cell: Cell, frame: Frame, numerals: Numerals) -> str:
    return f"- {_fact(words, cell, frame, numerals)}"


def _fact(words: str, cell: Cell, frame: Frame, numerals: Numerals) -> str:
    """`z: 0.3775.`, or that it is not known yet."""
    if not known(frame, cell):
        return f"{words}: {UNKNOWN}."
    return f"{words}: {spoken(numerals.write(value_of(frame, cell)))}."


def _to_come(frame: Frame) -> Iterator[str]:
    """The steps of this data point that are left, a line for each kind and layer."""
    left = [frame.course.moment(m) for m in range(frame.m + 1, frame.course.length)]
    if not left:
        yield "All numbers of this data point are known."
        return
    yield f"Still to come in this data point, {counted(len(left), 'step')}:"
    for (kind, layer), moments in groupby(left, lambda moment: (moment.kind, moment.layer)):
        names = [neuron_label(frame.scenario, layer, moment.neuron) for moment in moments if moment.neuron]
        yield f"- {_KIND_WORDS[kind]}{' of ' + ', '.join(names) if names else ''}."
