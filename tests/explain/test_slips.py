"""Numbers that a student types: what is right, and which slip a wrong one comes from.

The numbers of the slips are worked out here once more, in plain Python from the numbers of the frame.
"""

from dataclasses import replace
from math import exp, log, log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.grading.judge import judge
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import TABLE
from nntui.explain.marking.sheet import follow_work
from nntui.files.library import load
from nntui.text.decimal import NotANumber
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests import scenes
from tests.explain import student
from tests.strategies import examples, scenarios, wild_numbers

ROWS = [[0.35, 0.15, -0.2], [0.1, 0.25, 0.3]]
TOP = [[0.6, 0.4, 0.45], [-0.3, 0.5, 0.55]]
X, Y = [0.8, 0.3], [0.1, 0.9]


def net(first="sigmoid", last="sigmoid", biases=True, rows=ROWS, top=TOP, **options):
    return scenes.scene([(2, first, biases), (len(top), last, biases)], [rows, top], X, Y[: len(top)], **options)


NETS = {
    "classic": net(),
    "squares": net("tanh", "tanh", cost="squared_error", eta=0.1),
    "logistic": net(cost="cross_entropy"),
    "softmax": net("relu", "softmax", cost="cross_entropy"),
    "one class": replace(net("relu", "softmax", cost="cross_entropy"), y=np.array([[0.0, 1.0]])),
    "leaky": net("leaky_relu", "identity", rows=[[-0.5, 0.15, -0.2], [0.1, 0.25, 0.3]]),
    "no biases": net("relu", "sigmoid", biases=False, eta=1.0),
    "fixed": net(update_biases=False),
    "one output": net(top=[[0.6, 0.4, 0.45]]),
    "dead": scenes.neuron("relu", (-1.0, 0.5)),
    "neuron": scenes.neuron("step", (0.0, 1.0), (0.0,), (0.0,)),
    "momentum": net(momentum=0.9),
    "sign": scenes.neuron("sign", (0.0, -1.0), (1.0,), (1.0,)),
    "sign at 0": scenes.neuron("sign", (0.0, 1.0), (0.0,), (1.0,), at_zero=0.0),
}
FRAMES = {name: Timeline(scenario).frame(0) for name, scenario in NETS.items()}


def in_a_batch(n, **rule):
    """The start of data point n (from 0) of two different rows in batches."""
    pair = replace(net(batch=2, **rule), x=np.array([X, X[::-1]]), y=np.array([Y, Y[::-1]]), epochs=2)
    return Timeline(pair).frame(n * pair.course.length)


FRAMES |= {
    "waits": in_a_batch(0),
    "sum": in_a_batch(1),
    "mean": in_a_batch(1, average=True),
    "sum with momentum": in_a_batch(3, momentum=0.9),
}


def cells(frame):
    """Every number that a student works out."""
    for m in range(1, frame.course.length):
        moment = frame.course.moment(m)
        senders = [0]
        if moment.kind in ("gradient", "update"):
            biases = frame.scenario.network.layers[moment.layer - 1].biases
            senders = range(0 if biases else 1, frame.scenario.network.sizes[moment.layer - 1] + 1)
        for sender in senders:
            yield Cell(moment.kind, moment.layer, moment.neuron, sender)


def sigma(z):
    return 1 / (1 + exp(-z))


def w(f, layer, k, j):
    return float(f.weights_before(layer)[k - 1, j])


def g(f, layer, k, j):
    return float(f.gradient_row(layer, k)[j])


def hidden(f, weights=None, slope=None):
    """δ₁¹ of (14) with other weights or another slope."""
    weights = weights or [w(f, 2, 1, 1), w(f, 2, 2, 1)]
    total = f.delta(2, 1) * weights[0] + f.delta(2, 2) * weights[1]
    return total * (f.slope(1, 1) if slope is None else slope)


def squared(f, values=None):
    values = values or [f.a(2, 1), f.a(2, 2)]
    return sum((value - y) ** 2 for value, y in zip(values, Y, strict=True))


Z, A, COST, TOP1, LOW1 = Cell("z", 1, 1), Cell("a", 1, 1), Cell("cost", 2), Cell("delta", 2, 1), Cell("delta", 1, 1)
Z2, G, G0, N = Cell("z", 2, 1), Cell("gradient", 2, 1, 1), Cell("gradient", 2, 1), Cell("update", 2, 1, 1)


def exchanged(value):
    """With the first two decimals exchanged, to twelve of them."""
    whole, decimals = f"{value:.12f}".split(".")
    return float(f"{whole}.{decimals[1]}{decimals[0]}{decimals[2:]}")


def twice(value):
    """With the second of eight decimals written twice."""
    whole, decimals = f"{value:.8f}".split(".")
    return float(f"{whole}.{decimals[:2]}{decimals[1:]}")


CASES = [
    ("a sign in the sum", "classic", Z, lambda f: 0.15 * 0.8 + 0.2 * 0.3 + 0.35),
    ("a sign in the sum", "classic", LOW1, lambda f: (f.delta(2, 1) * 0.4 - f.delta(2, 2) * 0.5) * f.slope(1, 1)),
    ("wrong layer", "classic", Z2, lambda f: 0.4 * 0.8 + 0.45 * 0.3 + 0.6),
    ("wrong layer", "classic", G, lambda f: f.delta(2, 1) * 0.8),
    ("copying error", "classic", Z, lambda f: exchanged(f.z(1, 1))),
    ("copying error", "classic", Z, lambda f: 0.51 * 0.8 - 0.2 * 0.3 + 0.35),
    ("copying error", "classic", A, lambda f: exchanged(f.a(1, 1))),
    ("copying error", "classic", COST, lambda f: exchanged(f.iteration.cost)),
    ("copying error", "classic", TOP1, lambda f: exchanged(f.delta(2, 1))),
    ("copying error", "classic", G, lambda f: exchanged(f.delta(2, 1)) * f.a(1, 1)),
    ("copying error", "classic", N, lambda f: exchanged(float(f.weights_after(2)[0, 1]))),
    ("σ′ without the square", "squares", TOP1, lambda f: 2 * (f.a(2, 1) - 0.1) * (1 - f.a(2, 1))),
    ("half of σ′", "classic", TOP1, lambda f: (f.a(2, 1) - 0.1) * (1 - f.a(2, 1))),
    ("σ′ too many", "softmax", TOP1, lambda f: (f.a(2, 1) - 0.1) * f.a(2, 1) * (1 - f.a(2, 1))),
    ("inputs exchanged", "classic", Z, lambda f: 0.15 * 0.3 - 0.2 * 0.8 + 0.35),
    ("sign of z", "softmax", A, lambda f: max(-f.z(1, 1), 0.0) if f.z(1, 1) < 0 else 0.0),
    ("a + y", "classic", COST, lambda f: 0.5 * squared(f, [f.a(2, 1) + 0.2, f.a(2, 2) + 1.8])),
    ("a + y", "classic", TOP1, lambda f: (f.a(2, 1) + 0.1) * f.slope(2, 1)),
    ("a − y for δ", "squares", TOP1, lambda f: f.a(2, 1) - 0.1),
    ("a − y for δ", "classic", LOW1, lambda f: ((f.a(2, 1) - 0.1) * 0.4 + (f.a(2, 2) - 0.9) * 0.5) * f.slope(1, 1)),
    ("a − y for δ", "classic", G, lambda f: (f.a(2, 1) - 0.1) * f.a(1, 1)),
    ("δ of another layer", "classic", G, lambda f: f.delta(1, 1) * f.a(1, 1)),
    ("δ for the gradient", "classic", N, lambda f: 0.4 - 0.5 * f.delta(2, 1)),
    ("sign of w", "classic", N, lambda f: -0.4 - 0.5 * g(f, 2, 1, 1)),
    ("sign", "classic", N, lambda f: -float(f.weights_after(2)[0, 1])),
    ("copying error", "classic", Z, lambda f: twice(f.z(1, 1))),
    ("copying error", "classic", A, lambda f: twice(f.a(1, 1))),
    ("copying error", "classic", COST, lambda f: twice(f.iteration.cost)),
    ("copying error", "classic", N, lambda f: twice(float(f.weights_after(2)[0, 1]))),
    ("copying error", "classic", COST, lambda f: 0.5 * squared(f, [exchanged(f.a(2, 1)), f.a(2, 2)])),
    ("copying error", "classic", TOP1, lambda f: (exchanged(f.a(2, 1)) - 0.1) * f.slope(2, 1)),
    ("η twice", "squares", N, lambda f: 0.4 - 0.01 * g(f, 2, 1, 1)),
    ("no bias", "classic", Z, lambda f: 0.15 * 0.8 - 0.2 * 0.3),
    ("bias subtracted", "classic", Z, lambda f: 0.15 * 0.8 - 0.2 * 0.3 - 0.35),
    ("a for z", "classic", Z, lambda f: sigma(f.z(1, 1))),
    ("z for a", "classic", Z2, lambda f: 0.4 * f.z(1, 1) + 0.45 * f.z(1, 2) + 0.6),
    ("weights transposed", "classic", Z, lambda f: 0.15 * 0.8 + 0.25 * 0.3 + 0.35),
    ("the number beside", "classic", Z, lambda f: f.z(1, 2)),
    ("bias beside", "classic", Z, lambda f: 0.15 * 0.8 - 0.2 * 0.3 + 0.1),
    ("weights beside", "classic", Z, lambda f: 0.25 * 0.8 + 0.3 * 0.3 + 0.35),
    ("a term left out", "classic", Z, lambda f: 0.15 * 0.8 + 0.35),
    ("sign", "classic", Z, lambda f: -f.z(1, 1)),
    ("decimal point", "classic", Z, lambda f: 10 * f.z(1, 1)),
    ("no σ", "classic", A, lambda f: f.z(1, 1)),
    ("no σ", "leaky", A, lambda f: f.z(1, 1)),
    ("σ′ for σ", "classic", A, lambda f: f.slope(1, 1)),
    ("sign of the exponent", "classic", A, lambda f: sigma(-f.z(1, 1))),
    ("another σ", "squares", A, lambda f: sigma(f.z(1, 1))),
    ("another σ", "leaky", A, lambda f: 0.0),
    ("another σ", "sign", A, lambda f: 0.0),
    ("applied at once", "waits", N, lambda f: 0.4 - 0.5 * g(f, 2, 1, 1)),
    ("last of the batch alone", "sum", N, lambda f: 0.4 - 0.5 * g(f, 2, 1, 1)),
    ("divided wrongly", "sum", N, lambda f: 0.4 - 0.25 * float(f.sums(2)[0, 1])),
    ("divided wrongly", "mean", N, lambda f: 0.4 - 0.5 * float(f.sums(2)[0, 1])),
    ("no momentum", "sum with momentum", N, lambda f: w(f, 2, 1, 1) - 0.5 * float(f.sums(2)[0, 1])),
    (
        "no η",
        "sum with momentum",
        N,
        lambda f: w(f, 2, 1, 1) + 0.9 * float(f.velocities(2, before=True)[0, 1]) - float(f.sums(2)[0, 1]),
    ),
    ("sign", "sign", A, lambda f: 1.0),
    ("other side of 0", "neuron", A, lambda f: 0.0),
    ("other side of 0", "sign at 0", A, lambda f: 1.0),
    ("not divided", "softmax", Cell("a", 2, 1), lambda f: exp(f.z(2, 1))),
    ("the number beside", "classic", A, lambda f: f.a(1, 2)),
    ("sign", "classic", A, lambda f: -f.a(1, 1)),
    ("decimal point", "classic", A, lambda f: 0.1 * f.a(1, 1)),
    ("no ½", "classic", COST, squared),
    ("a ½ too many", "squares", COST, lambda f: 0.5 * squared(f)),
    ("not squared", "classic", COST, lambda f: 0.5 * (f.a(2, 1) - 0.1 + f.a(2, 2) - 0.9)),
    ("z for a", "classic", COST, lambda f: 0.5 * squared(f, [f.z(2, 1), f.z(2, 2)])),
    ("one output only", "classic", COST, lambda f: 0.5 * (f.a(2, 1) - 0.1) ** 2),
    ("mean for sum", "classic", COST, lambda f: 0.25 * squared(f)),
    ("half of the cross-entropy", "logistic", COST, lambda f: -0.1 * log(f.a(2, 1)) - 0.9 * log(f.a(2, 2))),
    ("another cost", "softmax", COST, lambda f: 0.5 * ((f.a(2, 1) - 0.1) ** 2 + (f.a(2, 2) - 0.9) ** 2)),
    ("another class", "one class", COST, lambda f: -log(f.a(2, 1))),
    ("1 − a for −ln a", "one class", COST, lambda f: 1 - f.a(2, 2)),
    ("log for ln", "softmax", COST, lambda f: -0.1 * log10(f.a(2, 1)) - 0.9 * log10(f.a(2, 2))),
    ("sign", "logistic", COST, lambda f: -f.iteration.cost),
    ("decimal point", "classic", COST, lambda f: 10 * f.iteration.cost),
    ("sign of a − y", "classic", TOP1, lambda f: (0.1 - f.a(2, 1)) * f.slope(2, 1)),
    ("sign", "classic", LOW1, lambda f: -hidden(f)),
    ("no σ′", "classic", TOP1, lambda f: f.a(2, 1) - 0.1),
    ("no σ′", "classic", LOW1, lambda f: hidden(f, slope=1.0)),
    ("σ′ too many", "logistic", TOP1, lambda f: (f.a(2, 1) - 0.1) * f.a(2, 1) * (1 - f.a(2, 1))),
    ("σ for σ′", "classic", TOP1, lambda f: (f.a(2, 1) - 0.1) * f.a(2, 1)),
    ("σ′ at a", "classic", TOP1, lambda f: (f.a(2, 1) - 0.1) * sigma(f.a(2, 1)) * (1 - sigma(f.a(2, 1)))),
    ("σ′ at a", "classic", LOW1, lambda f: hidden(f, slope=sigma(f.a(1, 1)) * (1 - sigma(f.a(1, 1))))),
    ("σ′ of z", "classic", TOP1, lambda f: (f.a(2, 1) - 0.1) * f.z(2, 1) * (1 - f.z(2, 1))),
    ("another σ′", "classic", TOP1, lambda f: (f.a(2, 1) - 0.1) * (1 - f.a(2, 1) ** 2)),
    ("no factor 2", "squares", TOP1, lambda f: (f.a(2, 1) - 0.1) * (1 - f.a(2, 1) ** 2)),
    ("a factor 2 too many", "classic", TOP1, lambda f: 2 * (f.a(2, 1) - 0.1) * f.slope(2, 1)),
    ("z for a", "classic", TOP1, lambda f: (f.z(2, 1) - 0.1) * f.slope(2, 1)),
    ("target beside", "classic", TOP1, lambda f: (f.a(2, 1) - 0.9) * f.slope(2, 1)),
    ("one path only", "classic", LOW1, lambda f: f.delta(2, 1) * 0.4 * f.slope(1, 1)),
    ("updated weights", "classic", LOW1, lambda f: hidden(f, f.weights_after(2)[:, 1].tolist())),
    ("weights transposed", "classic", LOW1, lambda f: hidden(f, [0.4, 0.45])),
    ("weights beside", "classic", LOW1, lambda f: hidden(f, [0.45, 0.55])),
    ("no weights", "classic", LOW1, lambda f: hidden(f, [1.0, 1.0])),
    ("σ′ of the layer above", "classic", LOW1, lambda f: hidden(f, [0.4 * f.slope(2, 1), 0.5 * f.slope(2, 2)])),
    ("the number beside", "classic", LOW1, lambda f: f.delta(1, 2)),
    ("decimal point", "classic", TOP1, lambda f: 0.1 * f.delta(2, 1)),
    ("no a", "classic", G, lambda f: f.delta(2, 1)),
    ("z for a", "classic", G, lambda f: f.delta(2, 1) * f.z(1, 1)),
    ("w for a", "classic", G, lambda f: f.delta(2, 1) * 0.4),
    ("no signal of the bias", "classic", G0, lambda f: 0.0),
    ("w for a", "classic", G0, lambda f: f.delta(2, 1) * 0.6),
    ("own a", "classic", G, lambda f: f.delta(2, 1) * f.a(2, 1)),
    ("signal beside", "classic", G, lambda f: f.delta(2, 1) * f.a(1, 2)),
    ("δ beside", "classic", G, lambda f: f.delta(2, 2) * f.a(1, 1)),
    ("transposed", "classic", Cell("gradient", 2, 1, 2), lambda f: f.delta(2, 2) * f.a(1, 1)),
    ("η already", "squares", G, lambda f: 0.1 * g(f, 2, 1, 1)),
    ("sign", "classic", G, lambda f: -g(f, 2, 1, 1)),
    ("decimal point", "classic", G, lambda f: 10 * g(f, 2, 1, 1)),
    ("no η", "classic", N, lambda f: 0.4 - g(f, 2, 1, 1)),
    ("plus for minus", "classic", N, lambda f: 0.4 + 0.5 * g(f, 2, 1, 1)),
    ("not changed", "classic", N, lambda f: 0.4),
    ("changed though fixed", "fixed", Cell("update", 2, 1), lambda f: 0.6 - 0.5 * f.delta(2, 1)),
    ("only the step", "classic", N, lambda f: 0.5 * g(f, 2, 1, 1)),
    ("weight beside", "classic", N, lambda f: 0.45 - 0.5 * g(f, 2, 1, 1)),
    ("the number beside", "classic", N, lambda f: float(f.weights_after(2)[1, 1])),
    ("decimal point", "classic", N, lambda f: 0.1 * float(f.weights_after(2)[0, 1])),
]
LATER = {("z", "weights not updated"), ("update", "weights not updated")}  # a frame alone cannot tell: below, and in test_work


@pytest.mark.parametrize(("name", "scene", "cell", "value"), CASES, ids=[f"{c[2].kind}-{c[0]}-{c[1]}" for c in CASES])
def test_a_slip_is_recognised(name, scene, cell, value):
    frame = FRAMES[scene]
    judged = judge(frame, cell, f"{value(frame):.12f}")
    assert not judged.right
    assert name in [slip.name for slip in judged.slips]
    slip = next(slip for slip in judged.slips if slip.name == name)
    assert slip.words in judged.sentence
    assert slip.sentence.startswith("This is what comes out ")
    assert judged.slip is judged.slips[0]


def test_every_slip_has_a_case():
    known = {(kind, slip.name) for kind, row in TABLE.items() for slip in row}
    assert {(cell.kind, name) for name, _, cell, _ in CASES} | LATER == known


def test_no_slip_is_named_where_it_is_not_there_and_each_has_such_a_place():
    silent = set()
    for frame in FRAMES.values():
        for cell in cells(frame):
            context = SlipContext(ShownNumbers(frame), cell)
            answers = (context.right + 0.25, -context.right - 0.1, 0.5, context.right)
            found = [judge(frame, cell, repr(value)).slips for value in answers]
            for slip in TABLE[cell.kind]:
                if not slip.holds(context):
                    assert not any(slip in slips for slips in found)
                    silent.add((cell.kind, slip.name))
                elif all(abs(value - context.right) < 1e-9 for value in slip.values(context)):
                    assert slip not in found[-1]
                    silent.add((cell.kind, slip.name))
    assert silent == {(kind, slip.name) for kind, row in TABLE.items() for slip in row}


def test_the_weights_of_a_data_point_before():
    scene = load("xor")
    sheet = student.work(scene, repr, iterations=2)
    before = Timeline(scene).frame(0).weights_before(2)[0].tolist()
    gradient = float(sheet["1:2:gradient:2:1", 0])
    sheet["1:2:update:2:1", 0] = repr(before[0] - 0.5 * gradient)
    work = follow_work(Timeline(scene), student.answers(scene, sheet))
    assert scene.network.eta == 0.5
    assert "weights not updated" in [slip.name for slip in work.findings[0].slips]


def test_two_slips_with_the_same_number_are_both_named():
    judged = judge(FRAMES["classic"], Cell("gradient", 2, 1, 2), repr(g(FRAMES["classic"], 2, 2, 1)))
    assert {"transposed"} <= {slip.name for slip in judged.slips}
    frame = FRAMES["squares"]  # 1 − a² is also the σ′ without its factor: 2 (a − y) σ′ halved
    judged = judge(frame, COST, repr(0.5 * frame.iteration.cost))
    assert [slip.name for slip in judged.slips] == ["a ½ too many", "mean for sum"]
    assert judged.sentence == (
        "This is what comes out with a ½ that this cost does not have, or when the sum is divided by the outputs."
    )


@pytest.mark.parametrize(
    "text",
    [
        "0.3775",
        "0.377",
        "0.37",
        "0.3",
        "0.38",
        "0.4",
        ".3775",
        "0,3775",
        "0,38",
        "3.775e-1",
        "+0.3775",
        " 0.37750001 ",
        "0.37753",
    ],
)
def test_right_at_any_precision(text):
    judged = judge(Timeline(load("two-by-two")).frame(1), Z, text)
    assert judged.right
    assert judged.slips == ()
    assert judged.slip is None
    assert judged.expected == 0.3775


@pytest.mark.parametrize("text", ["0.36", "0.39", "0.3777", "0", "0.0", "-0", "-0.3775", "1e9", "nan", "inf"])
def test_wrong_at_any_precision(text):
    assert not judge(Timeline(load("two-by-two")).frame(1), Z, text).right


FAR = (380004.25, -380004.25)  # as shown 380000: z, their difference and the bias, may be off by 8.5
OUT_OF_RANGE = {
    "softmax": ([(2, "softmax", True)], [[[0.7, *FAR], [0.0, *FAR]]], "0.670 0.9 0 1.00", "1.670 -0.1 1.001 2"),
    "sigmoid": ([(1, "sigmoid", True)], [[[0.7, *FAR]]], "0.67 0.9 0.1 1.00", "1.2 -0.05 1.001"),
    "tanh": ([(1, "tanh", True)], [[[0.7, *FAR]]], "0.60 -0.9 -1 1", "1.3 -1.2"),
    "relu": ([(1, "relu", True)], [[[0.7, *FAR]]], "0.7 3.2 0", "-0.3 -2"),
    "step": ([(1, "step", True)], [[[0.7, *FAR]]], "1.00 0", "0.5 1.3 -0.4 2"),
    "sign": ([(1, "sign", True)], [[[0.7, *FAR]]], "1 -1", "0 0.5 -1.3"),
    "identity": ([(1, "identity", True)], [[[0.7, *FAR]]], "0.7 -0.3 8", ""),
}


@pytest.mark.parametrize("name", OUT_OF_RANGE)
def test_an_a_outside_the_range_of_its_sigma_is_wrong_however_coarse_z_is(name):
    layers, weights, right, wrong = OUT_OF_RANGE[name]
    scene = scenes.scene(
        layers,
        weights,
        [1.0, 1.0],
        [1.0, 0.0][: layers[0][0]],
        cost="cross_entropy" if name == "softmax" else "half_squared_error",
    )
    address = str(Timeline(scene).frame(scene.course.parse("1:1:a:1:1")).address)
    for text, truth in [*((text, True) for text in right.split()), *((text, False) for text in wrong.split())]:
        work = follow_work(Timeline(scene), student.answers(scene, {(address, 0): text}))
        assert (work.right, work.wrong) == (int(truth), int(not truth)), text


def test_a_softmax_of_large_z_is_no_more_than_1():
    scene = scenes.scene([(2, "softmax", True)], [[[0.0, 380004.25], [0.7, 380004.25]]], [1.0], [1.0, 0.0], cost="cross_entropy")
    frame = Timeline(scene).frame(0)
    for text, right in [("0.332", True), ("0.9", True), ("1.670", False), ("-0.2", False)]:
        assert judge(frame, Cell("a", 1, 2), text).right is right


def test_wrong_where_the_right_number_is_the_smallest_there_is():
    frame = Timeline(scenes.neuron("step", (5e-324, 1.0), (0.0,), (0.0,))).frame(1)
    assert frame.z(1, 1) == 5e-324
    assert judge(frame, Z, "-1e-300").slips == ()


def test_a_unicode_minus():
    frame = FRAMES["classic"]
    assert judge(frame, Cell("delta", 2, 2), f"{frame.delta(2, 2):.4f}".replace("-", "−")).right
    assert frame.delta(2, 2) < 0.0


@pytest.mark.parametrize(
    "text", ["", "abc", "1_0", "0,5,", "infinity", "½", "0x1", "1e999", "1e", "--1", "٣", "NaN", "1/2", "1" * 500]
)
def test_what_is_no_number(text):
    with pytest.raises(NotANumber, match="; expected"):
        judge(FRAMES["classic"], Z, text)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("input", 0, 1),
        Cell("y", 2, 1),
        Cell("z", 3, 1),
        Cell("z", 1, 3),
        Cell("gradient", 1, 1, 3),
        Cell("cost", 1),
        Cell("weight", 1, 1),
    ],
)
def test_what_nobody_works_out(cell):
    with pytest.raises(ValueError, match="is"):
        judge(FRAMES["classic"], cell, "1")
    with pytest.raises(ValueError, match="this layer has no biases"):
        judge(FRAMES["no biases"], Cell("update", 1, 1, 0), "1")


def test_what_is_read_off_the_screen_is_precise_enough():
    """Worked out from four decimals, and written with six: right, for nobody can know better."""
    frame = FRAMES["classic"]
    shown = [round(frame.a(1, 1), 4), round(frame.a(1, 2), 4)]
    assert judge(frame, Z2, f"{0.4 * shown[0] + 0.45 * shown[1] + 0.6:.6f}").right
    assert judge(frame, TOP1, f"{(round(frame.a(2, 1), 4) - 0.1) * round(frame.slope(2, 1), 4):.6f}").right


@examples(200)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2), st.data())
def test_a_right_answer_is_never_called_a_slip(scene, data):
    frame = Timeline(scene).frame(0)
    cell = data.draw(st.sampled_from(sorted(cells(frame), key=repr)))
    moment = next(m for m in map(scene.course.moment, range(scene.course.length)) if matches(m, cell))
    biases = scene.network.layers[cell.layer - 1].biases
    values = frame.numbers(moment)
    value = values[cell.sender if len(values) > 1 and biases else max(cell.sender - 1, 0)]
    digits = data.draw(st.integers(1, 17))
    for text in (repr(value), f"{value:.{digits}f}", f"{value:.{digits - 1}e}"):
        if abs(float(text)) != float("inf") or abs(value) == float("inf"):
            judged = judge(frame, cell, text)
            assert judged.right, (cell, text, judged)
            assert judged.slips == ()


def matches(moment, cell):
    return (moment.kind, moment.layer, moment.neuron) == (cell.kind, cell.layer, cell.neuron)


def test_one_number_of_a_wide_network_costs_little():
    import time

    frame = Timeline(scenes.wide(4096, 4096, 10)).frame(0)
    start = time.process_time()
    for cell in (Cell("z", 1, 7), Cell("delta", 1, 7), Cell("update", 1, 7, 9)):
        assert not judge(frame, cell, "3.21").right
    assert time.process_time() - start < 1.0
