"""The events of a lesson in columns, with their stops and their places on the time bar.

A recording has up to a million moves, most of them plain stops: a column has a number for each event, and what few events
have, or what seldom changes, is kept by the number of the event.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from nntui.lesson.events import Event, Play, Stop
from nntui.values import dataclass

LONGEST_PAUSE = 2.0  # seconds; a longer pause is replayed as this


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its chapter, its beginning and length on the time bar in seconds, and its stops.

    first: its first stop, which is the number of stops before it. step: at which the student is after it.
    """

    event: Event
    chapter: int
    begins: float
    span: float
    first: int
    stops: int
    step: int

    def seconds_to(self, number: int) -> float:
        """Seconds on the bar from the beginning of the event to its stop of that number, from 0."""
        if self.stops < 2:
            return 0.0
        return min(self.span * number / (self.stops - 1), self.span)  # span · n / n may be more than span in the last bit


class Entries:
    """A list of entries that is only appended to; a stop without a grain takes 32 bytes."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """When the last event happened, pauses included."""
        self.begins = 0.0
        """When it begins on the time bar."""
        self.span = 0.0
        """How long it lasts there, as far as is known."""
        self.stops = 0
        """How many stops there are."""
        self._seconds = array("d")
        self._begins = array("d")
        self._ends = array("q")  # the number of stops up to each event, its own included
        self._steps = array("q")
        self._spans: dict[int, float] = {}  # of the events that last
        self._others: dict[int, Event] = {}  # the events that are not plain stops
        self._chapter = -1  # of the last event
        self._chapters = array("q")  # one after the other
        self._changes = array("q")  # the event with which each begins

    def __len__(self) -> int:
        return len(self._seconds)

    def __getitem__(self, n: int) -> Entry:
        first = self._ends[n - 1] if n else 0
        chapter = self._chapters[bisect_right(self._changes, n) - 1]
        span, stops = self._spans.get(n, 0.0), self._ends[n] - first
        return Entry(self.event(n), chapter, self._begins[n], span, first, stops, self._steps[n])

    def event(self, n: int) -> Event:
        """The n-th event, from 0."""
        found = self._others.get(n)
        return found if found is not None else Stop(self._seconds[n], self._steps[n])

    # --- finding

    def at(self, stop: int) -> Entry:
        """The entry of a stop; for a stop after the last, the last entry. There is an entry at least."""
        return self[min(bisect_right(self._ends, stop), len(self) - 1)]

    def time_of(self, stop: int) -> float:
        """The time on the bar at which a stop is reached."""
        entry = self.at(stop)
        return entry.begins + entry.seconds_to(stop - entry.first)

    def stop_at(self, seconds: float) -> int:
        """The stop at a time on the bar; 0 before the first."""
        number = bisect_right(self._begins, seconds) - 1
        if number < 0:
            return 0
        entry = self[number]
        done = entry.stops - 1
        if entry.stops > 1 and entry.span > 0.0:
            done = min(int((seconds - entry.begins) / entry.span * (entry.stops - 1)), done)
            if done < entry.stops - 1 and entry.begins + entry.seconds_to(done + 1) <= seconds:
                done += 1  # int() rounded down past it
        return max(entry.first + done, 0)

    # --- appending

    def append(self, event: Event, chapter: int, stops: int, step: int) -> None:
        """Appends an event with this number of stops. step: after it."""
        number, seconds, span = len(self._seconds), event.seconds, self.span
        passed = seconds - self.seconds
        if passed < span:  # a playback that is still running is cut off there
            span = self._spans[number - 1] = passed
        pause = passed - span
        begins = self.begins + span + min(pause, LONGEST_PAUSE)
        end = self.stops + stops
        self.seconds, self.begins, self.stops, self.span = seconds, begins, end, 0.0
        if stops > 1 and isinstance(event, Play):
            self.span = self._spans[number] = (stops - 1) / event.speed
        if not isinstance(event, Stop) or event.grain is not None:
            self._others[number] = event
        if chapter != self._chapter:
            self._chapter = chapter
            self._chapters.append(chapter)
            self._changes.append(number)
        self._seconds.append(seconds)
        self._begins.append(begins)
        self._ends.append(end)
        self._steps.append(step)

    def append_stops(self, seconds: Sequence[float], steps: Sequence[int], ends: Sequence[int]) -> None:
        """Appends stops without a grain, in the chapter of the last event, which does not last.

        ends: the number of stops up to each, its own included.
        """
        last, begins = self.seconds, self.begins
        for moment in seconds:
            begins += min(moment - last, LONGEST_PAUSE)
            self._begins.append(begins)
            last = moment
        self.seconds, self.begins, self.stops = last, begins, ends[-1]
        self._seconds.extend(seconds)
        self._ends.extend(ends)
        self._steps.extend(steps)
