"""A lesson: the events of a session in order, and the student's position at any moment of it.

Nothing here has a clock: every event has its time in seconds since the start, and the caller says which moment it wants.
Times on the *time bar* are those times with long pauses cut to two seconds. The *stops* are the positions that the
student had, counted from 0: a replay is an integer that moves over them.
"""

from collections.abc import Sequence

from nntui.lesson.chapter_table import ChapterTable
from nntui.lesson.checks import MOST_SECONDS, wrong_time
from nntui.lesson.columns.entries import Entries, Entry
from nntui.lesson.columns.looks import Looks
from nntui.lesson.columns.marks import Marks
from nntui.lesson.columns.visits import Visits
from nntui.lesson.event_cards import EVENT_CARDS
from nntui.lesson.events import QUIET, Event, Look, Play, Score
from nntui.lesson.strides import Stride, stride
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.values import dataclass


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
        self.here = 0
        """The step after the last event, of the current chapter."""
        self._entries = Entries()
        self._visits = Visits()
        self._strides: dict[tuple[int, Grain], Stride] = {}  # by chapter and grain

    def append(self, event: Event) -> None:
        """Appends the next event; LessonError if it cannot happen at this point of the lesson."""
        entries, chapters, kind = self._entries, self._chapters, type(event)
        check, stops_of, reached, change, keep = EVENT_CARDS[kind]
        if not entries.seconds <= event.seconds <= MOST_SECONDS:
            raise wrong_time(event.seconds, entries.seconds)
        check(event, chapters)
        if isinstance(event, Look) and event.state.page is not None:
            event = self.looks.whole(event)
        before = entries.stops
        stops = stops_of(event, self) or int(not before)  # whatever comes first is a stop
        if change is not None:
            change(chapters, event)
        if stops and reached is not None:
            self.here = reached(event)
        entries.append(event, chapters.current, stops, self.here)
        if kind not in QUIET:
            self._visits.add(chapters.current, entries.stops - 1, self.here)
        if keep is not None:
            keep(event, self, before)

    def append_stops(self, seconds: Sequence[float], steps: Sequence[int]) -> int:
        """As `append(Stop(seconds, step))` of each, in a fraction of the time, for files; how many of them were appended.

        It ends before the first that cannot happen or is not as simple: at the beginning, and where something but a stop
        was before it.
        """
        chapter, entries = self._chapters.current, self._entries
        farthest = self._visits.at_the_end(chapter)
        if farthest is None or entries.span:
            return 0
        at, last, highest, stops = self.here, entries.seconds, self._chapters.last, entries.stops
        ends: list[int] = []
        for moment, step in zip(seconds, steps, strict=True):
            if not (last <= moment <= MOST_SECONDS and 0 <= step <= highest):
                break
            stops += step != at
            ends.append(stops)
            last, at = moment, step
            if step > farthest:
                farthest = step
                self._visits.add(chapter, stops - 1, step)
        if ends:
            self.here = at
            entries.append_stops(seconds[: len(ends)], steps[: len(ends)], ends)
        return len(ends)

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
        return self._entries.seconds

    @property
    def stops(self) -> int:
        """How many stops there are."""
        return self._entries.stops

    @property
    def begins(self) -> float:
        """When the last event begins on the time bar, in seconds."""
        return self._entries.begins

    @property
    def duration(self) -> float:
        """The length of the time bar in seconds: the whole lesson with its pauses cut."""
        return self._entries.begins + self._entries.span

    @property
    def end(self) -> LessonPlace:
        """The position after the last event."""
        return LessonPlace(self._chapters.current, self.here)

    # --- at a stop

    def place(self, stop: int) -> LessonPlace:
        """The position at a stop, 0 ≤ stop < stops; the start of the run if nothing has happened."""
        if not self._entries:
            return LessonPlace(0, 0)
        entry = self._entries.at(stop)
        return LessonPlace(entry.chapter, self._step(entry, stop - entry.first))

    def farthest(self, stop: int) -> int:
        """The largest step visited up to a stop, in the chapter of that stop."""
        if not self._entries:
            return 0
        entry = self._entries.at(stop)
        before = self._visits.up_to(entry.chapter, entry.first - 1)
        return max(before or 0, self._step(entry, stop - entry.first))

    def visited(self, chapter: int, stop: int) -> int | None:
        """The largest step visited up to a stop in any chapter; None if the chapter was not visited yet."""
        return self._visits.up_to(chapter, stop)

    def time_of(self, stop: int) -> float:
        """The time on the bar at which a stop is reached."""
        return self._entries.time_of(stop) if self._entries else 0.0

    def stop_at(self, seconds: float) -> int:
        """The stop at a time on the bar; 0 before the first."""
        return self._entries.stop_at(seconds)

    # --- the stops of an event

    def _step(self, entry: Entry, number: int) -> int:
        """The step at a stop of an entry, by its number, from 0."""
        if not isinstance(entry.event, Play):
            return entry.step
        play = entry.event
        return self.stride(entry.chapter, play.grain).after(play.first, number + 1, play.last)

    def stride(self, chapter: int, grain: Grain) -> Stride:
        """The stops of a grain in the run of a chapter."""
        found = self._strides.get((chapter, grain))
        if found is None:
            found = self._strides[chapter, grain] = stride(self.scenarios[chapter].course, grain)
        return found
