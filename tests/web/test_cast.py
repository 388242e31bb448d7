"""An asciicast of a lesson: as its specification has it, and for pyte at each stop what the app paints there."""

import json
from typing import get_args

import pyte
import pytest

from nntui.cli import main
from nntui.draw.base.plain_text import plain
from nntui.draw.export import asciicast as made
from nntui.draw.export.asciicast import asciicast
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.lesson.display_state import PageName, ToolState
from nntui.lesson.events import Fork, Play, Remark, Stop
from nntui.session.opening import of_recording
from nntui.session.pictures.recorded_pictures import RecordedPictures
from nntui.session.position import at_stop
from nntui.training.edits.edit import read_edits
from tests.emulator import Emulator
from tests.recording.making import recorder
from tests.session.fake_window import FakeLesson
from tests.session.test_what_is_looked_at import WAYS, taught
from tests.tui.driven_app import a_session
from tests.web.test_page import lines_of

HEADER = {"version": int, "width": int, "height": int, "title": str, "env": dict, "theme": dict}


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """A recording with stops, a note, a play and a fork."""
    path = tmp_path_factory.mktemp("cast") / "l.nnrec"
    one = recorder(path, load("two-by-two"))
    length = load("two-by-two").course.length
    for event in (
        Stop(0.0, 0, "neuron"),
        Stop(1.5, 1),
        Stop(2.0, 10),
        Remark(9.25, 10, "look </script> \u4e2d\u6587 \u03b4"),
        Play(10.0, 10, 10, 2.0, "point"),
        Play(10.5, 10, 10 + 3 * length, 2.0, "point"),
    ):
        assert one.record(event), one.trouble
    one.close()
    return path


def events_of(text):
    """The events of an asciicast of version 2, each held against the specification."""
    first, *lines = text.splitlines()
    header = json.loads(first)
    assert {key: type(value) for key, value in header.items()} == HEADER
    assert header["version"] == 2
    assert len(header["theme"]["palette"].split(":")) in (8, 16)
    assert all(len(colour) == 7 for colour in (header["theme"]["fg"], header["theme"]["bg"]))
    events = [json.loads(line) for line in lines]
    last = 0.0
    for seconds, code, data in events:
        assert seconds >= last
        assert code in ("o", "m")
        assert isinstance(data, str)
        last = seconds
    return header, events


def played(text):
    """What an emulator shows after each output."""
    header, events = events_of(text)
    screen = Emulator(header["width"], header["height"])
    stream = pyte.Stream(screen)
    for _, code, data in events:
        if code == "o":
            stream.feed(data)
            yield "\n".join(line.rstrip() for line in screen.display)


@pytest.fixture(scope="module")
def shown_lesson(tmp_path_factory):
    """A recording in which every tool and every page was open."""
    path = tmp_path_factory.mktemp("shown") / "l.nnrec"
    teacher = taught(path, load("xor"))
    for way in (*map(WAYS.get, OPEN), lambda lesson: lesson.do("learned") or lesson.press("l")):
        teacher.workspace.tool = teacher.workspace.page = None
        way(teacher)
        teacher.paint()
        teacher.do("forward") if teacher.workspace.tool is None else None
    teacher.session.recorders.end()
    return path


OPEN = (
    "an inspected number",
    "the table",
    "what is learned",
    "the gradient check",
    "a weight that is moved",
    "the words of the scenario as a page",
    "marked sheets",
    "the forks",
    "a graph",
    "a plot by turns",
)


def replayed(path, size):
    """The rows of a replay at each of its stops, but for the foot."""
    app = FakeLesson(opening=of_recording(read_recording(path)))
    app.workspace.colours = True  # as an export has
    app.window.width = size[0]
    for stop in range(app.navigator.lesson.stops):
        app.controllers.movement.become(at_stop(app.position, app.navigator.lesson, stop))
        while app.window.jobs:
            app.window.finish(next(iter(app.window.jobs)))
        yield app.workspace.picture(app.navigator, *size, [], "")[: size[1] - 1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_an_emulator_shows_what_the_app_paints_at_each_stop(lesson, size, capsys):
    assert main(["export", str(lesson), "--format", "cast", "--size", "{}x{}".format(*size)]) == 0
    shown = [text.splitlines()[: size[1] - 1] for text in played(capsys.readouterr().out)]
    assert len(shown) == 7
    assert shown == [plain(block).splitlines() for block in replayed(lesson, size)]


def test_exported_screens_show_the_tool_and_the_page_that_were_open(shown_lesson, capsys):
    looks, stops = read_recording(shown_lesson).lesson.looks, read_recording(shown_lesson).lesson.stops
    states = [looks.at(stop) for stop in range(stops)]
    assert {type(state.tool) for state in states} >= set(get_args(ToolState))
    assert {state.page.name for state in states if state.page} == set(get_args(PageName))
    expected = [["".join(span.text for span in line).rstrip() for line in block] for block in replayed(shown_lesson, (80, 24))]
    assert main(["export", str(shown_lesson), "--format", "cast", "--size", "80x24"]) == 0
    assert [[line.rstrip() for line in text.split("\n")[:23]] for text in played(capsys.readouterr().out)] == expected
    assert main(["export", str(shown_lesson), "--format", "html", "--size", "80x24"]) == 0
    assert list(lines_of(capsys.readouterr().out)) == expected


def test_times_are_those_of_the_lesson_or_a_pace(lesson, capsys):
    def times(*options):
        assert main(["export", str(lesson), "--format", "cast", *options]) == 0
        return [(seconds, data) for seconds, code, data in events_of(capsys.readouterr().out)[1] if code == "o"]

    recorded = read_recording(lesson).lesson
    assert [seconds for seconds, _ in times()] == [recorded.time_of(stop) for stop in range(recorded.stops)]
    assert [seconds for seconds, _ in times("--pace", "0.5")] == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    assert [data for _, data in times()] == [data for _, data in times("--pace", "0.5")]


def test_notes_are_markers(lesson, capsys):
    assert main(["export", str(lesson), "--format", "cast"]) == 0
    markers = [data for _, code, data in events_of(capsys.readouterr().out)[1] if code == "m"]
    assert markers == ["look </script> \u4e2d\u6587 \u03b4"]


def test_forks_are_shown(tmp_path, capsys):
    path = tmp_path / "f.nnrec"
    one = recorder(path, load("two-by-two"))
    for event in (Stop(0.0, 0), Stop(1.0, 30), Fork(2.0, 30, 1, read_edits("eta=5"))):
        assert one.record(event), one.trouble
    one.close()
    assert main(["export", str(path), "--format", "cast"]) == 0
    before, after = list(played(capsys.readouterr().out))[1:]
    assert "\u03b7 0.5" in before
    assert "\u03b7 5" in after


def test_a_cast_has_a_bound(lesson, monkeypatch, capsys):
    monkeypatch.setattr(made, "MOST_CHARACTERS", 10_000)
    assert main(["export", str(lesson), "--format", "cast"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "is too long for --format cast" in told.err
    assert "of its 7 stops fill it at 80x24" in told.err


def test_no_text_tells_a_terminal_anything(lesson):
    pictures = list(RecordedPictures(read_recording(lesson), 80, 24, a_session()))
    for line in asciicast(pictures, 80, 24, "a title"):
        for piece in json.loads(line)[2].split("\x1b")[1:] if line[0] == "[" else []:
            assert piece.startswith("[")
            assert piece.lstrip("[?0123456789;")[0] in "mHlJ"
