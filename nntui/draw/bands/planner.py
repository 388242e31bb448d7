"""Which layers have bands, of how many lines, and how the numbers of each are laid out.

What gives way where there is less room: lines of the gradients first, then long names, then columns that all bands share,
then decimals, then digits before a power of ten, then the one row of a neuron, which goes on in a second one. Then other
layers than that of the step, the farthest first: in short, with their weights as bars, or in their border alone. Last come
σ′, and neurons of a layer that is higher than the room. In a high window lines of the gradients, and layers that are not
next to that of the step, give way to the plot, too. All widths come from all numbers of the data point, known yet or not,
and the height from the plans for all layers: nothing moves between two steps of a layer.
"""

from collections.abc import Iterator
from dataclasses import replace

from nntui.draw.bands.band_numbers import BandNumbers
from nntui.draw.bands.layouts import Layout, least_short, named_layout, short_layouts
from nntui.draw.bands.spread import spread
from nntui.draw.bands.whole_layers import HEADS, WholeLayers
from nntui.draw.network.weight_row import kept_kinds
from nntui.values import dataclass

LEAST_SHORT = 3  # lines of one neuron of a layer in short
HIGH = 20  # lines of room from which the plot keeps its lines beside gradients and far layers
HIGH_PLOT = 5  # those lines, beside that of the cost
FEWEST_ROWS = 2  # neurons of a layer that is higher than the room; where fewer fit, panels say more


@dataclass(frozen=True, slots=True)
class Band:
    """The neurons of a layer that are shown, and how.

    each: lines of the weights of a neuron; more than one for its gradient or new weights, G, v. short: its weights are bars,
    or left out.
    """

    layer: int
    neurons: tuple[int, ...]
    layout: Layout
    each: int = 1
    short: bool = False

    @property
    def lines(self) -> int:
        """Lines of the band, its upper border included."""
        return self.layout.lines(len(self.neurons), self.each)


@dataclass(frozen=True, slots=True)
class Plan:
    """The bands from the lowest layer to the highest, and the lines of all, the lower border included."""

    bands: tuple[Band, ...]
    height: int


class BandPlanner:
    """The plans for one data point: with all layers whole, or for each layer that a step may be in."""

    def __init__(self, numbers: BandNumbers, room: int, height: int) -> None:
        self.numbers, self.room, self.height = numbers, room, height
        self.layers, self.units = numbers.layers, numbers.units
        self.plot = HIGH_PLOT if height >= HIGH else 0
        self.most_lines = 2 + len(kept_kinds(numbers.scenario.network))
        self.whole = WholeLayers(numbers, room, height)
        self._plans: dict[tuple[int, int, str], Plan | None] = {}

    def plan(self, present: int, step: int, without: str) -> Plan | None:
        """All layers whole, or else one, `present`; of the same height whichever it is.

        step: the layer of the step where that is another, else 0. without: the column that is left out last. Of a page the
        first neurons are planned, and those of any other page have the same room.
        """
        key = present, step, without
        if key not in self._plans:
            self._plans[key] = self._every("") or self._one_whole(*key)
        return self._plans[key]

    def _one_whole(self, present: int, step: int, without: str) -> Plan | None:
        here, height = self._with_height(present, step, without, self.plot)
        if height > self.height - self.plot:  # the plot has no room even so
            here, height = self._with_height(present, step, without, 0)
        if here is None:
            return self._every(without)
        return Plan(tuple(self._finished(band, present, height - _height(here)) for band in here), height)

    def _with_height(self, present: int, step: int, without: str, plot: int) -> tuple[tuple[Band, ...] | None, int]:
        """The bands with one layer whole, and the most lines of such bands, whichever that is; None where a layer has no room.

        plot: lines that far layers leave to the plot.
        """
        found = {layer: self._around(layer, 0, without, plot) for layer in self.layers}
        here = self._around(present, step, without, plot) if step else found[present]
        height = max((_height(bands) for bands in (here, *found.values()) if bands), default=0)
        return here if all(found.values()) else None, height

    def _finished(self, band: Band, present: int, spare: int) -> Band:
        """A band with its columns spread over the room; the present layer has its gradients in the `spare` lines, if they fit."""
        layout = spread(self.numbers.scenario, band.layout, [band.layer], self.room)
        more = [replace(band, each=each) for each in range(self.most_lines, 1, -1) if band.layer == present]
        return replace(next((one for one in more if one.lines <= band.lines + spare), band), layout=layout)

    # --- all layers whole

    def _every(self, without: str) -> Plan | None:
        """All layers whole, with as many lines for the weights as fit; None if the room is not high enough."""
        layouts = self.whole.layouts(without)
        for each in range(self.most_lines, 0, -1):
            high = 1 + sum(layout.lines(count, each) for layout, count in zip(layouts, self.units, strict=False))
            if layouts and high <= self.height - self.plot * (each > 1):
                kinds = zip(self.layers, self.units, layouts, strict=True)
                return Plan(tuple(Band(layer, _all(count), layout, each) for layer, count, layout in kinds), high)
        return None

    # --- one layer whole, and of the others what there is room for

    def _around(self, present: int, step: int, without: str, plot: int) -> tuple[Band, ...] | None:
        """One layer whole or, if it is too high, a page of it; then the others, that of the step first where it is another."""
        others = self._others(present, step)
        first = self._first(present, step, others, without)
        if first is None:
            return None
        bands, left = [first], self.height - 1 - first.lines
        for later, layer in zip(range(len(others) - 1, -1, -1), others, strict=True):
            is_far = layer != step and abs(layer - present) > 1
            lines = max(left - later - plot * is_far, min(left, LEAST_SHORT if layer == step else 1))
            if lines < 1:
                break
            bands.append(self._other(layer, present, lines, asked=layer == step))
            left -= bands[-1].lines
        return tuple(sorted(bands, key=lambda band: band.layer))

    def _others(self, present: int, step: int) -> list[int]:
        """The other layers: that of the step, that above, whose δ come down, that below, then farther ones."""
        return sorted(
            (layer for layer in self.layers if layer != present),
            key=lambda layer: (layer != step, abs(layer - present), layer < present),
        )

    def _first(self, present: int, step: int, others: list[int], without: str) -> Band | None:
        """The layer that is shown whole. Others give way to it: they are in short first, then only named."""
        lit = LEAST_SHORT if step else 0
        named = len(others) - (step > 0)
        above = (
            max(least_short(self.numbers, present + 1, self.room) - 1, 0) if present + 1 in others and present + 1 != step else 0
        )
        count = self.units[present - 1]
        for missing in ("", without):
            for kept in (lit + named + above, lit + named, lit):
                lines = self.height - 1 - kept
                layout = next((one for one in self.whole.ways(present, missing) if one.lines(count) <= lines), None)
                if layout is not None:
                    return Band(present, _all(count), layout)
        return self._page(present, self.height - 1 - lit)

    def _page(self, present: int, lines: int) -> Band | None:
        """As many neurons of a layer as there is room for."""
        total = self.units[present - 1]
        layout = max(self.whole.ways(present, ""), key=lambda one: one.most(lines, total), default=None)
        if layout is None or layout.most(lines, total) < min(FEWEST_ROWS, total):
            return None
        return Band(present, _all(layout.most(lines, total)), layout)

    def _other(self, layer: int, present: int, lines: int, *, asked: bool) -> Band:
        """A layer that is not the first: whole if there is room, else in short, else its name.

        asked: the step is in it, so that all numbers that a step may compute are shown, if need be of a page of its neurons.
        """
        count = self.units[layer - 1]
        if lines >= 1 + HEADS + count:
            layout = next((one for one in self.whole.ways(layer, "") if one.lines(count) <= lines), None)
            if layout is not None:
                return Band(layer, _all(count), layout)
        layouts = [one for one in self._short(layer, present) if not asked or one.says_all] if lines >= LEAST_SHORT else []
        for layout in layouts:
            if layout.lines(count) <= lines:
                return Band(layer, _all(count), layout, short=True)
        if asked and layouts:
            return Band(layer, _all(layouts[0].most(lines, count)), layouts[0], short=True)
        layout = named_layout(self.numbers, layer, self.room, lines, through=layer == present + 1)
        return Band(layer, _all(count), layout, short=True)

    def _short(self, layer: int, present: int) -> Iterator[Layout]:
        return short_layouts(self.numbers, layer, self.room, through=layer == present + 1)


def _height(bands: tuple[Band, ...]) -> int:
    return 1 + sum(band.lines for band in bands)


def _all(count: int) -> tuple[int, ...]:
    return tuple(range(1, count + 1))
