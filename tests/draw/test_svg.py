"""A step as an SVG image: well-formed, every number and every cell of the text in its place, no letter lost."""

import re
from xml.etree import ElementTree as ET

import pytest

from nntui.cli import main
from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import Span, width
from nntui.draw.colours.palettes import GROUNDS
from nntui.draw.colours.svg import HIGH, WIDE, svg_of
from nntui.draw.screen import page, screen
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.docs.pages import DOCS, ROOT
from tests.scenes import view, wide

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"[−+]?\d+(?:\.\d+)?(?:e[-+]\d+)?")


def texts(svg):
    """(column, line, text) of every text in reading order."""
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        x, y = float(element.get("x")) / WIDE, float(element.get("y")) // HIGH
        found.append((int(x), int(y), element.text))
    return sorted(found, key=lambda text: (text[1], text[0]))


@pytest.mark.sweep
@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
@pytest.mark.parametrize("name", ["two-by-two", "iris", "digits", "wide"])
def test_every_number_of_the_text_is_in_it_in_its_place(name, look):
    timeline = Timeline(wide() if name == "wide" else load(name))
    for group in timeline.course.groups[:: 3 if look == "dark" else 9]:
        here = view(timeline, group.last, colours=True, graph=look == "light")
        for block in (page(here, 90), screen(here, 120, 40, [])):
            svg = svg_of(block, look, "a step")
            lines = plain(block).split("\n")
            for x, y, text in texts(svg):
                assert lines[y].startswith(text, x) or text in lines[y], (text, lines[y])
            written = [number for _, _, text in texts(svg) for number in NUMBER.findall(text)]
            assert sorted(written) == sorted(number for line in lines for number in NUMBER.findall(line))


def test_strings_of_a_file_are_text():
    block = ((Span('<script>&"]]>\u2028'),),)
    root = ET.fromstring(svg_of(block, "dark", '<b a="1">&'))
    assert [element.tag for element in root.iter() if "script" in element.tag] == []
    assert root.find(f"{SVG}title").text == '<b a="1">&'
    assert '<script>&"]]>' in next(root.iter(f"{SVG}text")).text


def test_what_is_no_letter_is_a_shape_of_its_cells():
    block = ((Span("─── ▀█▄ ⠿ ▌ a", "past"),),)
    root = ET.fromstring(svg_of(block, "dark", ""))
    assert [element.text for element in root.iter(f"{SVG}text")] == ["a"]
    rects = [
        tuple(float(element.get(key)) for key in ("x", "y", "width", "height")) for element in list(root.iter(f"{SVG}rect"))[1:]
    ]
    assert rects == [(40, 0, 10, 10), (50, 0, 10, 20), (60, 10, 10, 10), (100, 0, 5, 20)]
    paths = [element.get("d") for element in root.iter(f"{SVG}path")]
    assert paths[0] == "M0 10h30"
    assert paths[1].count("M") == 6


def test_a_colour_behind_the_text_is_a_rectangle():
    lit, reverse = Span(" 0.5", "lit"), Span("▃", "past", reverse=True)
    root = ET.fromstring(svg_of(((lit, reverse),), "dark", ""))
    fills = [element.get("fill") for element in root.iter(f"{SVG}rect")]
    assert fills[0] == GROUNDS["dark"]
    assert len(set(fills)) == 3
    assert width((lit, reverse)) * WIDE + 16 == int(root.get("width"))


@pytest.mark.parametrize(
    ("options", "file"),
    [
        (["--at", "40:3:delta:1:2", "--width", "120", "--height", "40"], "nntui-120x40.svg"),
        (["--at", "1:1:a:1:1", "--width", "80", "--height", "24"], "nntui-80x24.svg"),
    ],
)
def test_the_pictures_of_the_readme_are_what_the_command_draws(options, file, capsys):
    line = " ".join(["nntui show xor", *options, "--format svg"])
    assert line in (ROOT / "Makefile").read_text()
    assert f"docs/{file}" in (ROOT / "README.md").read_text()
    assert main(["show", "xor", *options, "--format", "svg"]) == 0
    assert capsys.readouterr().out == (DOCS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--theme", "dark"], "--format svg"),
        (["--height", "40", "--format", "plain"], "--format text or svg"),
        (["--graph"], "--height N"),
        (["--height", "5"], "20 to 200"),
        (["--theme", "ansi", "--format", "svg"], "invalid choice"),
    ],
)
def test_options_that_mean_nothing_together_are_said(options, word, capsys):
    assert main(["show", "xor", *options]) == 2
    printed = capsys.readouterr()
    assert (printed.out, word in printed.err, printed.err.count("\n")) == ("", True, 1)


def test_the_whole_screen_as_text(capsys):
    assert main(["show", "xor", "--at", "2:1:cost", "--height", "30", "--graph"]) == 0
    printed = capsys.readouterr().out
    assert "the network" in printed
    assert len(printed.split("\n")) == 30
