"""A recording that is followed: who goes with its writer is taken along, who looks round is not."""

import os
from contextlib import closing
from dataclasses import replace

import pytest

from nntui.engine.compiled.choice import passes, usable
from nntui.files.library import load
from nntui.files.recording import follower, reader
from nntui.files.recording.follower import Follower
from nntui.lesson.events import Remark, Stop
from nntui.session.movement.following import BEAT, FOLLOWING, REST, SETTLED, TOO_QUICK
from nntui.session.opening import of_following
from tests.recording.making import recorder
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session

TWO = replace(load("two-by-two"), notes=())


@pytest.fixture
def followed(tmp_path):
    writer = recorder(tmp_path / "r.nnrec", TWO)
    writer.record(Stop(0.0, 0))
    writer.record(Stop(1.0, 1))
    lesson = FakeLesson(opening=of_following(Follower(tmp_path / "r.nnrec")))
    lesson.writer = writer
    yield lesson
    lesson.controllers.end()
    writer.close()


def look(lesson):
    timer = lesson.window.ringing[-1]
    timer.stop()
    timer.call()


def test_the_compiled_engine_is_compared_with_numpy_before_a_far_move_needs_it(followed):
    (timer,) = (timer for timer in followed.window.ringing if timer.seconds == SETTLED)
    passes.cache_clear()
    timer.call()
    assert passes.cache_info().misses == (usable() is not None)


def test_who_goes_with_the_writer_is_taken_along(followed):
    assert followed.position.step == 1
    followed.writer.record(Stop(2.0, 5))
    look(followed)
    assert followed.position.step == 5


def test_who_looks_round_stays_and_backspace_catches_up(followed):
    followed.do("grain", "neuron")
    followed.do("back")
    followed.writer.record(Stop(2.0, 5))
    look(followed)
    assert followed.position.step == 0
    followed.do("return")
    assert (followed.position.step, followed.position.playing) == (5, True)


def test_where_nothing_is_new_nothing_is_painted(followed):
    look(followed)
    paints = followed.window.paints
    look(followed)
    assert followed.window.paints == paints


def test_a_file_that_was_cut_short_is_told_and_what_was_seen_stays(followed):
    path = followed.navigator.replay.follower.path
    os.truncate(path, path.stat().st_size - 3)
    look(followed)
    assert "the file was cut short" in followed.paint()[-1]
    assert followed.position.step == 1


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clocked(tmp_path):
    clock, path = Clock(), tmp_path / "r.nnrec"
    with closing(recorder(path, TWO)) as writer:
        writer.record(Stop(0.0, 0))
        lesson = FakeLesson(opening=of_following(Follower(path)), session=a_session(clock))
        lesson.writer, lesson.clock = writer, clock
        yield lesson
        lesson.controllers.end()


def look_in_time(lesson, stops, late=0.0):
    """A look that comes `late` seconds after it was due, when `stops` stops are new; the pause after it."""
    for step in range(1, stops + 1):
        lesson.writer.record(Stop(lesson.clock.seconds, step))
    lesson.clock.seconds += lesson.window.ringing[-1].seconds + late
    look(lesson)
    return lesson.window.ringing[-1].seconds


@pytest.mark.parametrize(
    ("stops", "pause"), [(1, FOLLOWING), (TOO_QUICK - 1, FOLLOWING), (TOO_QUICK, BEAT), (10 * TOO_QUICK, BEAT)]
)
def test_of_a_quick_writer_pictures_come_in_a_slower_beat(clocked, stops, pause):
    for _ in range(3):
        assert look_in_time(clocked, stops) == pytest.approx(pause)
        assert clocked.workspace.hurries == (pause == BEAT)
        assert clocked.position.step == stops
    assert look_in_time(clocked, 0) == pytest.approx(FOLLOWING)
    assert not clocked.workspace.hurries


@pytest.mark.parametrize(("late", "pause"), [(0.05, BEAT - 0.05), (0.12, BEAT - 0.12), (0.2, REST), (5.0, REST)])
def test_a_look_that_comes_late_puts_off_none_but_leaves_a_rest(clocked, late, pause):
    look_in_time(clocked, TOO_QUICK)
    assert look_in_time(clocked, TOO_QUICK, late) == pytest.approx(pause)
    assert look_in_time(clocked, TOO_QUICK) == pytest.approx(BEAT)


def test_a_clock_that_stands_still_puts_no_look_off(clocked):
    for _ in range(5):
        look(clocked)
        assert clocked.window.ringing[-1].seconds == pytest.approx(FOLLOWING)


@pytest.mark.parametrize("leaves", [False, True])
def test_what_was_written_while_the_follower_slept_is_read_in_parts_with_room_for_keys_between(clocked, monkeypatch, leaves):
    monkeypatch.setattr(follower, "AT_ONCE", 2000)
    monkeypatch.setattr(reader, "PIECE", 500)
    for step in range(400):
        clocked.writer.record(Stop(clocked.clock.seconds, step))
    if leaves:
        clocked.writer.close()
    seen = [clocked.position.step]
    while clocked.navigator.replay.follower.is_behind or len(seen) == 1:
        assert clocked.navigator.replay.follower.state == "written"
        clocked.clock.seconds += clocked.window.ringing[-1].seconds
        look(clocked)
        seen.append(clocked.position.step)
        assert clocked.window.ringing[-1].seconds == pytest.approx(REST) or seen[-1] == 399
    assert seen == sorted(set(seen)) and len(seen) > 8
    assert seen[-1] == 399
    look(clocked)
    assert clocked.navigator.replay.follower.state == ("left" if leaves else "written")


def test_a_line_that_is_longer_than_a_look_reads_is_read_whole(followed, monkeypatch):
    monkeypatch.setattr(follower, "AT_ONCE", 100)
    monkeypatch.setattr(reader, "PIECE", 50)
    followed.writer.record(Remark(2.0, 3, "a" * 2000))
    for step in range(4, 24):
        followed.writer.record(Stop(3.0, step))
    look(followed)
    assert 3 <= followed.position.step < 23
    assert followed.navigator.replay.follower.is_behind
    for _ in range(20):
        look(followed)
    assert (followed.position.step, followed.navigator.replay.follower.is_behind) == (23, False)


def test_a_burst_of_stops_is_painted_once(followed):
    paints = followed.window.paints
    for step in range(20):
        followed.writer.record(Stop(2.0, step))
    look(followed)
    assert followed.window.paints == paints + 1
    assert followed.position.step == 19
