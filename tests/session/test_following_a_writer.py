"""A recording that is followed: who goes with its writer is taken along, who looks round is not."""

from dataclasses import replace
from itertools import pairwise

import pytest

from nntui.files.library import load
from nntui.files.recording.follower import Follower
from nntui.lesson.events import Stop
from nntui.session.movement.following import FOLLOWING, TOO_QUICK
from nntui.session.opening import of_following
from tests.recording.making import recorder
from tests.session.fake_window import FakeLesson

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
    next(timer for timer in lesson.window.ringing if timer.seconds == FOLLOWING).call()


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


def test_a_writer_who_is_too_quick_to_be_watched_is_painted_at_every_second_look(followed):
    paints = [followed.window.paints]
    for number in range(6):
        for step in range(2, 2 + 2 * TOO_QUICK):
            followed.writer.record(Stop(2.0 + number, step % 20))
        look(followed)
        paints.append(followed.window.paints)
    assert [after > before for before, after in pairwise(paints)] == [True, False] * 3
    followed.writer.record(Stop(9.0, 7))
    look(followed)
    assert followed.position.step == 7
