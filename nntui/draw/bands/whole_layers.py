"""The layouts with which layers are whole: all numbers of all neurons, in one row for each or in several."""

from collections.abc import Iterator

from nntui.draw.bands.band_numbers import BandNumbers
from nntui.draw.bands.layouts import Layout, aligned_layouts, row_layout, wrapped_layouts
from nntui.draw.bands.spread import spread

HEADS = 2  # lines of heads and signals
PLOT = 3  # lines that the plot needs beside that of the cost


class WholeLayers:
    """The layouts of one data point's layers in a room of some cells; `height`: the lines of all bands at most."""

    def __init__(self, numbers: BandNumbers, room: int, height: int) -> None:
        self.numbers, self.room, self.height = numbers, room, height
        self.layers, self.units = numbers.layers, numbers.units
        self._rows: dict[tuple[int, str], tuple[int, Layout] | None] = {}

    def layouts(self, without: str) -> list[Layout]:
        """The layouts of all layers, in the same columns where this costs no digit; empty if the room is not high enough."""
        if 1 + sum(1 + HEADS + count for count in self.units) > self.height:  # before any number is written
            return []
        rows = [self._row(layer, without) for layer in self.layers]
        wrapped = self._with_more_digits(rows)
        if wrapped:
            return wrapped
        aligned = aligned_layouts(self.numbers, self.room, without) if all(rows) else None
        if aligned is not None and all(row is not None and row[0] == aligned[0] for row in rows):
            return [spread(self.numbers.scenario, layout, self.layers, self.room) for layout in aligned[1]]
        lowest = [self._lowest(layer, without) for layer in self.layers]
        if None in lowest:
            return []
        least = [layout.lines(count) for layout, count in zip(lowest, self.units, strict=True) if layout is not None]
        left, layouts = self.height - 1 - sum(least), []
        if left < 0:
            return []
        for layer, count, lines in zip(self.layers, self.units, least, strict=True):
            layout = next(one for one in self.ways(layer, without) if one.lines(count) <= lines + left)
            left -= layout.lines(count) - lines
            layouts.append(spread(self.numbers.scenario, layout, [layer], self.room))
        return layouts

    def _with_more_digits(self, rows: list[tuple[int, Layout] | None]) -> list[Layout]:
        """The layouts of all layers, some in several rows if one costs two digits and the plot keeps its lines; else empty."""
        layouts = [row[1] for row in rows if row is not None]
        left = self.height - 1 - PLOT - sum(one.lines(count) for one, count in zip(layouts, self.units, strict=False))
        if len(layouts) < len(rows) or all(one.numerals.digits > self.numbers.numerals.digits - 2 for one in layouts):
            return []
        for place, (row, layer, count) in enumerate(zip(layouts, self.layers, self.units, strict=True)):
            if row.numerals.digits > self.numbers.numerals.digits - 2:
                continue
            best = next(iter(wrapped_layouts(self.numbers, layer, self.room, 0)), None)
            if best is None or best.lines(count) - row.lines(count) > left:
                return []
            left -= best.lines(count) - row.lines(count)
            layouts[place] = best
        kinds = zip(layouts, self.layers, strict=True)
        return [spread(self.numbers.scenario, one, [layer], self.room) for one, layer in kinds]

    def _row(self, layer: int, without: str) -> tuple[int, Layout] | None:
        if (layer, without) not in self._rows:
            self._rows[layer, without] = row_layout(self.numbers, layer, self.room, without)
        return self._rows[layer, without]

    def ways(self, layer: int, without: str) -> Iterator[Layout]:
        """The ways to show all numbers of a layer: in one row if it is wide enough; else in several, most digits first."""
        row = self._row(layer, without)
        if row is not None:
            yield row[1]
            return
        for place in range(len(self.numbers.writings)):
            yield from wrapped_layouts(self.numbers, layer, self.room, place, without)

    def _lowest(self, layer: int, without: str) -> Layout | None:
        """The layout of a whole layer that needs the fewest lines; None if the room is not wide enough for any."""
        row = self._row(layer, without)
        if row is not None:
            return row[1]
        return next(iter(wrapped_layouts(self.numbers, layer, self.room, len(self.numbers.writings) - 1, without)), None)
