"""Claims of the group "What goes wrong"."""

from itertools import pairwise
from math import inf, isfinite, isnan

import numpy as np

from nntui.notebook.run import NotebookTimeline as Timeline
from tests.scenarios.claims import Run, claim, differences, run_of, shown


@claim(
    "step-never-learns",
    "The file `perceptron` with the true slope of the step function: σ′ = 0 wherever it has one",
    "Three of four answers are wrong at each turn, with C = 0.5, yet every δ is 0, so every gradient is 0, "
    "and after ten epochs all weights are still 0",
    "The answer is 1 and should be 0: C = 0.5",
    "(a − y) is 1, but it is multiplied by σ′ = 0",
    "Nothing moves, now or in any later epoch",
)
def test_step_never_learns(run: Run) -> None:
    assert differences("step-never-learns", "perceptron") == {"training.step_slope"}
    assert run.scenario.epochs == 10
    for epoch in range(1, 11):
        assert sorted(run.value(f"{epoch}:{p}:cost") for p in (1, 2, 3, 4)) == [0.0, 0.5, 0.5, 0.5]
        assert all(run.value(f"{epoch}:{p}:delta") == 0.0 for p in (1, 2, 3, 4))
        assert all(run.numbers(f"{epoch}:{p}:gradient") == [0.0, 0.0, 0.0] for p in (1, 2, 3, 4))
    assert run.final(1).tolist() == [[0.0, 0.0, 0.0]]
    assert run.value("1:1:a") == 1.0
    assert run.frame("1:1").y(1) == 0.0
    assert run.slope("1:1:a") == 0.0


@claim(
    "perceptron-xor",
    "No line in the plane has (0,1) and (1,0) on one side and (0,0) and (1,1) on the other",
    "from epoch 3 on it is wrong at all four turns of every epoch, and each epoch ends with the weights it began with",
    "1969",
    "This epoch begins with the weights −0.5 and 0 and the bias 0",
    "Four mistakes later: −0.5, 0 and 0 again",
    "And this goes on for ever",
)
def test_perceptron_fails_at_xor(run: Run) -> None:
    assert not run.right()[2:].any()
    assert run.right()[1].any()
    for epoch in range(3, 21):
        assert run.before(f"{epoch}:1:update") == run.numbers(f"{epoch}:4:update") == [0.0, -0.5, 0.0]


@claim(
    "xor-stuck",
    "The file `xor` with η = 2 instead of 0.5, from the same weights",
    "in epoch 2000 the answers are 0.02, 0.47, 0.98 and 0.53, and the mean cost is 0.0714; "
    "a thousand epochs before it was 0.0721",
    "At (0,1) and at (1,1) both hidden neurons are off",
)
def test_xor_stuck(run: Run) -> None:
    assert differences("xor-stuck", "xor") == {"training.eta"}
    assert run.eta == 2.0
    assert run_of("xor").eta == 0.5
    answers = [run.value(f"2000:{p}:a:2:1") for p in (1, 2, 3, 4)]
    assert [shown(a, t) for a, t in zip(answers, ("0.02", "0.47", "0.98", "0.53"), strict=True)] == [True] * 4
    assert shown(run.mean(2000), "0.0714")
    assert shown(run.mean(1000), "0.0721")
    for point in (2, 4):
        assert all(run.value(f"2000:{point}:a:1:{k}") < 0.001 for k in (1, 2))


@claim(
    "xor-stuck",
    "(0,1): both hidden neurons are under 0.001",
    "this point pulls the output up …",
    "… and (1,1), for which the hidden layer gives almost the same, pulls it down: 0.133. In every epoch they cancel",
    "their σ′ are 0.0008 and 1.4e-06, and almost no error reaches them",
)
def test_xor_stuck_why(run: Run) -> None:
    assert run.numbers("2000:2:input") == [0.0, 1.0]
    assert run.numbers("2000:4:input") == [1.0, 1.0]
    up, down = run.value("2000:2:delta:2:1"), run.value("2000:4:delta:2:1")
    assert shown(up, "−0.1327")
    assert shown(down, "0.133")
    assert abs(up + down) < 0.001
    assert shown(run.slope("2000:4:a:1:1"), "0.0008")
    assert shown(run.slope("2000:4:a:1:2"), "1.4e-06")
    assert all(abs(run.value(f"2000:4:delta:1:{k}")) < 0.001 for k in (1, 2))


@claim(
    "zero-start",
    "Here all begin at 0",
    "they are equal to the last digit",
    "In epoch 1500 the answer to (1,1), which should be 0, is still 0.6616",
    "6,000 updates later: the weights of twin2 are still those of twin1, bit by bit",
)
def test_zero_start_makes_duplicate_neurons(run: Run) -> None:
    assert all((w == 0.0).all() for w in run.timeline.weights(0))
    assert len(run.timeline) == 6000
    for n in range(0, 6001, 50):
        first, second = run.timeline.weights(n)[0]
        assert first.tobytes() == second.tobytes()
    assert run.numbers("1500:4:update:1:1") == run.numbers("1500:4:update:1:2")
    assert run.numbers("1500:4:input") == [1.0, 1.0]
    assert shown(run.value("1500:4:a:2:1"), "0.6616")


@claim(
    "zero-start",
    "The weights to the output are 0, so by (14) nothing comes back to the hidden layer at the first data point",
    "At the second something does, but the same for both",
)
def test_zero_start_notes(run: Run) -> None:
    assert run.value("1:1:delta:1:1") == run.value("1:1:delta:1:2") == 0.0
    assert run.value("1:2:delta:1:1") == run.value("1:2:delta:1:2")
    assert shown(run.value("1:2:delta:1:1"), "0.001")


@claim(
    "dead-relu",
    "The file `relu-network` with η = 0.3 instead of 0.05",
    "At 1:2 one large step changes the weights of `left` so much that its z is below 0 for every data point. "
    "There σ′ = 0, so no error reaches it and nothing can bring it back",
    "the mean cost stays at 0.274",
    "For x from −2 to 2, z is now always negative",
)
def test_dead_relu_is_dead(run: Run) -> None:
    assert differences("dead-relu", "relu-network") == {"training.eta"}
    assert run.eta == 0.3
    assert run_of("relu-network").eta == 0.05
    assert run.value("1:1:z:1:1") > 0.0
    assert run.value("1:2:z:1:1") > 0.0
    bias, weight = run.numbers("1:2:update:1:1")
    assert bias + abs(weight) * 2.0 < 0.0
    for n in range(2, len(run.timeline)):
        assert run.timeline.weights(n)[0][0].tolist() == [bias, weight]
    assert all(shown(mean, "0.274") for mean in run.means[30:])
    assert shown(run.mean(100), "0.274")


@claim(
    "dead-relu",
    "the weight from `left` jumps from 0.1 to 1.5448",
    "Now the output is 2.2268 too high, and that large weight carries the error back: δ = 3.44",
    "η · δ = 1.032 is taken from the bias: 0.4516 becomes −0.5804",
    "z = −0.038 is only just below 0, but σ′ is exactly 0",
    "The target is 2, the answer 0.7671",
)
def test_dead_relu_notes(run: Run) -> None:
    assert run.before("1:1:update:2:1")[1] == 0.1
    assert shown(run.numbers("1:1:update:2:1")[1], "1.5448")
    assert shown(run.value("1:2:a:2:1") - run.frame("1:2").y(1), "2.2268")
    assert shown(run.value("1:2:delta:1:1"), "3.44")
    assert shown(run.eta * run.value("1:2:delta:1:1"), "1.032")
    assert shown(run.before("1:2:update:1:1")[0], "0.4516")
    assert shown(run.numbers("1:2:update:1:1")[0], "−0.5804")
    assert run.numbers("2:1:input") == [-2.0]
    assert shown(run.value("2:1:z:1:1"), "−0.038")
    assert run.slope("2:1:a:1:1") == run.value("2:1:delta:1:1") == 0.0
    assert run.frame("100:1").y(1) == 2.0
    assert shown(run.value("100:1:a:2:1"), "0.7671")


@claim("dead-relu", "z of `left` is below 0 now", "At 1:1 `left` was still alive")
def test_dead_relu_questions(run: Run) -> None:
    assert [question.at for question in run.scenario.questions] == ["1:3:a:1:1", "2:1:cost", "2:1:delta:1:1"]
    assert run.value("1:3:z:1:1") < 0.0 == run.value("1:3:a:1:1")
    assert run.value("2:1:delta:1:1") == run.slope("2:1:a:1:1") == 0.0
    assert run.numbers("1:1:input") == run.numbers("2:1:input")
    assert run.value("1:1:a:1:1") > 0.0
    assert run.value("2:1:cost") > run.value("1:1:cost")


@claim(
    "leaky-relu",
    "The file `dead-relu` with one word changed: leaky_relu",
    "Where z is below 0 it lets a hundredth through, σ′ = 0.01",
    "The same large step at 1:2 takes z of `left` below 0 for every data point",
    "In epoch 14 its z is above 0 again for the first time",
    "in epoch 100 the mean cost is 1.5e-07",
    "the bias of `left` falls from 0.4519 to −0.5912",
    "z is negative, but σ′ = 0.01 and not 0: δ = −0.0006",
    "x = −2, and the answer is 2.0004",
)
def test_leaky_relu_survives(run: Run) -> None:
    assert differences("leaky-relu", "dead-relu") == {"network.layer.1.activation"}
    bias, weight = run.numbers("1:2:update:1:1")
    assert bias + abs(weight) * 2.0 < 0.0
    assert shown(run.before("1:2:update:1:1")[0], "0.4519")
    assert shown(bias, "−0.5912")
    heard = [e for e in range(2, 101) if max(run.value(f"{e}:{p}:z:1:1") for p in range(1, 6)) > 0.0]
    assert heard[0] == 14
    assert shown(run.mean(100), "1.5e-07")
    assert run.value("1:3:z:1:1") < 0.0
    assert run.slope("1:3:a:1:1") == 0.01
    assert shown(run.value("1:3:delta:1:1"), "−0.0006")
    assert run.numbers("100:1:input") == [-2.0]
    assert shown(run.value("100:1:a:2:1"), "2.0004")


@claim(
    "saturated",
    "σ′ = a (1 − a) is almost 0: at 1:1 the output is 1.0000 where it should be 0, yet δ² is only 1.8e-08 and δ¹ is under 3e-09",
    "After 500 epochs no weight has moved by as much as 0.0001",
    "z = 17.8093, but the sigmoid is steep only between about −4 and 4",
    "The step function is the extreme case, σ′ = 0",
    "Each layer multiplies by one more σ′: 2.6e-09 is left for h1",
    "Five hundred epochs later: C is still 0.5000 here",
)
def test_saturated(run: Run) -> None:
    assert shown(run.value("1:1:a:2:1"), "1.0000")
    assert run.frame("1:1").y(1) == 0.0
    assert shown(run.value("1:1:delta:2:1"), "1.8e-08")
    assert shown(run.slope("1:1:a:2:1"), "1.8e-08")
    assert all(abs(run.value(f"1:1:delta:1:{k}")) < 3e-09 for k in (1, 2))
    assert shown(run.value("1:1:delta:1:1"), "2.6e-09")
    assert shown(run.value("1:1:z:2:1"), "17.8093")
    steep = 1.0 / (1.0 + np.exp(-4.0))
    assert steep * (1.0 - steep) < 0.02
    for layer in (1, 2):
        assert np.abs(run.final(layer) - run.timeline.weights(0)[layer - 1]).max() < 0.0001
    assert run.scenario.epochs == 500
    assert shown(run.value("500:1:cost"), "0.5000")


@claim(
    "vanishing",
    "σ′, which is 0.25 at most: at 1:1 the largest δ of each layer is five to sixteen times smaller "
    "than that of the layer above, 0.1435 at the output and under 3e-08 in layer 1",
    "Here the error begins: δ⁸ = 0.1435",
    "The weight and σ′ took nine tenths of it",
    "Layer 5, three layers down: 0.0001",
    "Layer 1: 1.9e-08. With η = 0.5 a million steps of this size would move the bias by 0.0094",
)
def test_vanishing(run: Run) -> None:
    assert len(run.scenario.network.layers) == 8
    frame = run.frame("1:1")
    largest = [np.abs(frame.layer_delta(layer)).max() for layer in range(1, 9)]
    assert all(5.0 < above / below < 16.0 for below, above in pairwise(largest))
    assert shown(largest[7], "0.1435")
    assert largest[0] < 3e-08
    assert shown(run.value("1:1:delta:7:1"), "0.0132")
    assert run.value("1:1:delta:7:1") / largest[7] < 0.1
    assert shown(run.value("1:1:delta:5:1"), "0.0001")
    assert shown(run.value("1:1:delta:1:1"), "1.9e-08")
    assert run.eta == 0.5
    assert shown(1e6 * run.eta * run.value("1:1:delta:1:1"), "0.0094")


@claim(
    "vanishing",
    "After 500 epochs no weight into layers 1 to 3 has moved by 0.0001, the mean cost went from 0.1349 to 0.13, "
    "and with the final weights all four points get the answer 0.4993",
    "0.5197 at the last data point",
)
def test_vanishing_learns_nothing(run: Run) -> None:
    before, after = run.timeline.weights(0), run.timeline.weights(len(run.timeline))
    assert all(np.abs(after[layer] - before[layer]).max() < 0.0001 for layer in range(3))
    assert run.scenario.epochs == 500
    assert shown(run.mean(1), "0.1349")
    assert shown(run.mean(500), "0.13")
    for x in run.scenario.x:
        a = x
        for weights in after:
            a = 1.0 / (1.0 + np.exp(-(weights[:, 1:] @ a + weights[:, 0])))
        assert shown(float(a[0]), "0.4993")
    assert shown(run.value("500:4:a:8:1"), "0.5197")


def errors(timeline: Timeline, epochs: int) -> np.ndarray:
    """a − y of the one data point in the first epochs."""
    return np.array([float(one.a[-1]) - 1.0 for one in timeline.iterations(0, epochs)])


def is_multiplied(timeline: Timeline, epochs: int, factor: float) -> bool:
    """Whether each epoch multiplies the error by `factor`."""
    found = errors(timeline, epochs)
    return bool(np.allclose(found[1:], factor * found[:-1], rtol=1e-12, atol=0.0))


@claim(
    "learning-rates",
    "One identity neuron is to turn 1 into 1, so δ = a − 1, and each update multiplies the error by 1 − 2η",
    "This run has η = 2: times −3 in every epoch, until nothing is left but nan",
    "η = 1 (times −1), η = 0.2 (times 0.6) and η = 0.001 (times 0.998)",
    "η = 0.5 would be there in one step: press e at 1:1 and type eta=0.5",
    "δ = −1, and η = 2: weight and bias go from 0 to 2. With η = 1 both go to 1, with η = 0.2 to 0.2, with η = 0.001 to 0.001",
    "4, where 1 is wanted: the error was −1 and is 3. With η = 1 the answer is 2, with η = 0.2 it is 0.4, with η = 0.001 only "
    "0.002",
    "With η = 1 it is −1, 1, −1, 1: to and fro, and C is 0.5 for ever",
    "Weight and bias are 2 now, and x = 1",
)
def test_four_learning_rates(run: Run) -> None:
    assert run.scenario.x.tolist() == run.scenario.y.tolist() == [[1.0]]
    forks = run.timeline.forks
    rates = [timeline.scenario.network.eta for timeline in (run.timeline, *forks)]
    assert rates == [2.0, 1.0, 0.2, 0.001]
    assert [fork.name for fork in run.scenario.forks] == ["η = 1", "η = 0.2", "η = 0.001"]
    epochs = (600, 60, 16, 700)  # with η = 0.2 the error is as small as the rounding of a soon
    for timeline, eta, count in zip((run.timeline, *forks), rates, epochs, strict=True):
        assert is_multiplied(timeline, count, 1.0 - 2.0 * eta)
        assert timeline.weights(0)[0].tolist() == [[0.0, 0.0]]
        assert timeline.weights(1)[0].tolist() == [[eta, eta]]
        assert float(timeline.iteration(1).outputs[0]) == 2.0 * eta
    assert errors(forks[0], 60).tolist() == [-1.0, 1.0] * 30
    assert forks[0].weights(2)[0].tolist() == [[0.0, 0.0]]
    assert (np.diff(errors(forks[2], 700)) > 0.0).all()
    assert set(forks[0].costs(0, 700).tolist()) == {0.5}
    assert float(run.timeline.fork(0, "eta=0.5").iteration(1).outputs[0]) == 1.0


@claim(
    "learning-rates",
    "each C is a straight line on this scale. Up for η = 2, level for 1, down for 0.2. With 0.001 it goes down as well, but "
    "slowly: from 0.5 to 0.4634",
    "Here the fork with η = 0.001 has its first answer above 0.5: half-way. The one with η = 0.2 had its first in epoch 3",
    "The factor is −3; what becomes of the square of the error",
    "The error was −1, then 3",
)
def test_the_learning_rates_compared(run: Run) -> None:
    level, quick, slow = run.timeline.forks
    assert all(np.allclose(np.diff(np.log(timeline.costs(0, 20)), 2), 0.0, atol=1e-9) for timeline in (run.timeline, quick, slow))
    assert (np.diff(run.timeline.costs(0, 20)) > 0.0).all()
    assert (np.diff(level.costs(0, 20)) == 0.0).all()
    assert (np.diff(quick.costs(0, 20)) < 0.0).all()
    assert (np.diff(slow.costs(0, 20)) < 0.0).all()
    assert shown(float(slow.costs(19, 20)[0]), "0.4634")
    assert [int(np.argmax(errors(timeline, 700) > -0.5)) + 1 for timeline in (slow, quick)] == [348, 3]


@claim(
    "learning-rates",
    "−1, 3, −9 and now 27: three times as far, on the other side",
    "The first number that overflows: ½ d² with d = −3.9e+154 is beyond 1.8e+308. All else is still finite",
    "Now the weights too: −8.3e+307 plus 2 · 1.7e+308 is inf",
    "inf − inf has no value: nan. From here on nothing is left to learn with",
    "in the fork all is well",
)
def test_the_largest_rate_overflows(run: Run) -> None:
    assert run.eta == 2.0
    assert [run.value(f"{e}:1:delta") for e in (1, 2, 3, 4)] == [-1.0, 3.0, -9.0, 27.0]
    assert is_multiplied(run.timeline, 600, -3.0)
    assert isfinite(run.value("324:1:cost"))
    assert run.value("325:1:cost") == inf
    assert run.step("325:1:cost") == run.timeline.diverged
    frame = run.frame("325:1")
    assert shown(frame.a(1, 1) - 1.0, "−3.9e+154")
    assert all(isfinite(v) for v in (frame.z(1, 1), frame.a(1, 1), frame.delta(1, 1), *run.numbers("325:1:update")))
    assert np.isfinite(run.numbers("646:1:update")).all()
    assert shown(run.before("647:1:update")[0], "−8.3e+307")
    assert shown(run.value("647:1:delta"), "−1.7e+308")
    assert run.numbers("647:1:update") == [inf, inf]
    assert run.value("648:1:delta") == inf
    assert all(isnan(v) for v in run.numbers("648:1:update"))
    assert all(isnan(run.value(f"{e}:1:{kind}")) for e in range(649, 701) for kind in ("z", "a", "cost", "delta"))
    assert all(np.isfinite(fork.costs(0, 700)).all() for fork in run.timeline.forks)


def right_from(timeline: Timeline) -> int:
    """The epoch from which on no answer to a row of XOR is wrong."""
    a = np.array([float(one.a[-1]) for one in timeline.iterations(0, len(timeline))]).reshape(-1, 4)
    wrong = np.flatnonzero(((a > 0.5) != [False, True, True, False]).any(axis=1))
    return int(wrong[-1]) + 2 if wrong.size else 1


@claim(
    "initialisation",
    "The first weights of this run are too large, up to 16: most hidden a are nearly −1, σ′ is nearly 0 there",
    "In the forks (f) they are all 0, and drawn by xavier and by he, in sizes that fit the number of signals. Only these two "
    "learn all four rows, from epochs 74 and 33 on",
    "From here on he has all four rows right at their turn, xavier from epoch 74 on. "
    "Look at the plot: mean C of zeros is level, at 0.7188",
    "0.54 where 0 is right, and mean C is 0.3889; with he it is 0.0162. The weights of h1, −12 and −9, have moved by less than "
    "0.001 all this time",
)
def test_four_ways_to_begin(run: Run) -> None:
    zeros, xavier, he = run.timeline.forks
    assert [fork.edits for fork in run.scenario.forks] == ["init=zeros", "init=xavier", "init=he"]
    assert max(float(np.abs(weights).max()) for weights in run.timeline.weights(0)) == 16.0
    assert all(not weights.any() for weights in zeros.weights(0))
    assert [right_from(timeline) for timeline in (run.timeline, zeros, xavier, he)] == [301, 301, 74, 33]
    assert all(map(shown, (run.mean(300), he.mean(299)), ("0.3889", "0.0162")))
    assert all(shown(zeros.mean(epoch), "0.7188") for epoch in range(300))
    assert shown(run.value("300:4:a:2:1"), "0.54")
    assert all(np.abs(run.timeline.weights(n)[0][0, 1:] - [-12.0, -9.0]).max() < 0.001 for n in range(0, 1201, 40))


@claim(
    "initialisation",
    "z is −19.4 and −11.9, so both a are −1.0000. Press f: with zeros they are 0, with xavier −0.42 and 0.41, with he −0.94 and "
    "−0.96",
    "a = 1.0000 where 0 is right, so C = 16.9. With zeros C is 0.7469 here, with xavier 0.8749, with he 1.0201",
    "The output misses by 1.0000, and 0 and −1.8e-10 come back. By xavier it is −0.127 and 0.144; with zeros both are 0, for "
    "(14) multiplies by a weight",
    "In zeros only the bias of the output has moved: a hidden a of 0 gives its weight a gradient of 0 as well. It stays so for "
    "ever",
    "z = −19.4. What is tanh of it, nearly",
    "(14) ends in σ′(z) = 1 − a², and here a is −1 to the last digit",
    "The target is 0, and a sigmoid lies above it",
)
def test_what_comes_back_from_large_weights_and_from_none(run: Run) -> None:
    zeros, xavier, he = run.timeline.forks
    fourth = [one.iteration(3) for one in (run.timeline, zeros, xavier, he)]
    assert all(map(shown, fourth[0].layer(1).z, ("−19.4", "−11.9")))
    hidden = (("−1.0000", "−1.0000"), ("0", "0"), ("−0.42", "0.41"), ("−0.94", "−0.96"))
    assert all(all(map(shown, one.layer(1).a, texts)) for one, texts in zip(fourth, hidden, strict=True))
    assert float(fourth[0].layer(1).a[0]) == -1.0
    assert shown(float(fourth[0].outputs[0]), "1.0000")
    assert all(map(shown, [one.cost for one in fourth], ("16.9", "0.7469", "0.8749", "1.0201")))
    assert run.value("1:4:delta:1:1") == 0.0
    assert all(map(shown, fourth[0].layer(1).delta, ("0", "−1.8e-10")))
    assert all(map(shown, fourth[2].layer(1).delta, ("−0.127", "0.144")))
    assert not fourth[1].layer(1).delta.any()
    for n in (4, 600, 1200):
        below, above = zeros.weights(n)
        assert not below.any()
        assert (above[0, 1:].tolist(), above[0, 0] != 0.0) == ([0.0] * 2, True)
    assert run.value("2:4:delta:2:1") > 0.0
