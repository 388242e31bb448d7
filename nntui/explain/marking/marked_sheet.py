"""What was found in a sheet: counts by kind of step and layer, and the wrong numbers."""

from dataclasses import field
from typing import NamedTuple

from nntui.explain.grading.slips.slip import Slip
from nntui.lesson.answers import Answer
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import Kind
from nntui.training.steps import Group
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A wrong number: where, what follows from the numbers before it, and the slips it may come from.

    frame: of the first one, its data point with the student's numbers before it.
    """

    answer: Answer
    cell: Cell
    expected: float
    slips: tuple[Slip, ...]
    frame: Frame | None = None


class OtherInput(NamedTuple):
    """An input on the sheet that is not the scenario's: the line of its file, and a sentence."""

    line: int
    words: str


@dataclass(slots=True)
class Tally:
    """Counts of numbers by verdict; missing: those of the answered data points that have no answer."""

    right: int = 0
    follows: int = 0
    wrong: int = 0
    missing: int = 0


@dataclass(slots=True)
class MarkedSheet:
    """What was found: the counts of each kind of step in each layer, in reading order, and the wrong numbers."""

    tallies: dict[tuple[Kind, int], Tally] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    other_inputs: list[OtherInput] = field(default_factory=list)

    def tally(self, group: Group) -> Tally:
        """The counts of the kind and layer of a group, to be added to."""
        return self.tallies.setdefault((group.kind, group.layer), Tally())

    @property
    def right(self) -> int:
        """Answers that are right."""
        return sum(tally.right for tally in self.tallies.values())

    @property
    def follows(self) -> int:
        """Answers that follow from an earlier slip."""
        return sum(tally.follows for tally in self.tallies.values())

    @property
    def wrong(self) -> int:
        """Answers that are wrong."""
        return len(self.findings)

    @property
    def missing(self) -> int:
        """Numbers of the answered data points that have no answer."""
        return sum(tally.missing for tally in self.tallies.values())

    @property
    def answers(self) -> int:
        """How many numbers were given."""
        return self.right + self.follows + self.wrong
