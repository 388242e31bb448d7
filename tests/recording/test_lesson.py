"""The position at any moment of a lesson, held against a lesson made stop by stop."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nntui.files.library import load
from nntui.lesson.event_cards import EVENT_CARDS
from nntui.lesson.events import QUIET, Event, LessonError, Play, Reload, Remark, Score, Stop
from nntui.lesson.log import Lesson, LessonPlace
from nntui.lesson.strides import stride
from nntui.training.steps import GRAINS
from tests.recording.making import small
from tests.strategies import examples

XOR = load("xor")
COURSE = XOR.course


def test_every_kind_of_event_has_a_card():
    assert EVENT_CARDS.keys() == set(get_args(Event))


def test_the_kinds_that_change_the_position_are_those_that_are_not_quiet():
    moving = {kind for kind, card in EVENT_CARDS.items() if card.reached is not None}
    assert moving - {Score} == EVENT_CARDS.keys() - QUIET  # a prediction says where a lesson begins, if it is the first event


def stops_of(first, last, grain):
    """The stops of a play, one after the other."""
    stops = []
    while first < last:
        first = min(COURSE.forward(first, grain), last)
        stops.append(first)
    return stops


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(GRAINS))
@examples(200)
def test_a_play_has_the_stops_of_its_grain(first, further, grain):
    stops = stops_of(first, first + further, grain)
    counted = stride(COURSE, grain)
    assert counted.count(first, first + further) == len(stops)
    assert [counted.after(first, n, first + further) for n in range(1, len(stops) + 1)] == stops


steps = st.integers(0, 300)
plays = st.builds(
    lambda first, further, speed, grain: (first, first + further, speed, grain),
    steps, st.integers(0, 120), st.sampled_from([0.5, 1.0, 2.0, 20.0]), st.sampled_from(GRAINS),
)  # fmt: skip
happenings = st.lists(
    st.tuples(st.floats(0, 30).map(lambda t: round(t, 3)), st.one_of(steps, plays, st.just("note"))), max_size=12
)


def made(happened):
    lesson, now, here, places = Lesson(XOR), 0.0, None, []
    for wait, what in happened:
        now += wait
        match what:
            case int(step):
                lesson.append(Stop(now, step))
                new = [step] if step != here else []
            case "note":
                lesson.append(Remark(now, here or 0, "x"))
                new = [0] if here is None else []
            case first, last, speed, grain:
                lesson.append(Play(now, first, last, speed, grain))
                new = stops_of(first, last, grain) or ([last] if here is None else [])
        places += new
        here = places[-1] if places else None
    return lesson, places


@example([(16.812, (0, 42, 0.5, "phase")), (11.469, "note")])  # its span · 12 / 12 is more than its span
@given(happenings)
@examples(150)
def test_stops_places_and_times_agree(happened):
    lesson, places = made(happened)
    assert lesson.stops == len(places)
    assert [lesson.place(stop).step for stop in range(lesson.stops)] == places
    assert lesson.end == LessonPlace(0, places[-1] if places else 0)
    assert [lesson.farthest(stop) for stop in range(lesson.stops)] == [max(places[: n + 1]) for n in range(len(places))]
    times = [lesson.time_of(stop) for stop in range(lesson.stops)]
    assert times == sorted(times)
    assert all(0 <= time <= lesson.duration for time in times)
    for stop, time in enumerate(times):
        assert lesson.stop_at(time) == max(n for n, other in enumerate(times) if other == time or n == stop)
    assert lesson.stop_at(-1.0) == 0
    assert lesson.stop_at(lesson.duration) == max(lesson.stops - 1, 0)
    # no silence of the bar is longer than two seconds
    edges = [0.0, *times, lesson.duration]
    slow = max((1 / what[2] for _, what in happened if isinstance(what, tuple)), default=0.0)
    notes = [mark.seconds for mark in lesson.marks]
    begun = sorted([*edges, *notes])
    assert all(b - a <= max(2.0, slow) * (len(happened) + 1) + 1e-9 for a, b in pairwise(begun))


def test_long_pauses_are_two_seconds():
    lesson = Lesson(XOR)
    for seconds, step in ((100.0, 0), (101.0, 1), (3600.0, 2)):
        lesson.append(Stop(seconds, step))
    assert [lesson.time_of(n) for n in range(3)] == [2.0, 3.0, 5.0]
    assert (lesson.duration, lesson.seconds) == (5.0, 3600.0)


def test_a_play_is_cut_short_by_what_comes_next():
    lesson = Lesson(XOR)
    lesson.append(Play(0.0, 0, 10, 1.0, "neuron"))
    assert lesson.duration == 9.0
    assert [lesson.stop_at(t) for t in (0.0, 0.9, 1.0, 8.9, 9.0)] == [0, 0, 1, 8, 9]
    lesson.append(Stop(4.5, 20))
    assert lesson.duration == 4.5
    assert [lesson.place(lesson.stop_at(t)).step for t in (0.0, 0.5, 4.4, 4.5)] == [1, 2, 9, 20]


def test_a_play_of_a_whole_run_is_not_enumerated():
    lesson = Lesson(XOR)
    lesson.append(Play(0.0, 0, COURSE.last, 1000.0, "neuron"))
    assert lesson.stops == COURSE.last
    assert lesson.place(77_000).step == 77_001


def test_another_scenario_is_another_chapter():
    lesson = Lesson(XOR)
    for event in (Stop(0.0, 30), Remark(1.0, 30, "n"), Reload(2.0, small(), 3), Stop(3.0, 3), Stop(4.0, 4)):
        lesson.append(event)
    assert [lesson.place(n) for n in range(lesson.stops)] == [LessonPlace(0, 30), LessonPlace(1, 3), LessonPlace(1, 4)]
    assert [(mark.seconds, mark.stop) for mark in lesson.marks] == [(1.0, 0)]


@pytest.mark.parametrize(
    "event",
    [
        Stop(4.0, 0), Stop(float("nan"), 0), Stop(1e10, 0), Stop(5.0, COURSE.last + 1), Stop(5.0, -1),
        Play(5.0, 4, 3, 1.0, "neuron"), Play(5.0, 0, COURSE.last + 1, 1.0, "neuron"), Play(5.0, 0, 1, 0.0, "neuron"),
        Play(5.0, 0, 1, 1e9, "neuron"), Play(5.0, 0, 1, 1.0, "hour"), Reload(5.0, small(), 10**9), Remark(5.0, -3, ""),
    ],
)  # fmt: skip
def test_what_cannot_happen_is_not_taken_in(event):
    lesson = Lesson(XOR)
    lesson.append(Stop(5.0, 7))
    with pytest.raises(LessonError, match="; expected"):
        lesson.append(event)
    assert (len(lesson), lesson.stops, lesson.end) == (1, 1, LessonPlace(0, 7))


def test_the_farthest_step_starts_again_with_another_scenario():
    lesson = Lesson(XOR)
    for event in (Stop(0, 90), Stop(1, 5), Reload(2, small(), 3), Stop(3, 1)):
        lesson.append(event)
    assert [lesson.farthest(stop) for stop in range(lesson.stops)] == [90, 90, 3, 3]
