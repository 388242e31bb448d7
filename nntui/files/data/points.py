"""The data points of a scenario, whatever their source."""

from collections.abc import Callable
from typing import Any

from nntui.engine.arithmetic import Array
from nntui.files.schema.validate import Faults
from nntui.training.held_out import Rows, trained_rows
from nntui.training.scenario import Generated
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """x (points, n_0) and y (points, n_N) with the names of their source. blame: adds a fault at a row (from 0) of y."""

    x: Array
    y: Array
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    outputs: str  # where the number of outputs comes from, for a sentence: `column 'species'`
    noun: str  # and what it counts: `class`
    blame: Callable[[int, str], None]
    left_out: int = 0  # rows of the file with a missing cell
    one_hot_remedy: str = ""  # what helps if the numbers of the target are classes
    held_share: float = 0.0
    trained: Rows | None = None  # the rows that are trained on; None: all
    generated: Generated | None = None

    @property
    def count(self) -> int:
        """Data points of an epoch."""
        return len(self.x) if self.trained is None else len(self.trained)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Which rows are trained on, once their number is known."""

    share: float
    seed: int

    def trained(self, rows: int) -> Rows | None:
        """The rows that are trained on; None for all."""
        return trained_rows(self.share, self.seed, rows)


def need(given: dict[str, Any], faults: Faults, key: str, expected: str) -> None:
    """Adds a fault where a key is not in a [data] table (`given`: as the file has it). expected: what it is to hold."""
    if key not in given:
        faults.add(("data",), f"`{key}` is missing in [data]; expected {expected}")
