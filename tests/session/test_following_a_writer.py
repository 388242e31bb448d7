"""A recording that is followed: who goes with its writer is taken along, who looks round is not."""

from contextlib import closing
from dataclasses import replace

import pytest

from nntui.files.library import load
from nntui.files.recording.follower import Follower
from nntui.lesson.events import Stop
from nntui.session.movement.following import FOLLOWING, LONGEST, REST, TOO_QUICK
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


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.mark.parametrize(
    ("stops", "took", "pause"),
    [
        (1, 0.2, FOLLOWING),
        (TOO_QUICK, 0.001, FOLLOWING),
        (TOO_QUICK, 0.02, REST * 0.02),
        (TOO_QUICK, 5.0, LONGEST),
    ],
)
def test_of_a_quick_writer_pictures_come_as_often_as_the_machine_can_make_them(tmp_path, stops, took, pause):
    clock, path = Clock(), tmp_path / "r.nnrec"
    with closing(recorder(path, TWO)) as writer:
        writer.record(Stop(0.0, 0))
        lesson = FakeLesson(opening=of_following(Follower(path)), session=a_session(clock))
        for second in (1, 2):
            for step in range(1, stops + 1):
                writer.record(Stop(float(second), step))
            look(lesson)
            clock.seconds += took
            lesson.controllers.painted()
        assert lesson.window.ringing[-1].seconds == pytest.approx(pause)
        assert lesson.workspace.hurries == (pause > FOLLOWING)
        assert lesson.position.step == stops
        look(lesson)
        assert lesson.window.ringing[-1].seconds == FOLLOWING
        lesson.controllers.end()


def test_a_burst_of_stops_is_painted_once(followed):
    paints = followed.window.paints
    for step in range(20):
        followed.writer.record(Stop(2.0, step))
    look(followed)
    assert followed.window.paints == paints + 1
    assert followed.position.step == 19
