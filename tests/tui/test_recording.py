"""What is done in the app is in the file before it is on the screen: once, and with its time."""

import re
import stat
from dataclasses import replace

import pytest

from nntui.draw.layout.foot import KeyHint
from nntui.engine.compiled.switch import SWITCH
from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording import keyframe
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.training.address import Address
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.prompt import Prompt
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import Clock, a_session, run_story
from tests.tui.lessons import click, fill_disk, moves, place_of, record, steps

XOR, TWO = load("xor"), load("two-by-two")
PLAIN = replace(XOR, notes=())


def stop(t, step):
    return {"kind": "stop", "t": t, "step": step}


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (["right"], "2:1:z:1:1"),
        (["left"], "1:4:update:1:2"),
        (["pagedown"], "2:2:input"),
        (["pageup"], "1:4:input"),
        (["home"], "1:1:input"),
        (["end"], "3:4:update:1:2"),
        (["g", *"3:2:cost", "enter"], "3:2:cost"),
        (["2", "right"], "2:1:z:1:2"),
        (["5", "right"], "2:4:update:1:2"),
    ],
)
def test_every_way_of_moving_is_one_line(tmp_path, keys, there):
    scenario, clock = replace(PLAIN, epochs=3), Clock()
    begin = scenario.course.parse("2:1:input")

    async def story(w):
        clock.seconds += 1.5
        await w.press(*keys)
        assert w.address == there

    record(tmp_path / "r", story, scenario, clock, step=begin, tell=tell)
    grain = {"2": {"grain": "layer"}, "5": {"grain": "epoch"}}.get(keys[0], {})
    assert moves(tmp_path / "r") == [stop(0, begin), stop(1.5, scenario.course.parse(there)) | grain]


def test_the_tour_and_the_way_back_are_kept_too(tmp_path):
    async def story(w):
        await w.press("n")
        seen.append(w.position.step)
        await w.press("n", "N", "end", "backspace")

    seen, scenario = [], replace(TWO, epochs=3, questions=())
    record(tmp_path / "r", story, scenario)
    first, second = steps(tmp_path / "r")[1:3]
    assert steps(tmp_path / "r") == [0, first, second, first, scenario.course.last, first]
    assert seen == [first]


def test_a_click_is_kept_like_the_key(tmp_path):
    async def story(w):
        await click(w, *place_of(w, lambda target: isinstance(target, Address) and target.moment.kind == "cost"))
        await click(w, *place_of(w, lambda target: isinstance(target, KeyHint) and target.action == "forward"))

    record(tmp_path / "r", story, PLAIN, size=(120, 40))
    cost = PLAIN.course.parse("1:1:cost")
    assert steps(tmp_path / "r") == [0, cost, cost + 1]


@pytest.mark.parametrize("keys", [["left"], ["home"], ["pageup"], ["1"], ["+"], ["g", "escape"], ["?", "escape"], ["backspace"]])
def test_what_moves_nothing_is_not_kept(tmp_path, keys):
    async def story(w):
        await w.press(*keys)

    record(tmp_path / "r", story, PLAIN)
    assert steps(tmp_path / "r") == [0]


def test_a_play_is_kept_tick_by_tick(tmp_path):
    scenario = replace(PLAIN, epochs=1)

    async def story(w):
        await w.press("2", *["+"] * 9, "space")
        await w.until(lambda: not w.position.playing)

    record(tmp_path / "r", story, scenario)
    first, begun, *ticks, last = moves(tmp_path / "r")
    assert (first, begun) == (stop(0, 0), {"kind": "play", "t": 0, "from": 0, "to": 0, "speed": 50, "grain": "layer"})
    assert all(
        tick == begun | {"from": before["to"], "to": tick["to"]} for before, tick in zip([begun, *ticks], ticks, strict=False)
    )
    assert last["step"] == scenario.course.last
    lesson = read_recording(tmp_path / "r").lesson
    stops = [lesson.place(number).step for number in range(lesson.stops)]
    assert stops == [
        0,
        *(step for step in range(1, scenario.course.last + 1) if scenario.course.forward(step - 1, "layer") == step),
    ]


def test_a_play_that_a_key_ends_goes_on_from_there(tmp_path):
    async def story(w):
        await w.press(*["+"] * 9, "space")
        await w.until(lambda: w.position.step >= 3)
        await w.press("space")
        paused.append(w.position.step)
        await w.press("left", "right")

    paused = []
    record(tmp_path / "r", story, PLAIN)
    there = paused[0]
    assert steps(tmp_path / "r") == [0, *range(there + 1), there - 1, there]


def test_a_reload_is_kept_with_the_new_scenario_and_what_follows_is_of_it(tmp_path):
    changed, clock = replace(TWO, title="Edited", notes=()), Clock()

    async def story(w):
        clock.seconds += 2
        await w.press("r")
        assert "read again, at 3:1:cost" in w.text()
        clock.seconds += 2
        await w.press("right")

    there = TWO.course.parse("3:1:cost")
    record(tmp_path / "r", story, TWO, clock, step=there, reload=lambda: changed, tell=tell)
    first, reload, after = moves(tmp_path / "r")
    assert (first, after) == (stop(0, there), stop(4, there + 1))
    assert (reload["kind"], reload["t"], reload["step"]) == ("reload", 2, there)
    assert reload["scenario"]["title"] == "Edited"
    assert [scenario.title for scenario in read_recording(tmp_path / "r").lesson.scenarios] == ["Two by two", "Edited"]


@pytest.mark.usefixtures("numpy_alone")
def test_while_a_reload_is_computed_the_position_is_the_start_of_the_new_run(tmp_path):
    async def story(w):
        w.send("r", "escape")
        await w.press("m", *"hm", "enter")
        await w.press("right")

    there = PLAIN.course.parse("900:1:cost")
    record(tmp_path / "r", story, PLAIN, step=there, reload=lambda: replace(PLAIN, order="shuffled"))
    assert [(move["kind"], move["step"]) for move in moves(tmp_path / "r")] == [
        ("stop", there),
        ("reload", 0),
        ("note", 0),
        ("stop", 1),
    ]


def test_another_scenario_goes_on_in_the_same_recording(tmp_path):
    async def story(w):
        await w.press("right", "s")
        await w.press(*"mazur", "enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        await w.press("right", "right")

    record(tmp_path / "r", story, XOR)
    assert [move["kind"] for move in moves(tmp_path / "r")] == ["stop", "stop", "reload", "stop", "stop"]
    assert steps(tmp_path / "r") == [0, 1, 0, 1, 2]
    assert read_recording(tmp_path / "r").scenario.title == "Two by two"


def test_a_note_is_kept_at_its_step_and_shown(tmp_path):
    clock = Clock()

    async def story(w):
        await w.press("right", "m")
        clock.seconds += 3.25
        await w.press(*"why 2?", "enter")
        assert "why 2?" in w.text()
        await w.press("right")
        await w.until(lambda: "why 2?" not in w.text())
        await w.press("left")
        assert "why 2?" in w.text()

    record(tmp_path / "r", story, PLAIN, clock, tell=tell)
    assert moves(tmp_path / "r")[2] == {"kind": "note", "t": 3.25, "step": 1, "text": "why 2?"}
    assert steps(tmp_path / "r") == [0, 1, 1, 2, 1]


def test_a_note_needs_something_that_keeps_it():
    async def story(w):
        await w.press("m")
        assert "nothing is being recorded here" in w.text()
        assert not w.lesson.query_one(Prompt).is_open

    tell(story, XOR, (120, 40))


def test_a_step_is_in_the_file_before_it_is_on_the_screen(tmp_path, monkeypatch):
    painted = []

    def show(self, block, show=Canvas.show):
        painted.append((steps(tmp_path / "r")[-1], self.screen.navigator.position.step))
        show(self, block)

    async def story(w):
        monkeypatch.setattr(Canvas, "show", show)
        for key in ("right", "right", "left", "pagedown", "end", "home"):
            await w.press(key)
        await w.press(*["+"] * 9, "space")
        await w.until(lambda: w.position.step >= 3)
        await w.press("space")

    record(tmp_path / "r", story, replace(PLAIN, epochs=40))
    assert len(painted) > 8
    assert all(kept == shown for kept, shown in painted)


def test_a_held_key_is_twenty_lines_and_few_paints(tmp_path, monkeypatch):
    paints = []
    monkeypatch.setattr(Canvas, "show", lambda self, block, show=Canvas.show: (paints.append(1), show(self, block))[1])

    async def story(w):
        paints.clear()
        await w.press(*["right"] * 20)
        assert w.text() == w.expected()

    record(tmp_path / "r", story, PLAIN)
    assert steps(tmp_path / "r") == list(range(21))
    assert len(paints) <= 2, f"{len(paints)} paints for 20 keys"


# --- R


def test_r_begins_with_a_proposed_name_and_ends(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    clock = Clock()

    async def story(w):
        await w.press("right", "R")
        await w.until(lambda: "record to lesson-2026-11-23-2233.nnrec" in w.text())
        clock.seconds += 60
        await w.press("enter")
        assert w.text().splitlines()[0].startswith(" ● Exclusive or")
        await w.until(lambda: "recording to lesson-2026-11-23-2233.nnrec; R ends it" in w.text())
        clock.seconds += 1
        await w.press("right")
        await w.press("R")
        assert "lesson-2026-11-23-2233.nnrec: 2 moves kept; the recording has ended" in w.text()
        assert w.text().splitlines()[0].startswith(" Exclusive or")
        await w.press("right")

    run_story(story, replace(PLAIN, title="Exclusive or"), (120, 40), session=a_session(clock))
    assert moves(tmp_path / "lesson-2026-11-23-2233.nnrec") == [stop(0, 1), stop(1, 2)]


def test_r_refuses_a_file_that_is_not_ours_and_takes_another_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "essay.txt").write_text("all of it")
    record(tmp_path / "other.nnrec", lambda w: w.settled(), TWO)

    async def story(w):
        await w.press("R", "ctrl+u", *"essay.txt", "enter")
        await w.until(lambda: "essay.txt: is there already and no recording" in w.text())
        assert w.lesson.navigator.recorders.mark == ""
        await w.press("ctrl+u", *"other.nnrec", "enter")
        await w.until(lambda: "is a recording of another scenario, 'Two by two'" in w.text())
        await w.press("ctrl+u", *"no/such/folder", "enter")
        await w.until(lambda: "cannot be written (no such file or directory)" in w.text())
        await w.press("ctrl+u", *"mine.nnrec", "enter")
        await w.until(lambda: "recording to mine.nnrec" in w.text())
        await w.press("right")

    before = (tmp_path / "other.nnrec").read_bytes()
    run_story(story, PLAIN, (120, 40))
    assert (tmp_path / "essay.txt").read_text() == "all of it"
    assert (tmp_path / "other.nnrec").read_bytes() == before
    assert steps(tmp_path / "mine.nnrec") == [0, 1]


def test_r_goes_on_with_a_recording_of_the_same_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(w):
        for _ in range(2):
            await w.press("R", "ctrl+u", *"r", "enter")
            await w.press("right")
            await w.press("R")

    tell(story, PLAIN)
    assert steps(tmp_path / "r") == [0, 1, 1, 2]
    assert read_recording(tmp_path / "r").lesson.stops == 3


def test_a_recording_is_refused_while_another_session_writes_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other = a_session()
    other.recorders.begin("r", PLAIN)

    async def story(w):
        await w.press("R", "ctrl+u", "r", "enter")
        await w.until(lambda: "is being recorded by another session" in w.text())

    tell(story, PLAIN, (120, 40))
    other.recorders.close()


# --- two recordings


def test_the_session_keeps_the_same_for_itself_and_for_nobody_else(tmp_path):
    changed, clock = replace(TWO, title="Edited", epochs=1, notes=()), Clock()

    async def story(w):
        for key in ("right", "end", "r", "right"):
            clock.seconds += 1
            await w.press(key)
        await w.press("m", *"ah", "enter")

    record(tmp_path / "r", story, TWO, clock, SessionHistory(tmp_path / "state"), reload=lambda: changed)
    (own,) = (tmp_path / "state").iterdir()
    assert own.read_bytes() == (tmp_path / "r").read_bytes()
    assert len(moves(own)) == 6
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700


def test_nothing_is_kept_of_a_session_in_which_nothing_was_opened(tmp_path):
    async def story(w):
        await w.press("down")

    run_story(story, session=a_session(history=SessionHistory(tmp_path / "state")))
    assert not (tmp_path / "state").exists()


FAR = pytest.mark.parametrize("far", [10, pytest.param(100, marks=pytest.mark.sweep(usual=False))])


def keyframes_of_far_jumps(path, far, monkeypatch):
    """A recording of jumps to epochs 3 · `far` and others, which has the keyframes that it must have. far: up to 100."""
    monkeypatch.setattr(keyframe, "SPACING", keyframe.SPACING * far // 100)

    async def far_jumps(w):
        for epoch in (3 * far, far, 9 * far, 15 * far, 15 * far + 1):
            await w.press("g", *f"{epoch}:2:z", "enter")
        await w.press("r")
        await w.press("g", *f"{19 * far}:1", "enter")

    record(path, far_jumps, XOR, reload=lambda: replace(XOR, order="shuffled", notes=()), tell=tell)
    recording = read_recording(path)
    found = [known.iteration for known in recording.keyframes]
    assert found == [12 * far - 3, 4 * far - 3, 36 * far - 3, 60 * far - 3, 60 * far + 1, 76 * far - 4]
    assert [known.chapter for known in recording.keyframes] == [0, 0, 0, 0, 1, 1]
    return recording


@FAR
@pytest.mark.usefixtures("numpy_alone")
def test_keyframes_of_a_long_lesson_are_what_recomputing_gives(tmp_path, far, monkeypatch):
    lines, code = report(keyframes_of_far_jumps(tmp_path / "r", far, monkeypatch))
    assert code == 0
    assert lines == [f"{tmp_path / 'r'}: 9 moves, ends at {19 * far}:1:input, 6 keyframes recomputed and equal"]


@FAR
def test_keyframes_by_the_engine_that_is_there_are_what_numpy_gives(tmp_path, far, monkeypatch):
    recording = keyframes_of_far_jumps(tmp_path / "r", far, monkeypatch)
    monkeypatch.setattr(SWITCH, "pure", True)
    (line,), code = report(recording)
    assert code == 0
    assert line.endswith(f" moves, ends at {19 * far}:1:input, 6 keyframes recomputed and equal")


# --- what goes wrong


def test_a_full_disk_is_told_at_once_and_again_on_leaving_and_the_session_goes_on(tmp_path, monkeypatch):
    async def story(w):
        await w.press("right")
        fill_disk(monkeypatch, after=1)
        await w.press("right")
        assert "not recorded" not in w.text()
        await w.press("right")
        assert "r.nnrec: not recording (no space left on device); what was written" in w.text()
        assert w.text().splitlines()[0].startswith(" ✗ not recorded")
        assert w.address == "1:1:a:1:1"
        await w.press("right", "right")
        assert w.address == "1:1:z:2:1"
        assert "not recording" not in w.text(), "told once"
        assert w.text().splitlines()[0].startswith(" ✗ not recorded")

    session = record(tmp_path / "r.nnrec", story, PLAIN)
    monkeypatch.undo()
    assert steps(tmp_path / "r.nnrec") == [0, 1, 2]
    (words,) = session.recorders.farewells()
    assert words == (
        f"{tmp_path / 'r.nnrec'}: not recording (no space left on device); what was written before is kept. "
        "3 of 6 moves of this session were not kept."
    )


@pytest.mark.parametrize("keys", [["r"], ["m", *"ah", "enter"], ["space"], ["end"]])
def test_whatever_could_not_be_kept_is_told(tmp_path, monkeypatch, keys):
    async def story(w):
        fill_disk(monkeypatch)
        await w.press(*keys)
        assert "r.nnrec: not recording (no space left on device)" in w.text().splitlines()[-1]

    record(tmp_path / "r.nnrec", story, TWO, reload=lambda: replace(TWO, title="Edited"), size=(120, 40), tell=tell)
    assert steps(tmp_path / "r.nnrec") == [0]


def test_trouble_of_the_sessions_own_recording_is_told_too(tmp_path, monkeypatch):
    async def story(w):
        await w.press("right")
        fill_disk(monkeypatch)
        await w.press("right")
        words = " ".join(line.strip(" ▍") for line in w.text().splitlines())
        assert re.search(r"20261123T223331-[0-9a-f]{16}-1\.nnrec: not recording \(no space left on device\)", words)
        assert "not recorded" not in w.text(), "nobody asked for that one"
        await w.press("m")
        assert "nothing is being recorded here that could hold a note" in w.text()

    session = a_session(history=SessionHistory(tmp_path / "state"))
    tell(story, PLAIN, session=session)
    monkeypatch.undo()
    (words,) = session.recorders.close()
    assert words.endswith("1 of 3 moves of this session were not kept.")


def test_a_recording_that_cannot_begin_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(w):
        fill_disk(monkeypatch)
        await w.press("R", "ctrl+u", "r", "enter")
        assert "r: not recording (no space left on device)" in w.text()
        assert w.text().splitlines()[0].startswith(" ✗ not recorded")
        await w.press("right")
        await w.press("R")
        assert "r: 2 of 2 moves were not kept (disk full)." in w.text()
        assert "not recorded" not in w.text().splitlines()[0]

    session = a_session()
    tell(story, PLAIN, (120, 40), session=session)
    assert session.recorders.close()[0].endswith("2 of 2 moves of this session were not kept.")
    assert list(tmp_path.iterdir()) == []


def test_a_state_folder_that_cannot_be_made_is_told_and_nothing_else(tmp_path):
    (tmp_path / "file").write_text("")

    async def story(w):
        assert "This session is not kept for --resume: not a directory (--no-history keeps none)" in w.text()
        await w.press("right")
        assert w.address == "1:1:z:1:1"
        assert "--resume" not in w.text()

    session = a_session(history=SessionHistory(tmp_path / "file" / "state"))
    tell(story, PLAIN, (120, 40), session=session)
    assert session.recorders.close() == []


def test_a_recording_that_was_removed_is_told_on_leaving(tmp_path):
    async def story(w):
        await w.press("right")
        (tmp_path / "r").unlink()

    session = record(tmp_path / "r", story, PLAIN)
    assert "is gone." in session.recorders.close()[0]


def test_a_recording_gone_on_with_is_told_the_grain_that_it_does_not_know(tmp_path):
    def story(keys):
        async def told(w):
            await w.press(*keys)

        return told

    record(tmp_path / "r", story(["5", "right"]), XOR, tell=tell)
    assert read_recording(tmp_path / "r").lesson.grain == "epoch"
    record(tmp_path / "r", story(["right"]), XOR, tell=tell)
    lesson = read_recording(tmp_path / "r").lesson
    assert lesson.grain == "neuron", "a session begins with neurons, whatever was before"
