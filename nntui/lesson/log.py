"""A lesson: what a student or a teacher did, one thing after the other, and where one stands at any moment of it.

Nothing here has a clock: every event carries its time in seconds since the start, and whoever replays says which
moment is wanted. Times on the *bar* are those times with long silences cut to two seconds. The *stops* are every
place that was stood at, counted from 0: a replay is one more integer that moves.

A *chapter* is one run: the scenario that a lesson begins with, one that was read again, or a fork of one of them. They
are counted from 0 in the order in which they came to be.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice, takewhile
from math import isfinite
from typing import assert_never

from nntui.lesson.events import Discard, Event, Fork, Play, Quiet, Reload, Remark, Rename, Score, Stop, Switch
from nntui.lesson.strides import stride
from nntui.training.edits import Edit, EditError, edited
from nntui.training.row_order import row_of
from nntui.training.scenario import Scenario
from nntui.training.steps import GRAINS, Course, Grain

SILENCE = 2.0  # seconds; a longer pause is replayed as this
SLOWEST, FASTEST = 0.001, 1000.0  # stops a second that a play may claim
MOST_SECONDS = 1e9
MOST_FORKS = 500


class LessonError(ValueError):
    """An event that cannot happen in this lesson; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class ForkPoint:
    """Where a fork comes from: the chapter that it leaves, before which iteration, and what was changed."""

    chapter: int
    start: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """Where one stands: a step of the run of a chapter."""

    chapter: int
    step: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on the time bar: at this time of the bar, and at this stop."""

    seconds: float
    stop: int
    text: str


@dataclass(slots=True)
class _Entry:
    """An event with what is known about it: when it begins and how long it takes on the bar, and its stops."""

    event: Event
    chapter: int
    begins: float
    span: float
    first: int  # stops before it
    stops: int
    farthest: int  # the last step of the chapter that was stood at before it


class Lesson:
    """The events of a lesson in the order of time; grows at its end only."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenarios: list[Scenario] = [scenario]
        """Of each chapter; that of a fork holds from where it begins."""
        self.chapter = 0
        """The one in force at the end."""
        self.forks: dict[int, ForkPoint] = {}
        """Where the chapters come from that are forks."""
        self._roots = [0]  # of each chapter
        self.names: dict[int, str] = {}
        """Of the chapters that were given one."""
        self.discarded: set[int] = set()
        self.marks: list[Mark] = []
        self.scores: list[tuple[int, Score]] = []
        """What was predicted, each with its chapter."""
        self.grain: Grain = "neuron"
        """How far keys went at the end."""
        self._entries: list[_Entry] = []
        self._begins: list[float] = []  # of every entry, to be searched
        self._firsts: list[int] = []
        self._course = scenario.course
        self._farthest: dict[int, int] = {}  # by chapter: the last step that was stood at
        self._visits: dict[int, tuple[list[int], list[int]]] = {}  # by chapter: the same after some stops

    def append(self, event: Event) -> None:
        """Takes in what happened next; LessonError where it cannot have happened."""
        self._check(event)
        begins, stops = self._next_begin(event.seconds), self._new_stops(event)
        match event:
            case Reload():
                self._open(event.scenario, len(self.scenarios))
            case Fork():
                self._fork(event)
            case Switch():
                self.chapter = event.chapter
                self._course = self.scenarios[event.chapter].course
            case Rename():
                self.names[event.chapter] = event.name
            case Discard():
                self.discarded.add(event.chapter)
        farthest = 0 if isinstance(event, Reload | Fork) else self._farthest.get(self.chapter, 0)
        entry = _Entry(event, self.chapter, begins, _span(event, stops), self.stops, stops, farthest)
        self._entries.append(entry)
        self._begins.append(begins)
        self._firsts.append(entry.first)
        if not isinstance(event, Quiet):
            self._farthest[self.chapter] = self.farthest(self.stops - 1)
            stops_so_far, visited = self._visits.setdefault(self.chapter, ([], []))
            stops_so_far.append(self.stops - 1)
            visited.append(self._farthest[self.chapter])
        if isinstance(event, Stop | Play) and event.grain is not None:
            self.grain = event.grain
        if isinstance(event, Score):
            self.scores.append((entry.chapter, event))
        if isinstance(event, Remark):
            self.marks.append(Mark(begins, self.stops - 1, event.text))

    def _open(self, scenario: Scenario, root: int) -> None:
        self.scenarios.append(scenario)
        self._roots.append(root)
        self.chapter = len(self.scenarios) - 1
        self._course = scenario.course

    def _fork(self, event: Fork) -> None:
        owner = self.owner(self.chapter, event.start)
        scenario = self.scenarios[owner]
        try:
            made = edited(scenario, row_of(scenario, event.start), event.edits)
        except EditError as fault:
            raise LessonError(str(fault)) from None
        self._open(made.scenario, self._roots[owner])
        self.forks[self.chapter] = ForkPoint(owner, event.start, event.edits)

    # --- its chapters

    def owner(self, chapter: int, iteration: int) -> int:
        """The chapter that makes an iteration of a chapter's run: itself, or one that it comes from."""
        while chapter in self.forks and iteration < self.forks[chapter].start:
            chapter = self.forks[chapter].chapter
        return chapter

    def root(self, chapter: int) -> int:
        """The chapter that a fork, and a fork of a fork, comes from in the end."""
        return self._roots[chapter]

    # --- the lesson as a whole

    def __len__(self) -> int:
        """How many events there are."""
        return len(self._entries)

    def event(self, n: int) -> Event:
        """The n-th event, from 0."""
        return self._entries[n].event

    @property
    def seconds(self) -> float:
        """When the last event happened, silences and all."""
        return self._entries[-1].event.seconds if self._entries else 0.0

    @property
    def duration(self) -> float:
        """The length of the bar: the whole lesson with its silences cut."""
        return self._entries[-1].begins + self._entries[-1].span if self._entries else 0.0

    @property
    def stops(self) -> int:
        """How many places were stood at."""
        return self._entries[-1].first + self._entries[-1].stops if self._entries else 0

    @property
    def end(self) -> LessonPlace:
        """Where the student stands when all is done."""
        return self.place(self.stops - 1)

    def place(self, stop: int) -> LessonPlace:
        """Where one stands at a stop, 0 ≤ stop < stops; the start of the run where nothing has happened."""
        if not self._entries:
            return LessonPlace(0, 0)
        entry = self._entries[bisect_right(self._firsts, max(stop, 0)) - 1]
        return LessonPlace(entry.chapter, self._step(entry, stop - entry.first))

    def farthest(self, stop: int) -> int:
        """The last step of the chapter that was stood at up to a stop."""
        if not self._entries:
            return 0
        entry = self._entries[bisect_right(self._firsts, max(stop, 0)) - 1]
        return max(entry.farthest, self._step(entry, stop - entry.first))

    def visited(self, chapter: int, stop: int) -> int | None:
        """The last step of a chapter that is not in force, as it was visited up to a stop; None where it was not yet."""
        stops, visited = self._visits.get(chapter, ((), ()))
        number = bisect_right(stops, stop)
        return visited[number - 1] if number else None

    def marks_at(self, stop: int) -> list[Mark]:
        """The notes that were typed at a stop."""
        first = bisect_left(self.marks, stop, key=lambda mark: mark.stop)
        return list(takewhile(lambda mark: mark.stop == stop, islice(self.marks, first, None)))

    def mark_beside(self, stop: int, change: int) -> Mark | None:
        """The first note after a stop (change 1), or the last before it (−1)."""
        if change > 0:
            number = bisect_right(self.marks, stop, key=lambda mark: mark.stop)
            return self.marks[number] if number < len(self.marks) else None
        number = bisect_left(self.marks, stop, key=lambda mark: mark.stop)
        return self.marks[number - 1] if number else None

    def time_of(self, stop: int) -> float:
        """When, on the bar, a stop is reached."""
        if not self._entries:
            return 0.0
        entry = self._entries[bisect_right(self._firsts, stop) - 1]
        return entry.begins + _share(entry, stop - entry.first)

    def stop_at(self, seconds: float) -> int:
        """The stop one stands at, at a time of the bar; 0 before the first."""
        number = bisect_right(self._begins, seconds) - 1
        if number < 0:
            return 0
        entry = self._entries[number]
        done = max(entry.stops - 1, -1)
        if entry.stops > 1 and entry.span > 0.0:
            done = min(int((seconds - entry.begins) / entry.span * (entry.stops - 1)), done)
            if done < entry.stops - 1 and entry.begins + _share(entry, done + 1) <= seconds:
                done += 1  # what rounding took
        return max(entry.first + done, 0)

    def stop_after(self, events: int) -> int:
        """The stop one stands at when so many events have happened."""
        return max(self._firsts[events] - 1, 0) if events < len(self._entries) else max(self.stops - 1, 0)

    # --- taking in

    def _check(self, event: Event) -> None:
        seconds, last = event.seconds, self.seconds
        if not (isfinite(seconds) and last <= seconds <= MOST_SECONDS):
            raise LessonError(f"a time of {seconds:g} s; expected one from {last:g} on")
        match event:
            case Stop(_, step, _) | Remark(_, step, _) | Score(_, step):
                _check_step(step, self._course)
            case Fork(_, step, start):
                _check_step(step, self._course)
                if start >= self._course.iterations:
                    raise LessonError(f"a fork at iteration {start}; expected 0 to {self._course.iterations - 1}")
                if len(self.forks) >= MOST_FORKS:
                    raise LessonError(f"more than {MOST_FORKS} forks; expected at most so many in one recording")
            case Switch(_, chapter, step):
                self._check_chapter(chapter)
                _check_step(step, self.scenarios[chapter].course)
            case Rename(_, chapter):
                self._check_chapter(chapter)
            case Discard(_, chapter):
                self._check_chapter(chapter)
                if chapter not in self.forks or chapter == self.chapter:
                    raise LessonError("a run that is in force, or no fork, put away; expected a fork that is not in force")
            case Reload(_, scenario, step):
                _check_step(step, scenario.course)
            case Play(_, first, stop, speed, grain):
                _check_step(first, self._course)
                _check_step(stop, self._course)
                if stop < first:
                    raise LessonError(f"a play from step {first} back to {stop}; expected one forward")
                if not SLOWEST <= speed <= FASTEST:
                    raise LessonError(f"a speed of {speed:g}; expected {SLOWEST:g} to {FASTEST:g} stops a second")
                if grain not in GRAINS:
                    raise LessonError(f"an unknown grain; expected one of {', '.join(GRAINS)}")
            case _:
                assert_never(event)

    def _check_chapter(self, chapter: int) -> None:
        if chapter >= len(self.scenarios):
            raise LessonError(f"a run of number {chapter}; expected 0 to {len(self.scenarios) - 1}")

    def _next_begin(self, seconds: float) -> float:
        """The time on the bar of what happens at `seconds`; a play that was still going on ends there."""
        if not self._entries:
            return min(seconds, SILENCE)
        before = self._entries[-1]
        passed = seconds - before.event.seconds
        before.span = min(before.span, passed)
        return before.begins + before.span + min(passed - before.span, SILENCE)

    def _new_stops(self, event: Event) -> int:
        """How many places the event adds: none where one stands there already."""
        match event:
            case Stop(_, step, _) | Remark(_, step, _):
                return int(not self._entries or self.end != LessonPlace(self.chapter, step))
            case Switch(_, chapter, step):
                return int(not self._entries or self.end != LessonPlace(chapter, step))
            case Reload() | Fork():
                return 1
            case Score() | Rename() | Discard():
                return int(not self._entries)
            case Play(_, first, last, _, grain):
                stops = stride(self._course, grain).count(first, last)
                return stops if self._entries else max(stops, 1)
            case _:
                assert_never(event)

    def _step(self, entry: _Entry, number: int) -> int:
        match entry.event:
            case Stop(_, step, _) | Remark(_, step, _) | Reload(_, _, step) | Score(_, step):
                return step
            case Fork(_, step) | Switch(_, _, step):
                return step
            case Rename() | Discard():
                return 0
            case Play(_, first, last, _, grain):
                return stride(self.scenarios[entry.chapter].course, grain).after(first, number + 1, last)
            case _:
                assert_never(entry.event)


def _check_step(step: int, course: Course) -> None:
    if not 0 <= step <= course.last:
        raise LessonError(f"a step that is not in this run; expected 0 to {course.last}")


def _span(event: Event, stops: int) -> float:
    return (stops - 1) / event.speed if isinstance(event, Play) and stops > 1 else 0.0


def _share(entry: _Entry, number: int) -> float:
    """How long after the event began its stop of that number, from 0, is reached."""
    return entry.span * number / (entry.stops - 1) if entry.stops > 1 else 0.0
