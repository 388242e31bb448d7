"""How right the network is, held against counts that are made row by row."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nntui.explain.learned.confusion import Confusion, TargetErrors, class_marks, class_names, share, together, verdict, worst
from nntui.files.library import load
from nntui.training.classes import classes_of
from tests.scenes import scene
from tests.strategies import examples, wild_numbers

values = st.one_of(st.sampled_from([0.0, 0.5, 1.0, -1.0, float("nan"), float("inf")]), wild_numbers)


def with_targets(y):
    outputs = len(y[0])
    one = scene([(outputs, "identity")], [np.zeros((outputs, 2))], [0.0], y[0])
    return replace(one, x=np.zeros((len(y), 1)), y=np.array(y, dtype=float))


def table(draw, rows, columns):
    return [[draw(values) for _ in range(columns)] for _ in range(rows)]


@st.composite
def single_outputs(draw):
    low, high = sorted(draw(st.sampled_from([(-1.0, 1.0), (0.0, 1.0), (2.5, 7.0)])))
    labels = [0, 1, *draw(st.lists(st.integers(0, 1), max_size=8))]
    return low, high, labels, table(draw, len(labels), 1)


@examples(150)
@given(single_outputs())
def test_of_a_single_output(case):
    low, high, labels, outputs = case
    expected = Counter()
    for label, (a,) in zip(labels, outputs, strict=True):
        expected[label, -1 if a != a else int(a >= (low + high) / 2)] += 1
    made = verdict(with_targets([[high if label else low] for label in labels]), np.array(outputs))
    check(made, expected)


@st.composite
def several_outputs(draw):
    count = draw(st.integers(2, 5))
    labels = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=9))
    return count, labels, table(draw, len(labels), count)


@examples(150)
@given(several_outputs())
def test_of_several_outputs(case):
    count, labels, outputs = case
    expected = Counter()
    for label, row in zip(labels, outputs, strict=True):
        lost = any(a != a for a in row)
        expected[label, -1 if lost else next(k for k, a in enumerate(row) if a == max(row))] += 1
    made = verdict(with_targets(np.eye(count)[labels].tolist()), np.array(outputs))
    check(made, expected)
    assert made.count == count


def check(made, expected):
    assert made.pairs == expected
    assert made.rows == expected.total()
    assert made.right == sum(times for (target, said), times in expected.items() if target == said)
    assert made.none == sum(times for (_, said), times in expected.items() if said == -1)
    for k in range(made.count):
        assert made.of(k) == (expected[k, k], sum(times for (target, _), times in expected.items() if target == k))
    mistaken = worst(made, 100)
    assert {(target, said): times for target, said, times in mistaken} == {
        pair: times for pair, times in expected.items() if pair[0] != pair[1]
    }
    assert [times for *_, times in mistaken] == sorted((times for *_, times in mistaken), reverse=True)
    assert worst(made, 1) == mistaken[:1]


@examples(150)
@given(st.data(), st.integers(1, 3), st.integers(1, 8))
def test_how_far_off(data, outputs, rows):
    y = [[data.draw(st.sampled_from([0.0, 0.25, 3.0])) for _ in range(outputs)] for _ in range(rows)]
    a = table(data.draw, rows, outputs)
    scenario = with_targets(y)
    assume(classes_of(scenario) is None)
    made = verdict(scenario, np.array(a))
    assert isinstance(made, TargetErrors)
    with np.errstate(all="ignore"):
        off = [[abs(np.float64(one) - two) for one, two in zip(*pair, strict=True)] for pair in zip(a, y, strict=True)]
    finite = [(float(one), row) for row, line in enumerate(off, start=1) for one in line if np.isfinite(one)]
    assert (made.rows, made.numbers) == (rows, len(finite))
    assert made.not_finite == sum(not np.isfinite(line).all() for line in off)
    if finite:
        most = max(one for one, _ in finite)
        assert made.most == most
        assert made.worst == next(row for one, row in finite if one == most)
    else:
        assert made.worst == 0
        assert made.mean != made.mean


@pytest.mark.parametrize("name", ["digits", "iris", "spiral", "sine"])
def test_slices_together_are_the_whole(name):
    scenario = load(name)
    outputs = np.sin(np.arange(scenario.points * scenario.network.outputs)).reshape(scenario.points, -1)
    outputs[5] = np.nan
    whole, parts = verdict(scenario, outputs), None
    for first in range(0, scenario.points, 7):
        parts = together(parts, verdict(scenario, outputs[first : first + 7], np.arange(first, min(first + 7, scenario.points))))
    if isinstance(whole, Confusion):
        assert parts.pairs == whole.pairs
        assert parts.none == 1
    else:
        assert (parts.rows, parts.numbers, parts.most, parts.worst, parts.not_finite) == (
            whole.rows,
            whole.numbers,
            whole.most,
            whole.worst,
            1,
        )
        assert parts.mean == pytest.approx(whole.mean)


def test_what_classes_are_called():
    assert (class_names(load("xor")), class_marks(load("xor"))) == (("0", "1"), ("○", "●"))
    assert (class_names(load("softmax")), class_marks(load("softmax"))) == (("E", "N", "SW"), ("E", "N", "S"))
    assert (class_names(load("iris")), class_marks(load("iris"))) == (("seto", "vers", "virg"), ("1", "2", "3"))
    assert class_names(load("digits")) == tuple("0123456789") == class_marks(load("digits"))
    assert class_names(load("encoder")) == tuple("12345678")
    assert class_names(load("sine")) == ()
    assert class_names(with_targets([[-1.0], [1.0]])) == ("−1", "1")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 4, "0 %"),
        (4, 4, "100 %"),
        (58, 60, "97 %"),
        (1796, 1797, "99.9 %"),
        (999_999, 1_000_000, "99.9 %"),
        (1, 1_000_000, "0.1 %"),
        (1, 300, "0.3 %"),
        (1, 2, "50 %"),
    ],
)
def test_all_and_nothing_are_never_rounded_to(part, whole, text):
    assert share(part, whole) == text
