"""Conditions for `run until`, as values; `until.parser` reads them from text."""

import operator
from collections.abc import Callable
from typing import Literal

from nntui.text.counted import counted
from nntui.values import dataclass

Judged = Literal["cost", "mean", "z", "a", "delta", "gradient", "update"]
"""A kind of number: the kind of step that makes it, or the mean C of an epoch."""

Relation = Literal["<", "<=", ">", ">="]
_HOLDS: dict[Relation, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WRITTEN: dict[Judged, str] = {"cost": "C", "mean": "mean C", "z": "z", "a": "a", "delta": "δ", "gradient": "g", "update": "w"}


@dataclass(frozen=True, slots=True)
class NumberOfRun:
    """A number of the run. layer (the receiving one), neuron: from 1; sender: of a weight or a gradient, 0 for the bias."""

    kind: Judged
    layer: int = 0
    neuron: int = 0
    sender: int = 0

    def __str__(self) -> str:
        """The number as it is typed."""
        if self.kind in ("cost", "mean"):
            return _WRITTEN[self.kind]
        place = f".{self.sender}" if self.kind in ("gradient", "update") else ""
        return f"{_WRITTEN[self.kind]}{self.layer}.{self.neuron}{place}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A number, or its absolute value, compared with a bound at the step that computes it; false for nan."""

    number: NumberOfRun
    relation: Relation
    bound: float
    absolute: bool = False

    def __str__(self) -> str:
        number = f"|{self.number}|" if self.absolute else str(self.number)
        return f"{number} {self.relation} {repr(self.bound).removesuffix('.0')}"

    def holds(self, value: float) -> bool:
        """Whether it holds of a number."""
        return _HOLDS[self.relation](abs(value) if self.absolute else value, self.bound)


@dataclass(frozen=True, slots=True)
class Rose:
    """The mean C of an epoch was larger than that of the epoch before, `times` times in a row."""

    times: int

    def __str__(self) -> str:
        return f"mean C rose for {counted(self.times, 'epoch')}"


@dataclass(frozen=True, slots=True)
class NotFinite:
    """A step computes inf or nan."""

    def __str__(self) -> str:
        return "nan"


@dataclass(frozen=True, slots=True)
class Misclassified:
    """The outputs of a data point predict another class than its target."""

    def __str__(self) -> str:
        return "misclassified"


@dataclass(frozen=True, slots=True)
class AllClassified:
    """The weights after the update of a data point classify every data row right."""

    def __str__(self) -> str:
        return "all classified"


@dataclass(frozen=True, slots=True)
class TurnOfRow:
    """A data row, from 1, has its turn."""

    row: int

    def __str__(self) -> str:
        return f"row {self.row}"


@dataclass(frozen=True, slots=True)
class AtStep:
    """One step of the run."""

    step: int
    typed: str

    def __str__(self) -> str:
        return self.typed


Condition = Compared | Rose | NotFinite | Misclassified | AllClassified | TurnOfRow | AtStep
