"""Recording and notes, as the keys do them."""

from dataclasses import replace

from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from tests.session.fake_window import FakeLesson

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
