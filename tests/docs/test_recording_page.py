"""docs/recording-format.md: every kind of line is described, with its keys, and its example is a sound recording."""

import json
import re
from typing import get_args
from zlib import crc32

import pytest

from nntui.files.recording.content import record_of
from nntui.files.recording.format import FILE_LIMIT, LINE_LIMIT, MOST_LINES
from nntui.files.recording.keyframe import keyframe_record
from nntui.files.recording.lines.view_line import MOST_WATCHED, view_record
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.lesson import events
from nntui.lesson.checks import MOST_FORKS
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
    PageName,
    PlotState,
    ToolState,
)
from nntui.training.cell import Cell
from nntui.training.edits.edit import read_edits
from tests.docs.pages import DOCS, blocks, complete

PAGE = DOCS / "recording-format.md"
TEXT = PAGE.read_text(encoding="utf-8")
[EXAMPLE] = [block.text for block in blocks(PAGE) if block.mark == "recording"]


def described():
    """Kind → the keys that its row names."""
    table = TEXT.partition("| kind | keys | what happened |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| `")]
    return {kind.strip(" `"): re.findall(r"`(\w+)`", keys) for kind, keys, _ in rows}


@pytest.fixture
def recording(tmp_path):
    file = tmp_path / "example.nnrec"
    file.write_bytes(EXAMPLE.encode())
    return read_recording(file)


EVERYTHING = DisplayState(6, True, "common", True, "step", True, frozenset({1}), OpenPlot(), PlotState(), OpenPage("about"), 1)


def every_event(scenario):
    """One event of each type, with all that it can hold."""
    return [
        events.Stop(1.0, 0, "layer"),
        events.Play(1.0, 0, 1, 2.0, "neuron"),
        events.Reload(1.0, scenario, 0),
        events.Remark(1.0, 0, "text"),
        events.Score(1.0, 1, "0.5", False, "without the bias", 2),
        events.Fork(1.0, 0, 0, read_edits("eta=2")),
        events.Switch(1.0, 0, 0),
        events.Rename(1.0, 0, "name"),
        events.Discard(1.0, 1),
        events.Look(1.0, EVERYTHING),
    ]


def test_every_kind_of_line_is_described_with_its_keys(recording):
    made = every_event(recording.scenario)
    complete("`every_event` of this test", {type(one).__name__ for one in made}, {one.__name__ for one in get_args(events.Event)})
    records = [record_of(event) for event in made] + [keyframe_record(0, recording.scenario.theta)]
    assert {record["kind"]: sorted(record.keys() - {"kind"}) for record in records} == {
        kind: sorted(keys) for kind, keys in described().items()
    }


def test_every_tool_is_described_with_its_keys():
    tools = [
        InspectedNumber(Cell("a", 1, 1), 0),
        OpenPlot(),
        OpenTable(1, "file", True),
        OpenLearned(0),
        OpenSurface(0, 1),
        OpenForks(0),
        OpenNudge(Cell("weight", 1, 1, 1), 4),
    ]
    complete(
        "the list of tools in this test", {type(tool).__name__ for tool in tools}, {tool.__name__ for tool in get_args(ToolState)}
    )
    records = [view_record(DisplayState(tool=tool))["tool"] for tool in tools]
    table = TEXT.partition("| `name` | keys | open is |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    keys = {record["name"]: sorted(record.keys() - {"name"}) for record in records}
    on_the_page = {name.strip(" `"): sorted(re.findall(r"`(\w+)`", keys)) for name, keys in rows}
    complete("the table of tools in docs/recording-format.md", on_the_page, keys)
    assert on_the_page == keys


def test_every_page_is_described_with_its_keys():
    pages = [
        OpenPage("check", values=(("step", 0),)),
        OpenPage("about"),
        OpenPage("sheet", values=(("slip", 0),), text="sheet 1"),
    ]
    records = [view_record(DisplayState(page=page))["page"] for page in pages]
    assert {record["name"] for record in records} == set(get_args(PageName))
    table = TEXT.partition("| `name` | keys | the page is |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    assert {record["name"]: sorted(record.keys() - {"name"}) for record in records} == {
        name.strip(" `"): sorted(re.findall(r"`(\w+)`", keys)) for name, keys in rows
    }


def test_the_plot_is_described_with_its_keys():
    part = TEXT.partition("`plot` is the plot as it is")[2].partition("\n\n")[0]
    record = view_record(DisplayState(plot=PlotState(unit="turn", part=(0, 12), log=True)))["plot"]
    assert all(f"`{key}`" in part for key in record)


def test_the_example_is_sound_and_has_every_kind(recording):
    assert not recording.faults
    lines, code = report(recording)
    assert code == 0
    assert lines[-1].endswith("1 keyframes recomputed and equal")
    kinds = {json.loads(line[9:]).get("kind") for line in EXAMPLE.splitlines()}
    assert kinds == {None, *described()}


def test_the_checksum_runs_on_as_the_page_says():
    crc = 0
    for line in EXAMPLE.encode().splitlines():
        crc = crc32(line[9:], crc)
        assert line[:9] == b"%08x " % crc


def test_the_bounds_are_those_of_the_reader():
    assert f"a line at most {LINE_LIMIT >> 20} MiB" in TEXT
    assert f"a file at most {FILE_LIMIT >> 20} MiB and\n{MOST_LINES:,} lines" in TEXT
    assert f"at most {MOST_FORKS} forks" in TEXT
    assert f"at most {MOST_WATCHED} data rows" in TEXT
