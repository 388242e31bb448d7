"""A lesson over SSH: recorded, lost in the middle of it, continued, replayed, and followed by a class."""

import pytest

from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from tests.ssh.test_bad_lines import WAYS

CLASS = [(80, 24), (60, 20), (200, 50)]
LARGE_CLASS = [(80, 24), (120, 40), (60, 20), (100, 30), (200, 50)]


def picture(client):
    """The screen without its foot."""
    return client.text().splitlines()[:-1]


@pytest.mark.sweep
@pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS)
def test_a_line_lost_while_playing_loses_nothing_that_was_seen(host, tmp_path, leave):
    lesson = tmp_path / "lesson.nnrec"
    client = host.open("two-by-two", "--record", lesson, XDG_STATE_HOME=tmp_path / "state")
    client.until("step 1/22")
    client.press("m", *"look", "\r", "+", "+", "+", " ")
    client.until("step 9/22")
    leave(client)
    host.until_gone(client.app)
    recording = read_recording(lesson)
    assert (recording.fault, recording.torn) == (None, "")
    assert recording.lesson.end.step >= 8
    assert [mark.text for mark in recording.lesson.marks] == ["look"]
    assert report(recording)[1] == 0
    again = host.open("--resume", XDG_STATE_HOME=tmp_path / "state")
    again.until(f"step {recording.lesson.end.step % 22 + 1}/22")
    fresh = host.open("two-by-two", "--at", str(recording.scenario.course.address(recording.lesson.end.step)))
    fresh.until(f"step {recording.lesson.end.step % 22 + 1}/22")
    host.until(lambda: picture(again) == picture(fresh))


def test_a_recording_is_replayed_stop_by_stop_and_in_its_own_time(host, tmp_path):
    lesson = tmp_path / "lesson.nnrec"
    teacher = host.open("two-by-two", "--record", lesson)
    teacher.until("step 1/22")
    for step in (2, 3, 4):
        teacher.press("right")
        teacher.until(f"step {step}/22")
    teacher.press("q")
    assert teacher.ended() == 0
    student = host.open(lesson, size=(80, 24))
    student.until("stop 1/4")
    student.press("right")
    student.until("step 2/22")
    student.press(" ")
    student.until("stop 4/4")
    student.until("step 4/22")


@pytest.mark.parametrize("sizes", [CLASS, pytest.param(LARGE_CLASS, marks=pytest.mark.sweep(usual=False))], ids=len)
def test_a_class_follows_its_teacher_on_screens_of_any_size(host, tmp_path, sizes):
    lesson = tmp_path / "lesson.nnrec"
    teacher = host.open("two-by-two", "--record", lesson)
    teacher.until("step 1/22")
    students = [host.open(lesson, "--follow", size=size) for size in sizes]
    for student in students:
        student.until("live")
    for step in (2, 3, 4):
        teacher.press("right")
        for student in students:
            student.until(f"step {step}/22")
    students[0].press("left")
    students[0].until("step 3/22")
    teacher.press("right")
    students[1].until("step 5/22")
    assert "step 3/22" in students[0].text()
    students[0].press("\x7f")
    students[0].until("step 5/22")
    teacher.press("q")
    assert teacher.ended() == 0
    for student in students:
        student.until("the writer has left")
