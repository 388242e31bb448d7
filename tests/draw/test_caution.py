"""Warnings on the screen: by name in the ribbon, and in words where a line of the equation is free."""

import re

import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.panels.equation import equation_block
from nntui.draw.panels.header import ribbon
from nntui.draw.panels.warning import cut, warning_lines
from nntui.draw.screen import screen
from nntui.explain.warnings.rules import warnings
from nntui.explain.warnings.warning import LearningWarning, history_of
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import view

SIZES = [(60, 20), (80, 24), (120, 40)]
LONG = LearningWarning(
    "saturated neuron", "Neuron 1 of layer 1 is saturated: z = 12.3456 makes σ′ = 4.3e-06, hardly any error passes.", 45, 1
)


def warned(name, address, **options):
    timeline = Timeline(load(name))
    step = timeline.course.parse(address)
    return view(timeline, step, warnings=warnings(timeline.frame(step), history_of(timeline, step)), **options)


@pytest.mark.sweep
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("note", ["", "A note of a tour."])
@pytest.mark.parametrize("name", ["two-by-two", "xor", "tanh-relu", "single-neuron"])
def test_it_takes_the_place_of_nothing(name, note, cells, height):
    timeline = Timeline(load(name))
    for m in range(timeline.course.length):
        bare, told = (view(timeline, m, note=note, warnings=warnings) for warnings in ((), (LONG, LONG)))
        for lines in (4, 5):
            without, block = (equation_block(here, cells, lines) for here in (bare, told))
            assert block[: len(without)] == without
            assert len(block) <= lines
            assert ("▲" in plain(block)) == (len(without) < lines)
            if len(block) > len(without):
                assert "+1 more" in plain(block)
        whole = screen(told, cells, height, [])
        assert {width(line) for line in whole} == {cells}
        assert plain([whole[1]]).endswith("▲ saturated neuron")
        assert [span.text for span in whole[1] if span.role == "warning"] == ["▲ saturated neuron "]


@pytest.mark.parametrize("free", [1, 2, 3, None])
@pytest.mark.parametrize("more", [0, 1, 12])
def test_it_is_cut_between_words_only(free, more):
    here = warned("two-by-two", "start")
    object.__setattr__(here, "warnings", (LONG,) * (1 + more))
    words = LONG.sentence.split()
    for cells in range(30, 130):
        lines = warning_lines(here, cells, free)
        assert all(width(line) <= cells for line in lines)
        assert free is None or len(lines) <= free
        text = " ".join(plain(lines).removeprefix(" ▲ ").split())
        assert (f"+{more} more" in text) == (more > 0)
        said = re.sub(r" ?\+\d+ more$", "", text).removesuffix("…").split()
        assert [word.rstrip(".,;:") for word in said] == [word.rstrip(".,;:") for word in words[: len(said)]]
        assert len(said) == len(words) or "…" in text


def test_cut():
    assert cut("one two three", 13) == "one two three"
    assert cut("one two, three", 11) == "one two …"
    assert cut("one", 2) == "…"


def test_with_the_changes_both_are_said_where_there_is_room():
    timeline = Timeline(load("two-by-two"))
    here = view(timeline, 9, warnings=(LONG,), then=timeline.frame(8), since="since the last step")
    assert plain([ribbon(here, 120)]).endswith("▲ saturated neuron  ± since the last step")
    assert plain([ribbon(here, 60)]).endswith("▲ ± since the last step")


def test_an_overflow_is_said_as_ever():
    here = warned("learning-rates", "end")
    assert "overflow at" in plain([ribbon(here, 80)])


@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize(("name", "address"), [("saturated", "1:1:a:2:1"), ("dead-relu", "2:1:update:1:1")])
def test_golden_of_a_warning(name, address, cells, height):
    here = warned(name, address)
    assert here.warnings
    goldens.check(f"screen/{name}-{cells}x{height}-{address.replace(':', '-')}.txt", plain(screen(here, cells, height, [])))
