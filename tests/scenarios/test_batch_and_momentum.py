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
    "From epoch 8 on all four answers are right at their turn",
    "`each row` is as in the note (batch=1) and gets there at epoch 11, `mean` divides G by its four rows (average=true), and "
    "gets there at epoch 28",
)
def test_a_batch_beside_single_steps_and_the_mean(run: Run) -> None:
    each, mean = run.timeline.forks
    assert [fork.name for fork in run.scenario.forks] == ["each row", "mean"]
    assert run.all_right_from() == 8 == all_right_from(run.timeline)
    assert [all_right_from(fork) for fork in (each, mean)] == [11, 28]
    for timeline, changes in ((run.timeline, 1), (each, 4), (mean, 1)):
        states = [timeline.theta(n).tobytes() for n in range(5)]
        assert sum(before != after for before, after in pairwise(states)) == changes


@claim(
    "batch",
    "The first of four: the sum G is now 0.125 for the bias and 0 for both weights",
    "In the fork `each row` the bias goes to −0.25 at once",
    "Three answers that should be 0 have all pushed the same way: G is 0.36 for the bias",
    "The fourth row takes 0.125 of it back, and the batch is complete: the bias goes from 0 to −0.47. In `mean` it goes to "
    "−0.12, a quarter of the way",
    "Is the batch complete after two of four rows",
    "G is above 0 for the bias; (11) takes η G from it",
)
def test_the_sum_of_the_batch(run: Run) -> None:
    each, mean = run.timeline.forks
    assert run.frame("1:1:update").sums(1).tolist() == [[0.125, 0.0, 0.0]]
    assert each.weights(1)[0][0, 0] == -0.25
    assert run.scenario.y.tolist() == [[0.0], [0.0], [0.0], [1.0]]
    assert all(run.numbers(f"1:{point}:gradient")[0] > 0.0 for point in (1, 2, 3))
    third, fourth = (float(run.frame(f"1:{point}:update").sums(1)[0, 0]) for point in (3, 4))
    assert shown(third, "0.36")
    assert shown(third - fourth, "0.125")
    assert run.before("1:4:update")[0] == 0.0
    assert shown(run.numbers("1:4:update")[0], "−0.47")
    assert shown(float(mean.weights(4)[0][0, 0]), "−0.12")
    assert 4.0 * mean.weights(4)[0][0, 0] == run.numbers("1:4:update")[0]
    assert [run.numbers(f"1:{point}:update") for point in (1, 2, 3)] == [[0.0, 0.5, -0.5]] * 3


@claim(
    "batch",
    "In epoch 11 mean C is 0.0528 here, after 10 changes of the weights. In `each row`, after 40 and more, it is 0.0654",
    "In the last epoch mean C is 0.0037, in `each row` 0.0035: nearly the same. `mean` is at 0.0163; with η = 8 "
    "in place of 2 it would be this run, number by number",
)
def test_the_batch_in_the_end(run: Run) -> None:
    each, mean = run.timeline.forks
    assert shown(run.mean(11), "0.0528")
    assert shown(each.mean(10), "0.0654")
    assert all(map(shown, (run.mean(200), each.mean(199), mean.mean(199)), ("0.0037", "0.0035", "0.0163")))
    larger = run.timeline.fork(0, "average=true eta=8")
    assert all(larger.weights(n)[0].tobytes() == run.timeline.weights(n)[0].tobytes() for n in range(0, 801, 4))


def under_from(timeline, bound: float) -> int:
    means = timeline.costs(0, len(timeline)).reshape(-1, 2).sum(axis=1) / 2
    return int(np.flatnonzero(~(means < bound))[-1]) + 2


@claim(
    "ravine",
    "C is steep along w₂, whose input is 10, and flat along w₁, whose input is 1",
    "with μ = 0.9 the velocity",
    "The mean cost is under 0.001 from epoch 98 on",
    "the fork `no v` has momentum=0, is right about w₂ at once, and needs until epoch 276, because w₁ creeps",
)
def test_momentum_in_a_ravine(run: Run) -> None:
    (without,) = run.timeline.forks
    assert run.scenario.x.tolist() == [[1.0, 0.0], [0.0, 10.0]]
    assert run.scenario.network.momentum == 0.9
    assert without.scenario.network.momentum == 0.0
    assert run.under_from(0.001) == 98 == under_from(run.timeline, 0.001)
    assert under_from(without, 0.001) == 276
    assert all(without.weights(2 * epoch)[0][0, 2] == 1.0 for epoch in range(1, 301))
    assert under_from(without, 0.001) == int(np.argmax([0.25 * (1.0 - w) ** 2 < 0.001 for w in small_weights(without)])) + 1


def small_weights(timeline) -> list[float]:
    """w₁ before each epoch."""
    return [float(timeline.weights(2 * epoch)[0][0, 1]) for epoch in range(300)]


@claim(
    "ravine",
    "The batch has two data points, so this gradient only goes into the sum G",
    "(11) with G and v: v begins at 0 and becomes 0.01 for w₁ and 1 for w₂, a hundred times as much",
    "The gradient of w₂ is 0 by now, and yet v carries w₂ on by 0.9, past its goal of 1",
    "In the fork w₂ stays at 1",
    "The batch has two data points, and this is the first",
    "v was 0.01 for w₁ and 1 for w₂. v ← μ v − η G, and G of w₂ is 0 now",
)
def test_the_velocity(run: Run) -> None:
    assert not run.frame("1:1:update").iteration.batch_place.closes
    assert run.frame("1:2:update").velocities(1)[0, 1:].tolist() == [0.01, 1.0]
    second = run.frame("2:2:update")
    assert second.gradient_row(1, 1)[2] == 0.0
    assert second.sums(1)[0, 2] == 0.0
    assert second.velocities(1)[0, 2] == 0.9
    assert run.numbers("2:2:update")[1] == 1.9


@claim(
    "ravine",
    "After ten steps w₁ is 0.3789, in the fork 0.0956. But w₂ still swings here, and so the fork's mean C is lower for now",
    "w₁ is 1.0026 and w₂ 0.9986. In the fork w₂ is 1, and w₁ has come to 0.634",
)
def test_the_ravine_on_the_way(run: Run) -> None:
    (without,) = run.timeline.forks
    here, there = ([timeline.weights(2 * epoch)[0][0, 1:] for epoch in (10, 100)] for timeline in (run.timeline, without))
    assert all(map(shown, (here[0][0], there[0][0]), ("0.3789", "0.0956")))
    assert abs(here[0][1] - 1.0) > 0.1
    assert run.timeline.mean(9) > without.mean(9)
    assert all(map(shown, (*here[1], there[1][0]), ("1.0026", "0.9986", "0.634")))
