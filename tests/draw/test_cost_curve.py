"""C over one output: the point lies on the curve, ∂C/∂a is the factor of δ, and nothing is shown before its step."""

from math import isclose, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.functions.activation import FunctionShown, curve_panel, subject
from nntui.draw.functions.cost import OutputCost, output_shown
from nntui.engine.costs import CATEGORICAL_CROSS_ENTROPY
from nntui.explain.equations.cursor import lit_cell
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.scenes import neuron, scene, view
from tests.strategies import examples, scenarios, wild_numbers

COSTS = ["half_squared_error", "squared_error", "cross_entropy"]
TWO = Timeline(load("two-by-two"))


def at(timeline, address, **options):
    return view(timeline, timeline.course.parse(address), **options)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_the_curve_is_the_cost_and_the_tangent_its_derivative(cost, y):
    timeline = Timeline(neuron("sigmoid", [0.2, 0.7], [1.0], [y], cost=cost))
    frame = at(timeline, "1:1:delta").frame
    own, a = OutputCost(timeline.scenario.network.cost_function, y), frame.a(1, 1)
    assert isclose(own.value(a), frame.iteration.cost, rel_tol=1e-12)
    assert isclose(own.slope(a) * frame.slope(1, 1), frame.delta(1, 1), rel_tol=1e-12)
    assert isclose((own.value(a + 1e-6) - own.value(a - 1e-6)) / 2e-6, own.slope(a), rel_tol=1e-6)


def test_of_a_softmax_it_is_that_of_the_right_class():
    timeline = Timeline(
        scene([(3, "softmax")], [[[0.0, 1.0], [0.0, 0.3], [0.1, -0.2]]], [1.0], [0.0, 1.0, 0.0], cost="cross_entropy")
    )
    here = at(timeline, "1:1:delta:1:3")
    assert output_shown(here.frame, 3) == 2
    own = OutputCost(CATEGORICAL_CROSS_ENTROPY, 1.0)
    assert isclose(own.value(here.frame.a(1, 2)), here.frame.iteration.cost, rel_tol=1e-12)
    assert f"{own.slope(here.frame.a(1, 2)):.4f}".replace("-", "−") in plain(curve_panel(here, 36, 14))
    assert "C over a₂¹" in plain(curve_panel(here, 36, 14))


def test_at_the_cost_the_output_furthest_off_and_at_a_delta_its_own():
    assert subject(at(TWO, "1:1:cost")) == FunctionShown("cost", 2, 0)
    assert "C over a₁²" in plain(curve_panel(at(TWO, "1:1:cost"), 36, 14)), "0.7514 for 0.01 is worse than 0.7729 for 0.99"
    assert "C over a₂²" in plain(curve_panel(at(TWO, "1:1:delta:2:2"), 36, 14))
    assert subject(at(TWO, "1:1:delta:1:2")) == FunctionShown("sigma", 1, 2), "a hidden δ: σ as ever"
    assert "others held" in plain(curve_panel(at(TWO, "1:1:cost"), 36, 14))


@pytest.mark.parametrize(
    ("cursor", "expected"),
    [
        (Cell("cost", 2), FunctionShown("cost", 2, 0)),
        (Cell("y", 2, 2), FunctionShown("cost", 2, 2)),
        (Cell("a", 2, 1), FunctionShown("cost", 2, 1)),
        (Cell("a", 1, 2), FunctionShown("sigma", 1, 2)),
        (Cell("z", 2, 2), FunctionShown("sigma", 2, 2)),
        (Cell("weight", 2, 1, 0), FunctionShown("sigma", 2, 1)),
        (Cell("input", 0, 2), FunctionShown("sigma", 1, 1)),
    ],
)
def test_it_follows_the_cursor(cursor, expected):
    assert subject(at(TWO, "1:1:z:1:1", cursor=cursor)) == expected


def test_nothing_before_its_step():
    before = curve_panel(at(TWO, "1:1:a:2:2", cursor=Cell("cost", 2)), 36, 14)
    assert "●" not in plain(before)
    assert "others held" not in plain(before)
    cost, delta = (plain(curve_panel(at(TWO, address), 36, 14)) for address in ("1:1:cost", "1:1:delta:2:1"))
    assert "●" in cost
    assert "∂C" not in cost
    assert "∂C/∂a₁² 0.7414" in delta


@examples(30)
@given(scenarios(most_points=2, most_epochs=2), st.integers(24, 60), st.integers(8, 30), st.data())
def test_of_any_network(scenario, cells, height, data):
    every(scenario, cells, height, data)


@examples(30)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2), st.integers(24, 60), st.integers(8, 30), st.data())
def test_of_any_wild_one(scenario, cells, height, data):
    every(scenario, cells, height, data)


def every(scenario, cells, height, data):
    timeline = Timeline(scenario)
    course = timeline.course
    top = len(course.units)
    addresses = ["1:1:cost", f"1:1:delta:{top}:{data.draw(st.integers(1, course.units[-1]))}"]
    step = course.parse(data.draw(st.sampled_from(addresses)))
    for cursor in (None, lit_cell(timeline.frame(step)), Cell("cost", top), Cell("y", top, 1)):
        here = view(timeline, step, cursor=cursor)
        block = curve_panel(here, cells, height)
        if block is None:
            assert subject(here).kind == "shares"
            continue
        assert [width(line) for line in block] == [cells] * height
        frame = here.frame
        k = output_shown(frame, subject(here).neuron)
        if subject(here).kind == "cost" and isfinite(frame.iteration.cost) and abs(frame.a(top, k) - frame.y(k)) < 1e100:
            own = OutputCost(scenario.network.cost_function, frame.y(k))
            assert "●" in plain(block) or not isfinite(own.value(frame.a(top, k))) or abs(frame.y(k)) > 1e100
