"""The canvas sends what has changed, and no look that cannot be seen."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.draw.base.spans import Span, width
from nntui.draw.colours.pieces import runs, shows_ground
from nntui.tui.widgets.canvas import GAP, changes

roles = st.sampled_from(["plain", "dim", "lit", "source", "number"])
grounds = st.sampled_from(["plain", "band", "map_3"])
lines = st.lists(st.builds(Span, st.text("ab ", max_size=5), roles, reverse=st.booleans(), ground=grounds), max_size=6).map(tuple)
any_lines = st.lists(st.builds(Span, st.text("a 界", max_size=4), roles), max_size=4).map(tuple)


def seen(line):
    """Cell by cell what can be seen: a blank without a ground looks the same in every role."""
    cells = [(character, span.role, span.reverse, span.ground) for span in line for character in span.text]
    return [cell if cell[0] != " " or shows_ground(cell[1:]) else " " for cell in cells]


def filled(line, cells):
    return (*line, Span(" " * (cells - width(line))))


@given(lines, lines)
def test_what_differs_is_covered_and_no_stretch_begins_or_ends_with_what_does_not(old, new):
    cells = max(width(old), width(new))
    old, new = filled(old, cells), filled(new, cells)
    before, after = seen(old), seen(new)
    stretches = changes(old, new)
    covered = {x for start, end in stretches for x in range(start, end)}
    assert covered >= {x for x in range(cells) if before[x] != after[x]}
    for start, end in stretches:
        assert before[start] != after[start]
        assert before[end - 1] != after[end - 1]
    for (_, end), (start, _) in pairwise(stretches):
        assert start - end >= GAP


@given(any_lines, any_lines)
def test_wide_characters_are_never_cut_in_two(old, new):
    """A stretch begins and ends where a character does, in both lines or behind the end of one."""
    for start, end in changes(old, new):
        for line in (old, new):
            assert {start, end} <= {*edges(line), *range(width(line), end + 1)}


@given(any_lines, any_lines)
def test_what_differs_is_covered_also_beside_wide_characters(old, new):
    covered = {x for start, end in changes(old, new) for x in range(start, end)}
    before, after = (dict(zip(edges(line), seen(line), strict=False)) for line in (old, new))
    assert covered >= {
        x for x in before.keys() | after.keys() if x < max(width(old), width(new)) and before.get(x) != after.get(x)
    }


def edges(line):
    """Where its characters begin, and where the last one ends."""
    return [0, *accumulate(cell_len(character) for span in line for character in span.text)]


@given(lines)
def test_runs_look_like_the_line_in_fewer_pieces(line):
    pieces = runs(line)
    assert seen(tuple(Span(text, role, reverse=reverse, ground=ground) for text, (role, reverse, ground) in pieces)) == seen(line)
    assert len(pieces) <= len([span for span in line if span.text])
    assert all(a[1] != b[1] for a, b in pairwise(pieces))
