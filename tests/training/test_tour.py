"""Where the notes and the questions of a scenario are."""

from dataclasses import replace

import pytest

from nntui.lesson.tour import neighbour, questions, tour
from nntui.training.scenario import Note, Question
from tests.scenes import neuron

RUN = replace(
    neuron(),
    epochs=3,
    notes=(Note("end", "three"), Note("1:1:cost", "one"), Note("1:1:cost", "two")),
    questions=(Question("2", "sign"), Question("1:1:a:1:1")),
)


def test_notes_are_in_the_order_of_time_and_those_of_one_step_together():
    assert list(tour(RUN).items()) == [(3, "one two"), (20, "three")]


def test_questions_are_in_the_order_of_time():
    assert list(questions(RUN).items()) == [(2, Question("1:1:a:1:1")), (7, Question("2", "sign"))]


@pytest.mark.parametrize(("step", "change", "found"), [(0, 1, 2), (2, 1, 7), (7, 1, None), (7, -1, 2), (2, -1, None)])
def test_the_neighbours_of_a_step(step, change, found):
    assert neighbour(questions(RUN), step, change) == found
