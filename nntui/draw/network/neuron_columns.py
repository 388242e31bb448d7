"""Which of z, a, σ′, δ and y a panel shows of its neurons, and how wide their columns are."""

from functools import lru_cache
from typing import Literal

from nntui.draw.base.numbers import LEAST, changed, signed
from nntui.draw.base.view import View
from nntui.explain.notation.numerals import FOUR
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind
from nntui.values import dataclass

COLUMNS = ("z", "a", "σ′", "δ", "y")
_KINDS: dict[NumberKind, str] = {"z": "z", "a": "a", "slope": "σ′", "delta": "δ", "y": "y"}


@dataclass(frozen=True, slots=True)
class ShownRows:
    """Which neurons of a layer are shown, and how many lines the row of weights into each has."""

    first: int
    count: int
    total: int
    each: int

    @property
    def neurons(self) -> range:
        """The neurons shown, from 1."""
        return range(self.first, self.first + self.count)

    @property
    def foot(self) -> str:
        """The words in the lower border if rows are left out, else empty."""
        return f"{self.first}–{self.first + self.count - 1} of {self.total}" if self.count < self.total else ""


def column_sizes(view: View, layer: int, rows: ShownRows, room: int) -> dict[str, int]:
    """The columns that fit with their widths: that of the widest number, known yet or not, so that no step moves a column."""
    least = least_sizes(view, layer, rows, "whole")
    if sum(least.values()) > room and view.numerals.digits <= FOUR.digits:
        least = least_sizes(view, layer, rows, "short")
    columns = ["z", "a", "δ"]
    if layer == len(view.frame.course.units) and sum(least[name] for name in (*columns, "y")) <= room:
        columns.append("y")
    sloped = view.frame.scenario.network.blocks[layer - 1].sigma.each
    if sloped and sum(least[name] for name in (*columns, "σ′")) <= room:
        columns.insert(2, "σ′")
    pointed = view.pointed(layer, *_KINDS)
    spare = room - sum(least[name] for name in columns)
    if spare < 0 or (pointed and _KINDS[pointed.kind] not in columns):
        tight = {name: min(size, view.cell) for name, size in least.items()}
        return _narrow_sizes(tight, room, _needed_columns(view, layer))
    numbers = len(columns) - ("y" in columns)
    each = min(spare // numbers, 4)
    return {name: least[name] + (0 if name == "y" else each) for name in columns}


def _narrow_sizes(tight: dict[str, int], room: int, wanted: list[str]) -> dict[str, int]:
    """Equal widths for z, a and δ if that is enough; else as many of the wanted columns as fit."""
    if wanted[0] in "zaδ" and all(room // 3 >= tight[name] for name in "zaδ"):
        return dict.fromkeys("zaδ", room // 3)
    kept, used = wanted[:1], tight[wanted[0]]
    for name in wanted[1:]:
        used += tight[name]
        if used > room:
            break
        kept.append(name)
    each = max((room - sum(tight[name] for name in kept)) // len(kept), 0)
    return {name: tight[name] + min(each, 4) for name in COLUMNS if name in kept}


def _needed_columns(view: View, layer: int) -> list[str]:
    """Columns in the order of need: that of the cursor, or of what is lit or feeds it in this layer, then the others."""
    pointed = view.pointed(layer, *_KINDS)
    cells = [pointed] if pointed else [*view.lit, *view.sources]
    here = {_KINDS[cell.kind] for cell in cells if cell.layer == layer and cell.kind in _KINDS}
    first = next((name for name in ("δ", "a", "z", *here) if name in here), "a")
    beside = {"z": "aδ", "a": "zδ", "δ": "az"}.get(first, "δaz")
    return [first, *beside]


_Changes = Literal["whole", "short", "none"]
"""Changes, where these are shown: with all their digits, with fewer so that they need no more than numbers, or not at all."""


def least_sizes(view: View, layer: int, rows: ShownRows, changes: _Changes) -> dict[str, int]:
    """The width of each column: a blank and its widest number."""
    shown: _Changes = changes if view.then is not None else "none"
    return {name: _widest(view, name, layer, rows.neurons, shown) + 1 for name in COLUMNS}


@lru_cache(maxsize=32)  # a picture asks several times how wide its columns are
def _widest(view: View, name: str, layer: int, neurons: range, changes: _Changes) -> int:
    """Cells of the widest number of a column, or of the widest change."""
    if name == "y" and layer != len(view.frame.course.units):
        return 0
    write = view.numerals.brief if name == "y" else view.numerals.write
    texts = [write(column_value(view.frame, name, layer, k)) for k in neurons]
    if view.then is not None and changes != "none":
        pairs = ((column_value(view.then, name, layer, k), column_value(view.frame, name, layer, k)) for k in neurons)
        short = changes == "short" and name != "y"
        texts += [
            signed(view.numerals.within(change, LEAST - (change > 0.0)) if short else write(change), change)
            for change in (changed(*pair) for pair in pairs)
            if change
        ]
    least = 1 if name == "y" else LEAST + (changes == "whole" and view.then is not None)
    return max(least, *(len(text) for text in texts))


def column_value(frame: Frame, name: str, layer: int, k: int) -> float:
    """The number of neuron k, from 1, in a column of COLUMNS."""
    if name == "y":
        return frame.y(k)
    of = {"z": frame.z, "a": frame.a, "σ′": frame.slope, "δ": frame.delta}
    return of[name](layer, k)
