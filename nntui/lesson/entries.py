"""The events of a lesson in columns: a recording has up to a million moves, most of them plain stops."""

from array import array
from collections.abc import Iterator, Sequence

from nntui.lesson.events import Event, Stop
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its chapter, its beginning and length on the time bar in seconds, and its stops."""

    event: Event
    chapter: int
    begins: float
    span: float
    first: int  # its first stop: the number of stops before it
    stops: int
    farthest: int  # the largest step of the chapter that was visited before it
    step: int = 0  # at which something else is looked at


class Entries:
    """A list of entries that is only appended to; a stop without a grain takes 60 bytes."""

    def __init__(self) -> None:
        self.seconds = array("d")
        """When each event happened."""
        self.begins = array("d")
        self.spans = array("d")
        self.firsts = array("q")
        self.stops = array("q")
        self._steps = array("q")  # of the plain stops, and where something else was looked at
        self._chapters = array("l")
        self._farthest = array("q")
        self._others: dict[int, Event] = {}  # the events that are not plain stops, by their number

    def __len__(self) -> int:
        return len(self.seconds)

    def __getitem__(self, n: int) -> Entry:
        n = n if n >= 0 else len(self) + n
        times, stops = (self.begins[n], self.spans[n]), (self.firsts[n], self.stops[n])
        return Entry(self.event(n), self._chapters[n], *times, *stops, self._farthest[n], self._steps[n])

    def __iter__(self) -> Iterator[Entry]:
        return map(self.__getitem__, range(len(self)))

    def event(self, n: int) -> Event:
        """The n-th event, from 0."""
        found = self._others.get(n)
        return found if found is not None else Stop(self.seconds[n], self._steps[n])

    def append(
        self, event: Event, chapter: int, begins: float, span: float, first: int, stops: int, farthest: int, step: int
    ) -> None:
        """Appends the entry of these values."""
        if isinstance(event, Stop) and event.grain is None:
            step = event.step
        else:
            self._others[len(self.seconds)] = event
        self.seconds.append(event.seconds)
        self._steps.append(step)
        self._chapters.append(chapter)
        self.spans.append(span)
        self.begins.append(begins)
        self.firsts.append(first)
        self.stops.append(stops)
        self._farthest.append(farthest)

    def append_stops(
        self, seconds: Sequence[float], steps: Sequence[int], chapter: int, rows: Sequence[tuple[float, int, int, int]]
    ) -> None:
        """Appends the entries of stops without a grain. rows: `begins`, `first`, `stops` and `farthest` of each."""
        self.seconds.extend(seconds)
        self._steps.extend(steps)
        self._chapters.extend([chapter] * len(rows))
        self.spans.extend([0.0] * len(rows))
        begins, firsts, stops, farthest = zip(*rows, strict=True)
        self.begins.extend(begins)
        self.firsts.extend(firsts)
        self.stops.extend(stops)
        self._farthest.extend(farthest)
