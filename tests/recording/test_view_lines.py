"""The line `view`: whole when it is read again, named when it is wrong, passed over by those who do not know it."""

import json
from typing import get_args

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from nntui.files.recording import reader
from nntui.files.recording.lines import line_cards
from nntui.files.recording.lines.view_line import COMPARED, NOTATIONS, NUMBERS, view_of, view_record
from nntui.lesson.display_state import (
    DisplayState,
    InspectedNumber,
    OpenForks,
    OpenLearned,
    OpenNudge,
    OpenPage,
    OpenPlot,
    OpenSurface,
    OpenTable,
    PlotState,
    ToolState,
)
from nntui.training.cell import Cell
from nntui.training.rows.axis import UNITS
from nntui.training.rows.sorted_rows import SORTS
from tests.docs.pages import complete
from tests.recording.making import bodies, chained, fed, recorder
from tests.strategies import examples

WHOLE = st.integers(0, 1 << 53)
CELL = st.builds(Cell, st.sampled_from(NUMBERS), WHOLE, WHOLE, WHOLE)
PARTS_OF = {
    OpenPlot: (),
    InspectedNumber: (CELL, st.none() | WHOLE),
    OpenTable: (st.none() | WHOLE, st.sampled_from(SORTS), st.booleans()),
    OpenLearned: (WHOLE,),
    OpenSurface: (WHOLE, WHOLE),
    OpenNudge: (st.builds(Cell, st.just("weight"), WHOLE, WHOLE, WHOLE), st.integers(1, 12)),
    OpenForks: (st.none() | WHOLE, WHOLE),
}
TOOLS = st.one_of(st.none(), *(st.builds(tool, *parts) for tool, parts in PARTS_OF.items()))
PARTS = st.none() | st.tuples(WHOLE, st.integers(1, 1 << 53))
PLOTS = st.builds(PlotState, WHOLE, WHOLE, st.sampled_from(UNITS), st.just(0), PARTS, st.booleans())
VALUE = st.integers(-9, 1 << 53) | st.floats(-1e9, 1e9) | st.text("xyz ", max_size=9)
VALUES = st.dictionaries(st.text("abc", min_size=1, max_size=9), VALUE, max_size=5).map(lambda values: tuple(values.items()))
PAGES = st.one_of(
    st.none(),
    st.builds(OpenPage, st.sampled_from(["check", "about"]), WHOLE, VALUES),
    st.builds(OpenPage, st.just("sheet"), WHOLE, VALUES, st.none() | st.text("ab c\n", max_size=40)),
)
STATES = st.builds(
    DisplayState,
    st.integers(2, 17),
    st.booleans(),
    st.sampled_from(NOTATIONS),
    st.booleans(),
    st.sampled_from(COMPARED),
    st.booleans(),
    st.frozensets(st.integers(1, 1 << 53), max_size=64),
    TOOLS,
    st.none() | PLOTS,
    PAGES,
    WHOLE,
)


def test_every_tool_is_among_those_that_are_tried():
    complete("PARTS_OF of this test", [tool.__name__ for tool in PARTS_OF], [tool.__name__ for tool in get_args(ToolState)])


@pytest.mark.parametrize("tool", PARTS_OF, ids=lambda tool: tool.__name__)
def test_a_tool_is_whole_when_it_is_read_again(tool):
    state = DisplayState(tool=tool(*(find(part, lambda value: value is not None) for part in PARTS_OF[tool])))
    read_again = view_of(json.loads(json.dumps(view_record(state))))
    assert read_again.tool == state.tool, "what `_tool_record` writes, `_TOOLS` must read"


@examples(100)
@given(STATES)
def test_what_was_looked_at_is_whole_when_it_is_read_again(state):
    assert view_of(json.loads(json.dumps(view_record(state)))) == state


@pytest.fixture
def lines(tmp_path):
    """The first line of a recording, and a stop."""
    recorder(tmp_path / "r").close()
    return [*bodies((tmp_path / "r").read_bytes()), {"kind": "stop", "t": 0, "step": 1}]


def read(lines, **view):
    return fed(chained([*lines, {"kind": "view", "t": 1, "digits": 4, "notation": "lecture"} | view]))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"digits": 18}, "`digits` is 18; expected 2 to 17"),
        ({"digits": 10**30}, "`digits` is a huge number; expected 2 to 17"),
        ({"digits": 4.5}, "`digits` is 4.5; expected a whole number from 0 on"),
        ({"graph": "yes"}, "`graph` is the text 'yes'; expected true or false"),
        ({"notation": "mine"}, "`notation` is the text 'mine'; expected one of lecture, common"),
        ({"since": "ever"}, "`since` is the text 'ever'; expected one of an empty text, step, visit, start"),
        ({"watched": list(range(1, 66))}, "`watched` is no list of rows; expected at most 64 whole numbers from 1 on"),
        ({"watched": [0]}, "`watched` is no list of rows; expected at most 64 whole numbers from 1 on"),
        ({"watched": [True]}, "`watched` is no list of rows; expected at most 64 whole numbers from 1 on"),
        ({"tool": "plot"}, "`tool` is the text 'plot'; expected an object"),
        ({"tool": None}, "`tool` is null; expected an object"),
        ({"page": None}, "`page` is null; expected an object"),
        ({"page": {"name": {"a": 1}}}, "`name` is an object of 1; expected a text"),
        ({"tool": {}}, "`name` is missing; expected a text"),
        ({"tool": {"name": "inspect", "number": "z"}}, "`layer` is missing; expected a whole number from 0 on"),
        ({"tool": {"name": "inspect", "number": "q"}}, f"`number` is the text 'q'; expected one of {', '.join(NUMBERS)}"),
        (
            {"tool": {"name": "table", "by": "name"}},
            "`by` is the text 'name'; expected one of file, cost, learned, delta, class, watched",
        ),
        ({"plot": {"at": 1 << 60, "series": 0, "unit": "point"}}, f"`at` is {1 << 60}; expected 0 to {1 << 53}"),
        ({"plot": {"at": 0, "series": 0, "unit": "point", "places": 3}}, "`first` is missing; expected a whole number from 0 on"),
        ({"page": {"at": 0}}, "`name` is missing; expected a text"),
        ({"page": {"name": "check", "at": -1}}, "`at` is -1; expected a whole number from 0 on"),
        ({"page": {"name": "sheet", "at": 0, "text": 3}}, "`text` is 3; expected a text"),
        (
            {"page": {"name": "check", "at": 0, "state": [1]}},
            "`state` of a page is a list of 1; expected an object of at most 16 numbers and texts",
        ),
        (
            {"page": {"name": "check", "at": 0, "state": None}},
            "`state` of a page is null; expected an object of at most 16 numbers and texts",
        ),
        (
            {"page": {"name": "check", "at": 0, "state": {str(n): n for n in range(17)}}},
            "`state` of a page is an object of 17; expected an object of at most 16 numbers and texts",
        ),
        (
            {"page": {"name": "check", "at": 0, "state": {"h": None}}},
            f"`h` in the state of a page is no text and no number up to {1 << 53}; expected one of them",
        ),
        (
            {"page": {"name": "check", "at": 0, "state": {"h": 10**4000}}},
            f"`h` in the state of a page is no text and no number up to {1 << 53}; expected one of them",
        ),
    ],
)
def test_a_wrong_line_is_named_with_what_was_found_and_expected(lines, wrong, words):
    recording = read(lines, **wrong)
    assert (recording.fault.line, recording.fault.message) == (3, words)
    assert recording.lesson.stops == 1


def test_a_tool_of_tomorrow_is_none_and_more_keys_are_passed_over(lines):
    recording = read(lines, tool={"name": "hologram", "depth": 3}, page={"name": "film", "reel": 2}, depth=3)
    assert recording.fault is None
    assert recording.lesson.looks.at(1) == DisplayState()


def test_a_reader_of_before_passes_over_the_lines_and_has_the_same_stops_but_for_them(lines, monkeypatch):
    now = read(lines, graph=True)
    monkeypatch.delitem(line_cards.LINE_CARDS, "view")
    monkeypatch.delitem(line_cards._USUAL, ord("w"))
    before = read(lines, graph=True)
    assert (before.fault, before.passed_over, before.lesson.stops) == (None, 1, 1)
    assert (now.passed_over, now.lesson.stops, now.moves) == (0, 2, 1)
    assert now.lesson.end == before.lesson.end


def test_the_text_of_a_page_is_that_of_the_view_before_where_it_is_left_out(lines):
    view = {"kind": "view", "t": 1, "digits": 4, "notation": "lecture"}
    pages = [{"name": "sheet", "at": 0}, {"name": "sheet", "at": 0, "text": "one"}, {"name": "sheet", "at": 2}]
    pages += [{"name": "about", "at": 0}, {"name": "sheet", "at": 0}]
    recording = fed(chained([*lines, *(view | {"t": t, "page": page} for t, page in enumerate(pages, 1))]))
    looks = recording.lesson.looks
    assert [looks.at(stop).page.text for stop in range(1, recording.lesson.stops)] == ["", "one", "one", "", ""]


def test_the_texts_of_pages_are_bounded_as_notes_are(lines, monkeypatch):
    monkeypatch.setattr(reader, "MOST_NOTED", 1000)
    view = {"kind": "view", "digits": 4, "notation": "lecture", "page": {"name": "sheet", "at": 0, "text": 150 * "a"}}
    recording = fed(chained([*lines, *(view | {"t": t} for t in range(1, 20))]))
    assert recording.fault.line == 2 + 1000 // 250 + 1


def test_many_watched_rows_are_bounded(lines, monkeypatch):
    monkeypatch.setattr(reader, "MOST_NOTED", 1000)
    view = {"kind": "view", "digits": 4, "notation": "lecture", "watched": list(range(1, 65))}
    recording = fed(chained([*lines, *(view | {"t": t} for t in range(1, 20))]))
    assert recording.fault.line == 2 + 1000 // 128 + 1


def test_what_belongs_to_a_step_is_not_seen_at_the_next(lines):
    view = {"kind": "view", "t": 1, "digits": 4, "notation": "lecture", "graph": True, "path": 2, "about": True}
    looks = fed(chained([*lines, view, {"kind": "stop", "t": 2, "step": 3}])).lesson.looks
    assert (looks.at(1), looks.at(2)) == (DisplayState(graph=True, about=True, path=2), DisplayState(graph=True))
