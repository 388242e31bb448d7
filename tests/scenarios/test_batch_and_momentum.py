"""Claims of the scenarios with a batch and with momentum."""

from itertools import pairwise

import numpy as np

from tests.scenarios.claims import Run, claim, shown


def all_right_from(timeline) -> int:
    a = np.array([one.a[-1] for one in timeline.iterations(0, len(timeline))]).reshape(-1, 4)
    wrong = np.flatnonzero(((a > 0.5) != [False, False, False, True]).any(axis=1))
    return int(wrong[-1]) + 2


@claim(
    "batch",
    "The note applies (11) after every data point",
    "the weights change once an epoch",
    "From epoch 8 on all four answers are right",
    "type batch=1, as in the note: the fork changes its weights four times as often, and gets there at epoch 11",
)
def test_a_batch_beside_single_steps(run: Run) -> None:
    assert run.all_right_from() == 8 == all_right_from(run.timeline)
    fork = run.timeline.fork(0, "batch=1")
    assert all_right_from(fork) == 11
    for timeline, changes in ((run.timeline, 1), (fork, 4)):
        states = [timeline.theta(n).tobytes() for n in range(5)]
        assert sum(before != after for before, after in pairwise(states)) == changes


@claim(
    "batch",
    "The first of four: the sum G is now 0.125 for the bias and 0 for both weights",
    "Three answers that should be 0 have all pushed the same way: G is 0.36 for the bias",
    "The fourth row takes 0.125 of it back, and the batch is complete: the bias goes from 0 to −0.47",
)
def test_the_sum_of_the_batch(run: Run) -> None:
    assert run.frame("1:1:update").sums(1).tolist() == [[0.125, 0.0, 0.0]]
    assert run.scenario.y.tolist() == [[0.0], [0.0], [0.0], [1.0]]
    assert all(run.numbers(f"1:{point}:gradient")[0] > 0.0 for point in (1, 2, 3))
    third, fourth = (float(run.frame(f"1:{point}:update").sums(1)[0, 0]) for point in (3, 4))
    assert shown(third, "0.36")
    assert shown(third - fourth, "0.125")
    assert run.before("1:4:update")[0] == 0.0
    assert shown(run.numbers("1:4:update")[0], "−0.47")
    assert [run.numbers(f"1:{point}:update") for point in (1, 2, 3)] == [[0.0, 0.5, -0.5]] * 3


def under_from(timeline, bound: float) -> int:
    means = timeline.costs(0, len(timeline)).reshape(-1, 2).sum(axis=1) / 2
    return int(np.flatnonzero(~(means < bound))[-1]) + 2


@claim(
    "ravine",
    "C is steep along w₂, whose input is 10, and flat along w₁, whose input is 1",
    "with μ = 0.9 the velocity",
    "The mean cost is under 0.001 from epoch 98 on",
    "Press e at 1:1 and type momentum=0: then it is from epoch 276 on",
)
def test_momentum_in_a_ravine(run: Run) -> None:
    assert run.scenario.x.tolist() == [[1.0, 0.0], [0.0, 10.0]]
    assert run.scenario.network.momentum == 0.9
    assert run.under_from(0.001) == 98 == under_from(run.timeline, 0.001)
    assert under_from(run.timeline.fork(0, "momentum=0"), 0.001) == 276


@claim(
    "ravine",
    "The batch has two data points, so this gradient only goes into the sum G",
    "(11) with G and v: v begins at 0 and becomes 0.01 for w₁ and 1 for w₂, a hundred times as much",
    "The gradient of w₂ is 0 by now, and yet v carries w₂ on by 0.9, past its goal of 1",
)
def test_the_velocity(run: Run) -> None:
    assert not run.frame("1:1:update").iteration.batch_place.closes
    assert run.frame("1:2:update").velocities(1)[0, 1:].tolist() == [0.01, 1.0]
    second = run.frame("2:2:update")
    assert second.gradient_row(1, 1)[2] == 0.0
    assert second.velocities(1)[0, 2] == 0.9
    assert run.numbers("2:2:update")[1] == 1.9
