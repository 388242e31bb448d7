"""What an equation prints is true: its rows, worked out from their own numbers, give the number of the step."""

import pytest
from hypothesis import given

from nntui.explain.derive import derive
from nntui.explain.notation.numerals import ALL_DIGITS, FOUR, MINUS
from nntui.training.timeline import Timeline
from tests.explain.arithmetic import worked_out
from tests.explain.row_text import written
from tests.strategies import examples, scenarios, wild_numbers

ALL_TERMS = 10**9


def same(left, right):
    """Bit for bit, but that 0 and −0 are both written 0."""
    return len(left) == len(right) and all(a == b or (a != a and b != b) for a, b in zip(left, right, strict=True))


def shown_order(frame):
    """The numbers of the step as they are written: the bias last; on an update only those that may change, or G while w waits."""
    moment, network = frame.moment, frame.scenario.network
    numbers = frame.numbers(moment)
    if moment.kind not in ("gradient", "update"):
        return numbers
    bias, weights = ([], numbers) if not network.layers[moment.layer - 1].biases else (numbers[:1], numbers[1:])
    if moment.kind == "update" and not frame.iteration.batch_place.closes:
        total = frame.sums(moment.layer)[moment.neuron - 1].tolist()
        bias, weights = total[:1] if network.layers[moment.layer - 1].biases else [], total[1:]
    if moment.kind == "update":
        bias, weights = bias if network.update_biases else [], weights if network.update_weights else []
    return [*weights, *bias]


def value_of(frame, cell):
    """The number in a cell, from the frame alone."""
    match cell.kind:
        case "input":
            return frame.a(0, cell.neuron)
        case "cost":
            return frame.iteration.cost
        case "y":
            return frame.y(cell.neuron)
        case "z" | "a" | "delta" | "slope":
            return getattr(frame, cell.kind)(cell.layer, cell.neuron)
        case "weight":
            return float(frame.weights_before(cell.layer)[cell.neuron - 1][cell.sender])
        case "gradient":
            return float(frame.gradient_row(cell.layer, cell.neuron)[cell.sender])
        case "update":
            return float(frame.weights_after(cell.layer)[cell.neuron - 1][cell.sender])
        case "sum":
            return float(frame.sums(cell.layer)[cell.neuron - 1][cell.sender])
        case "velocity":
            return float(frame.velocities(cell.layer)[cell.neuron - 1][cell.sender])


def check(scene):
    timeline = Timeline(scene)
    for step in range(timeline.course.last + 1):
        frame = timeline.frame(step)
        equation = derive(frame)
        value = shown_order(frame)
        assert same([number.value for number in equation.made], value), frame.address
        if not value:
            assert written(equation.rows[0], ALL_DIGITS, ALL_TERMS) == "nothing here may change"
            continue
        assert list(equation.rows[-1].numbers()) == list(equation.made)
        for row in (*equation.rows, *equation.computed):
            text = written(row, ALL_DIGITS, ALL_TERMS)
            came = worked_out(text)
            assert same(came, value) != row.about, (str(frame.address), equation.formula, text)
            overflows = came[0] != came[0]  # e^z of a large z, in the lecture's form of tanh
            assert not row.about or overflows or came == pytest.approx(value, rel=1e-4, abs=1e-8), (str(frame.address), text)
            for number in row.numbers():
                assert number.cell is None or same([number.value], [value_of(frame, number.cell)]), (frame.address, number)
            exact = whole(row) and not row.about
            assert row.sign(FOUR) == ("=" if exact else "≈"), (str(frame.address), written(row, FOUR, ALL_TERMS))
            assert row.sign(ALL_DIGITS) == ("≈" if row.about else "=")


def whole(row):
    """Whether every number of a row is written with all its digits."""
    read = ((float(number.write(FOUR).replace(MINUS, "-", 1)), number.value) for number in row.numbers())
    return all(text == value or (text != text and value != value) for text, value in read)


@examples(100)
@given(scenarios(most_points=2, most_epochs=2, rules=True))
def test_every_row_comes_to_the_number_of_the_step(scene):
    check(scene)


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2, rules=True))
def test_of_runs_that_overflow_too(scene):
    check(scene)
