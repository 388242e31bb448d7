"""The axes of a plot: a linear or logarithmic scale, its ticks, and the labels of the horizontal axis."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

import numpy as np

from nntui.draw.base.spans import Mark, Role
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.notation.numerals import MINUS
from nntui.values import dataclass

LABEL = 9  # cells of a tick's number at most
PARTS = 6  # about how many steps a linear scale has
_MOST = 1e300  # larger numbers are drawn at this height
_LEAST_POWER, _MOST_POWER = -99, 300

OTHER_ROLES: tuple[Role, ...] = ("run_a", "run_b", "run_c")
"""Roles of other runs in the same plot; each has a letter too, for screens without colour."""


@dataclass(frozen=True, slots=True)
class AxisScale:
    """The ends of a vertical axis, low and high: numbers or, on a logarithmic scale, exponents of ten. step: between ticks."""

    low: float
    high: float
    log: bool = False
    step: float = 1.0

    def heights(self, values: Array) -> Array:
        """The heights of numbers between low and high; inf for one that cannot be drawn, nan for nan. Shape as `values`."""
        with quiet():
            if self.log:
                found = np.where(values > 0.0, np.log10(np.maximum(values, 5e-324)), np.where(np.isnan(values), np.nan, np.inf))
                found[np.isinf(values)] = np.inf
            else:
                found = np.where(np.isinf(values), np.inf, values)
            return np.where(np.isfinite(found), np.clip(found, self.low, self.high), found)

    def bands(self, low: Array, high: Array) -> tuple[Array, Array]:
        """The heights of the smallest and largest numbers of columns; on a logarithmic scale a 0 reaches the bottom."""
        lower, upper = self.heights(low), self.heights(high)
        if self.log:
            lower = np.where(np.isfinite(upper) & ~(low > 0.0) & ~np.isnan(low), self.low, lower)
        return lower, upper

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most about `most` round heights, each with its text."""
        first, last = round(self.low / self.step), round(self.high / self.step)
        apart = max(round(nice((last - first) / max(most - 1, 1))), 1)
        every = range(-(-first // apart) * apart, last + 1, apart)
        every = every if len(every) > 1 else range(first, last + 1, max(last - first, 1))
        if self.log:
            return [(float(power), brief_power(power)) for power in every]
        return [(number * self.step, _round(number * self.step, self.step)) for number in every]


def linear(rows: Sequence[Array]) -> AxisScale:
    """A scale from a round number below the smallest to one above the largest; from 0 if the smallest is near it."""
    kept = [np.clip(row[np.isfinite(row)], -_MOST, _MOST) for row in rows]
    low = min((float(row.min()) for row in kept if row.size), default=0.0)
    high = max((float(row.max()) for row in kept if row.size), default=1.0)
    if 0.0 <= low <= 0.5 * high:
        low = 0.0
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        room = 0.05 * max(abs(low), abs(high))
        low, high = (low - room, high + room) if room > 1e-290 else (0.0, 1.0)
    if high - low < 1e-290:
        low, high = 0.0, 1.0
    step = nice((high - low) / PARTS)
    return AxisScale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step=step)


def logarithmic(rows: Sequence[Array]) -> AxisScale:
    """A scale from the power of ten below the smallest positive number to the one above the largest."""
    kept = [row[np.isfinite(row) & (row > 0.0)] for row in rows]
    low = min((float(row.min()) for row in kept if row.size), default=0.1)
    high = max((float(row.max()) for row in kept if row.size), default=1.0)
    top = min(max(ceil(log10(high)), _LEAST_POWER + 1), _MOST_POWER)
    bottom = min(max(floor(log10(low)), _LEAST_POWER), top - 1)
    return AxisScale(float(bottom), float(top), log=True)


def nice(size: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is at least `size`."""
    decade = 10.0 ** floor(log10(size)) if isfinite(size) and size > 1e-300 else 1e-300
    return next((step * decade for step in (1.0, 2.0, 5.0, 10.0) if step * decade >= size * (1 - 1e-9)), 10.0 * decade)


def brief_power(power: int) -> str:
    """A power of ten in at most six cells."""
    return f"{10.0**power:g}" if -3 <= power <= 3 else f"1e{power}"


def _round(value: float, step: float) -> str:
    """A multiple of a step with as many digits as distinguish it from the next, in LABEL cells at most."""
    if abs(value) < step / 2:
        return "0"
    decimals = max(-floor(log10(step) + 1e-9), 0)
    text = f"{value:.{decimals}f}"
    if len(text) > LABEL or abs(value) >= 1e6:
        digits = min(max(floor(log10(abs(value)) + 1e-9) - floor(log10(step) + 1e-9), 0), 5)
        powers = [
            f"{value:.{places}e}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-") for places in range(digits, -1, -1)
        ]
        text = next((power for power in powers if len(power) <= LABEL), powers[-1])
    return text.replace("-", MINUS, 1) if value < 0 else text


@dataclass(frozen=True, slots=True)
class IterationPlace:
    """The iteration that a click on a span of the plot means: first + cell · each."""

    first: float
    each: float

    def iteration(self, cell: int) -> int:
        """The iteration under the middle of a cell."""
        return int(self.first + (cell + 0.5) * self.each)

    def beyond(self, cells: int) -> "IterationPlace":
        """What a click on a span that begins `cells` cells farther right means."""
        return IterationPlace(self.first + cells * self.each, self.each)


def put_labels(marks: list[Mark], labels: Sequence[tuple[int, str]], clear: Sequence[int], taken: int = -1) -> None:
    """Writes (cell, text) labels over the marks; one that would touch another, or a cell of `clear`, is left out.

    taken: the last cell that is not free.
    """
    for at, label in labels:
        place = min(at, len(marks) - len(label))
        if place > taken + 1 and not any(place - 1 <= cell <= place + len(label) for cell in clear):
            taken = place + len(label)
            marks[place:taken] = [(character, "dim") for character in label]


def round_numbers(last: int, most: int = 6) -> list[int]:
    """1 and at most `most` round numbers up to `last`."""
    step = round_step(last, most)
    return [1, *(number for number in range(step, last + 1, step) if number > 1)]


def round_step(size: float, most: int) -> int:
    """The smallest of 1, 2, 5, 10 … of which at most `most` fit into `size`."""
    step = 1
    while size / step > most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
