"""How far the runs of a lesson were visited."""

from array import array
from bisect import bisect_right


class Visits:
    """Of each chapter: at which stops its largest visited step grew, and to what."""

    def __init__(self) -> None:
        self._columns: dict[int, tuple[array[int], array[int]]] = {}

    def add(self, chapter: int, stop: int, step: int) -> None:
        """Notes that a step was visited at a stop. Stops come in their order."""
        columns = self._columns.get(chapter)
        if columns is None:
            columns = self._columns[chapter] = (array("q"), array("q"))
        elif step <= columns[1][-1]:
            return
        columns[0].append(stop)
        columns[1].append(step)

    def at_the_end(self, chapter: int) -> int | None:
        """The largest step visited in a chapter; None if the chapter was not visited."""
        columns = self._columns.get(chapter)
        return columns[1][-1] if columns is not None else None

    def up_to(self, chapter: int, stop: int) -> int | None:
        """The largest step visited up to a stop in a chapter; None if the chapter was not visited yet."""
        stops, steps = self._columns.get(chapter, ((), ()))
        number = bisect_right(stops, stop)
        return steps[number - 1] if number else None
