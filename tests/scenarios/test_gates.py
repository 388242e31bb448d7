"""Claims of the group "Logic gates"."""

import numpy as np

from nntui.training.until.condition import AllClassified
from nntui.training.until.right_for_good import RightSpan
from nntui.training.until.search import Search
from tests.scenarios.claims import Run, claim, run_of, shown


def mistakes(run: Run) -> list[str]:
    """Where a perceptron errs, as `epoch:point`."""
    return [f"{e + 1}:{p + 1}" for e, p in np.argwhere(~run.right())]


@claim("xor", "For 400 epochs little seems to happen, the mean cost goes from 0.1327 to 0.1119")
def test_xor_has_a_plain(run: Run) -> None:
    assert shown(run.mean(1), "0.1327")
    assert shown(run.mean(400), "0.1119")


@claim(
    "xor",
    "After 551:1 all four are right for the first time, from epoch 599 on at every turn",
    "From this epoch on every answer is on the right side of 0.5 at its turn",
    "In the end h1 is OR, h2 is AND, and the output says h1 but not h2",
)
def test_xor_is_solved(run: Run) -> None:
    assert run.all_right_from() == 599
    search = Search(run.timeline, AllClassified(), -1)
    assert list(search)
    assert search.found is not None
    assert search.found.step == run.step("551:1:update:1:2")
    assert search.span == RightSpan(True, run.step("551:2:update:1:2"), run.step("598:4:update:1:2"))
    for point, (x1, x2) in enumerate(run.scenario.x, start=1):
        assert (run.value(f"2000:{point}:a:1:1") > 0.5) == (x1 + x2 >= 1)
        assert (run.value(f"2000:{point}:a:1:2") > 0.5) == (x1 + x2 == 2)
        assert abs(run.value(f"2000:{point}:a:2:1") - run.frame(f"2000:{point}").y(1)) < 0.06


@claim(
    "xor",
    "(0,1): h1 is on (0.9653), h2 is off (0.1121)",
    "(1,1): h1 is on (0.9999), and now h2 is on too (0.8581)",
    "h1 has weight 7.6, h2 −8.3: where h2 is on, it cancels what h1 gives",
)
def test_xor_in_the_end(run: Run) -> None:
    assert run.numbers("2000:2:input") == [0.0, 1.0]
    assert run.numbers("2000:4:input") == [1.0, 1.0]
    for address, text in {
        "2000:2:a:1:1": "0.9653",
        "2000:2:a:1:2": "0.1121",
        "2000:4:a:1:1": "0.9999",
        "2000:4:a:1:2": "0.8581",
    }.items():
        assert shown(run.value(address), text)
    _, first, second = run.before("2000:4:update:2:1")
    assert shown(first, "7.6")
    assert shown(second, "−8.3")


@claim(
    "xor",
    "Begin with the notes in epoch 1",
    "Both signals are 0, so only the bias is left of (4): z = −0.2",
    "0.525: nothing is learned yet. The target is 0",
    "δ² = (a − y) σ′(z) = 0.525 · 0.2494 = 0.1309",
    "the error comes back through the weight 0.7, and σ′ = 0.2475 scales it: 0.1309 · 0.7 · 0.2475 = 0.0227",
    "The weight to h2 is −0.6, so its δ has the other sign",
    "every weight moves against its gradient",
    "Both inputs were 0: the weights of h1 stay as they are, only its bias changes",
)
def test_xor_first_point(run: Run) -> None:
    assert run.numbers("1:1:input") == [0.0, 0.0]
    assert run.value("1:1:z:1:1") == -0.2
    assert shown(run.value("1:1:a:2:1"), "0.525")
    assert run.frame("1:1").y(1) == 0.0
    assert shown(run.slope("1:1:a:2:1"), "0.2494")
    assert shown(run.value("1:1:delta:2:1"), "0.1309")
    assert shown(run.slope("1:1:a:1:1"), "0.2475")
    assert shown(run.value("1:1:delta:1:1"), "0.0227")
    assert run.before("1:1:update:2:1") == [0.1, 0.7, -0.6]
    assert run.value("1:1:delta:1:2") < 0.0 < run.value("1:1:delta:1:1")
    new, old, gradient = (
        np.array(f) for f in (run.numbers("1:1:update:2:1"), run.before("1:1:update:2:1"), run.numbers("1:1:gradient:2:1"))
    )
    assert ((new - old) * gradient < 0.0).all()
    bias, *weights = run.numbers("1:1:update:1:1")
    assert bias < -0.2
    assert weights == [0.8, 0.6]


@claim(
    "perceptron",
    "A step neuron gives 1 or 0 and nothing between. Its σ′ is 0",
    "Rosenblatt's perceptron rule takes σ′ as 1, and this file says so with step_slope = 1",
    "All weights begin at 0, every correction is 0.5",
    "The first epoch without a mistake is epoch 6; from there on nothing changes any more",
)
def test_perceptron_learns_and(run: Run) -> None:
    assert run.scenario.network.step_slope == 1.0
    assert run.all_right_from() == 6
    assert all(not run.right()[e].all() for e in range(5))
    assert (run.timeline.weights(0)[0] == 0.0).all()
    changes = np.diff([run.timeline.weights(n)[0][0] for n in range(len(run.timeline) + 1)], axis=0)
    assert set(np.abs(changes).ravel()) == {0.0, 0.5}
    assert (changes[20:] == 0.0).all()


@claim(
    "perceptron",
    "z = 0, and the step function has σ(0) = 1: the first answer is wrong",
    "δ = (a − y) · 1 = 1. With the true σ′ of the step function it would be 0",
    "Both signals were 0, so only the bias moves, from 0 to −0.5",
    "A right answer has δ = 0 and changes nothing",
    "It stayed silent (0) where it should fire (1): bias and both weights go up by 0.5",
    "The last mistake. The weights are now 1 and 0.5, the bias −1.5: only 1 + 0.5 reaches the threshold",
)
def test_perceptron_notes(run: Run) -> None:
    assert run.value("1:1:z") == 0.0
    assert run.value("1:1:a") == run.value("1:1:delta") == 1.0
    assert run.numbers("1:1:update") == [-0.5, 0.0, 0.0]
    assert run.value("1:2:delta") == 0.0
    assert run.numbers("1:2:update") == run.before("1:2:update")
    assert run.value("1:4:a") == 0.0
    assert (np.subtract(run.numbers("1:4:update"), run.before("1:4:update")) == 0.5).all()
    assert mistakes(run)[-1] == "5:2"
    assert run.numbers("5:2:update") == [-1.5, 1.0, 0.5]


@claim("perceptron", "Both weights are still 0", "It gave 0 and should give 1")
def test_perceptron_questions(run: Run) -> None:
    assert [question.at for question in run.scenario.questions] == ["1:2:z:1:1", "1:4:delta:1:1", "1:4:update:1:1"]
    assert run.before("1:2:update") == [run.value("1:2:z"), 0.0, 0.0]
    assert run.numbers("1:4:input") == [1.0, 1.0]
    assert run.value("1:4:delta") == run.value("1:4:a") - run.frame("1:4").y(1) < 0.0
    assert np.greater(run.numbers("1:4:update"), run.before("1:4:update")).all()


def wrong_answers(run: Run, neuron: int) -> list[str]:
    """The addresses at which an output of its own neuron is wrong."""
    found = []
    for n in range(len(run.timeline)):
        one = run.timeline.iteration(n)
        if one.outputs[neuron - 1] != one.y[neuron - 1]:
            found.append(f"{n // 4 + 1}:{n % 4 + 1}")
    return found


@claim(
    "or-nand",
    "(step_slope = 1)",
    "Each mistake moves the bias and the weights of the signals that were on, by 0.5",
    "OR makes five mistakes, the last at 3:1, and ends with 0.5 and 0.5 and a bias of −0.5",
    "The first row: `or` fires and should not, δ = 1. `nand` is right by luck, since σ(0) = 1, and its δ is 0",
    "Silent where it should fire: x₂ was on, so its weight and the bias rise by 0.5. The weight of x₁ stays, x₁ was 0",
    "The fifth and last change of `or`. Both weights are 0.5 and the bias is −0.5",
    "0.5 − 0.5 = 0: just enough, since the step function has σ(0) = 1. One signal is enough for OR",
    "z = 0, so a = σ(0) = 1",
    "The bias is −0.5 and both weights are 0, δ = −1, x = (0,1)",
)
def test_perceptron_learns_or(run: Run) -> None:
    assert run.scenario.network.step_slope == 1.0
    assert wrong_answers(run, 1) == ["1:1", "1:2", "2:1", "2:3", "3:1"]
    assert run.value("1:1:delta:1:1") == run.value("1:1:a:1:2") == 1.0
    assert run.value("1:1:delta:1:2") == run.value("1:1:z:1:2") == 0.0
    assert run.numbers("1:2:input") == [0.0, 1.0]
    assert run.value("1:2:delta:1:1") == -1.0
    assert run.before("1:2:update:1:1") == [-0.5, 0.0, 0.0]
    assert np.subtract(run.numbers("1:2:update:1:1"), run.before("1:2:update:1:1")).tolist() == [0.5, 0.0, 0.5]
    assert run.numbers("3:1:update:1:1") == run.final(1)[0].tolist() == [-0.5, 0.5, 0.5]
    assert run.value("4:2:z:1:1") == run.value("4:3:z:1:1") == 0.0
    assert run.value("4:2:a:1:1") == 1.0


@claim(
    "or-nand",
    "NAND answers 0 where AND answers 1: its weights are −1 and −0.5, its bias is 1. "
    "Its first epoch without a mistake is epoch 6",
    "At their turn three answers were right, by luck. The first mistake of `nand` takes 0.5 from both its weights and its bias",
    "1 − 1 − 0.5 = −0.5: the only row where `nand` now stays silent. OR and NAND together are right only where XOR is 1; "
    "AND joins them",
    "x = (1,1): bias plus both weights, and these are 1, −1 and −0.5",
)
def test_perceptron_learns_nand(run: Run) -> None:
    assert run.final(1)[1].tolist() == [1.0, -1.0, -0.5]
    assert (run.final(1)[1] * [-1.5, -1.0, -1.0] == run_of("perceptron").final(1)[0] * [1.0, 1.0, 1.0]).all()
    mistakes_of_nand = wrong_answers(run, 2)
    assert mistakes_of_nand[0] == "1:4"
    assert max(int(address.partition(":")[0]) for address in mistakes_of_nand) == 5
    assert all(run.value(f"1:{p}:z:1:2") == 0.0 for p in (1, 2, 3, 4))
    assert run.numbers("1:4:update:1:2") == [-0.5, -0.5, -0.5]
    assert run.value("6:4:z:1:2") == -0.5
    assert [run.value(f"6:{p}:a:1:2") for p in (1, 2, 3, 4)] == [1.0, 1.0, 1.0, 0.0]
    both = [run.value(f"6:{p}:a:1:1") * run.value(f"6:{p}:a:1:2") for p in (1, 2, 3, 4)]
    assert both == [0.0, 1.0, 1.0, 0.0]


@claim(
    "xor-by-hand",
    "Their σ′ is 0, so by (14) no error gets through to them and they never change",
    "from epoch 6 on all four answers are right at their turn",
    "σ′ = 0: no error from the output gets past this neuron",
)
def test_xor_by_hand_learns_above_only(run: Run) -> None:
    assert run.all_right_from() == 6
    assert (run.final(1) == run.timeline.weights(0)[0]).all()
    for point in (1, 2, 3, 4):
        assert run.value(f"300:{point}:delta:1:1") == run.value(f"1:{point}:delta:1:2") == 0.0
    for point, (x1, x2) in enumerate(run.scenario.x, start=1):
        assert run.value(f"1:{point}:a:1:1") == (x1 + x2 >= 1)
        assert run.value(f"1:{point}:a:1:2") == (x1 + x2 == 2)


@claim(
    "xor-by-hand",
    "(0,1): z = 1 − 0.5 = 0.5 is not negative, so OR fires; AND, with a bias of −1.5, does not",
    "The weight from `or` grows, and so does the bias; that from `and` does not move: its signal was 0",
    "5.1 · OR − 5.3 · AND − 2.4, here −2.6734",
)
def test_xor_by_hand_notes(run: Run) -> None:
    assert run.numbers("1:2:input") == [0.0, 1.0]
    assert run.value("1:2:z:1:1") == 0.5
    assert run.value("1:2:a:1:1") == 1.0
    assert run.value("1:2:a:1:2") == 0.0
    moved = np.subtract(run.numbers("1:2:update:2:1"), run.before("1:2:update:2:1"))
    assert moved[1] > 0.0
    assert moved[2] == 0.0
    bias, first, second = run.before("300:4:update:2:1")
    assert [shown(v, t) for v, t in ((bias, "−2.4"), (first, "5.1"), (second, "−5.3"))] == [True] * 3
    assert shown(run.value("300:4:z:2:1"), "−2.6734")
