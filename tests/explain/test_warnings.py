"""Each warning where it is earned and where it is not, and what all of them must be."""

import ast
import fnmatch
from collections.abc import Iterator
from dataclasses import replace
from inspect import isfunction, signature
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import nntui.explain.warnings.rules as rules_of_warnings
from nntui.engine.network import Layer, from_matrices
from nntui.explain.warnings.dead_relus import dead_relus
from nntui.explain.warnings.duplicate_neurons import MOST_NUMBERS, DuplicateNeurons, duplicates
from nntui.explain.warnings.of_scenario import scenario_facts
from nntui.explain.warnings.rules import RULES, warnings
from nntui.explain.warnings.warning import LOOK_BACK, LearningWarning, RunHistory, history_of
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.scenes import neuron, scene, wide
from tests.strategies import examples, scenarios, wild_numbers

HUGE = 1e308
FOLDER = Path(rules_of_warnings.__file__).parent


def at(scenario, address, **known):
    """The warnings at an address of a run that has been computed up to there."""
    timeline = Timeline(scenario)
    step = timeline.course.parse(address)
    frame = timeline.frame(step)
    history = history_of(timeline, step, scenario_facts(scenario))
    return warnings(frame, replace(history, **known))


def rows(x, y, scenario):
    return replace(scenario, x=np.array(x, float), y=np.array(y, float))


def deep(weight, layers=3, activation="identity"):
    """A chain of single neurons with this weight between any two; at the input 1, to the target 2."""
    return scene([(1, activation, False)] * layers, [[[np.nan, weight]]] * layers, [1.0], [2.0])


def two_outputs(y):
    """Two sigmoids and three rows, whose targets are y."""
    return rows([[1], [2], [3]], y, scene([(2, "sigmoid")], [[[0.0, 1.0], [0.0, 2.0]]], [1.0], [0.0, 1.0]))


def hidden_pair(first=(0.1, 0.5), second=(0.1, 0.5), out=(0.3, 0.3), activation="sigmoid"):
    return scene([(2, activation), (1, "identity")], [[first, second], [[0.0, *out]]], [1.0], [1.0])


RELU = hidden_pair((-1.0, 0.5), (1.0, 0.5), activation="relu")
STEPS = scene([(1, "step"), (1, "identity")], [[[0.0, 1.0]], [[0.0, 1.0]]], [1.0], [3.0])
FLAT = scene([(1, "sigmoid"), (1, "identity")], [[[0.0, 8.0]], [[0.0, 1.0]]], [1.0], [3.0])
FALLING, RISING = (0.4, 0.3, 0.35, 0.3), (0.4, 0.3, 0.32, 0.34, 0.36)

# (name, where it is given: scenario, address, history; the sentence, the layer, the cell; and where it is not)
CASES = [
    (
        "overflow",
        (neuron("identity", [0, HUGE], [10.0]), "1:1:z", {}),
        "Since 1:1:z:1:1 there are numbers that are not finite (η = 0.5): nothing after it can be trusted.",
        (0, None),
        [(neuron("identity", [0, HUGE], [10.0]), "1:1:input", {}), (neuron("identity", [0, HUGE]), "1:1:z", {})],
    ),
    (
        "step without slope",
        (STEPS, "start", {}),
        "Layer 1 is a step function with σ′ = 0: by (14) the 2 weights into and under it never change.",
        (1, None),
        [
            (replace(STEPS, network=replace(STEPS.network, step_slope=1.0)), "start", {}),
            (
                replace(neuron("step", biases=False), network=neuron("step", biases=False, update_weights=False).network),
                "end",
                {},
            ),
            (neuron(), "end", {}),
        ],
    ),
    (
        "dead ReLU",
        (RELU, "end", {}),
        "Neuron 1 of layer 1 is silent in the only row (highest z: −0.5000): σ′ = 0, and no error moves its weights.",
        (1, Cell("z", 1, 1)),
        [
            (rows([[1], [3]], [[1], [1]], RELU), "start", {}),
            (hidden_pair((-1.0, 0.5), (1.0, 0.5), activation="leaky_relu"), "end", {}),
        ],
    ),
    (
        "dead ReLU",
        (RELU, "start", {}),
        "Neuron 1 of layer 1 is silent in the only row (highest z: below 0): σ′ = 0, and no error moves its weights.",
        (1, Cell("z", 1, 1)),
        [],
    ),
    (
        "dead ReLU",
        (rows([[1], [2], [-8]], [[1], [1], [0]], hidden_pair((-1.0, 0.5), (-1.5, 0.5), activation="relu")), "start", {}),
        "Neuron 1 of layer 1 and 1 more are silent in all 3 rows (highest z: 0): σ′ = 0, and no error moves their weights.",
        (1, Cell("z", 1, 1)),
        [],
    ),
    (
        "twin neurons",
        (hidden_pair(), "start", {}),
        "Neuron 1 of layer 1 and neuron 2 of layer 1 have the same weights in and out (first 0.5000): they stay alike.",
        (1, Cell("weight", 1, 1, 1)),
        [
            (hidden_pair(second=(0.1, 0.6)), "start", {}),
            (hidden_pair(second=(0.2, 0.5)), "start", {}),
            (hidden_pair(out=(0.3, 0.4)), "start", {}),
            (scene([(2, "sigmoid")], [[[0.0, 1.0], [0.0, 1.0]]], [1.0], [0.0, 1.0]), "start", {}),
        ],
    ),
    (
        "target never changes",
        (rows([[1], [2]], [[0.25], [0.25]], neuron()), "end", {}),
        "Every target is 0.25 in all 2 rows: a constant output, whatever comes in, is right.",
        (1, Cell("y", 1, 1)),
        [(rows([[1], [2]], [[0.25], [0.5]], neuron()), "end", {}), (neuron(), "end", {})],
    ),
    (
        "vanishing δ",
        (deep(0.01), "1:1:delta:1:1", {}),
        "The largest |δ| of layer 1 is 10,000 times smaller than that of layer 3: 2.0e-04 against 2.0000.",
        (1, Cell("delta", 1, 1)),
        [(deep(0.5), "end", {}), (deep(0.01), "1:1:delta:2:1", {}), (deep(0.0), "end", {})],
    ),
    (
        "exploding δ",
        (deep(100.0), "1:1:delta:1:1", {}),
        "The largest |δ| of layer 1 is 10,000 times larger than that of layer 3: 1.0e+10 against 1.0e+06.",
        (1, Cell("delta", 1, 1)),
        [(deep(2.0), "end", {}), (deep(100.0), "1:1:delta:2:1", {})],
    ),
    (
        "cost is rising",
        (neuron(), "start", {"means": RISING}),
        "The mean cost rose 3 epochs in a row, from 0.3000 to 0.3600: η = 0.5 may be too large.",
        (0, Cell("cost", 1)),
        [
            (neuron(), "start", {"means": FALLING}),
            (neuron(), "start", {"means": RISING[:-1]}),
            (neuron(), "start", {"means": (0.5, 0.50001, 0.50002, 0.50003)}),
            (neuron(), "start", {"means": (0.1, 0.2, 0.3, float("inf"))}),
            (neuron(), "start", {"means": ()}),
        ],
    ),
    (
        "η too large",
        (neuron("identity", y=[3.0], eta=2.0), "1:1:update", {}),
        "η = 2 is too large here: C of this row was 2.0000 and would now be 18.0000, not less.",
        (0, Cell("cost", 1)),
        [
            (neuron("identity", y=[3.0], eta=0.5), "1:1:update", {}),
            (neuron("identity", y=[3.0], eta=2.0), "1:1:gradient", {}),
            (neuron("identity", y=[1.0], eta=2.0), "1:1:update", {}),
            (neuron("identity", y=[3.0], eta=2.0, update_weights=False, update_biases=False), "end", {}),
        ],
    ),
    (
        "saturated neuron",
        (neuron("sigmoid", [0.0, 8.0]), "1:1:a", {}),
        "The output is saturated: z = 8.0000 makes σ′ = 3.4e-04, hardly any error passes.",
        (1, Cell("a", 1, 1)),
        [
            (neuron("sigmoid", [0.0, 8.0]), "1:1:z", {}),
            (neuron("sigmoid", [0.0, 8.0], y=[1.0]), "end", {}),
            (neuron("sigmoid", [0.0, 8.0], cost="cross_entropy"), "end", {}),
            (neuron("sigmoid", [0.0, 1.0]), "end", {}),
            (neuron("identity", [0.0, 8.0]), "end", {}),
        ],
    ),
    (
        "saturated neuron",
        (FLAT, "1:1:a:2:1", {}),
        "Neuron 1 of layer 1 is saturated: z = 8.0000 makes σ′ = 3.4e-04, hardly any error passes.",
        (1, Cell("a", 1, 1)),
        [(FLAT, "1:1:a:1:1", {}), (rows([[1]], [[1]], FLAT), "end", {})],
    ),
]


def named(name, scenario, address, known):
    return [warning for warning in at(scenario, address, **known) if warning.name == name]


@pytest.mark.parametrize(("name", "given_at", "words", "about", "elsewhere"), CASES)
def test_a_warning_where_it_is_earned_and_only_there(name, given_at, words, about, elsewhere):
    (warning,) = named(name, *given_at)
    assert warning.sentence == words
    assert (warning.layer, warning.cell) == about
    for other in elsewhere:
        assert named(name, *other) == []


def test_a_class_that_is_never_seen():
    y = [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    outputs = scene([(3, "softmax")], [[[0.0, 1.0]] * 3], [1.0], [0.0, 0.0, 1.0], cost="cross_entropy")
    seen = rows([[1], [2], [3]], y, replace(outputs, neuron_names=(("setosa", "versicolor virginica", "x"),)))
    (warning,) = named("class never seen", seen, "start", {})
    assert warning.sentence == "None of the 3 rows belongs to 'versicolor virg…': it only learns to say 0."
    assert (warning.layer, warning.cell) == (1, Cell("y", 1, 2))
    (two,) = scenario_facts(rows([[1], [2], [3]], [[0, 0, 1]] * 3, outputs))
    assert two.name == "target never changes"
    four = scene([(4, "sigmoid")], [[[0.0, 1.0]] * 4], [1.0], [0.0] * 4)
    (missing,) = scenario_facts(rows([[1], [2]], [[0, 0, 1, 0], [1, 0, 0, 0]], four))
    assert missing.sentence == "None of the 2 rows belongs to output 2 (nor to 1 more): it only learns to say 0."


@pytest.mark.parametrize("y", [[[1, 0], [0, 1], [1, 0]], [[0.5, 0.5], [1, 0], [0, 1]]])
def test_classes_that_are_all_there(y):
    assert scenario_facts(two_outputs(y)) == ()


def names_in(path):
    """The name of every warning that a module makes, with * for what it puts in; a name that a loop gives is read off there."""
    tree = ast.parse(path.read_text("utf-8"))
    given = {}
    for loop in (node for node in ast.walk(tree) if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple)):
        for values in loop.iter.elts:
            for variable, value in zip(getattr(loop.target, "elts", ()), getattr(values, "elts", ()), strict=False):
                given.setdefault(variable.id, []).append(value)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "LearningWarning":
            for name in given.get(getattr(call.args[0], "id", ""), [call.args[0]]):
                parts = name.values if isinstance(name, ast.JoinedStr) else [name]
                yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in parts)


def test_every_warning_has_a_case_for_it_and_one_against_it():
    made = {name for path in FOLDER.glob("*.py") for name in names_in(path)}
    shown = {name for name, *_, others in CASES if others} | {"class never seen"}
    assert made
    assert {name for name in made if not fnmatch.filter(shown, name)} == set(), "a warning without a case"
    assert {name for name in shown if not any(fnmatch.fnmatch(name, pattern) for pattern in made)} == set()


def test_every_rule_is_in_the_table():
    found = [
        rule for rule in vars(rules_of_warnings).values() if isfunction(rule) and rule.__module__ == rules_of_warnings.__name__
    ]
    assert {rule for rule in found if signature(rule).return_annotation == Iterator[LearningWarning]} == set(RULES)


def test_the_heaviest_comes_first_and_the_top_layer_before_those_under_it():
    found = at(replace(STEPS, x=np.array([[1.0], [2.0]]), y=np.array([[3.0], [3.0]])), "start", means=RISING)
    assert [warning.name for warning in found] == ["step without slope", "target never changes", "cost is rising"]
    flat = scene([(1, "sigmoid"), (1, "sigmoid")], [[[0.0, 8.0]], [[-9.0, 0.0]]], [1.0], [1.0])
    assert [warning.layer for warning in at(flat, "1:1:cost")] == [2, 1]


# --- the bundled scenarios that show what goes wrong


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("dead-relu", "1:2:update:1:1", []),
        ("dead-relu", "1:2:update:1:2", ["dead ReLU"]),
        ("dead-relu", "100:5:cost", ["dead ReLU"]),
        ("leaky-relu", "100:5:cost", []),
        ("relu-network", "100:5:cost", []),
        ("zero-start", "1:1", ["twin neurons"]),
        ("zero-start", "1500:4:cost", ["twin neurons"]),
        ("xor", "1:1", []),
        ("vanishing", "1:1:delta:1:2", ["vanishing δ"]),
        ("saturated", "1:1:cost", ["saturated neuron"]),
        ("step-never-learns", "1:1", ["step without slope"]),
        ("perceptron", "1:1", []),
        ("learning-rates", "10:1:cost", ["cost is rising"]),
        ("learning-rates", "648:1:cost", ["overflow"]),
        ("iris", "40:150:cost", []),
    ],
)
def test_bundled_scenarios(name, address, expected):
    assert [warning.name for warning in at(load(name), address)] == expected


@pytest.mark.parametrize(("address", "expected"), [("1:1:update", ["η too large"]), ("7:1:cost", [])])
def test_a_rate_that_goes_to_and_fro(address, expected):
    to_and_fro = replace(load("learning-rates"), network=replace(load("learning-rates").network, eta=1.0))
    assert [warning.name for warning in at(to_and_fro, address)] == expected


def test_the_sentence_of_the_dead_relu_has_the_number_behind_it():
    (warning,) = at(load("dead-relu"), "2:1:z:1:1")
    assert warning.sentence == "'left' is silent in all 5 rows (highest z: −0.0380): σ′ = 0, and no error moves its weights."


# --- silence


def test_a_dead_relu_of_the_first_layer_stays_dead_for_the_epochs_to_come():
    scenario = load("dead-relu")
    timeline = Timeline(scenario)
    (dead,) = dead_relus(scenario, timeline.iteration(2).before)
    z = [timeline.frame(timeline.course.length * n + 3).z(1, 1) for n in range(2, 30)]
    assert max(z) == dead.highest < 0.0


@examples(40)
@given(scenarios(numbers=wild_numbers, most_points=4, most_epochs=1, hidden=("relu", "identity", "tanh")))
def test_dead_relus_are_those_of_the_engine(scenario):
    """Each row by itself through the engine, from the first weights on."""
    speaks = {}
    for row in scenario.trained_rows.tolist():
        one = replace(scenario, x=scenario.x[row : row + 1], y=scenario.y[row : row + 1], trained=None, held_share=0.0)
        frame = Timeline(one).frame(0)
        for layer, given_layer in enumerate(scenario.network.layers, start=1):
            if given_layer.activation == "relu":
                for k in range(1, given_layer.units + 1):
                    speaks[layer, k] = np.maximum(speaks.get((layer, k), -np.inf), frame.z(layer, k))
    expected = {place: z for place, z in speaks.items() if z <= 0.0}
    found = {(silent.layer, silent.neuron): silent.highest for silent in dead_relus(scenario, scenario.theta)}
    assert found == expected


def test_where_it_costs_too_much_nothing_is_claimed():
    scenario = load("dead-relu")
    theta = Timeline(scenario).iteration(2).before
    assert dead_relus(scenario, theta)
    assert dead_relus(scenario, theta, most_work=3) == ()


def test_many_rows_are_surveyed_in_blocks():
    deaf = wide()
    dead = [matrix.copy() for matrix in deaf.weights]
    dead[0][4, 0] = -1e6
    many = np.tile(deaf.x, (60, 1))
    many = replace(deaf, x=many, y=np.tile(deaf.y, (60, 1)), theta=from_matrices(deaf.network, dead))
    found = dead_relus(many, many.theta)
    assert (1, 5) in {(silent.layer, silent.neuron) for silent in found}
    assert found == dead_relus(replace(many, x=deaf.x, y=deaf.y), many.theta)


# --- duplicate neurons


def test_of_many_duplicate_neurons_the_number_is_told():
    three = scene([(4, "tanh"), (1, "identity")], [[[0.1, 0.5]] * 3 + [[0.1, 0.6]], [[0.0, 1.0, 1.0, 1.0, 1.0]]], [1.0], [0.5])
    (warning,) = at(three, "start")
    assert warning.sentence == "3 neurons of layer 1 have the same weights in and out (first 0.5000): they stay alike."


def test_duplicate_neurons_stay_equal_to_the_last_bit():
    scenario = replace(hidden_pair(), epochs=50)
    timeline = Timeline(scenario)
    (pair,) = duplicates(scenario.network, timeline.iteration(49).after)
    assert (pair.first, pair.second) == (1, 2)


@pytest.mark.parametrize("where", ["in", "out"])
@pytest.mark.parametrize("weight", [np.inf, -np.inf])
def test_weights_that_are_not_finite_make_no_twins(where, weight):
    """A second pair, all of whose weights are finite, is found all the same."""
    into, out = ((0.1, weight), 0.3) if where == "in" else ((0.1, 0.5), weight)
    odd = scene([(2, "tanh"), (1, "identity")], [[into, into], [[0.0, out, out]]], [1.0], [1.0])
    assert duplicates(odd.network, odd.theta) == ()
    four = scene(
        [(4, "tanh"), (1, "identity")], [[into, into, (0.2, 0.6), (0.2, 0.6)], [[0.0, out, out, 0.7, 0.7]]], [1.0], [1.0]
    )
    assert duplicates(four.network, four.theta) == (DuplicateNeurons(1, 3, 4, 2, 0.6),)


def test_of_layers_too_wide_no_more_is_compared_than_the_bound():
    wide_layers = scene(
        [(3, "relu"), (1, "identity")], [np.zeros((3, MOST_NUMBERS)), [[0.0] * 4]], [0.0] * (MOST_NUMBERS - 1), [0.0]
    )
    assert duplicates(wide_layers.network, wide_layers.theta) == ()
    narrower = scene([(3, "relu"), (1, "identity")], [np.zeros((3, 60_000)), [[0.0] * 4]], [0.0] * 59_999, [0.0])
    assert duplicates(narrower.network, narrower.theta) == (DuplicateNeurons(1, 1, 2, 2, 0.0),)


# --- history


def test_the_history_is_that_of_the_step_however_far_the_run_is_known():
    scenario = load("learning-rates")
    near, far = Timeline(scenario), Timeline(scenario)
    for _ in far.reach(len(far)):
        pass
    for number in (0, 3, 30, 330):
        step = number * near.course.length + 2
        near.frame(step)
        assert history_of(near, step) == history_of(far, step)
    assert history_of(far, 0) == RunHistory()
    step = far.course.parse("40:1:cost")
    assert history_of(far, step).means == tuple(far.costs(39 - LOOK_BACK, 39).tolist())


def test_a_warning_waits_for_the_step_that_shows_its_number():
    timeline = Timeline(neuron("identity", [0, HUGE], [10.0]))
    shown = [bool(warnings(timeline.frame(m), history_of(timeline, m))) for m in range(timeline.course.length)]
    assert shown == [False] + [True] * 6


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=3, most_epochs=2))
def test_at_any_step_of_any_run_they_are_short_and_have_a_number(scenario):
    names = tuple(tuple(f"a name that is far too long {k}" for k in range(layer.units)) for layer in scenario.network.layers)
    timeline = Timeline(replace(scenario, neuron_names=names))
    facts = scenario_facts(timeline.scenario)
    for step in range(timeline.course.last + 1):
        frame = timeline.frame(step)
        for warning in warnings(frame, history_of(timeline, step, facts)):
            assert len(warning.name) <= 24
            assert len(warning.sentence) <= 125
            assert warning.sentence.endswith(".")
            assert any(c.isdigit() for c in warning.sentence)
            assert "\n" not in warning.sentence


def test_no_layer_is_wide_enough_to_make_a_picture_late():
    """The bounds of the costs, told in numbers of costs that are read: not in time, which another program may take."""
    assert MOST_NUMBERS <= 1 << 18
    layers = (Layer(300, "relu"), Layer(300, "relu"), Layer(1, "identity"))
    big = wide()
    network = replace(big.network, layers=layers, cost="half_squared_error")
    matrices = [np.full((300, 65), 0.01), np.full((300, 301), 0.01), np.full((1, 301), 0.01)]
    scenario = replace(big, network=network, theta=from_matrices(network, matrices), y=big.y[:, :1])
    names = [warning.name for warning in at(scenario, "1:1:cost")]
    assert names == ["twin neurons", "twin neurons"]
