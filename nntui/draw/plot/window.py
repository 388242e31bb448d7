"""What a plot shows of a long row of places: from where, and how many in so many columns. A value.

A column holds a whole number of places, or one at most, so what stands in a column is exact. Columns that hold several
begin at multiples of their size: they hold the same whichever way one came to them.
"""

from dataclasses import dataclass, replace

FEWEST = 6  # places that are shown at least
LEAST = 12  # places that all of a run has room for from the start


@dataclass(frozen=True, slots=True)
class Window:
    """The places first … first + size − 1 in so many columns; size is less than those, or a multiple of them."""

    first: int
    size: int
    columns: int

    @property
    def each(self) -> int:
        """Places in a column, one at least."""
        return max(self.size // self.columns, 1)

    @property
    def stop(self) -> int:
        """The place after the last one."""
        return self.first + self.size

    def column(self, place: int) -> int:
        """The column that a place stands in, in the middle of its room; may lie outside."""
        return (2 * (place - self.first) + self._sparse) * self.columns // (2 * self.size)

    def place(self, column: int) -> int:
        """The first place that stands in a column, or the one whose room it is in."""
        return self.first + (2 * column + self._sparse) * self.size // (2 * self.columns)

    @property
    def _sparse(self) -> bool:
        return self.size < self.columns

    def follow(self, place: int) -> "Window":
        """The same, moved by whole columns no farther than is needed to have a place in it."""
        begin = place // self.each * self.each
        if place < self.first:
            return replace(self, first=begin)
        if place >= self.stop:
            return replace(self, first=max(begin + self.each - self.size, 0))
        return self


def whole(known: int, columns: int) -> Window:
    """All of so many places, with as little left over as there can be."""
    if known < columns:
        return Window(0, min(max(known, LEAST), columns), columns)
    each = -(-known // columns)
    step = 1 << max(each.bit_length() - 3, 0)  # 4, 5, 6 or 7 times a power of two: whole runs of a long series
    return Window(0, -(-each // step) * step * columns, columns)


@dataclass(frozen=True, slots=True)
class Zoom:
    """How closely one looks, and from where. each: places in a column. size: places in all, where that is less than columns."""

    each: int
    size: int = 0
    first: int = 0

    def window(self, columns: int) -> Window:
        """The window, in so many columns."""
        size = min(self.size, columns) if self.size else self.each * columns
        return Window(self.first // self.each * self.each, size, columns)


def window(zoom: Zoom | None, place: int, known: int, columns: int) -> Window:
    """What is shown with a place in it; without a zoom all that is known, and the place."""
    return whole(max(known, place + 1), columns) if zoom is None else zoom.window(columns).follow(place)


def closer(shown: Window, place: int) -> Zoom:
    """Half as many places, the one under the cursor where it was; a few at least."""
    if shown.each > 1:
        return _around(place, shown, Zoom(shown.each // 2))
    return _around(place, shown, Zoom(1, max(shown.size // 2, min(FEWEST, shown.size))))


def farther(shown: Window, place: int, known: int, total: int) -> Zoom | None:
    """Twice as many places; all that is known on the way there, and no more than there are."""
    columns = shown.columns
    if shown.size >= max(total, LEAST):
        return None if shown == whole(max(known, place + 1), columns) else _around(place, shown, of(shown))
    zoom = Zoom(shown.each * 2) if shown.size >= columns else Zoom(1, 2 * shown.size if 2 * shown.size < columns else 0)
    if shown.size < whole(max(known, place + 1), columns).size <= zoom.window(columns).size:
        return None
    return _around(place, shown, zoom)


def moved(shown: Window, zoom: Zoom | None, columns: int) -> Zoom | None:
    """The same zoom so many columns on; all that is known stays what it is."""
    return None if zoom is None else replace(of(shown), first=max(shown.place(columns), 0))


def of(shown: Window) -> Zoom:
    """The zoom that gives a window."""
    return Zoom(shown.each, shown.size if shown.size < shown.columns else 0, shown.first)


def _around(place: int, shown: Window, zoom: Zoom) -> Zoom:
    """With the place as many columns from the left as it was."""
    near = zoom.window(shown.columns)
    before = replace(near, first=0).place(shown.column(place))
    return replace(zoom, first=max(place - before, 0))
