"""Play at a steady speed, and a recorded lesson in the time it took."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.opening import of_recording
from nntui.session.position import SPEEDS
from tests.recording.making import a_lesson
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import Clock, a_session

XOR = replace(load("xor"), notes=())


def test_play_goes_from_stop_to_stop_at_its_speed_until_it_is_paused():
    lesson = FakeLesson(XOR)
    lesson.do("play")
    (timer,) = lesson.window.ringing
    assert timer.seconds == 1 / lesson.position.speed
    timer.call()
    timer.call()
    assert (lesson.position.step, lesson.position.playing) == (2, True)
    lesson.do("play")
    assert (lesson.position.playing, lesson.window.ringing) == (False, [])


def test_a_step_pauses():
    lesson = FakeLesson(XOR)
    lesson.do("play")
    lesson.do("forward")
    assert (lesson.position.step, lesson.position.playing, lesson.window.ringing) == (1, False, [])


def test_play_ends_with_the_run():
    run = replace(XOR, epochs=1)
    lesson = FakeLesson(run, step=run.course.last - 1)
    lesson.do("play")
    (timer,) = lesson.window.ringing
    timer.call()
    assert (lesson.position.step, lesson.position.playing, lesson.window.ringing) == (run.course.last, False, [])
    lesson.do("play")
    assert not lesson.position.playing, "there is nothing left to play"


def test_faster_and_slower_change_the_timer():
    lesson = FakeLesson(XOR)
    lesson.do("play")
    lesson.do("faster")
    assert lesson.position.speed == SPEEDS[SPEEDS.index(2.0) + 1]
    assert [timer.seconds for timer in lesson.window.ringing] == [1 / lesson.position.speed]
    lesson.do("slower")
    assert [timer.seconds for timer in lesson.window.ringing] == [1 / 2.0]


def test_a_tick_that_leads_far_waits_for_the_computing():
    lesson = FakeLesson(replace(XOR, epochs=100_000))
    lesson.do("grain", "epoch")
    lesson.do("play")
    lesson.navigator.aim(replace(lesson.navigator.to(lesson.navigator.course.last), playing=True))
    (timer,) = lesson.window.ringing
    timer.call()
    assert lesson.position.step == 0, "nothing ticks while a far position is computed"


def test_grains_go_round_and_the_stops_of_a_recording_are_for_recordings():
    lesson = FakeLesson(XOR)
    seen = []
    for _ in range(5):
        lesson.do("next_grain")
        seen.append(lesson.position.grain)
    assert seen == ["layer", "phase", "point", "epoch", "neuron"]
    lesson.do("grain", "stop")
    assert (lesson.position.grain, lesson.words.startswith("this is no recording")) == ("neuron", True)


@pytest.fixture
def replayed(tmp_path):
    a_lesson(tmp_path / "r.nnrec")
    clock = Clock()
    lesson = FakeLesson(opening=of_recording(read_recording(tmp_path / "r.nnrec")), session=a_session(clock))
    lesson.clock = clock
    return lesson


def test_a_recorded_lesson_is_played_in_the_time_it_took(replayed):
    replayed.do("play")
    (timer,) = replayed.window.ringing
    assert timer.seconds == pytest.approx(1.5)
    replayed.clock.seconds += timer.seconds
    timer.call()
    assert (replayed.position.stop, replayed.position.step, replayed.position.playing) == (1, 1, True)


def test_stops_whose_time_has_passed_are_passed_over_and_play_ends_with_the_lesson(replayed):
    replayed.do("play")
    (timer,) = replayed.window.ringing
    replayed.clock.seconds += 1000
    timer.call()
    assert replayed.position.stop == replayed.navigator.lesson.stops - 1
    assert not replayed.position.playing


def test_the_rate_of_a_lesson_changes_what_is_left_to_wait(replayed):
    replayed.do("play")
    replayed.clock.seconds += 0.5
    replayed.do("faster")
    assert replayed.window.ringing[-1].seconds == pytest.approx(0.5), "one second of the lesson at twice the rate"
