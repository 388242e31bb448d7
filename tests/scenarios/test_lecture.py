"""The note, in its order: the two tours of the lecture."""

import re
from itertools import pairwise

import numpy as np
import pytest

import nntui
from nntui.explain.derive import derive
from nntui.lesson.tour import questions, tour
from tests.scenarios.claims import Run, claim, shown

FIRST, SECOND = "lecture", "lecture-layers"


@claim(FIRST, "Fig. 1: a single neuron.", "Here x = (1, 0.5).", "section 1, a single neuron: Fig. 1,")
def test_the_first_row(run: Run) -> None:
    assert run.numbers("1:1:input") == [1.0, 0.5]
    assert run.scenario.network.sizes == (2, 1)


@claim(FIRST, "0.6 · 1 − 0.4 · 0.5 = 0.4. (2) adds the bias w₀ = 0.1, so z = 0.5.")
def test_the_sum(run: Run) -> None:
    assert run.before("1:1:update:1:1") == [0.1, 0.6, -0.4]
    assert shown(0.6 * 1 - 0.4 * 0.5, "0.4")
    assert shown(run.value("1:1:z"), "0.5")


@claim(
    FIRST, "Here σ is the sigmoid, 1 / (1 + e^(−z)): z = 0.5 gives 0.6225. In a wide window you see its curve, an S from 0 to 1."
)
def test_the_sigmoid(run: Run) -> None:
    assert run.scenario.network.layers[0].activation == "sigmoid"
    assert shown(1 / (1 + np.exp(-0.5)), "0.6225")
    assert shown(run.value("1:1:a"), "0.6225")


@claim(
    FIRST,
    "Is a too low? Both x are above 0.",
    "The target is 1 and a is only 0.6225, so z must grow: with inputs above 0 both weights and the bias grow.",
)
def test_all_weights_grow(run: Run) -> None:
    assert run.frame("1:1:a").y(1) == 1.0
    assert all(new > old for new, old in zip(run.numbers("1:1:update:1:1"), run.before("1:1:update:1:1"), strict=True))


@claim(FIRST, "an S from −1 to 1: z = 0.1774 would give 0.1756. To see it, type e, then activation1=tanh.")
def test_tanh(run: Run) -> None:
    z = run.value("1:2:z")
    assert shown(z, "0.1774")
    assert shown((np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), "0.1756")


@claim(
    FIRST,
    "it is 0 for z ≤ 0, and z itself for z > 0. z = 0.6750 would stay 0.6750; the sigmoid makes it 0.6626.",
    "e, then activation1=relu.",
    "1 / (1 + e^(−z)), and z is above 0.",
)
def test_relu(run: Run) -> None:
    assert shown(run.value("1:3:z"), "0.6750")
    assert shown(run.value("1:3:a"), "0.6626")


@claim(FIRST, "The step function is 0 for z < 0 and 1 for z ≥ 0. z = −0.1162 would give 0.")
def test_step(run: Run) -> None:
    assert shown(run.value("1:4:z"), "−0.1162")


@claim(FIRST, "Its a has fallen from 0.6225 to 0.6068, although its target is 1", "Three other rows came in between.")
def test_the_first_row_again(run: Run) -> None:
    assert shown(run.value("1:1:a"), "0.6225")
    assert shown(run.value("2:1:a"), "0.6068")


@claim(FIRST, "After 99 epochs a is 0.8509.", "You know (1), (2), (3) and the activations")
def test_the_end_of_the_first_part(run: Run) -> None:
    assert run.step("100:1:a:1:1") == run.timeline.course.parse("100:1:a")
    assert shown(run.value("100:1:a"), "0.8509")


@claim(
    SECOND,
    "Fig. 2: layers, each connected with the next. Layer 0 is x = (0.5, 1)",
    "w⁰ leads from layer 0 to layer 1, w¹ on to layer 2.",
)
def test_layers(run: Run) -> None:
    assert run.numbers("1:1:input") == [0.5, 1.0]
    assert run.scenario.network.sizes == (2, 2, 1)


@claim(SECOND, "The second part of the note: Fig. 2 and")
def test_the_second_part(run: Run) -> None:
    assert nntui.load(FIRST).next == run.name


@claim(
    SECOND,
    "(4): 0.4 · 0.5 − 0.2 · 1 + 0.1 = 0.1.",
    "The note writes Σ with i below",
    "(4) as printed leaves out the bias that (2) brought in. It belongs there: j = 0 is a constant 1, and w⁰₂₀ = −0.1",
)
def test_sums_of_layer_1(run: Run) -> None:
    assert run.before("1:1:update:1:1") == [0.1, 0.4, -0.2]
    assert run.before("1:1:update:1:2")[0] == -0.1
    assert shown(0.4 * 0.5 - 0.2 * 1 + 0.1, "0.1")
    assert shown(run.value("1:1:z:1:1"), "0.1")


@claim(SECOND, "a₂¹ = σ(z₂¹) = 1 / (1 + e^(−0.4)) = 0.5987. It is what neuron 2 sends", "1 / (1 + e^(−z)), with z₂¹ = 0.4.")
def test_a_of_layer_1(run: Run) -> None:
    assert shown(run.value("1:1:z:1:2"), "0.4")
    assert shown(run.value("1:1:a:1:2"), "0.5987")


@claim(SECOND, "the signals are now the a of layer 1. 0.7 · 0.5250 − 0.5 · 0.5987 + 0.2 = 0.2681.")
def test_sum_of_layer_2(run: Run) -> None:
    assert run.before("1:1:update:2:1") == [0.2, 0.7, -0.5]
    assert shown(run.value("1:1:a:1:1"), "0.5250")
    assert shown(run.value("1:1:z:2:1"), "0.2681")


@claim(SECOND, "here it is ½ (a − y)² = 0.0939.", "Half the square of a₁² − y; y = 1.")
def test_cost(run: Run) -> None:
    assert run.frame("1:1:cost").y(1) == 1.0
    assert shown((run.value("1:1:a:2:1") - 1) ** 2 / 2, "0.0939")
    assert shown(run.value("1:1:cost"), "0.0939")


@claim(SECOND, "(a − y) times σ′(z) = −0.4334 · 0.2456 = −0.1064.")
def test_delta_of_the_output(run: Run) -> None:
    a = run.value("1:1:a:2:1")
    assert shown(a - 1, "−0.4334")
    assert shown(a * (1 - a), "0.2456")
    assert shown(run.value("1:1:delta:2:1"), "−0.1064")


@claim(SECOND, "∂z₁²/∂z₁¹ = w¹₁₁ σ′(z₁¹) = 0.7 · 0.2494 = 0.1746. (9) takes it times δ₁²: −0.0186.", "(7): one path leads up")
def test_one_path(run: Run) -> None:
    slope = run.slope("1:1:a:1:1")
    assert shown(slope, "0.2494")
    assert shown(0.7 * slope, "0.1746")
    assert shown(0.7 * slope * run.value("1:1:delta:2:1"), "−0.0186")
    assert shown(run.value("1:1:delta:1:1"), "−0.0186")


@claim(SECOND, "−0.1064 · (−0.5) · 0.2403 = 0.0128.", "δ₁² < 0; w¹₁₁ and σ′ are above 0.")
def test_the_other_path(run: Run) -> None:
    assert shown(run.slope("1:1:a:1:2"), "0.2403")
    assert shown(run.value("1:1:delta:1:2"), "0.0128")
    assert run.value("1:1:delta:2:1") < 0


@claim(SECOND, "(12) has two factors: δ₁², and by (8) and (13) the signal. −0.1064 · 0.5250 = −0.0559.")
def test_gradient_of_layer_2(run: Run) -> None:
    assert shown(run.numbers("1:1:gradient:2:1")[1], "−0.0559")
    assert shown(run.value("1:1:delta:2:1") * run.value("1:1:a:1:1"), "−0.0559")


@claim(SECOND, "(11) with η = 1: 0.7 + 0.0559 = 0.7559.", "the weights are w⁰ and w¹, so L ends at N − 1.")
def test_update_of_layer_2(run: Run) -> None:
    assert run.eta == 1.0
    assert shown(run.numbers("1:1:update:2:1")[1], "0.7559")


@claim(SECOND, "δ₂¹ = 0.0128 times x₁ = 0.5 is 0.0064; times x₂ = 1 it stays 0.0128.", "(15): δ₂¹ times x₁, x₂ and 1.")
def test_gradient_of_layer_1(run: Run) -> None:
    bias, first, second = run.numbers("1:1:gradient:1:2")
    assert shown(first, "0.0064")
    assert shown(second, "0.0128")
    assert bias == run.value("1:1:delta:1:2")


@claim(
    SECOND,
    "Every δ was made with the old weights",
    "row 1 has changed all weights, and row 2 now begins with the new ones.",
    "(4): row 1 of w⁰",
)
def test_all_weights_of_row_1_are_new(run: Run) -> None:
    before, after = run.timeline.weights(0), run.timeline.weights(1)
    assert all((old != new).all() for old, new in zip(before, after, strict=True))


@claim(SECOND, "C of row 1 is 0.1004 now; it was 0.0939. Row 2, with target 0", "Row 2 has the other target")
def test_cost_of_row_1_again(run: Run) -> None:
    assert shown(run.value("2:1:cost"), "0.1004")
    assert run.frame("2:2:cost").y(1) == 0.0


@claim(SECOND, "In epoch 200 C is 0.0212 for row 1 and 0.0284 for row 2.")
def test_the_end(run: Run) -> None:
    assert shown(run.value("200:1:cost"), "0.0212")
    assert shown(run.value("200:2:cost"), "0.0284")


def test_the_first_leads_into_the_second() -> None:
    assert nntui.load(FIRST).next == SECOND
    assert nntui.load(SECOND).next == "pencil"


def test_there_are_twenty_five_stops_and_every_second_one_asks() -> None:
    stops = [(tour(scenario), questions(scenario)) for scenario in map(nntui.load, (FIRST, SECOND))]
    assert sum(len(notes) for notes, _ in stops) == 25
    for notes, asked in stops:
        assert set(asked) <= set(notes)
        order = [step in asked for step in notes]
        assert order[:2] == [False, True]
        assert sum(order) >= len(order) // 2 - 1
        assert all(not (here and there) for here, there in pairwise(order))


@pytest.mark.parametrize(("name", "numbers"), [(FIRST, range(1, 4)), (SECOND, range(4, 16))])
def test_its_equations_come_in_the_order_of_the_note(name: str, numbers: range) -> None:
    """Each is told in a note, and (but for what only `i` shows) where the step's own equation has its number."""
    scenario = nntui.load(name)
    told = {number: [step for step, text in tour(scenario).items() if f"({number})" in text] for number in numbers}
    assert all(told.values()), told
    labels = {step: derive(nntui.Timeline(scenario).frame(step)).label for step in tour(scenario)}
    for number in set(numbers) - {1, 7, 8, 9, 10, 13}:
        assert any(re.search(rf"\({number}\)", labels[step]) for step in told[number]), number
