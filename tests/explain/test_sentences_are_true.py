"""Every sentence of random runs is read by a reader that knows nothing of how it was made, and found true."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.sentences.table import sentence
from nntui.files.library import bundled, load
from nntui.training.timeline import Timeline
from tests.explain.sentence_readings import fault
from tests.strategies import examples, scenarios, wild_numbers

ties = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0])  # equal parts, zero signals, dead neurons
saturated = st.sampled_from([-60.0, -8.0, 0.0, 1e-9, 8.0, 60.0])


def check(scenario, steps):
    timeline = Timeline(scenario)
    for step in steps(timeline.course):
        frame = timeline.frame(step)
        text = sentence(frame)
        assert not fault(text, frame), (fault(text, frame), str(frame.address), text)


def every(course):
    return range(course.last + 1)


@pytest.mark.parametrize("numbers", [st.floats(-2, 2), ties, saturated, wild_numbers], ids=["calm", "ties", "saturated", "wild"])
def test_sentences_of_random_runs(numbers):
    @examples(60)
    @given(scenarios(numbers=numbers, most_points=2, most_epochs=2))
    def read(scenario):
        check(scenario, every)

    read()


@cache
def unnamed(name):
    """A bundled scenario with places for names: `output 2`."""
    return replace(load(name), input_names=(), neuron_names=())


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_sentences_of_the_bundled_scenarios(name):
    scenario = unnamed(name)
    rng = np.random.Generator(np.random.PCG64(7))
    later = sorted(rng.integers(0, scenario.course.last + 1, 20).tolist())
    check(scenario, lambda course: [*range(course.length), *later])


@pytest.mark.sweep
@pytest.mark.parametrize("point", range(1, 18_000, 600))
def test_sentences_of_data_points_of_all_epochs_of_the_digits(point):
    """Every step of every 600th of the 17,970 data points."""
    check(unnamed("digits"), lambda course: range(point * course.length, (point + 1) * course.length))
