"""What the network computes now, over its inputs and for its data rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import quiet
from nntui.engine.iteration import forward
from nntui.engine.network import Layer, Network, from_matrices
from nntui.explain.learned import function as learned
from nntui.explain.learned.confusion import verdict
from nntui.explain.learned.function import (
    AT_ONCE,
    FEWEST,
    MOST_DRAWN,
    choices,
    drawn,
    effort,
    extent,
    extents,
    field,
    grid,
    row_outputs,
    scale,
    weights_at_step,
    weights_now,
    wrong,
)
from nntui.explain.learned.survey import Survey, is_quick
from nntui.files.library import load
from nntui.training.classes import classes_of
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios, wild_numbers

anywhere = st.integers(0, 1 << 40)


def now_at(scenario, step=0):
    return weights_at_step(Timeline(scenario).frame(step))


def point_by_point(scenario, theta, x):
    """a^N of each data point, made by the forward pass of one."""
    with quiet():
        made = [forward(scenario.network, theta, row)[1][scenario.network.blocks[-1].outputs] for row in x]
    return np.array(made)


def wide_function(hidden=600, points=40):
    """2-hidden-1: more than can be drawn at once."""
    network = Network(2, (Layer(hidden, "tanh"), Layer(1, "sigmoid")), cost="cross_entropy")
    first = np.sin(np.arange(hidden * 3)).reshape(hidden, 3)
    theta = from_matrices(network, [first, np.cos(np.arange(hidden + 1.0))[None]])
    x = np.stack([np.linspace(-1, 1, points), np.cos(np.arange(points))], axis=1)
    return Scenario("Wide function", network, theta, x, (x[:, :1] > 0.2).astype(float), 3)


@examples(60)
@given(scenarios(), anywhere)
def test_rows_whose_update_is_reached_are_new_and_all_others_old(scenario, step):
    timeline = Timeline(scenario)
    frame = timeline.frame(step % (timeline.course.last + 1))
    now = weights_now(frame)
    for layer, block in enumerate(scenario.network.blocks, start=1):
        for k in range(1, block.units + 1):
            shown = frame.weights_after(layer) if frame.knows("update", layer, k) else frame.weights_before(layer)
            assert block.matrix(now)[:, k - 1].tobytes() == shown[k - 1].tobytes()


def test_before_the_first_update_and_after_the_last_nothing_is_copied():
    timeline = Timeline(load("xor"))
    course = timeline.course
    for m in range(course.length):
        frame = timeline.frame(m)
        if not frame.knows("update", 2, 1):
            assert weights_now(frame) is frame.iteration.before
    assert weights_now(frame) is frame.iteration.after
    assert weights_at_step(frame) == weights_at_step(timeline.frame(course.length)), (
        "the next data point begins with the same weights"
    )


@examples(60)
@given(scenarios(hidden=("sigmoid", "tanh", "relu", "step"), most_points=5), anywhere, st.integers(1, 30), st.integers(1, 12))
def test_the_grid_is_a_forward_pass_point_by_point(scenario, step, columns, lines):
    if scenario.network.inputs > 2:
        return
    timeline = Timeline(scenario)
    now = weights_at_step(timeline.frame(step % (timeline.course.last + 1)))
    lines = lines if scenario.network.inputs == 2 else 1
    made = field(now, columns, lines)
    points = grid(scenario, columns, lines)
    assert made.shape == (lines, columns, scenario.network.outputs)
    assert made.reshape(len(points), -1).tobytes() == point_by_point(scenario, now.theta, points).tobytes()


def test_the_grid_goes_from_left_to_right_and_from_the_top_down():
    points = grid(load("spiral"), 4, 3).reshape(3, 4, 2)
    across, up = extents(load("spiral"))
    assert (np.diff(points[:, :, 0], axis=1) > 0).all()
    assert (np.diff(points[:, :, 1], axis=0) < 0).all()
    assert across.low < points[0, 0, 0]
    assert points[0, 0, 1] < up.high


@pytest.mark.parametrize("hidden", [40, 200, 600])
def test_a_large_network_is_drawn_with_fewer_points_or_in_slices(hidden):
    scenario = wide_function(hidden)
    now = now_at(scenario)
    made = field(now, 190, 40)
    if effort(scenario) * FEWEST > AT_ONCE:
        assert made is None
        assert not is_quick(now)
        found = finished(Survey(), now)
        assert found.picture.tobytes() == now.outputs(grid(scenario, 32, 8)).tobytes()
    else:
        lines, columns, _ = made.shape
        assert FEWEST // 4 <= lines * columns <= AT_ONCE // effort(scenario)
        assert made.tobytes() == now.outputs(grid(scenario, columns, lines)).tobytes()


numbers = st.lists(wild_numbers, min_size=1, max_size=8).map(np.array)


@examples(200)
@given(numbers, st.sampled_from([0.0, 0.05, 0.12, 0.5]))
def test_every_range_can_be_drawn(values, margin):
    found = extent(values, margin)
    assert np.isfinite([found.low, found.high]).all()
    assert found.low < found.high
    shares = found.share(np.clip(values, -1e308, 1e308))
    assert ((shares >= -1e-9) & (shares <= 1 + 1e-9)).all()
    ends = found.at(np.array([0.0, 1.0]))
    assert ends.tolist() == [found.low, found.high]


def test_a_constant_has_room_round_it():
    assert (extent(np.array([3.0])).low, extent(np.array([3.0])).high) == (1.5, 4.5)
    assert (extent(np.zeros(4)).low, extent(np.zeros(4)).high) == (-1.0, 1.0)


def test_the_line_lies_halfway_between_the_targets_or_at_the_only_one():
    assert [scale(load("xor"), 1).middle, scale(load("tanh-relu"), 1).middle] == [0.5, 1.0]
    two = load("two-by-two")
    assert (scale(two, 1).low, scale(two, 1).high, scale(two, 1).middle) == (0.0, 1.0, 0.01)
    levels = scale(load("tanh-relu"), 1).levels(np.array([-1.0, 0.4, 0.6, 1.0, 1.9, 2.0, 9.0, np.inf, -np.inf, np.nan]), 4)
    assert levels.tolist() == [0, 0, 1, 2, 3, 3, 3, 3, 0, -1]


def test_which_outputs_can_be_chosen():
    assert choices(load("xor")) == (0,)
    assert choices(load("softmax")) == (0, 1, 2, 3)
    assert choices(load("two-by-two")) == (1, 2)
    assert choices(load("digits")) == (0,)


def test_outputs_are_those_of_the_panels_until_a_weight_changes():
    scenario = load("iris")
    timeline = Timeline(scenario)
    for m in range(timeline.course.length):
        frame = timeline.frame(timeline.course.length + m)
        made = row_outputs(frame, weights_at_step(frame))
        assert made.tobytes() == point_by_point(scenario, weights_now(frame), scenario.x[frame.row - 1][None]).tobytes()


def test_many_rows_are_drawn_in_even_steps():
    many = replace(load("spiral"), x=np.zeros((100_000, 2)), y=np.zeros((100_000, 1)))
    rows = drawn(many)
    assert len(rows) == MOST_DRAWN == len(set(rows.tolist()))
    assert rows[0] == 0
    assert rows[-1] > 99_000
    assert drawn(load("xor")).tolist() == [0, 1, 2, 3]


def test_the_rows_that_are_taken_for_another_class():
    scenario = load("spiral")
    now = now_at(scenario, 3 * 60 * scenario.course.length)
    right = classes_of(scenario).right(point_by_point(scenario, now.theta, scenario.x))
    assert wrong(now) == frozenset(np.flatnonzero(~right).tolist())
    assert 0 < len(wrong(now)) < 60
    assert wrong(now_at(load("sine"))) == frozenset()


# --- counted in slices


class Counter:
    """Counts the data points that are computed."""

    def __init__(self, monkeypatch):
        self.points, real = 0, learned.outputs

        def counted(network, theta, x):
            self.points += len(x)
            return real(network, theta, x)

        monkeypatch.setattr(learned, "outputs", counted)


def finished(survey, now, step=0):
    for _ in survey.slices(now, step) or ():
        pass
    return survey.found(now)


def test_what_takes_long_is_made_in_slices_and_only_once(monkeypatch):
    digits = load("digits")
    timeline = Timeline(digits)
    frame, later = timeline.frame(0), timeline.frame(timeline.course.length)
    counter, survey = Counter(monkeypatch), Survey()
    now = weights_at_step(frame)
    assert not is_quick(now)
    assert survey.found(now).verdict is None
    slices = list(survey.slices(now, frame.step))
    assert len(slices) > 3
    assert counter.points == digits.points
    found = survey.found(now)
    assert found.since is None
    assert found.verdict.pairs == verdict(digits, now.outputs(digits.x)).pairs
    counter.points = 0
    for m in range(20):
        assert survey.slices(weights_at_step(timeline.frame(m)), m) is None, "the same weights"
    assert counter.points == 0
    stale = survey.found(weights_at_step(later))
    assert stale.since == 0
    assert stale.verdict.pairs == found.verdict.pairs
    assert finished(survey, weights_at_step(later), later.step).since is None


def test_what_was_left_is_gone_on_with_while_the_weights_stay(monkeypatch):
    digits = load("digits")
    now = now_at(digits)
    counter, survey = Counter(monkeypatch), Survey()
    for steps in range(4):
        slices = survey.slices(now, steps)
        next(slices)
        slices.close()
    assert 0 < counter.points < digits.points
    assert finished(survey, now).verdict.rows == digits.points
    assert counter.points == digits.points


def test_another_scenario_knows_nothing_of_the_last():
    survey = Survey()
    finished(survey, now_at(load("digits")))
    assert survey.found(now_at(replace(load("digits"), title="other"))).verdict is None


def test_small_data_is_counted_at_once():
    now = now_at(load("iris"))
    assert Survey().slices(now, 0) is None
    assert Survey().found(now).verdict.rows == 150


def test_steps_that_change_no_weight_compute_nothing(monkeypatch):
    scenario = replace(load("spiral"), title="a new one, of which nothing is remembered")
    timeline = Timeline(scenario)
    counter = Counter(monkeypatch)
    for m in range(timeline.course.length):
        frame = timeline.frame(m)
        if frame.knows("update", 3, 1):
            break
        now = weights_at_step(frame)
        field(now, 40, 9)
        Survey().found(now)
        wrong(now)
        assert counter.points == 40 * 9 + 60 + 60
    now = weights_at_step(frame)
    field(now, 40, 9)
    assert counter.points == 2 * 40 * 9 + 60 + 60
