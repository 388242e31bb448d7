"""The alphabet of every picture: cells are counted, not characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.draw.base.boxes import beside, crop, fit, framed, left, right
from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import Span, width

texts = st.text(st.sampled_from("aβ−·界語🙂 …"), max_size=12)
lines = st.lists(st.builds(Span, texts, st.sampled_from(["plain", "lit", "dim"])), max_size=5)


@given(lines, st.integers(0, 40))
def test_fit_makes_it_exactly_so_wide(line, cells):
    assert width(fit(line, cells)) == cells


@given(lines, st.integers(0, 40))
def test_crop_keeps_what_fits_and_tells_what_was_cut(line, cells):
    text, cut = "".join(span.text for span in line), "".join(span.text for span in crop(line, cells))
    assert width(crop(line, cells)) <= cells
    if cell_len(text) <= cells:
        assert cut == text
    elif cells:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1].rstrip())


@given(texts, st.integers(0, 20))
def test_left_and_right_are_exactly_so_wide(text, cells):
    for set_text in (left(text, cells), right(text, cells)):
        assert cell_len(set_text) == cells
        assert ("…" in set_text) >= (cell_len(text) > cells > 0)


@pytest.mark.parametrize(
    ("set_text", "shown"),
    [
        (right("0.5", 6), "   0.5"),
        (left("h1", 4), "h1  "),
        (left("neuron", 4), "neu…"),
        (right("界界界", 5), "界界…"),
        (right("界界界", 4), "界 …"),
        (left("", 0), ""),
    ],
)
def test_how_they_look(set_text, shown):
    assert set_text == shown


@given(lines, st.lists(lines, max_size=6), st.integers(8, 40), st.integers(2, 8), texts)
def test_a_frame_is_a_whole_rectangle(title, inside, cells, height, foot):
    block = framed(title, inside, cells, height, foot=foot)
    assert len(block) == height
    assert [width(line) for line in block] == [cells] * height
    text = plain(block).splitlines()
    assert text[0].startswith("╭")
    assert text[0].endswith("╮")
    assert text[-1].startswith("╰")
    assert text[-1].endswith("╯")


def test_blocks_are_joined_side_by_side():
    one, two = ((Span("a"),),), ((Span("b"),), (Span("long"),))
    assert plain(beside([(one, 3), (two, 3)])) == "a  b\n   lo…"


def test_highlighted_text_is_between_marks_in_plain_text():
    assert plain_with_marks([(Span("z  "), Span(" 0.5", "lit"), Span("  1"))]) == "z  ▸0.5◂ 1"
    assert plain_with_marks([(Span("z "), Span("0.5", "lit"))]) == "z▸0.5◂"
    assert plain_with_marks([(Span("z"), Span("0.5", "lit"), Span("x"))]) == "z▸0.5◂x"
    assert plain_with_marks([(Span("│ "), Span("0.5", "lit"), Span(" │"))]) == "│▸0.5◂│", "in a frame nothing moves"
