"""All that a picture depends on: the frame, what of the run was visited, and the choices of the viewer."""

from dataclasses import field, replace
from typing import TYPE_CHECKING, Literal

from nntui.draw.base.spans import Role
from nntui.explain.derive import derive
from nntui.explain.equations.cells import value_of
from nntui.explain.equations.differences import value
from nntui.explain.equations.equation import Equation
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.explain.warnings.warning import LearningWarning
from nntui.training.cell import Cell
from nntui.training.containers.series import Series
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.draw.base.timeline_bar import Bar
    from nntui.explain.history.moved import MovedWeight
    from nntui.explain.paths import LitPath

Recording = Literal["", "on", "lost"]


@dataclass(frozen=True, slots=True, eq=False)
class OtherRun:
    """Another run in the same plot: its name, its costs so far, and which of them are drawn.

    start: the first iteration that differs from the present run. shown: how many iterations from there on are drawn.
    """

    name: str
    costs: Series
    means: Series
    start: int
    shown: int


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One moment of the screen.

    farthest: the largest iteration that was visited; the plot shows all up to it.
    computed: how many iterations are known. diverged: the first step known to compute inf or nan.
    recording: "on" while events are written to a file, "lost" if they cannot be any more; why: in two words. unkept: the
    session's own recording cannot be continued.
    then: if set, the panels show how each number has changed since that frame; since: the same in words.
    warnings: the most important first. graph: the network is drawn as a graph in place of panels.
    watched: the data rows, from 1, that the viewer watches.
    others: related runs that are drawn in the cost plot. fork: the name of the present run if it is a fork.
    log: the viewer wants a logarithmic cost plot; without, it is one where the costs span decades.
    big: less is shown, and larger, for a projector. hurried: the same picture is made in the shortest way.
    asked: the equation of the next step while its number is asked for, as far as it may be seen; in place of this step's.
    away: to a follower who does not go with the writer of a lesson: so, and what the writer does.
    colours: the terminal has at least 256 of them, so that areas are colours; else characters shade them.
    """

    frame: Frame
    numerals: Numerals = FOUR
    notation: Notation = LECTURE
    costs: Series = field(default_factory=Series)
    means: Series = field(default_factory=Series)
    farthest: int = 0
    computed: int = 0
    diverged: int | None = None
    asked: Equation | None = None
    note: str = ""  # the note of a tour at this step
    bar: "Bar | None" = None  # the time bar, in a replay
    away: str = ""
    recording: Recording = ""
    why: str = ""
    unkept: bool = False
    cursor: Cell | None = None  # the inspected number, which is marked and always visible
    then: Frame | None = None  # of a network of the same sizes
    since: str = ""
    warnings: tuple[LearningWarning, ...] = ()
    graph: bool = False
    watched: frozenset[int] = frozenset()
    others: tuple[OtherRun, ...] = ()
    fork: str = ""
    log: bool = False
    colours: bool = False
    big: bool = False
    hurried: bool = False
    first: Frame | None = None  # of the first data point: weights are compared with those before it
    path: "LitPath | None" = None  # of the graph, the one that is lit; or all of them, with their sum
    moved: "tuple[MovedWeight, ...]" = ()  # most, since the start; shown where `first` is set
    equation: Equation = field(init=False)
    lit: frozenset[Cell] = field(init=False)
    sources: frozenset[Cell] = field(init=False)

    def __post_init__(self) -> None:
        equation = self.asked or derive(self.frame, self.notation, self.numerals)
        object.__setattr__(self, "equation", equation)
        object.__setattr__(self, "lit", equation.lit)
        object.__setattr__(self, "sources", equation.sources)

    @property
    def cell(self) -> int:
        """The width of a column of numbers, with the blank before them; changes need a cell more, for a plus sign."""
        return self.numerals.cell + (self.then is not None)

    def written(self, numerals: Numerals) -> "View":
        """The view with the numbers of the panels written differently; the equation stays as it is."""
        return self if numerals == self.numerals else replace(self, numerals=numerals, asked=self.equation)

    def before(self, cell: Cell) -> float | None:
        """The number at the frame `then` that a cell is compared with; None if it was not known.

        With `first` weights are compared with those before the first data point. Else a new weight is compared with the
        weight known then, old or new; an old weight shown beside it, with the old one.
        """
        then = self.then
        if then is None:
            return None
        if self.first is not None and cell.kind in ("weight", "update"):
            return value_of(self.first, replace(cell, kind="weight"))
        if cell.kind == "update":
            return value(then, replace(cell, kind="weight"))
        if cell.kind == "weight" and self.frame.knows("update", cell.layer, cell.neuron):
            return value_of(then, cell)
        return value(then, cell)

    def role(self, cell: Cell, role: Role = "number") -> Role:
        """The role of a cell: cursor, lit if the step computes it, source if the step uses it, else `role`."""
        if cell == self.cursor:
            return "cursor"
        if cell in self.lit:
            return "lit"
        return "source" if cell in (self.sources if self.path is None else self.path.cells) else role

    def pointed(self, layer: int, *kinds: NumberKind) -> Cell | None:
        """The cursor, if it is on one of these kinds of number of a layer."""
        cursor = self.cursor
        return cursor if cursor is not None and cursor.layer == layer and cursor.kind in kinds else None
