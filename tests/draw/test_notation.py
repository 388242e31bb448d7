"""The two notations: one at a time, everywhere on the screen; the lecture's numbers of its equations stay in both."""

import re

import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.panels.inspect import inspect_panel
from nntui.draw.screen import page, screen
from nntui.explain.derive import derive
from nntui.explain.equations.inspect import inspect
from nntui.explain.notation.glossary import glossary
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.explain.trace import trace
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests import goldens
from tests.explain.test_inspect import all_cells
from tests.scenes import frame, neuron, view, wide

MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹ˡ₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘ"
LECTURES = re.compile(f"w[{MARKS}]")
COMMONS = re.compile(f"[Wb][{MARKS}]|\\bb$|\\+ b\\b")
FOREIGN = {COMMON: LECTURES, LECTURE: COMMONS}
OWN = {COMMON: COMMONS, LECTURE: LECTURES}
ONE = neuron(weights=[0.1, 0.5, -0.2], x=[1.0, 2.0])
SCENES = ["two-by-two", "xor", "no-bias", "iris", "single-neuron"]


def scenario(name):
    return wide() if name == "wide" else ONE if name == "one" else load(name)


@pytest.mark.sweep
@pytest.mark.parametrize("notation", [LECTURE, COMMON], ids=lambda notation: notation.name)
@pytest.mark.parametrize("name", [*SCENES, "wide", "one"])
def test_no_symbol_of_the_other_notation_is_left_anywhere(name, notation):
    timeline = Timeline(scenario(name))
    steps = sorted({group.start for group in timeline.course.groups} | {timeline.course.length - 1})
    for step in steps:
        here = view(timeline, step, notation=notation)
        for text in (plain(screen(here, 80, 24, [])), plain(screen(here, 120, 40, [])), plain(page(here, 100))):
            assert not FOREIGN[notation].search(text), (str(here.frame.address), FOREIGN[notation].search(text))
            assert OWN[notation].search(text)


@pytest.mark.sweep
@pytest.mark.parametrize("notation", [LECTURE, COMMON], ids=lambda notation: notation.name)
@pytest.mark.parametrize("name", [*SCENES, "one"])
def test_nor_in_an_inspection(name, notation):
    timeline = Timeline(scenario(name))
    here = view(timeline, timeline.course.length - 1, notation=notation)
    seen = ""
    for cell in all_cells(here.frame):
        seen += plain(inspect_panel(here, inspect(here.frame, cell, notation), 100, 60)) + "\n"
    assert not FOREIGN[notation].search(seen)
    assert OWN[notation].search(seen)


@pytest.mark.parametrize("name", [*SCENES, "one"])
def test_equations_differ_in_their_letters_only(name):
    timeline = Timeline(scenario(name))
    for step in range(timeline.course.length):
        shown = timeline.frame(step)
        lecture, common = derive(shown, LECTURE), derive(shown, COMMON)
        assert (lecture.label, lecture.rows, lecture.made) == (common.label, common.rows, common.made)
        assert (lecture.formula == common.formula) == (LECTURES.search(lecture.formula) is None)


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("1:1:z:2:1", "z₁² = Σⱼ W²₁ⱼ aⱼ¹ + b²₁"),
        ("1:1:delta:1:2", "δ₂¹ = (Σₘ δₘ² W²ₘ₂) σ′(z₂¹)"),
        ("1:1:gradient:2:1", "∂C/∂W²₁ⱼ = ∂C/∂z₁² · ∂z₁²/∂W²₁ⱼ = δ₁² aⱼ¹,  ∂C/∂b²₁ = δ₁²"),
        ("1:1:update:1:2", "W¹₂ⱼ ← W¹₂ⱼ − η ∂C/∂W¹₂ⱼ,  b¹₂ ← b¹₂ − η ∂C/∂b¹₂"),
    ],
)
def test_the_common_letters(address, formula):
    assert derive(frame(load("two-by-two"), address), COMMON).formula == formula


def test_of_a_single_neuron():
    assert derive(frame(ONE, "1:1:z"), COMMON).formula == "z = Σᵢ Wᵢ xᵢ + b"


@pytest.mark.parametrize("address", ["1:1:z:2:1", "1:1:delta:1:2", "1:1:gradient:2:1", "1:1:update:1:2"])
def test_golden_of_the_common_notation(address):
    timeline = Timeline(load("two-by-two"))
    here = view(timeline, timeline.course.parse(address), notation=COMMON)
    goldens.check(f"screen/two-by-two-common-80x24-{address.replace(':', '-')}.txt", plain(screen(here, 80, 24, [])))


def test_each_is_the_other_of_the_other():
    assert LECTURE.other is COMMON
    assert COMMON.other is LECTURE


@pytest.mark.parametrize("notation", [LECTURE, COMMON], ids=lambda notation: notation.name)
def test_a_glossary_has_the_letters_of_its_own_notation(notation):
    text = "\n".join(f"{letter}  {meaning}" for letter, meaning in glossary(notation))
    assert OWN[notation].search(text)
    assert not FOREIGN[notation].search(text)
    assert [n for n in ("(2)", "(4)", "(5)", "(11)", "(14)") if n not in text] == []


def test_traces_are_in_the_notation_of_the_lecture():
    timeline = Timeline(load("two-by-two"))
    text = "\n".join(trace(timeline, 0, timeline.course.length - 1, "text"))
    assert LECTURES.search(text)
    assert not COMMONS.search(text)
