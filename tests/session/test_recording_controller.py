"""Recording and notes, as the keys do them."""

from dataclasses import replace

from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session
from tests.tui.lessons import fill_disk

XOR = replace(load("xor"), notes=())


def test_a_recording_is_begun_under_the_proposed_or_another_name_and_ended(tmp_path):
    lesson = FakeLesson(XOR)
    lesson.do("record")
    assert lesson.window.requests[-1].value == "lesson-2026-11-23-2233.nnrec"
    assert lesson.window.answer(str(tmp_path / "r.nnrec")) == ""
    assert lesson.navigator.recorders.mark == "on"
    lesson.do("forward")
    lesson.do("record")
    assert lesson.words.endswith("2 moves kept; the recording has ended")
    assert read_recording(tmp_path / "r.nnrec").lesson.stops == 2


def test_a_note_is_kept_at_its_step_pauses_play_and_is_shown_there(tmp_path):
    lesson = FakeLesson(XOR)
    lesson.do("record")
    lesson.window.answer(str(tmp_path / "r.nnrec"))
    lesson.do("play")
    lesson.do("remark")
    assert not lesson.position.playing
    assert lesson.window.answer("look here") == ""
    notes, timeline = lesson.navigator.notes, lesson.navigator.timeline
    assert notes.at(timeline, lesson.position) == "look here"
    assert notes.at(timeline, replace(lesson.position, step=1)) == ""


def test_without_a_recording_there_is_nothing_that_could_hold_a_note():
    lesson = FakeLesson(XOR)
    lesson.do("remark")
    assert (lesson.window.requests, lesson.words.startswith("nothing is being recorded")) == ([], True)


def test_a_recording_that_is_gone_is_said_as_long_as_it_is_and_r_begins_another(tmp_path):
    session = a_session(history=SessionHistory(tmp_path / "sessions"))
    session.recorders.begin(tmp_path / "r.nnrec", XOR)
    lesson = FakeLesson(XOR, session=session)
    (tmp_path / "r.nnrec").unlink()
    for _ in range(5):
        lesson.do("forward")
        assert lesson.paint()[0].startswith(" ✗ not recorded (file gone)  XOR"), "under a held key, too"
    lesson.do("record")
    assert lesson.words == "r.nnrec: 6 of 6 moves were not kept (file gone)."
    assert lesson.window.requests[-1].said == lesson.words, "above the line, which covers the foot"
    assert lesson.window.answer(str(tmp_path / "again.nnrec")) == ""
    lesson.do("forward")
    assert lesson.paint()[0].startswith(" ● XOR")
    (own,) = (tmp_path / "sessions").glob("*.nnrec")
    told = session.recorders.close()
    assert told[0] == f"not recording: {tmp_path / 'r.nnrec'} is gone. 6 of 6 moves of this session were not kept."
    assert [read_recording(path).lesson.end.step for path in (own, tmp_path / "again.nnrec")] == [6, 6]


def test_the_loss_is_said_at_the_next_step(tmp_path):
    session = a_session()
    session.recorders.begin(tmp_path / "r.nnrec", XOR)
    lesson = FakeLesson(XOR, session=session)
    (tmp_path / "r.nnrec").unlink()
    lesson.do("forward")
    assert lesson.words == "not recording: r.nnrec is gone; R begins another."


def test_the_loss_of_the_sessions_own_recording_is_said_too(tmp_path):
    session = a_session(history=SessionHistory(tmp_path / "sessions"))
    lesson = FakeLesson(XOR, session=session)
    (own,) = (tmp_path / "sessions").glob("*.nnrec")
    own.write_bytes(b"")
    lesson.do("forward")
    lesson.do("forward")
    assert lesson.paint()[0].startswith(" ✗ not kept  XOR")
    assert session.recorders.close()[0].endswith("was cut short by another program. 3 of 3 moves of this session were not kept.")


def test_what_a_full_disk_did_not_take_is_said_in_one_line_when_r_ends_the_recording(tmp_path, monkeypatch):
    session = a_session()
    session.recorders.begin(tmp_path / "lesson-2026-11-27-0743.nnrec", XOR)
    lesson = FakeLesson(XOR, session=session)
    fill_disk(monkeypatch)
    for _ in range(3):
        lesson.do("forward")
    lesson.do("record")
    assert lesson.words == "lesson-2026-11-27-0743.nnrec: 3 of 4 moves were not kept (disk full)."
    assert len(lesson.words) < 78
