"""Many data points at once: every row to the bits that one data point alone gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nntui
from nntui.engine.arithmetic import quiet
from nntui.engine.iteration import forward, outputs
from tests.strategies import examples, scenarios


def one_by_one(network, theta, x):
    with quiet():
        return np.array([forward(network, theta, row)[1][network.blocks[-1].outputs] for row in x])


@examples(100)
@given(scenarios(), st.integers(1, 5))
def test_each_row_is_what_the_forward_pass_gives(scenario, times):
    x = np.tile(scenario.x, (times, 1))
    assert outputs(scenario.network, scenario.theta, x).tobytes() == one_by_one(scenario.network, scenario.theta, x).tobytes()


@pytest.mark.parametrize("name", ["digits", "iris", "spiral", "softmax", "perceptron", "sine"])
def test_the_bundled_ones(name):
    scenario = nntui.load(name)
    x = scenario.x[:40]
    assert outputs(scenario.network, scenario.theta, x).tobytes() == one_by_one(scenario.network, scenario.theta, x).tobytes()


def test_more_points_than_are_held_at_once(monkeypatch):
    monkeypatch.setattr("nntui.engine.iteration._AT_ONCE", 20)
    scenario = nntui.load("xor")
    x = np.random.default_rng(0).normal(size=(101, 2))
    assert outputs(scenario.network, scenario.theta, x).tobytes() == one_by_one(scenario.network, scenario.theta, x).tobytes()


def test_what_overflows_is_a_result_and_no_warning():
    scenario = nntui.load("linear-regression")
    assert np.isinf(outputs(scenario.network, np.full(2, 1e200), np.array([[1e200], [-1e200]]))).all()
