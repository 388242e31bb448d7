"""The notes of a lesson on its time bar, in the order of time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

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
        self._marks: list[Mark] = []

    def append(self, mark: Mark) -> None:
        """Adds a note at the end."""
        self._marks.append(mark)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def between(self, first: int, last: int) -> list[Mark]:
        """The notes that were typed at some stops, both ends included."""
        begin = bisect_left(self._marks, first, key=lambda mark: mark.stop)
        return list(takewhile(lambda mark: mark.stop <= last, islice(self._marks, begin, None)))

    def neighbour(self, stop: int, change: int) -> Mark | None:
        """The first note after a stop (change 1), or the last before it (−1)."""
        if change > 0:
            number = bisect_right(self._marks, stop, key=lambda mark: mark.stop)
            return self._marks[number] if number < len(self._marks) else None
        number = bisect_left(self._marks, stop, key=lambda mark: mark.stop)
        return self._marks[number - 1] if number else None
