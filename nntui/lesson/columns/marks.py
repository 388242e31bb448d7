"""The notes of a lesson on its time bar, in the order of time."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on the time bar: its time on the bar in seconds, its stop, and its text."""

    seconds: float
    stop: int
    text: str


class Marks:
    """The notes of one lesson; notes are only appended, and their stops never fall."""

    def __init__(self) -> None:
        self._seconds = array("d")
        self._stops = array("q")
        self._texts: list[str] = []

    def append(self, seconds: float, stop: int, text: str) -> None:
        """Adds the note of these values at the end."""
        self._seconds.append(seconds)
        self._stops.append(stop)
        self._texts.append(text)

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[Mark]:
        return map(Mark, self._seconds, self._stops, self._texts)

    def between(self, first: int, last: int) -> list[Mark]:
        """The notes that were typed at some stops, both ends included."""
        return [self._mark(number) for number in range(bisect_left(self._stops, first), bisect_right(self._stops, last))]

    def neighbour(self, stop: int, change: int) -> Mark | None:
        """The first note after a stop (change 1), or the last before it (−1)."""
        number = bisect_right(self._stops, stop) if change > 0 else bisect_left(self._stops, stop) - 1
        return self._mark(number) if 0 <= number < len(self) else None

    def _mark(self, number: int) -> Mark:
        return Mark(self._seconds[number], self._stops[number], self._texts[number])
