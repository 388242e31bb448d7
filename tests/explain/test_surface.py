"""The loss surface: every number is the engine's, the path is the run's, and the work is bounded."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.learned.surface_panel import NOW, START, surface_panel
from nntui.engine.iteration import iterate
from nntui.engine.network import starting_state
from nntui.explain.learned.function import weights_at_step
from nntui.explain.learned.surface import (
    COLUMNS,
    LINES,
    MOST_ROWS,
    MOST_STATES,
    SurfaceWeights,
    places,
    rows_of_surface,
    surface,
)
from nntui.explain.notation.numerals import FOUR
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios


def made(timeline, n, weights):
    frame = timeline.frame(n * timeline.course.length)
    *_, found = surface(timeline, n, weights_at_step(frame), weights)
    return found


def plain_mean(scenario, theta):
    total = 0.0
    state = starting_state(scenario.network, theta)
    for row in scenario.trained_rows:
        total += iterate(scenario.network, state, scenario.x[row], scenario.y[row]).cost
    return total / scenario.points


@examples(15)
@given(scenarios(most_points=3, most_epochs=3, rules=True), st.data())
def test_every_number_is_the_mean_cost_with_these_two_weights(scenario, data):
    timeline = Timeline(scenario)
    found_places = places(scenario)
    if len(found_places) < 2:
        return
    one, two = data.draw(st.permutations(found_places))[:2]
    weights = SurfaceWeights(one[3], two[3])
    n = data.draw(st.integers(0, len(timeline) - 1))
    found = made(timeline, n, weights)
    assert found.values.shape == (LINES, COLUMNS)
    assert same(found.cost, plain_mean(scenario, timeline.theta(n)))
    for _ in range(3):
        y, x = data.draw(st.integers(0, LINES - 1)), data.draw(st.integers(0, COLUMNS - 1))
        theta = timeline.theta(n).copy()
        theta[weights.across] = found.across.at(np.array((x + 0.5) / COLUMNS))
        theta[weights.up] = found.up.at(np.array(1.0 - (y + 0.5) / LINES))
        assert same(found.values[y, x], plain_mean(scenario, theta))


def same(one, other):
    return one == other or (one != one and other != other)


def test_the_path_is_that_of_the_run():
    scenario = load("ravine")
    timeline = Timeline(scenario)
    timeline.run_to(100)
    found = made(timeline, 20, SurfaceWeights(1, 2))
    assert found.path.tolist() == [timeline.theta(n)[1:3].tolist() for n in [*range(21), 20]]
    far = made(timeline, 99, SurfaceWeights(1, 2))
    assert len(far.path) == MOST_STATES + 1
    assert far.path[0].tolist() == timeline.theta(0)[1:3].tolist()
    assert (far.across.low < far.path[:, 0]).all()
    assert (far.path[:, 1] < far.up.high).all()


def test_only_weights_that_training_may_change_are_chosen():
    xor = load("xor")
    assert len(places(xor)) == 9
    fixed = replace(xor, network=replace(xor.network, update_biases=False))
    assert [place[:3] for place in places(fixed)] == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2)]
    for layer, k, j, place in places(xor):
        assert xor.theta[place] == xor.weights[layer - 1][k - 1, j]


def test_of_many_rows_some_are_taken():
    digits = load("digits")
    assert len(rows_of_surface(digits)) == 20, "fewer of a wide network"
    assert len(rows_of_surface(load("iris"))) == MOST_ROWS
    assert rows_of_surface(load("xor")).tolist() == [0, 1, 2, 3]


def test_the_picture_has_start_and_present_and_no_line_is_too_long():
    timeline = Timeline(load("ravine"))
    found = made(timeline, 30, SurfaceWeights(1, 2))
    for cells, height in ((80, 10), (120, 24), (60, 6)):
        for colours in (False, True):
            block = surface_panel(found, ("w⁰₁₁", "w⁰₁₂"), "words", FOUR, cells, height, colours=colours)
            assert [sum(span.width for span in line) for line in block] == [cells] * height
            text = "".join(span.text for line in block[1:-1] for span in line)
            assert START in text
            assert NOW in text
    waiting = surface_panel(None, ("a", "b"), "", FOUR, 60, 6, colours=False)
    assert "being computed" in "".join(span.text for line in waiting for span in line)
