"""A lesson: the events of a session in order, and the student's position at any moment of it.

Nothing here has a clock: every event has its time in seconds since the start, and the caller says which moment it wants.
Times on the *time bar* are those times with long pauses cut to two seconds. The *stops* are the positions that the
student had, counted from 0: a replay is an integer that moves over them.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, assert_never

from nntui.lesson.chapter_table import CHANGES, ChapterTable
from nntui.lesson.checks import CHECKS, MOST_SECONDS, wrong_time
from nntui.lesson.entries import Entries, Entry
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.lesson.looks import Looks
from nntui.lesson.marks import Marks
from nntui.lesson.strides import Stride, stride
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.values import dataclass

_OF_GRAINS = (Stop, Play)
_REACHED: Mapping[type[Event], Callable[[Any], int]] = {
    **dict.fromkeys((Stop, Remark, Switch, Reload, Fork), attrgetter("step")),
    Play: attrgetter("last"),
}  # the step after an event that changes the position
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
        self.seconds = 0.0
        """When the last event happened, pauses included."""
        self.stops = 0
        """How many stops there are."""
        self._entries = Entries()
        self._begins = self._span = 0.0  # of the last event
        self._here = 0  # the step after the last event, of the current chapter
        self._farthest: dict[int, int] = {}  # by chapter: the largest step visited
        self._strides: dict[tuple[int, Grain], Stride] = {}  # by chapter and grain
        self._visits: dict[int, tuple[array[int], array[int]]] = {}  # by chapter: at which stops that grew, and to what

    def append(self, event: Event) -> None:
        """Appends the next event; LessonError if it cannot happen at this point of the lesson."""
        chapters, kind = self._chapters, type(event)
        if not self.seconds <= event.seconds <= MOST_SECONDS:
            raise wrong_time(event.seconds, self.seconds)
        CHECKS[kind](event, chapters)
        if isinstance(event, Look) and event.state.page is not None:
            event = self.looks.whole(event)
        passed, first = event.seconds - self.seconds, self.stops
        if passed < self._span:  # a playback that is still running is cut off there
            self._span = self._entries.spans[-1] = passed
        begins = self._begins + self._span + min(passed - self._span, LONGEST_PAUSE)
        stops = self._new_stops(event) or int(not first)  # whatever comes first is a stop
        change = CHANGES.get(kind)
        if change is not None:
            change(chapters, event)
        chapter = chapters.current
        farthest = self._farthest.get(chapter, 0)  # 0 in a new chapter
        span = (stops - 1) / event.speed if stops > 1 and isinstance(event, Play) else 0.0
        self._entries.append(event, chapter, begins, span, first, stops, farthest, self._here)
        self.seconds, self.stops, self._begins, self._span = event.seconds, first + stops, begins, span
        reached = _REACHED.get(kind)
        if reached is None:
            self._append_quiet(event, chapter, first)
            return
        if stops:
            self._here = reached(event)
        if self._here > farthest or chapter not in self._visits:
            self._visit(chapter, first + stops - 1)
        if isinstance(event, _OF_GRAINS):
            self.grain = event.grain or self.grain
        elif isinstance(event, Remark):
            self.marks.append(begins, first + stops - 1, event.text)

    def _append_quiet(self, event: Event, chapter: int, first: int) -> None:
        """Notes an event that does not change the position. first: stops before it."""
        if isinstance(event, Look):
            self.looks.append(self.stops - 1, event.state, first - 1)
        elif isinstance(event, Score):
            self.scores.append((chapter, event))
            self._here = self._here if first else event.step

    def _visit(self, chapter: int, stop: int) -> None:
        """Notes that the step at a stop is the largest of its chapter so far."""
        self._farthest[chapter] = self._here
        stops, visited = self._visits.setdefault(chapter, (array("q"), array("q")))
        stops.append(stop)
        visited.append(self._here)

    def append_stops(self, seconds: Sequence[float], steps: Sequence[int]) -> int:
        """As `append(Stop(seconds, step))` of each, in a tenth of the time, for files; how many of them were appended.

        It ends before the first that cannot happen or is not as simple: at the beginning, and where something but a stop
        was before it.
        """
        chapter = self.chapter
        if chapter not in self._visits or self._span:
            return 0
        at, farthest = self._here, self._farthest[chapter]
        last, begins, stop, highest = self.seconds, self._begins, self.stops - 1, self._chapters.last
        rows: list[tuple[float, int, bool, int]] = []  # when each begins, stops before it, whether it is one, farthest before
        stops_so_far, visited = self._visits[chapter]
        for moment, step in zip(seconds, steps, strict=True):
            if not (last <= moment <= MOST_SECONDS and 0 <= step <= highest):
                break
            passed, new = moment - last, step != at
            begins += min(LONGEST_PAUSE, passed)
            rows.append((begins, stop + 1, new, farthest))
            stop, last, at = stop + new, moment, step
            if step > farthest:
                farthest = step
                stops_so_far.append(stop)
                visited.append(step)
        if rows:
            self._entries.append_stops(seconds[: len(rows)], steps[: len(rows)], chapter, rows)
            self._farthest[chapter], self._here = farthest, at
            self.seconds, self.stops, self._begins = last, stop + 1, begins
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
    def duration(self) -> float:
        """The length of the time bar in seconds: the whole lesson with its pauses cut."""
        return self._begins + self._span

    @property
    def end(self) -> LessonPlace:
        """The position after the last event."""
        return LessonPlace(self._chapters.current, self._here)

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

    def _new_stops(self, event: Event) -> int:
        """How many stops the event adds behind others: none if the student is there already."""
        match event:
            case Stop() | Remark():
                return int(event.step != self._here)
            case Play():
                return self._stride(self.chapter, event.grain).count(event.first, event.last)
            case Switch():
                return int(event.step != self._here or event.chapter != self.chapter)
            case Look():
                return int(event.seconds != self.seconds and event.state != self.looks.at(self.stops - 1))
            case Score() | Rename() | Discard():
                return 0
            case Reload() | Fork():
                return 1
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
