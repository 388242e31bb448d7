"""Claims of the group "A single neuron"."""

from math import log

import numpy as np

from tests.scenarios.claims import Run, claim, differences, run_of, shown


@claim("single-neuron", "Every answer begins near 0.5; from epoch 5 on all four are right at their turn")
def test_single_neuron_learns(run: Run) -> None:
    assert all(abs(run.value(f"1:{p}:a") - 0.5) < 0.15 for p in (1, 2, 3, 4))
    assert run.all_right_from() == 5


@claim("single-neuron", "In 200 epochs the weight of sun grows from 0.6 to 3.5, and that of wind falls from −0.4 to −4.7")
def test_single_neuron_weights(run: Run) -> None:
    assert run.scenario.epochs == 200
    assert run.before("1:1:update")[1:] == [0.6, -0.4]
    _, sun, wind = run.final(1)[0]
    assert shown(sun, "3.5")
    assert shown(wind, "−4.7")


@claim(
    "single-neuron",
    "(2) by hand: 0.6 · 0.9 − 0.4 · 0.1 + 0.1 = 0.6",
    "(3): σ(0.6) = 0.6457",
    "δ = (a − y) σ′(z) = −0.3543 · 0.2288 = −0.0811. It is negative",
    "The target is 1",
    "a signal that is always 1",
)
def test_single_neuron_first_point(run: Run) -> None:
    assert run.numbers("1:1:input") == [0.9, 0.1]
    assert shown(run.value("1:1:z"), "0.6000")
    assert shown(run.value("1:1:a"), "0.6457")
    assert run.frame("1:1").y(1) == 1.0
    assert shown(run.value("1:1:a") - 1.0, "−0.3543")
    assert shown(run.slope("1:1:a"), "0.2288")
    assert shown(run.value("1:1:delta"), "−0.0811")


@claim("single-neuron", "by (13) the weight of sun moves by 0.0365, that of wind by 0.0041")
def test_single_neuron_first_update(run: Run) -> None:
    moved = np.subtract(run.numbers("1:1:update"), run.before("1:1:update"))
    assert shown(moved[1], "0.0365")
    assert shown(moved[2], "0.0041")


@claim("single-neuron", "the answer should be 0, but z is 0.1979", "The same day in the last epoch: 0.1502")
def test_single_neuron_sun_and_storm(run: Run) -> None:
    assert run.numbers("1:3:input") == run.numbers("200:3:input") == [0.8, 0.9]
    assert run.frame("1:3").y(1) == 0.0
    assert shown(run.value("1:3:z"), "0.1979")
    assert shown(run.value("200:3:a"), "0.1502")


@claim(
    "no-bias",
    "When both inputs are 0, z is 0 and a is σ(0) = 0.5 whatever the weights are, "
    "so at point 1 the cost is 0.125 in every epoch, and its gradient is 0: a signal of 0 teaches no weight",
    "But both signals are 0, so δ · a is 0 for both weights",
    "is the weight that point 1 could have changed",
)
def test_without_a_bias_zero_gives_one_half(run: Run) -> None:
    assert not run.scenario.network.layers[0].biases
    for epoch in range(1, 201):
        assert run.numbers(f"{epoch}:1:input") == [0.0, 0.0]
        assert run.value(f"{epoch}:1:z") == 0.0
        assert run.value(f"{epoch}:1:a") == 0.5
        assert run.value(f"{epoch}:1:cost") == 0.125
        assert run.value(f"{epoch}:1:delta") == 0.125
        assert run.numbers(f"{epoch}:1:gradient") == [0.0, 0.0]


@claim(
    "no-bias", "The other three points are learned", "Still 0.5 in the last epoch, although the weights are now 2.4677 and 2.4468"
)
def test_without_a_bias_the_rest_is_learned(run: Run) -> None:
    assert all(run.value(f"200:{p}:a") > 0.9 for p in (2, 3, 4))
    first, second = run.before("200:1:update")
    assert shown(first, "2.4677")
    assert shown(second, "2.4468")


@claim(
    "linear-regression",
    "The best line through these seven points has slope 1.9643 and crosses the axis at −0.9036; "
    "after 100 epochs the neuron has 1.9701 and −0.9066",
)
def test_linear_regression_finds_the_line(run: Run) -> None:
    slope, axis = np.polyfit(run.scenario.x[:, 0], run.scenario.y[:, 0], 1)
    assert len(run.scenario.x) == 7
    assert shown(slope, "1.9643")
    assert shown(axis, "−0.9036")
    assert run.scenario.epochs == 100
    assert shown(run.final(1)[0, 1], "1.9701")
    assert shown(run.final(1)[0, 0], "−0.9066")


@claim("linear-regression", "It cannot come to rest exactly there: (11) moves the weights for one data point at a time")
def test_linear_regression_never_rests(run: Run) -> None:
    assert all(abs(run.value(f"100:{p}:delta")) > 0.005 for p in range(1, 8))


@claim("linear-regression", "x = 0, so only w₀ can move", "The identity has σ′ = 1, so δ is simply a − y")
def test_linear_regression_notes(run: Run) -> None:
    bias, weight = run.numbers("1:1:update")
    assert bias != 0.0
    assert weight == 0.0 == run.numbers("1:1:input")[0]
    assert run.slope("1:7:a") == 1.0
    assert shown(run.value("1:7:delta"), "−2.269")
    assert run.value("1:7:delta") == run.value("1:7:a") - run.frame("1:7").y(1)


@claim(
    "linear-regression", "this point is above the line and lifts it a little; the next one is below the line and lowers it again"
)
def test_linear_regression_points_pull(run: Run) -> None:
    assert run.value("100:2:delta") < 0.0 < run.value("100:3:delta")
    x = run.numbers("100:2:input")[0]
    bias, weight = run.before("100:2:update")
    lifted, steeper = run.numbers("100:2:update")
    assert lifted + steeper * x > bias + weight * x
    assert run.numbers("100:3:update")[0] < lifted


@claim(
    "logistic-regression",
    "twenty students",
    "The best weight is 1.5046, the best bias −4.0777; after 500 epochs they are 1.4494 and −3.9748, "
    "so its answer is one half at 2.74 hours",
)
def test_logistic_regression_comes_near_the_best(run: Run) -> None:
    x = np.stack([np.ones(20), run.scenario.x[:, 0]], 1)
    best = np.zeros(2)
    for _ in range(20):  # Newton
        p = 1.0 / (1.0 + np.exp(-x @ best))
        best += np.linalg.solve(x.T @ (x * (p * (1.0 - p))[:, None]), x.T @ (run.scenario.y[:, 0] - p))
    assert shown(best[1], "1.5046")
    assert shown(best[0], "−4.0777")
    assert run.scenario.epochs == 500
    bias, weight = run.final(1)[0]
    assert shown(weight, "1.4494")
    assert shown(bias, "−3.9748")
    assert shown(-bias / weight, "2.74")


@claim("logistic-regression", "Some who worked less passed and some who worked more failed: C cannot go to 0")
def test_logistic_regression_classes_overlap(run: Run) -> None:
    hours, passed = run.scenario.x[:, 0], run.scenario.y[:, 0] == 1.0
    assert hours[passed].min() < hours[~passed].max()
    assert run.means.min() > 0.4


@claim(
    "logistic-regression",
    "All weights are 0, so a = 0.5 and C = −ln 0.5 = 0.6931",
    "σ′ cancels, and δ is simply a − y = 0.5",
    "this second point is row 11 of the table",
)
def test_logistic_regression_notes(run: Run) -> None:
    assert run.before("1:1:update") == [0.0, 0.0]
    assert run.value("1:1:a") == run.value("1:1:delta") == 0.5
    assert abs(run.value("1:1:cost") - log(2)) < 1e-15
    assert shown(log(2), "0.6931")
    assert run.frame("1:2").row == 11


@claim(
    "slow-start",
    "The input is 1 and the target 0, but the answer begins at 0.982",
    "the neuron learns slowest where it is most wrong",
    "where the sigmoid is flat σ′ is tiny: 0.0177",
    "The error a − y is 0.982, nearly as large as it can be, but σ′ = 0.0177 leaves only δ = 0.0173",
)
def test_slow_start_is_slow(run: Run) -> None:
    assert run.scenario.x.tolist() == [[1.0]]
    assert run.scenario.y.tolist() == [[0.0]]
    assert shown(run.value("1:1:a"), "0.982")
    assert shown(run.slope("1:1:a"), "0.0177")
    assert shown(run.value("1:1:delta"), "0.0173")
    assert min(run.value(f"{epoch}:1:delta") for epoch in range(1, 301)) == run.value("1:1:delta")


@claim(
    "slow-start",
    "In 100 epochs a falls only to 0.9641",
    "a has come down to 0.7887; here the curve is steep (σ′ = 0.1666) and δ is 0.1314, more than seven times that of the start",
)
def test_slow_start_gets_faster(run: Run) -> None:
    assert shown(run.value("101:1:a"), "0.9641")
    assert shown(run.value("201:1:a"), "0.7887")
    assert shown(run.slope("201:1:a"), "0.1666")
    assert shown(run.value("201:1:delta"), "0.1314")
    assert run.value("201:1:delta") > 7 * run.value("1:1:delta")
    assert shown(run.value("300:1:a"), "0.2045")
    assert run.scenario.epochs == 300


@claim("cross-entropy", "The file `slow-start` with one line more", "It begins at the same 0.982")
def test_cross_entropy_is_one_line_more(run: Run) -> None:
    assert differences("cross-entropy", "slow-start") == {"training.cost"}
    assert run.value("1:1:a") == run_of("slow-start").value("1:1:a")


@claim(
    "cross-entropy",
    "has come to 0.2043 in epoch 31 (`slow-start` needs 300 epochs for that), and ends at 0.0121",
    "0.2043: where `slow-start` is after 300 epochs",
    "δ = 0.982, the whole error. With the squared cost σ′ = 0.0177 would shrink it to 0.0173",
)
def test_cross_entropy_is_faster(run: Run) -> None:
    assert shown(run.value("31:1:a"), "0.2043")
    slow = run_of("slow-start")
    assert slow.value("299:1:a") > run.value("31:1:a")
    assert slow.value("300:1:a") - run.value("31:1:a") < 0.0003
    assert shown(run.value("300:1:a"), "0.0121")
    assert shown(run.value("1:1:delta"), "0.982")
    assert shown(run.slope("1:1:a"), "0.0177")
    assert shown(slow.value("1:1:delta"), "0.0173")
    costs = run.timeline.costs(0, 300)
    assert (np.diff(costs) < 0.0).all()
    deltas = [run.value(f"{epoch}:1:delta") for epoch in range(1, 301)]
    assert deltas == sorted(deltas, reverse=True)  # fastest where most wrong
