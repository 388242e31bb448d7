"""The position of the student, as a value."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.session.position import LESSON_GRAINS, SPEEDS, Position, back, forward, moved, other_point, other_speed, with_grain
from nntui.training.steps import GRAINS, Course

COURSE = Course(units=(2, 1), points=4, epochs=3)
HERE = Position(step=40, farthest=3)

positions = st.builds(
    Position, step=st.integers(0, COURSE.last), grain=st.sampled_from(GRAINS), farthest=st.just(11), speed=st.sampled_from(SPEEDS)
)


@given(positions)
def test_forward_and_back_go_from_stop_to_stop(position):
    stop = forward(position, COURSE)
    assert stop.step > position.step or position.step == COURSE.last
    if stop.step < COURSE.last:
        assert back(forward(stop, COURSE), COURSE) == stop


@given(positions, st.integers(-1000, 1000))
def test_one_stays_in_the_run_and_nothing_else_changes(position, by):
    there = moved(position, COURSE, position.step + by)
    assert there.step == min(max(position.step + by, 0), COURSE.last)
    assert replace(there, step=position.step) == position


def test_the_farthest_iteration_is_remembered():
    far = moved(HERE, COURSE, 100)
    assert (far.farthest, moved(far, COURSE, 0).farthest) == (100 // 17, 100 // 17)


def test_play_ends_with_the_run():
    playing = replace(HERE, playing=True)
    assert moved(playing, COURSE, 41).playing
    assert not moved(playing, COURSE, COURSE.last).playing


@pytest.mark.parametrize(("step", "by", "there"), [(40, 1, 57), (40, -1, 23), (40, -3, 40), (COURSE.last, 1, COURSE.last)])
def test_the_same_step_of_another_point(step, by, there):
    assert other_point(replace(HERE, step=step), COURSE, by).step == there


def test_speeds_have_two_ends():
    speeds = [Position(speed=SPEEDS[0])]
    for _ in range(10):
        speeds.append(other_speed(speeds[-1], 1))
    assert [position.speed for position in speeds[: len(SPEEDS)]] == list(SPEEDS)
    assert speeds[-1].speed == SPEEDS[-1]
    assert other_speed(speeds[0], -1).speed == SPEEDS[0]


@pytest.mark.parametrize("grain", LESSON_GRAINS)
@pytest.mark.parametrize("other", LESSON_GRAINS)
def test_play_goes_on_with_another_grain_but_not_from_a_lesson_into_the_run_or_back(grain, other):
    playing = with_grain(replace(HERE, playing=True, grain=grain), other)
    assert (playing.grain, playing.playing) == (other, (grain == "stop") == (other == "stop"))
    assert not with_grain(replace(HERE, grain=grain), other).playing
