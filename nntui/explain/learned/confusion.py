"""How right the network is about all its data rows: which class it says of each, or how far off its outputs are."""

from collections import Counter
from dataclasses import field
from functools import lru_cache
from heapq import nsmallest

import numpy as np

from nntui.engine.arithmetic import Array, ordered_sum, quiet
from nntui.explain.learned.function import classes
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FOUR
from nntui.training.classes import Labels
from nntui.training.scenario import Scenario
from nntui.values import dataclass

NONE = -1  # the class of outputs that are nan

_LETTERS = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """How often each class, from 0, was said to be which. Missing pairs never were.

    rows: that are counted; right: whose class is said; none: of which nothing is said; totals: data rows of each class.
    """

    count: int
    pairs: Counter[tuple[int, int]]  # (target, said) → data rows
    rows: int = field(init=False)
    right: int = field(init=False)
    none: int = field(init=False)
    totals: Counter[int] = field(init=False)

    def __post_init__(self) -> None:
        totals: Counter[int] = Counter()
        for (target, _), times in self.pairs.items():
            totals[target] += times
        object.__setattr__(self, "totals", totals)
        object.__setattr__(self, "rows", totals.total())
        object.__setattr__(self, "right", sum(self.pairs[k, k] for k in totals))
        object.__setattr__(self, "none", sum(self.pairs[k, NONE] for k in totals))

    def of(self, target: int) -> tuple[int, int]:
        """How many data rows of a class are right, and how many there are."""
        return self.pairs[target, target], self.totals[target]

    def with_more(self, other: "Confusion") -> "Confusion":
        """The two counted together."""
        return Confusion(self.count, self.pairs + other.pairs)


@dataclass(frozen=True, slots=True, eq=False)
class TargetErrors:
    """How far outputs are from their targets. total: Σ |a − y| over all numbers that are finite.

    most: the largest |a − y|; worst: of which data row, from 1 (0: of none). not_finite: data rows with inf or nan.
    """

    rows: int = 0
    numbers: int = 0
    total: float = 0.0
    most: float = 0.0
    worst: int = 0
    not_finite: int = 0

    @property
    def mean(self) -> float:
        """The mean of |a − y|; nan where there is none."""
        return self.total / self.numbers if self.numbers else float("nan")

    def with_more(self, other: "TargetErrors") -> "TargetErrors":
        """The two counted together."""
        first = self.worst and (self.most >= other.most or not other.worst)
        most, worst = (self.most, self.worst) if first else (other.most, other.worst)
        return TargetErrors(
            self.rows + other.rows,
            self.numbers + other.numbers,
            self.total + other.total,
            most,
            worst,
            self.not_finite + other.not_finite,
        )


@lru_cache(maxsize=4)
def worst(confusion: Confusion, most: int) -> tuple[tuple[int, int, int], ...]:
    """(target, said, data rows) of rows said to be of another class, the most frequent first, at most `most`."""
    mistaken = ((-times, target, said) for (target, said), times in confusion.pairs.items() if target != said)
    return tuple((target, said, -times) for times, target, said in nsmallest(most, mistaken))


Verdict = Confusion | TargetErrors


def verdict(scenario: Scenario, outputs: Array, rows: Labels | None = None) -> Verdict:
    """Of some data rows (from 0), of all where none are named, by their outputs (rows, n_N)."""
    told = classes(scenario)
    rows = np.arange(len(outputs)) if rows is None else rows
    if told is None:
        return _misses(np.abs(_difference(outputs, scenario.y[rows])), rows)
    codes, times = np.unique(told.labels[rows] * (told.count + 1) + told.predicted(outputs) + 1, return_counts=True)
    pairs = {divmod(code, told.count + 1): many for code, many in zip(codes.tolist(), times.tolist(), strict=True)}
    return Confusion(told.count, Counter({(target, said - 1): many for (target, said), many in pairs.items()}))


def together(one: Verdict | None, other: Verdict) -> Verdict:
    """Two counts of different rows of one scenario."""
    match one, other:
        case Confusion(), Confusion():
            return one.with_more(other)
        case TargetErrors(), TargetErrors():
            return one.with_more(other)
        case _:
            return other


def _difference(a: Array, y: Array) -> Array:
    with quiet():
        return a - y


def _misses(off: Array, places: Labels) -> TargetErrors:
    finite = np.isfinite(off)
    known = np.where(finite, off, 0.0)
    rows = known.max(axis=1, initial=0.0)
    worst = int(rows.argmax())
    with quiet():
        total = ordered_sum(known.ravel())
    some = bool(finite.any())
    lost = int((~finite.all(axis=1)).sum())
    return TargetErrors(len(off), int(finite.sum()), total, float(rows[worst]), int(places[worst]) + 1 if some else 0, lost)


def class_names(scenario: Scenario) -> tuple[str, ...]:
    """What the classes are called: by their outputs or, of a single output, by their targets. Empty where there are none."""
    told = classes(scenario)
    if told is None:
        return ()
    if scenario.network.outputs == 1:
        return FOUR.write_short(told.low), FOUR.write_short(told.high)
    top = len(scenario.network.layers)
    return tuple(given_name(scenario, top, k) or str(k) for k in range(1, told.count + 1))


def class_marks(scenario: Scenario) -> tuple[str, ...]:
    """One character for each class: ○ and ● of a single output, else the first of its name where that tells them apart."""
    if scenario.network.outputs == 1:
        return ("○", "●")
    first = tuple(name[:1] for name in class_names(scenario))
    if len(set(first)) == len(first) and all(mark.isalnum() and mark.isascii() for mark in first):
        return first
    return tuple(_LETTERS[k] if len(first) <= len(_LETTERS) else "●" for k in range(len(first)))


def share(part: int, whole: int) -> str:
    """`97 %`; `100 %` and `0 %` only where it is all, or nothing."""
    if part in (0, whole):
        return "100 %" if part else "0 %"
    percent = 100 * part / whole
    near = percent < 0.5 or percent >= 99.5
    return f"{min(max(percent, 0.1), 99.9):.1f} %" if near else f"{percent:.0f} %"
