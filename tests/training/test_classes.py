"""Which class the outputs say."""

from dataclasses import replace

import numpy as np
import pytest

import nntui
from nntui.training.classes import classes_of
from tests.scenes import scene


def of(y, outputs):
    one = scene([(outputs, "sigmoid")], [np.zeros((outputs, 2))], [0.0], y[0])
    return classes_of(replace(one, x=np.zeros((len(y), 1)), y=np.array(y)))


@pytest.mark.parametrize(
    ("name", "count"),
    [("xor", 2), ("digits", 10), ("iris", 3), ("spiral", 2), ("sine", None), ("two-by-two", None), ("linear-regression", None)],
)
def test_which_scenarios_are_about_classes(name, count):
    found = classes_of(nntui.load(name))
    assert (found.count if found else None) == count


def test_one_output_says_the_nearer_target_and_the_larger_one_halfway():
    classes = of([[-1.0], [1.0], [1.0]], 1)
    assert (classes.low, classes.high, classes.middle) == (-1.0, 1.0, 0.0)
    assert classes.labels.tolist() == [0, 1, 1]
    assert classes.predicted(np.array([[-0.1], [0.0], [0.7]])).tolist() == [0, 1, 1]


def test_the_class_is_the_largest_output_and_the_first_of_equals():
    classes = of([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], 3)
    assert classes.predicted(np.array([[0.2, 0.2, 0.1], [0.1, 0.2, 0.9]])).tolist() == [0, 2]
    assert classes.right(np.array([[0.2, 0.2, 0.1], [0.1, 0.2, 0.9]])).tolist() == [True, True]


def test_a_nan_says_no_class_and_is_never_right():
    assert of([[0.0], [1.0]], 1).right(np.array([[np.nan], [0.9]])).tolist() == [False, True]


@pytest.mark.parametrize("y", [[[0.5]], [[0.0], [0.5], [1.0]], [[1.0], [1.0]]])
def test_targets_that_tell_no_classes_apart(y):
    assert of(y, 1) is None


def test_rows_that_are_not_one_hot_are_no_classes():
    assert of([[1.0, 1.0], [0.0, 1.0]], 2) is None
