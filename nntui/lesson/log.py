"""A lesson: the events of a session in order, and the student's position at any moment of it.

Nothing here has a clock: every event has its time in seconds since the start, and the caller says which moment it wants.
Times on the *time bar* are those times with long pauses cut to two seconds. The *stops* are the positions that the
student had, counted from 0: a replay is an integer that moves over them.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from nntui.lesson.chapter_table import ChapterTable
from nntui.lesson.checks import MOST_SECONDS, check_event
from nntui.lesson.entries import Entries, Entry
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.lesson.looks import Looks
from nntui.lesson.marks import Mark, Marks
from nntui.lesson.strides import Stride, stride
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.values import dataclass

_OF_CHAPTERS, _QUIET = (Reload, Fork, Switch, Rename, Discard), (Score, Rename, Discard, Look)
LONGEST_PAUSE = 2.0  # seconds; a longer pause is replayed as this


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """A position in a lesson: a step of the run of a chapter."""

    chapter: int
    step: int


class Lesson:
    """The events of a lesson in the order of time; events are only appended."""

    def __init__(self, scenario: Scenario) -> None:
        self._chapters = ChapterTable(scenario)
        self.scenarios = self._chapters.scenarios
        """The scenario of each chapter; that of a fork holds from its first iteration on."""
        self.forks = self._chapters.forks
        """By chapter: where it comes from, if it is a fork."""
        self.names = self._chapters.names
        """By chapter: its name, if it was given one."""
        self.discarded = self._chapters.discarded
        self.marks = Marks()
        self.looks = Looks()
        self.scores: list[tuple[int, Score]] = []
        """The predictions, each with its chapter."""
        self.grain: Grain = "neuron"
        """The grain of the keys at the end."""
        self._entries = Entries()
        self._end = (0, 0, 0)  # how many stops there were when the position at the end was asked for, its chapter and step
        self._farthest: dict[int, int] = {}  # by chapter: the largest step visited
        self._strides: dict[tuple[int, Grain], Stride] = {}  # by chapter and grain
        self._visits: dict[int, tuple[array[int], array[int]]] = {}  # by chapter: stops, and the same after each of them

    def append(self, event: Event) -> None:
        """Appends the next event; LessonError if it cannot happen at this point of the lesson."""
        entries = self._entries
        check_event(event, self._chapters, entries.seconds[-1] if entries.seconds else 0.0)
        if isinstance(event, Look) and (whole := self.looks.whole(event.state)) is not event.state:
            event = replace(event, state=whole)
        begins, stops = self._next_begin_time(event.seconds), self._new_stops(event)
        first = entries.firsts[-1] + entries.stops[-1] if entries.seconds else 0
        if isinstance(event, _OF_CHAPTERS):
            self._chapters.change(event)
        chapter = self._chapters.current
        farthest = self._farthest.get(chapter, 0)  # 0 in a new chapter
        span = (stops - 1) / event.speed if stops > 1 and isinstance(event, Play) else 0.0
        here = self._at_end()[1] if isinstance(event, Look) else 0
        entries.append(event, chapter, begins, span, first, stops, farthest, here)
        if not isinstance(event, _QUIET):
            self._visit(event, chapter, first, stops, farthest)
        match event:
            case Stop() | Play():
                self.grain = event.grain or self.grain
            case Remark():
                self.marks.append(Mark(begins, first + stops - 1, event.text))
            case Score():
                self.scores.append((chapter, event))
            case Look():
                self.looks.append(first + stops - 1, event.state, self.looks.arrival(max(first - 1, 0)))
                self._end = (first + stops, chapter, here)

    def _visit(
        self, event: Stop | Play | Remark | Reload | Fork | Switch, chapter: int, first: int, stops: int, farthest: int
    ) -> None:
        """Notes how far the student came in a chapter. first, stops: of the event; farthest: before it."""
        if stops:
            reached = event.last if isinstance(event, Play) else event.step
            self._end = (first + stops, chapter, reached)
        else:
            reached = self._at_end()[1]
        self._farthest[chapter] = farthest = max(farthest, reached)
        if chapter not in self._visits:
            self._visits[chapter] = (array("q"), array("q"))
        stops_so_far, visited = self._visits[chapter]
        stops_so_far.append(first + stops - 1)
        visited.append(farthest)

    def append_stops(self, seconds: Sequence[float], steps: Sequence[int]) -> int:
        """As `append(Stop(seconds, step))` of each, in a tenth of the time, for files; how many of them were appended.

        It ends before the first that cannot happen or is not as simple: at the beginning, and where something but a stop
        was before it.
        """
        entries, chapter = self._entries, self.chapter
        if not entries or chapter not in self._visits or entries.spans[-1]:
            return 0
        end = self.end
        at, farthest = end.step if end.chapter == chapter else -1, self._farthest[chapter]
        last, begins, stop, highest = entries.seconds[-1], entries.begins[-1], self.stops - 1, self._chapters.last
        rows: list[tuple[float, int, bool, int]] = []  # when each begins, stops before it, whether it is one, farthest before
        visits: list[tuple[int, int]] = []
        for moment, step in zip(seconds, steps, strict=True):
            if not (last <= moment <= MOST_SECONDS and 0 <= step <= highest):
                break
            passed, new = moment - last, step != at
            begins += min(LONGEST_PAUSE, passed)
            rows.append((begins, stop + 1, new, farthest))
            stop, last, at = stop + new, moment, step
            farthest = max(farthest, step)
            visits.append((stop, farthest))
        if rows:
            entries.append_stops(seconds[: len(rows)], steps[: len(rows)], chapter, rows)
            self._farthest[chapter] = farthest
            for column, values in zip(self._visits[chapter], zip(*visits, strict=True), strict=True):
                column.extend(values)
        return len(rows)

    # --- chapters

    @property
    def forked(self) -> int:
        """How many forks the viewer made, deleted ones too; those that a scenario brings along are left aside."""
        return self._chapters.forked

    @property
    def chapter(self) -> int:
        """The chapter that is in force at the end."""
        return self._chapters.current

    def root(self, chapter: int) -> int:
        """The chapter at the end of the chain of forks that a chapter comes from; itself if it is no fork."""
        return self._chapters.root(chapter)

    # --- the lesson as a whole

    def __len__(self) -> int:
        """How many events there are."""
        return len(self._entries)

    def event(self, n: int) -> Event:
        """The n-th event, from 0."""
        return self._entries.event(n)

    @property
    def seconds(self) -> float:
        """When the last event happened, pauses included."""
        return self._entries.seconds[-1] if self._entries else 0.0

    @property
    def duration(self) -> float:
        """The length of the time bar in seconds: the whole lesson with its pauses cut."""
        return self._entries.begins[-1] + self._entries.spans[-1] if self._entries else 0.0

    @property
    def stops(self) -> int:
        """How many stops there are."""
        firsts, stops = self._entries.firsts, self._entries.stops
        return firsts[-1] + stops[-1] if firsts else 0

    @property
    def end(self) -> LessonPlace:
        """The position after the last event."""
        return LessonPlace(*self._at_end())

    def _at_end(self) -> tuple[int, int]:
        stops = self.stops
        if self._end[0] != stops:
            place = self.place(stops - 1)
            self._end = stops, place.chapter, place.step
        return self._end[1:]

    def place(self, stop: int) -> LessonPlace:
        """The position at a stop, 0 ≤ stop < stops; the start of the run if nothing has happened."""
        if not self._entries:
            return LessonPlace(0, 0)
        entry = self._entries[bisect_right(self._entries.firsts, max(stop, 0)) - 1]
        return LessonPlace(entry.chapter, self._step(entry, stop - entry.first))

    def farthest(self, stop: int) -> int:
        """The largest step visited up to a stop, in the chapter of that stop."""
        if not self._entries:
            return 0
        entry = self._entries[bisect_right(self._entries.firsts, max(stop, 0)) - 1]
        return max(entry.farthest, self._step(entry, stop - entry.first))

    def visited(self, chapter: int, stop: int) -> int | None:
        """The largest step visited up to a stop in any chapter; None if the chapter was not visited yet."""
        stops, visited = self._visits.get(chapter, ((), ()))
        number = bisect_right(stops, stop)
        return visited[number - 1] if number else None

    def time_of(self, stop: int) -> float:
        """The time on the bar at which a stop is reached."""
        if not self._entries:
            return 0.0
        entry = self._entries[bisect_right(self._entries.firsts, stop) - 1]
        return entry.begins + _seconds_to_stop(entry, stop - entry.first)

    def stop_at(self, seconds: float) -> int:
        """The stop at a time on the bar; 0 before the first."""
        number = bisect_right(self._entries.begins, seconds) - 1
        if number < 0:
            return 0
        entry = self._entries[number]
        done = max(entry.stops - 1, -1)
        if entry.stops > 1 and entry.span > 0.0:
            done = min(int((seconds - entry.begins) / entry.span * (entry.stops - 1)), done)
            if done < entry.stops - 1 and entry.begins + _seconds_to_stop(entry, done + 1) <= seconds:
                done += 1  # int() rounded down past it
        return max(entry.first + done, 0)

    # --- appending

    def _next_begin_time(self, seconds: float) -> float:
        """The time on the bar of an event at `seconds`; a playback that is still running is cut off there."""
        entries = self._entries
        if not entries.seconds:
            return min(seconds, LONGEST_PAUSE)
        passed, span = seconds - entries.seconds[-1], entries.spans[-1]
        if passed < span:
            span = entries.spans[-1] = passed
        return entries.begins[-1] + span + min(passed - span, LONGEST_PAUSE)

    def _new_stops(self, event: Event) -> int:
        """How many stops the event adds: none if the student is there already."""
        match event:
            case Play():
                stops = self._stride(self.chapter, event.grain).count(event.first, event.last)
                return stops if self._entries.seconds else max(stops, 1)
            case Stop() | Remark():
                return int(not self._entries.seconds or self._at_end() != (self._chapters.current, event.step))
            case Switch(_, chapter, step):
                return int(not self._entries or self._at_end() != (chapter, step))
            case Reload() | Fork():
                return 1
            case Score() | Rename() | Discard():
                return int(not self._entries)
            case Look(seconds, state):
                there = seconds == self.seconds or state == self.looks.at(self.stops - 1)
                return int(not self._entries or not there)
            case _:
                assert_never(event)

    def _step(self, entry: Entry, number: int) -> int:
        match entry.event:
            case Stop(_, step, _) | Remark(_, step, _) | Reload(_, _, step) | Score(_, step):
                return step
            case Fork(_, step) | Switch(_, _, step):
                return step
            case Look():
                return entry.step
            case Rename() | Discard():
                return 0
            case Play(_, first, last, _, grain):
                return self._stride(entry.chapter, grain).after(first, number + 1, last)
            case _:
                assert_never(entry.event)

    def _stride(self, chapter: int, grain: Grain) -> Stride:
        found = self._strides.get((chapter, grain))
        if found is None:
            found = self._strides[chapter, grain] = stride(self.scenarios[chapter].course, grain)
        return found


def _seconds_to_stop(entry: Entry, number: int) -> float:
    """Seconds on the bar from the beginning of an event to its stop of that number, from 0."""
    if entry.stops < 2:
        return 0.0
    return min(entry.span * number / (entry.stops - 1), entry.span)  # span · n / n may be more than span in the last bit
