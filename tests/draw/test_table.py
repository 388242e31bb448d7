"""The table of the data as a picture: whole numbers, those of the trace, columns that give way to each other, goldens."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nntui.draw.base.plain_text import plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.table.page import listing
from nntui.draw.table.panel import FRAME, RowPlace, SortPlace, table_panel
from nntui.explain.notation.numerals import ALL_DIGITS, MINUS, Numerals
from nntui.files.library import load
from nntui.training.rows import sorted_rows as rolls
from nntui.training.rows.sorted_rows import SORTS, SortedRows
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import is_rounding
from tests.scenes import neuron, view, wide
from tests.tracing import traced_at

SIZES = [(60, 9), (80, 11), (120, 17), (200, 33)]
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class Shown:
    """The table at a step of a run, all of it filled in."""

    def __init__(self, scenario, address, by="file", watched=(), mark=None, whole=True):
        self.timeline = Timeline(scenario)
        self.step = self.timeline.course.parse(address)
        self.frame = self.timeline.frame(self.step)
        self.sorted_rows = SortedRows(self.timeline)
        self.by, self.watched = by, frozenset(watched)
        self.sorted_rows.move_to(self.frame, by, self.watched)
        for _ in (self.sorted_rows.work([1]) or ()) if whole else ():
            pass
        self.sort(by)
        self.mark = mark or self.frame.row

    def sort(self, by):
        self.by = by
        self.sorted_rows.move_to(self.frame, by, self.watched)

    def panel(self, cells, height, **options):
        seen = view(self.timeline, self.step, watched=self.watched, **options)
        page = listing(self.sorted_rows, self.by, self.watched, self.frame.row, self.mark, height - FRAME)
        return table_panel(seen, page, cells, height)


CASES = {
    "iris": ("iris", "2:3:cost", "file", (75, 76)),
    "iris-cost": ("iris", "2:3:update:1:5", "cost", ()),
    "xor": ("xor", "5:3:update:2:1", "delta", (4,)),
    "digits": ("digits", "2:3:delta:1:1", "class", ()),
    "linear-regression": ("linear-regression", "1:3:cost", "watched", (6,)),
}


@pytest.mark.parametrize(("cells", "height"), [(80, 11), (120, 17)])
@pytest.mark.parametrize("case", CASES)
def test_golden_of_the_table(case, cells, height):
    name, address, by, watched = CASES[case]
    shown = Shown(load(name), address, by, watched)
    goldens.check(f"table/{case}-{cells}.txt", plain_with_marks(shown.panel(cells, height)))


SCENES = {
    "iris": load("iris"),
    "digits": load("digits"),
    "softmax": load("softmax"),
    "overflow": load("learning-rates"),
    "two-by-two": load("two-by-two"),
    "wide": wide(),
    "long names": replace(
        load("softmax"), neuron_names=(("漢字漢字漢字", "a very long name", "c"),), input_names=("長い名前です", "x")
    ),
    "one row": neuron(epochs=3),
    "many epochs": replace(load("xor"), epochs=10_000_000),
}


@pytest.mark.sweep
@pytest.mark.parametrize("address", ["start", "2:1:cost", "2:1"])
@pytest.mark.parametrize("name", SCENES)
def test_it_fits_exactly_whatever_is_in_it(name, address):
    shown = Shown(SCENES[name], address, "file", (1,))
    for by in SORTS:
        shown.sort(by)
        for digits in (2, 4, 9, 17):
            for cells, height in SIZES:
                block = shown.panel(cells, height, numerals=Numerals(digits))
                assert [width(line) for line in block] == [cells] * height


@pytest.mark.sweep
@pytest.mark.parametrize("numerals", [Numerals(4), Numerals(7), ALL_DIGITS], ids=["4", "7", "all"])
@pytest.mark.parametrize(("name", "cells"), [("iris", 120), ("xor", 120), ("learning-rates", 120), ("spiral", 200)])
def test_its_numbers_are_those_of_the_trace(name, cells, numerals):
    scenario = load(name)
    address = {"learning-rates": "end"}.get(name, "3:4:update")
    shown = Shown(scenario, address, "cost")
    timeline, course, top = shown.timeline, shown.timeline.course, len(shown.timeline.course.units)
    seen = []
    for mark in range(1, scenario.points + 1):
        shown.mark = mark
        for line in shown.panel(cells, 17, numerals=numerals):
            place = next((span.target for span in line if isinstance(span.target, RowPlace)), None)
            if place is None or place.row in seen:
                continue
            seen.append(place.row)
            text = "".join(span.text for span in line)
            assert "…" not in text.replace(" …", ""), "no number is cut"
            epoch, point = map(int, re.search(r" (\d+):(\d+) +(?:\d+:\d+|—)", text).groups())
            traced = {
                kind: traced_at(timeline, course.parse(f"{epoch}:{point}:{kind}"))
                for kind in ("cost", *(f"delta:{top}:{k + 1}" for k in range(course.units[-1])))
            }
            assert traced["cost"]["row"] == place.row
            before = re.split(r" \d+:\d+ +(?:\d+:\d+|—)", text)[0]
            *_, cost, which, delta = before.split() if course.units[-1] > 1 else (*before.split()[:-1], "δ₁", before.split()[-1])
            number = int(which.removeprefix("δ").translate(SUBSCRIPTS))
            deltas = [abs(float(traced[f"delta:{top}:{k + 1}"]["value"])) for k in range(course.units[-1])]
            assert is_rounding(cost, float(traced["cost"]["value"])), text
            assert is_rounding(delta, float(traced[f"delta:{top}:{number}"]["value"])), text
            assert np.isnan(deltas).any() or deltas[number - 1] == max(deltas)
            if numerals is ALL_DIGITS:
                assert float(cost.replace(MINUS, "-")) == traced["cost"]["value"] or "n" in cost
    assert sorted(seen) == list(range(1, scenario.points + 1))


def test_a_wrong_class_has_a_mark_and_a_right_one_none():
    shown = Shown(load("iris"), "3:1")
    wrong = shown.sorted_rows.results.wrong
    assert 0 < wrong.sum() < 150
    for mark in range(1, 151):
        shown.mark = mark
        line = next(line for line in shown.panel(80, 11) if any(span.target == RowPlace(mark) for span in line))
        assert ("✗" in "".join(span.text for span in line)) == wrong[mark - 1]


def test_marks_tell_the_marked_the_present_and_the_watched_rows():
    shown = Shown(load("xor"), "2:3", watched=(3, 4), mark=1)
    rows = {line[1].target.row: "".join(span.text for span in line)[1:4] for line in shown.panel(80, 11)[2:6]}
    assert rows == {1: "›  ", 2: "   ", 3: " ▸★", 4: "  ★"}


def test_a_row_without_a_turn_has_dots_and_one_without_a_next_a_dash():
    first = Shown(load("xor"), "1:2:a").panel(80, 11)
    assert "·" in "".join(span.text for span in first[3])
    last = Shown(load("xor"), "end").panel(80, 11)
    assert all("—" in "".join(span.text for span in line) for line in last[2:6])


def test_an_unfinished_table_says_how_much_of_it_is_computed():
    shown = Shown(load("digits"), "3:5", whole=False)
    block = shown.panel(80, 11)
    assert "0% of the last turns looked at" in "".join(span.text for span in block[-1])
    texts = ["".join(span.text for span in line) for line in block[2:-1]]
    assert all("…" in text and "·" not in text for text in texts)
    assert all(re.search(r"\d\.\d{4} ", text) for text in texts), "C is there"


def test_the_sorted_column_is_marked_and_its_heads_can_be_clicked():
    for by, head in [("file", "row"), ("cost", "C"), ("delta", "largest δ²"), ("class", "class"), ("watched", "row")]:
        heads = Shown(load("iris"), "2:3", by).panel(120, 17)[1]
        assert [span.text.split("▾")[0].strip() for span in heads if "▾" in span.text] == [head]
        assert {span.target.by for span in heads if isinstance(span.target, SortPlace)} == {"file", "cost", "delta", "class"}


@pytest.mark.parametrize("name", ["iris", "xor", "learning-rates"])
@pytest.mark.parametrize("cells", [80, 120])
def test_no_head_touches_another_and_what_learned_at_means_is_not_cut(name, cells):
    for by in SORTS:
        title, heads, *lines = Shown(load(name), "end", by, (1,)).panel(cells, 11)
        inside = [span.text for span in heads[1:-1]]
        assert all(before.endswith(" ") or after.startswith(" ") for before, after in pairwise(inside)), inside
        if by == "learned":
            assert "learned last first ─" in plain_with_marks((title,))
            assert "learned at: right from that turn on" in plain_with_marks(lines)


def test_results_come_before_inputs():
    texts = ["".join(span.text for span in line) for line in Shown(wide(), "2:1:cost").panel(60, 9)]
    assert all(word in texts[1] for word in (" C ", "δ²", "said", "class"))
    assert "x₁" not in texts[1]


def test_few_rows_leave_room_for_the_costs():
    tall = Shown(load("xor"), "2:3").panel(120, 20)
    assert "cost  ━ each data point" in "".join(span.text for span in tall[7])
    assert "cost  ━ each data point" not in "".join(
        span.text for line in Shown(load("xor"), "2:3").panel(80, 11) for span in line
    )


def test_a_long_table_says_nothing_of_a_turn_until_it_is_known(monkeypatch):
    monkeypatch.setattr(rolls, "ROWS_PER_SLICE", 100)
    shown = Shown(replace(load("iris"), shuffle_seed=987), "3:5:cost", whole=False)
    texts = ["".join(span.text for span in line) for line in shown.panel(80, 11)]
    assert not any(re.search(r"\d\.\d", text) for text in texts[2:-1])
    assert "0% of the last turns looked at" in texts[-1]
    work = shown.sorted_rows.work([1])
    for _ in work:
        pass
    texts = ["".join(span.text for span in line) for line in shown.panel(80, 11)]
    assert all(re.search(r"\d\.\d{4} .* \d+:\d+ +\d+:\d+", text) for text in texts[2:-1])
