"""Every sentence of random runs is read by a reader that knows nothing of how it was made, and found true."""

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


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, _ in bundled() if name != "digits"])
def test_sentences_of_the_bundled_scenarios(name):
    scenario = load(name)
    plain = Timeline(scenario)
    rng = np.random.Generator(np.random.PCG64(7))
    if scenario.input_names or scenario.neuron_names:
        from dataclasses import replace

        scenario = replace(scenario, input_names=(), neuron_names=())
    check(scenario, lambda course: [*range(course.length), *rng.integers(0, plain.course.last + 1, 20)])
