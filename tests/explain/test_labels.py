"""Every equation carries the number it has in the lecture note, and its letters."""

import pytest

from nntui.explain.derive import derive
from nntui.files.library import load
from tests.scenes import frame, neuron, scene

ONE = neuron(weights=[0.1, 0.5, -0.2], x=[1.0, 2.0])
ONE_WITHOUT_BIAS = neuron(weights=[0.0, 0.5, -0.2], x=[1.0, 2.0], biases=False)
TWO_BY_TWO = load("two-by-two")
LOGISTIC = neuron(cost="cross_entropy")
SOFTMAX = scene([(2, "softmax")], [[[0.0, 1.0], [0.0, -1.0]]], [1.0], [1.0, 0.0], cost="cross_entropy")
SQUARED = neuron(cost="squared_error")
BIAS_FREE = scene([(1, "relu", False), (1, "identity", False)], [[[0, 1.0]], [[0, 1.0]]], [1.0], [0.0])


@pytest.mark.parametrize(
    ("scenario", "address", "label", "formula"),
    [
        (ONE, "1:1:input", "", "a⁰ = x"),
        (ONE, "1:1:z", "(2)", "z = Σᵢ wᵢ xᵢ + w₀"),
        (ONE_WITHOUT_BIAS, "1:1:z", "(1)", "z = Σᵢ wᵢ xᵢ"),
        (ONE, "1:1:a", "(3)", "a = σ(z)"),
        (TWO_BY_TWO, "1:1:z:1:2", "(4) with (2)", "z₂¹ = Σⱼ w⁰₂ⱼ aⱼ⁰ + w⁰₂₀"),
        (TWO_BY_TWO, "1:1:z:2:1", "(4)(6) with (2)", "z₁² = Σⱼ w¹₁ⱼ aⱼ¹ + w¹₁₀"),
        (BIAS_FREE, "1:1:z:1:1", "(4)", "z₁¹ = Σⱼ w⁰₁ⱼ aⱼ⁰"),
        (TWO_BY_TWO, "1:1:a:2:1", "(5)", "a₁² = σ(z₁²)"),
        (SOFTMAX, "1:1:a:1:2", "beyond (5)", "a₂¹ = e^(z₂¹−m) / Σⱼ e^(zⱼ¹−m),  m = max z¹"),
        (TWO_BY_TWO, "1:1:cost", "half squared error", "C = ½ Σₖ (aₖ⁽²⁾ − yₖ)²"),
        (SQUARED, "1:1:cost", "squared error", "C = Σₖ (aₖ¹ − yₖ)²"),
        (LOGISTIC, "1:1:cost", "cross-entropy", "C = Σₖ (−yₖ ln aₖ¹ − (1 − yₖ) ln(1 − aₖ¹))"),
        (SOFTMAX, "1:1:cost", "cross-entropy", "C = Σₖ (−yₖ ln aₖ¹)"),
        (TWO_BY_TWO, "1:1:delta:2:1", "chain rule", "δ₁² = ∂C/∂a₁⁽²⁾ · σ′(z₁²) = (a₁⁽²⁾ − y₁) · σ′(z₁²)"),
        (SQUARED, "1:1:delta", "chain rule", "δ₁¹ = ∂C/∂a₁¹ · σ′(z₁¹) = 2·(a₁¹ − y₁) · σ′(z₁¹)"),
        (LOGISTIC, "1:1:delta", "chain rule", "δ₁¹ = ∂C/∂z₁¹ = a₁¹ − y₁"),
        (SOFTMAX, "1:1:delta:1:2", "beyond (5)", "δ₂¹ = ∂C/∂z₂¹ = a₂¹ − y₂"),
        (TWO_BY_TWO, "1:1:delta:1:2", "(14)", "δ₂¹ = (Σₘ δₘ² w¹ₘ₂) σ′(z₂¹)"),
        (TWO_BY_TWO, "1:1:gradient:2:1", "(12)(15)", "∂C/∂w¹₁ⱼ = ∂C/∂z₁² · ∂z₁²/∂w¹₁ⱼ = δ₁² aⱼ¹"),
        (TWO_BY_TWO, "1:1:update:1:2", "(11)", "w⁰₂ⱼ ← w⁰₂ⱼ − η ∂C/∂w⁰₂ⱼ"),
    ],
)
def test_number_and_letters(scenario, address, label, formula):
    equation = derive(frame(scenario, address))
    assert (equation.label, equation.formula) == (label, formula)


def test_indices_beyond_nine_are_told_apart():
    wide = scene([(12, "identity"), (1, "identity")], [[[0.0, 1.0]] * 12, [[0.0] * 13]], [1.0], [0.0])
    assert "w⁰₁₂,ⱼ" in derive(frame(wide, "1:1:z:1:12")).formula
    assert "w¹ₘ,₁₁" in derive(frame(wide, "1:1:delta:1:11")).formula


def test_what_the_step_makes_is_lit_and_what_feeds_it_is_marked():
    equation = derive(frame(TWO_BY_TWO, "1:1:delta:1:2"))
    places = sorted((c.kind, c.layer, c.neuron, c.sender) for c in equation.sources)
    assert [(c.kind, c.layer, c.neuron) for c in equation.lit] == [("delta", 1, 2)]
    assert places == [("delta", 2, 1, 0), ("delta", 2, 2, 0), ("slope", 1, 2, 0), ("weight", 2, 1, 2), ("weight", 2, 2, 2)]
