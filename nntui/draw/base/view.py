"""What a picture is a function of: the frame, and what of the run has been seen."""

from dataclasses import dataclass, field, replace
from typing import Literal

from nntui.draw.base.spans import Role
from nntui.draw.base.timeline_bar import Bar
from nntui.explain.derive import derive
from nntui.explain.equations.cells import value_of
from nntui.explain.equations.differences import value
from nntui.explain.equations.equation import Cell, Equation
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.explain.warnings.warning import LearningWarning
from nntui.training.frame import Frame
from nntui.training.series import Series
from nntui.training.steps import NumberKind

Recording = Literal["", "on", "lost"]


@dataclass(frozen=True, slots=True, eq=False)
class OtherRun:
    """Another run of the same steps, to be drawn beside: its name, its costs so far, and where the two part.

    start: the first iteration that is not the same in both. shown: iterations from there on that are to be drawn.
    """

    name: str
    costs: Series
    means: Series
    start: int
    shown: int


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One moment of the screen.

    farthest: the last iteration that has been visited; what lies before it stays in the plot.
    computed: how many iterations are known. diverged: the first step known to make inf or nan.
    recording: whether what is done is written to a file, or could not be any more.
    then: while it is set, the panels show how each number has changed since that step; `since` says it in words.
    cautions: what is to be warned of, the heaviest first. graph: the network is drawn as a graph in place of panels.
    watched: data rows that are marked to be watched.
    others: forks of the run, or what it was forked from, drawn into the cost plot beside it. fork: what the run is called.
    """

    frame: Frame
    numerals: Numerals = FOUR
    notation: Notation = LECTURE
    costs: Series = field(default_factory=Series)
    means: Series = field(default_factory=Series)
    farthest: int = 0
    computed: int = 0
    diverged: int | None = None
    note: str = ""  # what is noted at this step
    bar: Bar | None = None  # where in a recorded lesson one is
    recording: Recording = ""
    cursor: Cell | None = None  # the number that is inspected: marked, and kept in sight
    then: Frame | None = None  # of a network of the same sizes
    since: str = ""
    warnings: tuple[LearningWarning, ...] = ()
    graph: bool = False
    watched: frozenset[int] = frozenset()
    others: tuple[OtherRun, ...] = ()
    fork: str = ""
    log: bool = False  # the cost plot has a logarithmic scale
    equation: Equation = field(init=False)
    lit: frozenset[Cell] = field(init=False)
    sources: frozenset[Cell] = field(init=False)

    def __post_init__(self) -> None:
        equation = derive(self.frame, self.notation, self.numerals)
        object.__setattr__(self, "equation", equation)
        object.__setattr__(self, "lit", equation.lit)
        object.__setattr__(self, "sources", equation.sources)

    @property
    def cell(self) -> int:
        """Cells of a column of numbers, the blank before them included; a change has a sign where a number has none."""
        return self.numerals.cell + (self.then is not None)

    def before(self, cell: Cell) -> float | None:
        """The number that stood there then; None where it was not known.

        A new weight is held against the weight that stood there, old or new; the old one beside it against the old one.
        """
        then = self.then
        if then is None:
            return None
        if cell.kind == "update":
            return value(then, replace(cell, kind="weight"))
        if cell.kind == "weight" and self.frame.knows("update", cell.layer, cell.neuron):
            return value_of(then, cell)
        return value(then, cell)

    def role(self, cell: Cell, role: Role = "number") -> Role:
        """The cursor's where it stands on it, lit where the step makes it, source where it feeds it, else the role it has."""
        if cell == self.cursor:
            return "cursor"
        if cell in self.lit:
            return "lit"
        return "source" if cell in self.sources else role

    def pointed(self, layer: int, *kinds: NumberKind) -> Cell | None:
        """The cursor, if it stands on one of these kinds of number of a layer."""
        cursor = self.cursor
        return cursor if cursor is not None and cursor.layer == layer and cursor.kind in kinds else None
