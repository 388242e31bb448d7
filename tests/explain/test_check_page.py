"""The page of the gradient check: a line for each weight, its numbers those of the check, in a window of 80 cells."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from nntui.draw.panels.page import page_rows
from nntui.explain.equations.cards.complex_step import COMPLEX_H
from nntui.explain.gradient_check.check import gradient_check
from nntui.explain.gradient_check.page import check_page
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.files.library import load
from tests.scenes import frame, neuron, wide
from tests.strategies import examples, scenarios

ROOM = 76  # cells of a line in a window of 80


def page(scenario, address="1:1:update:1:1", notation=LECTURE, **planted):
    shown = frame(scenario, address)
    verdict = gradient_check(shown)
    if planted:
        verdict = replace(verdict, rows=(replace(verdict.rows[0], **planted), *verdict.rows[1:]))
    return verdict, check_page(shown, verdict, notation)


def test_every_weight_has_a_line_with_its_two_gradients_and_the_bound():
    verdict, lines = page(load("two-by-two"))
    rows = [line for line in lines if line.startswith("✓")]
    assert len(rows) == len(verdict.rows) == 12
    for row, line in zip(verdict.rows, rows, strict=True):
        assert "-0" not in line, "a number has the minus sign of the screen"
        _, symbol, backprop, numerical, h, relative, bound = line.replace("−", "-").split()
        assert symbol == LECTURE.weight(row.layer, row.neuron, row.sender)
        assert float(backprop) == pytest.approx(row.backprop, rel=1e-9)
        assert float(numerical) == pytest.approx(row.numerical, rel=1e-9)
        assert float(h) > 0.0
        assert (row.method == "complex step") == (float(h) == COMPLEX_H)
        assert float(relative) == pytest.approx(row.relative, rel=0.05, abs=1e-30)
        assert float(bound) == pytest.approx(row.bound, rel=0.1)
        assert row.error <= row.bound


def test_the_verdict_counts_all_of_them():
    _, lines = page(load("two-by-two"))
    assert "12 agree, 0 disagree, 0 not checkable: the gradient agrees." in lines
    assert re.fullmatch(r"The largest error is (under 1|\d+)% of its bound\.", lines[-1])
    assert lines[0].startswith("∂C/∂w at data point 1:1")


def test_a_gradient_that_is_not_so_is_marked_and_counted():
    _, lines = page(load("two-by-two"), status="disagrees")
    assert sum(line.startswith("✗") for line in lines) == 1
    assert any(line.startswith("11 agree, 1 disagree") and "DISAGREES" in line for line in lines)


def test_the_common_notation_names_the_same_weights():
    _, lines = page(load("two-by-two"), notation=COMMON)
    assert any("b¹₁" in line for line in lines)
    assert not any("w⁰" in line for line in lines)


def test_a_corner_is_left_out_and_said():
    _, lines = page(neuron("relu", weights=(0.0, 0.0)))
    assert any(line.startswith("–") and "not checkable" in line for line in lines)
    assert any("2 not checkable" in line for line in lines)
    assert not any(line.startswith("✗") for line in lines)


def test_where_numbers_are_not_finite_there_is_one_sentence():
    scenario = load("learning-rates")
    end = scenario.course.address(scenario.course.last)
    verdict, lines = page(scenario, str(end))
    assert verdict.why
    assert lines[-1] == f"Not checkable: {verdict.why}."
    assert len(lines) == 3, "the paragraph, and no table"


def test_a_wide_network_is_sampled_and_that_is_said():
    verdict, lines = page(wide(64, 512, 10))
    assert len(verdict.rows) < verdict.weights
    assert any(f"({len(verdict.rows)} of {verdict.weights} weights, an even sample)" in line for line in lines)


@pytest.mark.parametrize("name", ["two-by-two", "xor", "softmax", "dead-relu", "linear-regression", "tanh-relu"])
@pytest.mark.parametrize("notation", [LECTURE, COMMON], ids=["lecture", "common"])
def test_it_fits_a_window_of_80(name, notation):
    _, lines = page(load(name), notation=notation)
    paragraph, *others = lines
    assert paragraph.endswith("whichever is bounded closer."), "one line, which the window breaks"
    assert [line for line in others if len(line) > ROOM and "not checkable" not in line] == []


def test_in_the_narrowest_window_a_row_goes_on_under_its_columns():
    _, lines = page(load("two-by-two"), "2:1:update:1:1")
    rows = page_rows("\n".join(lines), 100, 60, 20).rows
    head, first = (next(at for at, row in enumerate(rows) if row.lstrip().startswith(start)) for start in ("weight", "✓"))
    ends = [[match.end() for match in re.finditer(r"\S+(?: h)?", row)] for row in rows[head : head + 4]]
    assert first == head + 2
    assert ends[0][1:] == ends[2][2:], "backpropagation, numerical, h"
    assert ends[1] == ends[3], "relative, bound"
    assert [row for row in rows[first::2] if row.startswith("✓")] == [row for row in rows if row.startswith("✓")]
    assert max(map(len, rows)) <= 56


@given(scenarios())
@examples(30)
def test_any_data_point_has_a_page_that_adds_up(scenario):
    shown = frame(scenario, "1:1:update:1:1")
    verdict = gradient_check(shown)
    lines = check_page(shown, verdict)
    marks = [line[0] for line in lines if line[:2] in ("✓ ", "✗ ", "– ")]
    assert len(marks) == (0 if verdict.why else len(verdict.rows))
    assert "✗" not in marks
    assert all(line == line.rstrip() and "nan" not in line for line in lines) or verdict.why
