"""The paths into a number: each with its product, the strongest first, and a sum that is the number."""

import re

import pytest
from hypothesis import given

from nntui.explain.notation.numerals import ALL_DIGITS, FOUR
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.explain.paths import MOST, paths_of
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.scenes import frame, neuron, wide
from tests.strategies import examples, scenarios

TWO = load("two-by-two")


def words(scenario, address, notation=LECTURE, numerals=FOUR):
    return [path.words for path in paths_of(frame(scenario, address), notation, numerals)]


def numbers(text):
    return [float(number) for number in re.findall(r"(?<![⁰¹²³⁴₀₁₂₃₄\w])-?\d+\.?\d*(?:e[+-]?\d+)?", text.replace("−", "-"))]


def test_paths_into_a_delta_and_their_sum():
    assert words(TWO, "1:1:delta:1:2") == [
        "path 1 of 2: w¹₁₂ δ₁² ≈ 0.4500 · 0.1385 ≈ 0.0623",
        "path 2 of 2: w¹₂₂ δ₂² ≈ 0.5500 · (−0.0381) ≈ −0.0210",
        "both paths, times σ′(z₂¹): (0.0623 + (−0.0210)) · 0.2406 ≈ 0.0100 = δ₂¹",
    ]
    found = paths_of(frame(TWO, "1:1:delta:1:2"), LECTURE, FOUR)
    assert found[0].cells == {Cell("weight", 2, 1, 2), Cell("delta", 2, 1)}
    assert found[2].cells == {*found[0].cells, *found[1].cells, Cell("slope", 1, 2)}


def test_paths_into_a_sum_and_the_bias():
    assert words(TWO, "1:1:z:2:2") == [
        "path 1 of 3: w¹₂₀ = 0.6000",
        "path 2 of 3: w¹₂₂ a₂¹ ≈ 0.5500 · 0.5969 ≈ 0.3283",
        "path 3 of 3: w¹₂₁ a₁¹ ≈ 0.5000 · 0.5933 ≈ 0.2966",
        "all 3 paths: 0.6000 + 0.3283 + 0.2966 ≈ 1.2249 = z₂²",
    ]
    assert words(neuron(biases=False), "1:1:z")[-1] == "the one path: 1.0000 = 1.0000 = z₁¹"


def test_each_weight_of_a_row_has_its_own_product():
    found = paths_of(frame(TWO, "1:1:gradient:1:2"), COMMON, FOUR)
    assert [path.words for path in found] == [
        "path 1 of 3: ∂C/∂b¹₂ = δ₂¹ ≈ 0.0100",
        "path 2 of 3: ∂C/∂W¹₂₂ = δ₂¹ x₂ ≈ 0.0100 · 0.1000 ≈ 1.0e-03",
        "path 3 of 3: ∂C/∂W¹₂₁ = δ₂¹ x₁ ≈ 0.0100 · 0.0500 ≈ 5.0e-04",
        "Each weight has a ∂C/∂w of its own: nothing is added here.",
    ]
    assert Cell("weight", 2, 1, 2) in found[0].cells, "the way from C goes through the weights above"


@pytest.mark.parametrize("address", ["1:1:input", "1:1:a:1:1", "1:1:cost", "1:1:delta:2:1", "1:1:update:1:1"])
def test_other_steps_have_no_paths(address):
    assert words(TWO, address) == []


def test_of_many_paths_the_strongest_come_first_and_the_others_are_added_up():
    found = paths_of(frame(wide(), "1:1:z:1:3"), LECTURE, FOUR)
    assert len(found) == MOST + 2
    sizes = [abs(numbers(path.words)[-1]) for path in found[:MOST]]
    assert sizes == sorted(sizes, reverse=True)
    assert found[MOST].words.startswith(f"the other {65 - MOST} paths together ≈ ")
    assert "of 59 more" in found[-1].words


@examples(40)
@given(scenarios(most_points=1, most_epochs=1))
def test_the_products_are_those_of_the_step(scenario):
    timeline = Timeline(scenario)
    for step in range(timeline.course.length):
        shown = timeline.frame(step)
        moment = shown.moment
        paths = paths_of(shown, LECTURE, ALL_DIGITS)
        if moment.kind == "z":
            row = shown.weights_before(moment.layer)[moment.neuron - 1].tolist()
            products = [w * shown.a(moment.layer - 1, j) for j, w in enumerate(row) if w == w]
        elif moment.kind == "delta" and moment.layer < len(shown.course.units):
            column = shown.weights_before(moment.layer + 1)[:, moment.neuron].tolist()
            products = [w * d for w, d in zip(column, shown.layer_delta(moment.layer + 1).tolist(), strict=True)]
        elif moment.kind == "gradient":
            products = [value for value in shown.gradient_row(moment.layer, moment.neuron).tolist() if value == value]
        else:
            assert paths == ()
            continue
        said = [numbers(path.words)[-1] for path in paths[:-1]]
        assert said == sorted(products, key=abs, reverse=True) or sorted(map(abs, said)) == sorted(map(abs, products))
