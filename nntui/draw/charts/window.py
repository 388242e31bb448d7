"""The part of a long series of places that a plot shows, as a value: the first place, how many, and in how many columns.

A column has a whole number of places, or at most one, so that its smallest and largest are exact. Columns of several
places begin at multiples of their size, so that they do not depend on how the viewer moved there.
"""

from dataclasses import replace

from nntui.values import dataclass

FEWEST = 6  # places that are shown at least
LEAST = 12  # places that a plot of the whole run has room for at least


@dataclass(frozen=True, slots=True)
class Window:
    """The places first … first + size − 1 in `columns` columns; size is less than columns, or a multiple of it."""

    first: int
    size: int
    columns: int

    @property
    def each(self) -> int:
        """Places in a column, at least one."""
        return max(self.size // self.columns, 1)

    @property
    def stop(self) -> int:
        """The place after the last one."""
        return self.first + self.size

    def column(self, place: int) -> int:
        """The column of a place, which may be outside; if a place is wider than a column, its middle one."""
        return (2 * (place - self.first) + self._sparse) * self.columns // (2 * self.size)

    def place(self, column: int) -> int:
        """The first place of a column, or the one that covers it."""
        return self.first + (2 * column + self._sparse) * self.size // (2 * self.columns)

    @property
    def _sparse(self) -> bool:
        return self.size < self.columns

    def follow(self, place: int) -> "Window":
        """The same window, moved by whole columns, just as far as needed to show a place."""
        begin = place // self.each * self.each
        if place < self.first:
            return replace(self, first=begin)
        if place >= self.stop:
            return replace(self, first=max(begin + self.each - self.size, 0))
        return self


def whole(known: int, columns: int) -> Window:
    """The window of `known` places, with as little empty room as possible."""
    if known < columns:
        return Window(0, min(max(known, LEAST), columns), columns)
    each = -(-known // columns)
    step = 1 << max(each.bit_length() - 3, 0)  # 4, 5, 6 or 7 times a power of two: whole bins of a long series
    return Window(0, -(-each // step) * step * columns, columns)


@dataclass(frozen=True, slots=True)
class Zoom:
    """Scale and position of a window. each: places in a column. size: all places, if those are fewer than columns, else 0."""

    each: int
    size: int = 0
    first: int = 0

    def window(self, columns: int) -> Window:
        """The window in `columns` columns."""
        size = min(self.size, columns) if self.size else self.each * columns
        return Window(self.first // self.each * self.each, size, columns)


def window(zoom: Zoom | None, place: int, known: int, columns: int) -> Window:
    """The window of a zoom, moved to show `place`; without a zoom all known places, and `place`."""
    return whole(max(known, place + 1), columns) if zoom is None else zoom.window(columns).follow(place)


def closer(shown: Window, place: int) -> Zoom:
    """A zoom with half as many places, FEWEST at least; `place` stays in its column."""
    if shown.each > 1:
        return _around(place, shown, Zoom(shown.each // 2))
    return _around(place, shown, Zoom(1, max(shown.size // 2, min(FEWEST, shown.size))))


def farther(shown: Window, place: int, known: int, total: int) -> Zoom | None:
    """A zoom with twice as many places; None, for all that is known, if that is between the two or there are no more."""
    columns = shown.columns
    if shown.size >= max(total, LEAST):
        return None if shown == whole(max(known, place + 1), columns) else _around(place, shown, of(shown))
    zoom = Zoom(shown.each * 2) if shown.size >= columns else Zoom(1, 2 * shown.size if 2 * shown.size < columns else 0)
    if shown.size < whole(max(known, place + 1), columns).size <= zoom.window(columns).size:
        return None
    return _around(place, shown, zoom)


def moved(shown: Window, zoom: Zoom | None, columns: int) -> Zoom | None:
    """The zoom moved by some columns; None, for all that is known, stays None."""
    return None if zoom is None else replace(of(shown), first=max(shown.place(columns), 0))


def of(shown: Window) -> Zoom:
    """The zoom whose window is `shown`."""
    return Zoom(shown.each, shown.size if shown.size < shown.columns else 0, shown.first)


def _around(place: int, shown: Window, zoom: Zoom) -> Zoom:
    """The zoom moved so that a place keeps its column."""
    near = zoom.window(shown.columns)
    before = replace(near, first=0).place(shown.column(place))
    return replace(zoom, first=max(place - before, 0))
