"""What is looked at is part of a lesson: it is recorded before the paint, followed, replayed, and there again the next day."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nntui.draw.charts.window import Zoom
from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording.follower import Follower
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.lesson.display_state import DisplayState, InspectedNumber, OpenForks, OpenLearned, OpenPage, OpenTable, PlotState
from nntui.lesson.events import Look, Stop
from nntui.session.opening import of_following, of_recording, of_session
from nntui.session.pages.page_table import check_of
from nntui.session.views.restored import zoom_of
from nntui.session.views.taken import display_state
from nntui.training.cell import Cell
from nntui.tui.lesson.here import lesson_keys
from nntui.tui.screens.help import Help
from tests.recording.making import a_lesson, bodies, recorder
from tests.session.fake_window import FakeLesson, FakeWindow
from tests.tui.driven_app import a_session

XOR = load("xor")


class RunningClock:
    """Each look at it finds a second more."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        self.seconds += 1.0
        return self.seconds


def fork(lesson, edits):
    lesson.do("edit")
    assert lesson.window.answer(edits) == ""


def forks(lesson):
    fork(lesson, "eta=2")
    lesson.paint()
    fork(lesson, "w1.1.1=3")
    lesson.do("forks")
    lesson.press("up", "up", "tab")


def far(lesson):
    """A thousand data points on."""
    lesson.do("go_to")
    assert lesson.window.answer("250") == ""
    lesson.window.finish("jump") if "jump" in lesson.window.jobs else None
    lesson.paint()


def zoomed(lesson):
    far(lesson)
    lesson.do("cursor")
    lesson.press("up", "up", "left", "left", "tab", "L")


def gradients(lesson):
    """The page of the gradient check, over whatever is open."""
    lesson.controllers.pages.open(check_of(lesson.position.step))


def checked(lesson):
    """The gradient check, scrolled."""
    gradients(lesson)
    lesson.paint(80, 12)
    lesson.press("down", "down")


def words(lesson):
    """What the scenario says about itself, as a page."""
    lesson.do("inspect")
    lesson.do("about")


def sheets(lesson, count=1):
    """Marked sheets, with a slip each."""
    with TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number}.csv").write_text(f"epoch,point,kind,layer,neuron,from,value\n1,1,z,1,1,,{number}\n")
        lesson.do("sheet")
        assert lesson.window.answer(folder if count > 1 else f"{folder}/0.csv") == ""
    lesson.paint()
    if count > 1:
        lesson.press("n")


WAYS = {
    "the gradient check": checked,
    "the words of the scenario as a page": words,
    "a marked sheet": sheets,
    "marked sheets": lambda lesson: sheets(lesson, 3),
    "nothing": lambda lesson: None,
    "the words of the scenario": lambda lesson: lesson.do("about"),
    "an inspected number": lambda lesson: (lesson.do("forward"), lesson.do("inspect"), lesson.press("down", "right", "tab")),
    "a plot": zoomed,
    "a plot by epochs": lambda lesson: (far(lesson), lesson.do("cursor"), lesson.press("t", "up")),
    "a plot by turns": lambda lesson: (far(lesson), lesson.do("cursor"), lesson.press("t", "t", "right")),
    "a plot that was closed": lambda lesson: (zoomed(lesson), lesson.press("x")),
    "the table": lambda lesson: (lesson.do("data"), lesson.press("down", "down", "tab", "asterisk", "t")),
    "what is learned": lambda lesson: (lesson.do("learned"), lesson.press("down")),
    "a weight that is moved": lambda lesson: (
        lesson.do("forward"),
        lesson.do("check"),
        lesson.press("down", "right", "tab", "tab"),
    ),
    "the forks": forks,
    "a path of the graph": lambda lesson: (lesson.do("view"), lesson.do("path", 1), lesson.do("path", 1)),
    "a graph": lambda lesson: lesson.do("view"),
    "changes": lambda lesson: (lesson.do("forward"), lesson.do("since")),
    "changes since the start": lambda lesson: (far(lesson), *(lesson.do("since") for _ in range(3))),
    "the history of a number": lambda lesson: (far(lesson), lesson.do("inspect"), lesson.do("cursor")),
    "changes since the last turn": lambda lesson: (far(lesson), lesson.do("since"), lesson.do("since")),
    "digits and another notation": lambda lesson: (lesson.do("digits", 1), lesson.do("notation")),
    "all digits": lambda lesson: lesson.do("exact"),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def taught(path, scenario=XOR, size=(80, 24), step=3):
    """A teacher whose lesson is recorded and painted."""
    session = a_session(RunningClock())
    session.recorders.begin(path, scenario)
    lesson = FakeLesson(scenario, step, session=session)
    lesson.session, lesson.window.width = session, size[0]
    lesson.paint(*size)
    return lesson


FOLLOWERS = []


@pytest.fixture(autouse=True)
def _left():
    """Followers close the file that they read."""
    yield
    while FOLLOWERS:
        FOLLOWERS.pop().controllers.end()


def follower(path, width=80):
    FOLLOWERS.append(FakeLesson(opening=of_following(Follower(path))))
    FOLLOWERS[-1].window.width = width
    return FOLLOWERS[-1]


def finish(lesson):
    """Computes all that waits for it."""
    while lesson.window.jobs:
        lesson.window.finish(next(iter(lesson.window.jobs)))


def look(lesson):
    lesson.controllers.following.look()
    finish(lesson)


def same(one, other):
    """Both look at the same step and see the same, apart from the time bar."""
    finish(one)
    finish(other)
    assert one.position.step == other.position.step
    assert state(one) == state(other)


def state(lesson):
    """What a window shows; the runs by what they are, for each session has numbers of its own."""
    now = display_state(lesson.workspace)
    if isinstance(now.tool, OpenForks):
        edits = lesson.navigator.runs.run(now.tool.chapter).edits
        return replace(now, tool=replace(now.tool, chapter=None)), edits
    return now


@every_way
def test_a_follower_sees_what_the_teacher_sees(tmp_path, way):
    teacher = taught(tmp_path / "r.nnrec")
    student = follower(tmp_path / "r.nnrec")
    way(teacher)
    teacher.paint()
    look(student)
    same(teacher, student)
    assert not student.workspace.is_own
    assert all("away" not in line for line in student.paint(60, 20)[:2])


def test_a_window_for_a_projector_is_its_viewers_own(tmp_path):
    teacher = taught(tmp_path / "r.nnrec")
    student = follower(tmp_path / "r.nnrec")
    student.do("big")
    teacher.do("forward")
    teacher.do("inspect")
    teacher.paint()
    look(student)
    assert student.workspace.display.big
    assert not student.workspace.is_own
    same(teacher, student)


@every_way
def test_a_resumed_session_is_the_very_screen(tmp_path, way):
    (tmp_path / "sessions").mkdir(mode=0o700)  # not the first start, which alone offers the tour
    history = SessionHistory(tmp_path / "sessions")
    lesson = FakeLesson(XOR, 3, session=(session := a_session(RunningClock(), history)))
    way(lesson)
    finish(lesson)
    sizes = ((80, 24), (120, 40))
    shown = [lesson.paint(*size) for size in sizes]
    session.recorders.sync()  # killed: nothing is closed
    (kept,) = [replace(kept, going_on=False) for kept in history.sessions()]
    session.recorders._private.recorder._release()
    again = a_session(history=history, number=2)
    resumed = FakeLesson(opening=of_session(kept, again), session=again)
    finish(resumed)
    assert [resumed.paint(*size) for size in sizes] == shown


def is_whole_in_the_help(lesson):
    page = Help(lesson_keys(lesson.navigator, lesson.workspace))
    texts = [page._whole(wide, cells).plain for wide, cells in ((True, 75), (False, 55))]
    return all("…" not in text.partition("─ Move")[0] for text in texts)


@every_way
def test_the_help_of_what_is_looked_at_cuts_no_words(way):
    lesson = FakeLesson(XOR, 3)
    way(lesson)
    assert is_whole_in_the_help(lesson)


def test_the_help_of_a_replay_cuts_no_words(tmp_path):
    a_lesson(tmp_path / "r.nnrec")
    assert is_whole_in_the_help(FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec"))))


def test_a_line_is_written_before_a_paint_where_something_else_is_looked_at_and_not_else(tmp_path):
    teacher = taught(tmp_path / "r.nnrec")
    teacher.paint()
    teacher.do("forward")
    teacher.paint()
    teacher.do("inspect")
    teacher.press("left")
    teacher.paint()
    teacher.paint()
    lines = bodies((tmp_path / "r.nnrec").read_bytes())[1:]
    assert [line["kind"] for line in lines if line["kind"] != "keyframe"] == ["stop", "view", "stop", "view"]
    assert lines[-1]["tool"] == {"name": "inspect", "number": "z", "layer": 1, "neuron": 2, "sender": 0}


def test_views_are_no_moves_and_verify_says_so(tmp_path):
    teacher = taught(tmp_path / "r.nnrec")
    teacher.do("view")
    teacher.paint()
    assert teacher.session.recorders.end().endswith(": 1 move kept; the recording has ended")
    lines, code = report(read_recording(tmp_path / "r.nnrec"))
    assert (lines[-1].split(": ")[1].split(",")[0], code) == ("1 moves", 0)


def test_what_belongs_to_a_step_is_seen_at_its_stop_and_what_comes_later_at_one_of_its_own(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", step=0)
    teacher.do("forward")
    teacher.do("view")  # both before one paint
    teacher.paint()
    teacher.do("inspect")
    teacher.paint()
    lesson = read_recording(tmp_path / "r.nnrec").lesson
    assert [lesson.place(stop).step for stop in range(lesson.stops)] == [0, 1, 1]
    assert [lesson.looks.at(stop).graph for stop in range(3)] == [False, True, True]
    assert [lesson.looks.at(stop).tool is not None for stop in range(3)] == [False, False, True]


def test_the_words_of_the_scenario_end_with_the_next_stop(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", step=0)
    assert teacher.workspace.about.is_shown
    teacher.do("forward")
    teacher.paint()
    lesson = read_recording(tmp_path / "r.nnrec").lesson
    assert (lesson.stops, [lesson.looks.at(stop).about for stop in range(2)]) == (2, [True, False])
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    assert replay.workspace.about.is_shown
    replay.do("forward")
    assert not replay.workspace.about.is_shown


def test_a_path_that_is_lit_at_once_after_a_step_is_written_again(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", step=0)
    for act in (("forward",), ("view",), ("path", 1)):
        teacher.do(*act)
    teacher.paint()
    for act in (("forward",), ("path", 1)):  # before one paint
        teacher.do(*act)
    teacher.paint()
    teacher.do("back")
    teacher.paint()
    written = [line.get("path") for line in bodies((tmp_path / "r.nnrec").read_bytes())[1:] if line["kind"] == "view"]
    assert written == [None, 1, 1], "a step back ends it and needs no line"
    lesson = read_recording(tmp_path / "r.nnrec").lesson
    assert [lesson.looks.at(stop).path for stop in range(lesson.stops)] == [0, 1, 1, 0]


@pytest.mark.parametrize("far", ["40:2", "end", "3"])
@pytest.mark.parametrize("back", ["return", "home"])
def test_after_a_jump_and_back_teacher_class_and_tomorrow_have_the_same_plot(tmp_path, far, back):
    history = SessionHistory(tmp_path / "nntui" / "sessions")
    session = a_session(RunningClock(), history=history)
    session.recorders.begin(tmp_path / "r.nnrec", XOR)
    teacher = FakeLesson(XOR, session=session)
    teacher.paint()
    student = follower(tmp_path / "r.nnrec")
    teacher.do("forward")
    teacher.do("go_to")
    assert teacher.window.answer(far) == ""
    finish(teacher)
    teacher.do(back)
    finish(teacher)
    seen = teacher.paint()
    assert teacher.position.step == (1 if back == "return" else 0)
    look(student)
    axis = seen[-1][:60]
    assert axis.startswith("╰epoch ▲━━━"), "what was visited is on it"
    assert axis == student.paint()[-2][:60]
    session.recorders.close()
    (kept,) = history.to_resume()
    resumed = FakeLesson(opening=of_session(kept, a_session(history=history)))
    resumed.paint()
    finish(resumed)
    assert resumed.paint()[1:] == seen[1:]


# --- a follower who goes on their own


def inspecting(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", load("two-by-two"), step=13)
    student = follower(tmp_path / "r.nnrec", 60)
    teacher.do("inspect")
    teacher.paint()
    look(student)
    return teacher, student


def head(lesson):
    return "\n".join(lesson.paint(60, 20)[:2])


def test_who_opens_something_is_away_is_told_what_the_teacher_does_and_comes_back(tmp_path):
    teacher, student = inspecting(tmp_path)
    assert "away" not in head(student)
    student.do("cursor")
    assert "away · teacher: inspecting δ₂¹" in head(student)
    teacher.press("down")
    teacher.paint()
    look(student)
    assert "plot" in student.workspace.tool.NAME, "it is not taken away"
    assert "teacher: inspecting" in head(student)
    teacher.press("escape")
    teacher.do("forward")
    teacher.paint()
    look(student)
    assert "away · teacher: at 1:1:gradient:2:1" in head(student)
    student.do("return")
    same(teacher, student)
    assert "away" not in head(student)


def test_who_is_away_is_told_that_the_teacher_shows_what_the_scenario_is_about(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", load("two-by-two"), step=13)
    student = follower(tmp_path / "r.nnrec", 60)
    student.do("cursor")
    teacher.do("about")
    teacher.paint()
    look(student)
    assert "away · teacher: at the introduction" in head(student)
    teacher.do("forward")
    teacher.paint()
    look(student)
    assert "away · teacher: at 1:1:" in head(student), "it ends with the step"


@pytest.mark.parametrize("key", [("digits", 1), ("view",), ("since",), ("back",), ("grain", "neuron"), ("play",), ("inspect",)])
def test_whatever_a_student_does_leads_away_and_backspace_back(tmp_path, key):
    teacher, student = inspecting(tmp_path)
    student.do(*key)
    away = key != ("inspect",)  # the same number was inspected already
    assert ("away" in head(student)) is away
    assert ("Backspace returns" in student.paint(60, 20)[-1]) is away
    teacher.do("notation")
    teacher.paint()
    look(student)
    student.do("return")
    same(teacher, student)


def test_a_path_of_ones_own_in_the_graph_is_away_until_it_ends(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", step=13)
    student = follower(tmp_path / "r.nnrec", 60)
    for act in (("view",), ("path", 1), ("path", 1)):
        teacher.do(*act)
    teacher.paint()
    look(student)
    same(teacher, student)
    assert "away" not in head(student)
    student.do("path", -1)
    assert "away" in head(student)
    assert "live" not in student.paint(60, 20)[-1]
    student.do("path", 1)
    assert "away" not in head(student), "the same path as the teacher's"
    assert "live" in student.paint(60, 20)[-1]
    student.do("path", -1)
    teacher.do("forward")
    teacher.paint()
    look(student)
    assert (student.position.step, student.workspace.path.shown) == (13, 1), "it is not taken away"
    student.do("return")
    same(teacher, student)
    assert "away" not in head(student)
    teacher.do("forward")
    teacher.paint()
    look(student)
    same(teacher, student)
    assert "away" not in head(student), "the teacher's path has ended by itself"


def test_keys_go_along_the_lesson_while_the_open_tool_is_the_teachers(tmp_path):
    teacher, student = inspecting(tmp_path)
    for key in ("left", "right", "enter", "backspace", "home", "i", "x"):
        assert not student.controllers.pressed(key)
    assert student.controllers.pressed("down")
    assert "away" in head(student)
    assert student.controllers.pressed("left"), "now it is the student's own"
    student.do("return")
    same(teacher, student)
    assert student.controllers.pressed("escape")
    assert student.workspace.tool is None
    assert "away · teacher: inspecting δ₂¹" in head(student)


def test_a_page_of_the_teacher_comes_and_goes_and_a_page_of_ones_own_is_away(tmp_path):
    teacher, student = inspecting(tmp_path)
    gradients(teacher)
    teacher.paint()
    look(student)
    assert "gradient check" in "\n".join(student.paint(60, 20))
    assert "away" not in head(student)
    assert not student.controllers.pressed("right"), "keys go along the lesson"
    teacher.press("escape")
    teacher.paint()
    look(student)
    same(teacher, student)
    assert student.workspace.page is None
    gradients(student)
    assert "away · teacher: inspecting δ₂¹" in head(student)
    teacher.press("escape")
    words(teacher)
    teacher.paint()
    look(student)
    assert "away · teacher: at the introduction" in head(student)
    assert student.workspace.page.name == "check"
    student.press("escape")
    assert "away" in head(student)
    student.do("return")
    same(teacher, student)
    student.press("escape")
    assert "away" in head(student)


def test_the_text_of_a_sheet_is_written_once_however_far_it_is_scrolled(tmp_path):
    teacher = taught(tmp_path / "r.nnrec")
    sheets(teacher)
    for _ in range(3):
        teacher.paint(60, 5)
        teacher.press("down")
    teacher.paint()
    pages = [line["page"] for line in bodies((tmp_path / "r.nnrec").read_bytes())[1:] if "page" in line]
    assert [page["at"] for page in pages] == sorted({page["at"] for page in pages})
    assert len(pages) == 4
    assert ["text" in page for page in pages] == [True, False, False, False]
    lesson = read_recording(tmp_path / "r.nnrec").lesson
    assert {lesson.looks.at(stop).page.text for stop in range(2, lesson.stops)} == {teacher.workspace.page.text}


def test_the_writer_does_not_learn_who_reads(tmp_path):
    teacher, student = inspecting(tmp_path)
    before = (tmp_path / "r.nnrec").read_bytes()
    student.do("cursor")
    student.paint()
    student.do("return")
    student.paint()
    assert (tmp_path / "r.nnrec").read_bytes() == before
    assert teacher.navigator.recorders.mark == "on"


def test_a_click_of_the_teacher_points(tmp_path):
    teacher, student = inspecting(tmp_path)
    from nntui.training.cell import Cell

    teacher.controllers.tools.clicked(Cell("weight", 1, 2, 1), 0)
    teacher.paint()
    look(student)
    assert student.workspace.inspector.cell == Cell("weight", 1, 2, 1)


def test_a_replay_keeps_what_its_viewer_opened_until_backspace(tmp_path):
    inspecting(tmp_path)
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    assert replay.workspace.tool is None
    replay.do("forward")
    assert replay.workspace.inspector is not None
    replay.do("digits", 2)
    assert "Backspace returns" in replay.paint()[-1]
    replay.do("back")
    assert replay.workspace.display.chosen.digits == 6
    replay.do("digits", -2)
    replay.do("forward")
    assert replay.workspace.inspector is not None
    assert not replay.workspace.is_own, "what the viewer has is what the lesson shows"
    replay.do("digits", 2)
    replay.do("back")
    replay.do("return")
    assert (replay.workspace.display.chosen.digits, replay.workspace.tool) == (4, None)
    assert "Backspace returns" not in replay.paint()[-1]


def test_a_note_stays_where_the_same_place_is_looked_at_otherwise(tmp_path):
    teacher = taught(tmp_path / "r.nnrec", step=5)
    teacher.do("remark")
    teacher.window.answer("mind the sign")
    teacher.paint()
    teacher.do("view")
    teacher.paint()
    teacher.do("forward")
    teacher.paint()
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    noted = []
    for _ in range(3):
        noted.append("mind the sign" in "\n".join(replay.paint()))
        replay.do("forward")
    assert noted == [True, True, False]


# --- other sizes, and lines that were written to hurt


def test_the_same_places_are_shown_in_a_plot_of_another_width():
    wide = Zoom(8, 0, 640)
    shown = wide.window(100)
    narrow = zoom_of((shown.first, shown.size), 50, 100_000)
    assert narrow.window(50).first == shown.first
    assert narrow.window(50).stop == shown.stop
    assert zoom_of((shown.first, shown.size), 100, 100_000) == wide
    assert zoom_of((3, 20), 50, 100_000).window(50).size == 20


@pytest.mark.parametrize("narrow", [1, 3, 11, 20, 59])
@pytest.mark.parametrize("part", [None, (0, 1), (8, 16), (0, 1 << 52)])
def test_a_plot_that_came_into_a_window_too_small_for_it_is_drawn_when_the_window_grows(tmp_path, monkeypatch, narrow, part):
    from nntui.lesson.display_state import OpenPlot

    with closing(recorder(tmp_path / "r.nnrec", XOR)) as writer:
        writer.record(Stop(0.0, 4))
        writer.record(Look(0.0, DisplayState(tool=OpenPlot(), plot=PlotState(part=part))))
    monkeypatch.setattr(FakeWindow, "width", narrow)
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    series = "cost  a₁²  |δ|  |w|  accuracy"
    assert series not in "".join(replay.paint(narrow, 20))
    replay.do("forward")
    replay.window.width = 80
    assert series in "".join(replay.paint(80, 24))
    assert series in "".join(replay.paint(120, 40))


@pytest.mark.parametrize(
    "hostile",
    [
        DisplayState(tool=InspectedNumber(Cell("delta", 9, 1))),
        DisplayState(tool=InspectedNumber(Cell("weight", 1, 1, 99), 7)),
        DisplayState(tool=InspectedNumber(Cell("z", 1, 1), 1 << 50)),
        DisplayState(tool=OpenTable(1 << 50, "class"), watched=frozenset({1 << 50})),
        DisplayState(tool=OpenLearned((1 << 53) - 1)),
        DisplayState(page=OpenPage("check", 1 << 53, (("step", 1 << 53),))),
        DisplayState(page=OpenPage("check", 7, (("step", "1"), ("h", 1e-300)))),
        DisplayState(page=OpenPage("check", 0, (("step", 30_000),))),
        DisplayState(page=OpenPage("sheet", 3, (("sheet", 99), ("slip", -4)), None)),
        DisplayState(page=OpenPage("sheet", 1 << 50, (), "\x1b[31m" + 3000 * "宽 " + "\n" * 300)),
        DisplayState(tool=OpenForks(4711, 1 << 50)),
        DisplayState(plot=PlotState(1 << 52, 1 << 52, "turn", 1 << 52, (1 << 52, 1 << 52), True)),
        DisplayState(plot=PlotState(1 << 52, 0, "point", 0, (1 << 52, 1))),
    ],
)
def test_what_a_run_does_not_have_is_left_out(tmp_path, hostile):
    from nntui.lesson.display_state import OpenPlot

    if hostile.plot is not None:
        hostile = replace(hostile, tool=OpenPlot())
    writer = recorder(tmp_path / "r.nnrec", XOR)
    writer.record(Stop(0.0, 4))
    writer.record(Look(1.0, hostile))
    writer.close()
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    replay.do("forward")
    assert len(replay.paint()) == len(replay.paint(120, 40)) - 16 == 23


def test_a_recording_without_views_is_looked_at_as_its_viewer_likes(tmp_path):
    writer = recorder(tmp_path / "r.nnrec", XOR)
    writer.record(Stop(0.0, 0))
    writer.record(Stop(1.0, 4))
    writer.close()
    replay = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")))
    replay.do("view")
    replay.do("digits", 1)
    replay.do("forward")
    assert (replay.position.stop, replay.workspace.display.graph, replay.workspace.display.chosen.digits) == (1, True, 5)
    assert "Backspace returns" not in replay.paint()[-1]


def test_the_keys_to_other_sheets_say_so_where_these_were_not_kept():
    lesson = FakeLesson(XOR)
    sheets(lesson, 3)
    shown, keys = lesson.workspace.page, lesson.controllers.pages
    assert keys.pressed("n")
    assert lesson.workspace.page != shown
    lesson.workspace.page, lesson.workspace.shown_page.sheets = shown, ()
    for key in ("n", "N", "right", "left"):
        assert keys.pressed(key)
        assert lesson.workspace.page == shown
        assert lesson.words == "of these sheets only what is shown was kept; w marks them again"
