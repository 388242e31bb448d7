"""Claims of the groups "Shapes" and "Real data"."""

from math import log

import numpy as np

from nntui import Timeline
from nntui.engine.iteration import outputs
from nntui.files.library import meant
from nntui.files.open import read_scenario
from tests.scenarios.claims import Run, claim, differences, run_of, shown
from tests.scenarios.facts import right_after


@claim(
    "gaussians",
    "class 0 below on the left, class 1 above on the right",
    "from epoch 4 on all forty answers are right at their turn",
    "From epoch 4 on every answer is on the right side of 0.5 at its turn",
    "In the end h2 has found the line: its weights are −3.57 and −3.69",
)
def test_gaussians(run: Run) -> None:
    assert run.points == 40
    assert run.all_right_from() == 4
    left, right = (run.scenario.x[run.scenario.y[:, 0] == c].mean(axis=0) for c in (0.0, 1.0))
    assert (left < -0.4).all()
    assert (right > 0.4).all()
    _, first, second = run.final(1)[1]
    assert shown(first, "−3.57")
    assert shown(second, "−3.69")


@claim(
    "gaussians",
    "The cost is Σ(a − y)² without the ½, so ∂C/∂a is 2 (a − y)",
    "δ² = 2 (a − y) σ′(z) = 2 · 0.4769 · 0.2495 = 0.2379: the 2 is what the missing ½ leaves",
)
def test_gaussians_cost(run: Run) -> None:
    a = run.value("1:1:a:2:1")
    assert run.scenario.network.cost == "squared_error"
    assert run.frame("1:1").y(1) == 0.0
    assert run.value("1:1:cost") == a * a
    assert shown(a, "0.4769")
    assert shown(run.slope("1:1:a:2:1"), "0.2495")
    assert shown(run.value("1:1:delta:2:1"), "0.2379")


@claim(
    "circles",
    "at their turn 33 of the forty answers are right in epoch 20, and all of them from epoch 40 on",
    "Class 1 is a ring inside a ring of class 0",
)
def test_circles_are_learned(run: Run) -> None:
    assert run.points == 40
    assert run.right_in(20) == 33
    assert run.all_right_from() == 40
    radius = np.hypot(*run.scenario.x.T)
    inside = run.scenario.y[:, 0] == 1.0
    assert radius[inside].max() < radius[~inside].min()


@claim(
    "circles",
    "three lines close a triangle round the inner ring",
    "The bias is −11.4, the weights are about −6.6, 6.1 and −6.4: only all three lines together reach above 0",
)
def test_circles_take_all_three_lines(run: Run) -> None:
    bias, *weights = run.before("120:1:update:2:1")
    assert [shown(v, t) for v, t in zip((bias, *weights), ("−11.4", "−6.6", "6.1", "−6.4"), strict=True)] == [True] * 4
    sizes = np.abs(weights)
    assert bias + sizes.sum() > 0.0
    assert (bias + sizes.sum() - 2.0 * sizes < 0.0).all()  # one line says no: a = −1 for +1
    lines = run.final(1)
    angles = np.sort(np.arctan2(lines[:, 2] * np.sign(weights), lines[:, 1] * np.sign(weights)))
    assert np.diff([*angles, angles[0] + 2 * np.pi]).max() < np.pi  # the three half planes enclose something


@claim("circles", "Cross-entropy over a sigmoid: δ² = a − y, here 0.582", "this point of the outer ring gets the answer 0.011")
def test_circles_notes(run: Run) -> None:
    assert run.frame("1:1").y(1) == run.frame("120:1").y(1) == 0.0
    assert run.value("1:1:delta:2:1") == run.value("1:1:a:2:1")
    assert shown(run.value("1:1:delta:2:1"), "0.582")
    assert shown(run.value("120:1:a:2:1"), "0.011")


@claim(
    "moons",
    "at their turn 42 of fifty are right in epoch 2, 43 in epoch 20, 45 in epoch 40",
    "from epoch 95 on all fifty are right",
    "in this epoch 43 of fifty are right at their turn, one more than in epoch 2",
    "From this epoch on every answer is right at its turn",
)
def test_moons(run: Run) -> None:
    assert run.points == 50
    assert [run.right_in(epoch) for epoch in (2, 20, 40)] == [42, 43, 45]
    assert run.all_right_from() == 95


@claim("moons", "the cost falls a second time")
def test_moons_cost_falls_twice(run: Run) -> None:
    assert run.mean(1) - run.mean(10) > 0.25
    assert run.mean(10) - run.mean(40) < 0.15
    assert run.mean(80) - run.mean(100) > 0.05
    assert run.mean(120) < 0.01


@claim(
    "spiral",
    "at their turn only 26 answers are right in epoch 20, 36 in epoch 40, and all sixty only from epoch 180 on",
    "The mean cost of this epoch is 0.6955. Always saying 0.5 would cost ln 2 = 0.6931",
    "From here on all sixty answers are right at their turn",
)
def test_spiral(run: Run) -> None:
    assert run.points == 60
    assert [run.right_in(epoch) for epoch in (20, 40)] == [26, 36]
    assert run.all_right_from() == 180
    assert shown(run.mean(20), "0.6955")
    assert shown(log(2), "0.6931")


@claim("spiral", "Two arms wound round each other, sixty points.", "with seed 4 the final weights have 56 of the sixty right")
def test_spiral_from_another_seed(run: Run) -> None:
    scenario = read_scenario(meant("spiral"), ["network.seed=4"])
    timeline = Timeline(scenario)
    said = outputs(scenario.network, timeline.iteration(len(timeline) - 1).after, scenario.x)
    assert ((said > 0.5) == (scenario.y > 0.5)).sum() == 56
    assert right_after(run, run.scenario.epochs) == run.points == 60


@claim(
    "quadrants",
    "class 1 where the signs of x₁ and x₂ differ",
    "At each point some of them give 0: at 1:1 r1 does, at 1:2 only r4 is above 0, and only the rows of w⁰ whose ReLU is above 0 "
    "are updated",
)
def test_quadrants_update_who_spoke(run: Run) -> None:
    assert ((run.scenario.x[:, 0] * run.scenario.x[:, 1] < 0) == (run.scenario.y[:, 0] == 1.0)).all()
    assert [run.value(f"1:1:a:1:{k}") > 0.0 for k in (1, 2, 3, 4)] == [False, True, True, True]
    assert [run.value(f"1:2:a:1:{k}") > 0.0 for k in (1, 2, 3, 4)] == [False, False, False, True]
    for point in (1, 2):
        for k in (1, 2, 3, 4):
            moved = run.numbers(f"1:{point}:update:1:{k}") != run.before(f"1:{point}:update:1:{k}")
            assert moved == (run.value(f"1:{point}:a:1:{k}") > 0.0)
    assert run.slope("1:2:a:1:1") == run.value("1:2:delta:1:1") == 0.0


@claim("quadrants", "From epoch 23 on all forty answers are right at their turn")
def test_quadrants_are_learned(run: Run) -> None:
    assert run.points == 40
    assert run.all_right_from() == 23


@claim(
    "relu-network",
    "`left` has a negative weight and is above 0 where x < 0, `right` where x > 0",
    "The mean cost is under 0.001 from epoch 36 on",
    "x = 2 gives 2.0178, x = −2 gave 1.9972",
)
def test_relu_network_learns_the_size(run: Run) -> None:
    assert run.under_from(0.001) == 36
    assert run.before("1:1:update:1:1")[1] < 0.0 < run.before("1:1:update:1:2")[1]
    for point, x in enumerate(run.scenario.x[:, 0], start=1):
        assert run.frame(f"1:{point}").y(1) == abs(x)
        if x:
            assert (run.value(f"100:{point}:a:1:1") > 0.0) == (x < 0)
            assert (run.value(f"100:{point}:a:1:2") > 0.0) == (x > 0)
    assert shown(run.value("100:5:a:2:1"), "2.0178")
    assert shown(run.value("100:1:a:2:1"), "1.9972")


@claim(
    "relu-network",
    "Where one of them gives 0 its σ′ is 0, and that data point teaches it nothing: compare δ¹ at 100:1 and 100:4",
    "which differs by η alone",
)
def test_relu_network_dead_relus(run: Run) -> None:
    assert run.value("100:1:delta:1:1") != 0.0 == run.value("100:1:delta:1:2")
    assert run.value("100:4:delta:1:1") == 0.0 != run.value("100:4:delta:1:2")
    assert run.value("1:1:z:1:2") == -1.0
    assert run.value("1:1:a:1:1") == 2.8
    assert run.value("1:1:a:1:2") == run.slope("1:1:a:1:2") == run.value("1:1:delta:1:2") == 0.0
    assert run.value("1:3:z:1:2") == run.slope("1:3:a:1:2") == 0.0
    assert differences("relu-network", "dead-relu") == {"training.eta"}


@claim(
    "sine",
    "from thirty points between −1 and 1",
    "the mean cost begins at 0.1074, is under 0.01 from epoch 38 on, and ends at 0.0007; "
    "in the last epoch no answer is off by 0.12",
)
def test_sine(run: Run) -> None:
    assert run.points == 30
    assert np.abs(run.scenario.x).max() < 1.0
    assert np.abs(run.scenario.y - np.sin(np.pi * run.scenario.x)).max() < 1e-6
    assert shown(run.mean(1), "0.1074")
    assert run.under_from(0.01) == 38
    assert shown(run.mean(600), "0.0007")
    last = range(1, 31)
    assert max(abs(run.value(f"600:{p}:a:2:1") - run.frame(f"600:{p}").y(1)) for p in last) < 0.12


@claim(
    "sine",
    "The identity has σ′ = 1, so δ² is the error itself: a − y = −0.8094",
    "The same point again: 0.7448, and the target is 0.7582",
)
def test_sine_notes(run: Run) -> None:
    assert run.value("1:1:delta:2:1") == run.value("1:1:a:2:1") - run.frame("1:1").y(1)
    assert shown(run.value("1:1:delta:2:1"), "−0.8094")
    assert shown(run.value("600:1:a:2:1"), "0.7448")
    assert shown(run.frame("600:1").y(1), "0.7582")


def code(run: Run, epoch: int, point: int) -> list[float]:
    return [run.value(f"{epoch}:{point}:a:1:{k}") for k in (1, 2, 3)]


@claim(
    "encoder",
    "1985",
    "eight points, eight different codes",
    "From epoch 176 on the largest output is, at each turn, the right one",
    "The code of pattern 1 in the end: 1 1 0 (0.987, 0.961, 0.016)",
    "And of pattern 6: 0 0 0. That is a code like any other; its output fires because its bias is positive",
)
def test_encoder_invents_a_code(run: Run) -> None:
    assert run.all_right_from() == 176
    codes = [code(run, 1000, point) for point in range(1, 9)]
    assert len({tuple(round(bit) for bit in bits) for bits in codes}) == 8
    assert all(bit < 0.2 or bit > 0.8 for bits in codes for bit in bits)
    assert [shown(bit, text) for bit, text in zip(codes[0], ("0.987", "0.961", "0.016"), strict=True)] == [True] * 3
    assert [round(bit) for bit in codes[5]] == [0, 0, 0]
    assert [bias > 0.0 for bias in run.final(2)[:, 0]] == [False] * 5 + [True] + [False] * 2


@claim(
    "encoder",
    "The code of pattern 1 before learning: 0.4703, 0.5794, 0.5494",
    "Seven of the eight inputs are 0, and by (13) their weights have no gradient: "
    "pattern 1 moves its own column only, and the bias",
)
def test_encoder_begins(run: Run) -> None:
    assert [shown(bit, text) for bit, text in zip(code(run, 1, 1), ("0.4703", "0.5794", "0.5494"), strict=True)] == [True] * 3
    for neuron in (1, 2, 3):
        assert [g != 0.0 for g in run.numbers(f"1:1:gradient:1:{neuron}")] == [True, True] + [False] * 7


@claim(
    "iris",
    "150 iris flowers of three species, four lengths in cm of each (Anderson 1935, Fisher 1936)",
    "At their turn, before the network learns from them, 118 of 150 flowers are named right in epoch 1 and 147 in epoch 50; "
    "the final weights name 148 right, all but rows 84 and 134",
    "Setosa is easy; versicolor and virginica overlap",
    "The inputs are scaled to mean 0 and deviation 1",
)
def test_iris(run: Run) -> None:
    assert run.scenario.x.shape == (150, 4)
    assert np.abs(run.scenario.x.mean(axis=0)).max() < 1e-12
    assert np.abs(run.scenario.x.std(axis=0) - 1.0).max() < 1e-12
    assert run.right_in(1) == 118
    assert run.right_in(50) == 147
    scenario, theta = run.scenario, run.timeline.iteration(len(run.timeline) - 1).after
    said = outputs(scenario.network, theta, scenario.x).argmax(axis=1)
    assert (np.flatnonzero(said != scenario.y.argmax(axis=1)) + 1).tolist() == [84, 134]
    petals = [run.scenario.x[run.scenario.y[:, c] == 1.0, 2] for c in range(3)]
    assert petals[0].max() < petals[1].min()
    assert petals[1].max() > petals[2].min()


@claim(
    "iris",
    "Row 8 comes first: the order is shuffled. −1.2834 means a petal 1.28 deviations shorter than the mean",
    "δ² = a − y: −0.7367 for the right species, 0.3771 and 0.3596 for the others",
    "The last flower of the run, row 123, a virginica: 0.9965",
)
def test_iris_notes(run: Run) -> None:
    assert run.frame("1:1").row == 8
    assert shown(run.numbers("1:1:input")[2], "−1.2834")
    assert [shown(run.value(f"1:1:delta:2:{k}"), t) for k, t in ((1, "−0.7367"), (2, "0.3771"), (3, "0.3596"))] == [True] * 3
    assert run.frame("1:1").y(1) == 1.0
    assert run.frame("50:150").row == 123
    assert run.frame("50:150").y(3) == 1.0
    assert shown(run.value("50:150:a:2:3"), "0.9965")


@claim(
    "iris-sorted",
    'The file `iris` with order = "given": fifty setosa, fifty versicolor, fifty virginica',
    "at 2:50, a setosa, C is 0.0294; at 2:51, the first versicolor, it jumps to 2.503",
    "In epoch 1 the answers to 131 flowers are right at their turn, against 118 when shuffled; "
    "but the weights after it name only 102 right, the shuffled ones 133",
)
def test_iris_sorted_forgets(run: Run) -> None:
    assert differences("iris-sorted", "iris") == {"training.order", "training.epochs"}
    for block, neuron in ((0, 1), (50, 2), (100, 3)):
        assert all(run.frame(f"1:{block + p}").y(neuron) == 1.0 for p in range(1, 51))
    assert shown(run.value("2:50:cost"), "0.0294")
    assert shown(run.value("2:51:cost"), "2.503")
    assert run.right_in(1) == 131
    assert run_of("iris").right_in(1) == 118
    assert (right_after(run, 1), right_after(run_of("iris"), 1)) == (102, 133)
    assert shown(run.value("2:50:a:2:1"), "0.9710")
    assert shown(run.value("2:51:a:2:2"), "0.0818")


@claim("iris-sorted", "What was learned in epoch 1 has been overwritten since")
def test_iris_sorted_knew_versicolor_before(run: Run) -> None:
    """At the end of its block in epoch 1 versicolor was known."""
    assert run.value("1:100:a:2:2") > 0.8


@claim(
    "digits",
    "1,797 handwritten digits of eight by eight pixels",
    "2,410 weights and biases",
    "At their turn 29 of the first hundred digits are named right, 98 of the last hundred of epoch 1, "
    "and 1,726 of all 1,797 in epoch 2",
    "the digits of epoch 2 are those of epoch 1",
    "The first digit is a 0, and output 0 gets the smallest share of all ten: 0.0738",
    "Pixels that are white have a = 0, and by (13) their weights have no gradient here",
)
def test_digits_first_two_epochs(run: Run) -> None:
    assert run.scenario.x.shape == (1797, 64)
    assert run.scenario.network.parameters == 2410
    right = run.right(epochs=2)
    assert right[0, :100].sum() == 29
    assert right[0, -100:].sum() == 98
    assert right[1].sum() == 1726
    assert run.scenario.order == "given"
    shares = [run.value(f"1:1:a:2:{k}") for k in range(1, 11)]
    assert run.frame("1:1").y(1) == 1.0
    assert min(shares) == shares[0]
    assert shown(shares[0], "0.0738")
    for signal, gradient in zip(run.numbers("1:1:input"), run.numbers("1:1:gradient:1:1")[1:], strict=True):
        assert (signal == 0.0) == (gradient == 0.0)
    assert shown(run.value("2:1:a:2:1"), "0.9834")
