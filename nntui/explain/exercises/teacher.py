"""The teacher's page of a set of sheets: what was drawn for whom, and how long a sheet may take."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from nntui.explain.documents.content import Block, DocumentHeading, DocumentParagraph, Formula, Spans
from nntui.explain.documents.formulas.nodes import plain_number, read_formula
from nntui.explain.documents.tables import parted
from nntui.explain.exercises.drawing import StudentSheet
from nntui.explain.notation.numerals import FOUR
from nntui.text.counted import counted
from nntui.training.scenario import Scenario, SheetRules
from nntui.training.timeline import Timeline

_OPERATION = 0.25  # minutes for a multiplication, its addition included
_FUNCTION = 0.75  # minutes for σ, σ′ or a number that is copied


def teacher_page(scenario: Scenario, rules: SheetRules, sheets: Sequence[StudentSheet]) -> Iterator[Block]:
    """Title, what was drawn, the expected time, and a line for each student."""
    yield DocumentHeading(1, (f"{scenario.title}: for the teacher",))
    drawn = (
        f"Drawn for each: {', '.join(rules.draw)}, as multiples of {rules.grid:g} between −{rules.range:g} and {rules.range:g}."
    )
    again = "Draws with a dead, saturated or duplicate neuron were drawn again."
    yield DocumentParagraph((f"{counted(len(sheets), 'sheet')}. {drawn} {again}",))
    points = counted(rules.points, "data point")
    asked = f"A sheet asks for {numbers_asked(scenario, rules.points)} numbers at {points}"
    time = f"expect about {minutes(scenario, rules.points)} minutes with a calculator"
    rule = "a quarter of a minute for a product, three quarters for a function"
    yield DocumentParagraph((f"{asked}; {time} ({rule}).",))
    yield DocumentParagraph(("Hand out the folder sheets. Keep solutions: its .toml files mark what comes back.",))
    cost = Formula(read_formula("C"))
    costs: list[Spans] = [(cost, " first"), (cost, " last")] if rules.points > 1 else [(cost,)]
    header: list[Spans] = [("id",), ("seed",), ("draws",), *costs]
    yield from parted(header, [_row(sheet, rules) for sheet in sheets])


def _row(sheet: StudentSheet, rules: SheetRules) -> list[Spans]:
    costs = Timeline(sheet.scenario).costs(0, rules.points)
    shown = [Formula((plain_number(FOUR.write(float(costs[at]))),)) for at in dict.fromkeys((0, rules.points - 1))]
    return [(sheet.student,), (str(sheet.seed),), (str(sheet.draws),), *((cost,) for cost in shown)]


def numbers_asked(scenario: Scenario, points: int) -> int:
    """How many numbers a sheet leaves blank."""
    sizes = scenario.network.sizes
    weights = sum(
        units * (inputs + layer.biases) for inputs, units, layer in zip(sizes, sizes[1:], scenario.network.layers, strict=False)
    )
    return points * (3 * sum(sizes[1:]) + 1 + 2 * weights)


def minutes(scenario: Scenario, points: int) -> int:
    """About how long a sheet takes: its products, and its functions, in minutes rounded up to five."""
    sizes = scenario.network.sizes
    products = sum(a * b for a, b in pairwise(sizes))
    backward = sum(a * b for a, b in pairwise(sizes[1:]))
    functions = 2 * sum(sizes[1:]) + sizes[-1]
    time = points * (_OPERATION * (products + backward + 2 * products) + _FUNCTION * functions)
    return 5 * ceil(time / 5)
