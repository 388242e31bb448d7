"""Pictures as text, kept for readers: `show` and the whole screen. tests/golden/README.md says how to renew them."""

import pytest

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.layout.foot import KeyHint
from nntui.draw.screen import page, screen
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import view, wide

HINTS = [KeyHint("←→", "step", "forward"), KeyHint("?", "help", "help"), KeyHint("q", "quit", "quit")]


@pytest.mark.parametrize("cells", [80, 120])
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("two-by-two", "1:1:delta:1:2"),
        ("xor", "1:2:update:1:1"),
        ("single-neuron", "1:1:a"),
        ("tanh-relu", "1:1:gradient:2:1"),
        ("wide", "1:1:z:2:3"),
    ],
)
def test_golden_of_show(name, address, cells):
    timeline = Timeline(wide() if name == "wide" else load(name))
    step = timeline.course.parse(address)
    goldens.check(f"show/{name}-{cells}.txt", plain_with_marks(page(view(timeline, step), cells)))


@pytest.mark.parametrize(
    ("name", "address", "cells", "height"),
    [
        ("two-by-two", "start", 80, 24),
        ("xor", "5:3:cost", 80, 24),
        ("xor", "5:3:update:2:1", 120, 40),
        ("tanh-relu", "20:1:delta:2:2", 120, 40),
        ("learning-rates", "end", 80, 24),
        ("xor", "1:2:z:1:1", 60, 20),
    ],
)
def test_golden_of_the_screen(name, address, cells, height):
    timeline = Timeline(load(name))
    step = timeline.course.parse(address)
    place = address.replace(":", "-")
    goldens.check(f"screen/{name}-{cells}x{height}-{place}.txt", plain(screen(view(timeline, step), cells, height, HINTS)))
