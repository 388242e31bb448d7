"""Which run of a family makes which iteration, and how far the family is computed.

A fork is a run that leaves another at a data point, where something was changed. What lies before is the other run's,
and is never computed or kept twice. There are loops here in place of recursion: a recording may have hundreds of forks,
each of the one before.
"""

from collections.abc import Callable
from typing import Protocol, Self, TypeVar

from nntui.training.segments.segment import Segment


class Descendant(Protocol):
    """A run with the part of it that it makes itself, and the run that it comes from, if it is a fork."""

    @property
    def segment(self) -> Segment:
        """Its iterations from where it leaves its parent on."""

    @property
    def parent(self) -> Self | None:
        """The run that it leaves."""

    def own_segment(self) -> Segment:
        """The same part, begun: what it comes from is computed up to there."""

    def __len__(self) -> int:
        """Its iterations."""


Run = TypeVar("Run", bound=Descendant)


def lineage(run: Run) -> list[Run]:
    """The run itself, the run it comes from, and so on to the first."""
    line = [run]
    while (parent := line[-1].parent) is not None:
        line.append(parent)
    return line


def owner(run: Run, n: int) -> Run:
    """The run of the family that makes iteration n of this one: itself, or one that it comes from."""
    while n < run.segment.base and run.parent is not None:
        run = run.parent
    return run


def parting(run: Run, other: Run) -> int | None:
    """The first iteration that may not be the same in two runs; len where they are one, None: they have nothing in common."""
    until = len(run)
    shared: dict[int, int] = {}  # id of a run → up to where this one is the same
    for line in lineage(run):
        shared[id(line)] = until
        until = min(until, line.segment.base)
    until = len(other)
    for line in lineage(other):
        if id(line) in shared:
            return min(until, shared[id(line)])
        until = min(until, line.segment.base)
    return None


def parts(run: Run, start: int, stop: int) -> list[tuple[Run, int, int]]:
    """The runs that make the iterations start … stop − 1, in order, each with its first and the end behind its last."""
    found, until = [], stop
    for line in lineage(run):
        first = max(start, line.segment.base)
        if first < until:
            found.append((line, first, until))
        until = min(until, line.segment.base)
        if start >= line.segment.base:
            break
    return found[::-1]


def begun(run: Run, n: int) -> list[tuple[Run, int]]:
    """The run and those it comes from, up to the last that has begun, each with how far it is needed to know n iterations."""
    line, until = run, n
    runs = [(line, until)]
    while line.parent is not None and not line.segment.begun:
        line, until = line.parent, min(until, line.segment.base)
        runs.append((line, until))
    return runs


def computed(run: Run) -> int:
    """How many iterations from the first on have been computed."""
    line, until = begun(run, len(run))[-1]
    return min(line.segment.computed, until)


def known_segment(run: Run) -> Segment:
    """The segment that has the costs of what is computed: before a fork is reached, that of the run it comes from."""
    known = computed(run)
    return next(line for line, _ in begun(run, known) if line.segment.begun or line.segment.base <= known).own_segment()


def first_found(run: Run, found: Callable[[Segment], int | None], each: int) -> int | None:
    """The first that is found in the segments a run is made of, where an iteration counts `each`; None where none is."""
    first: int | None = None
    for line in reversed(lineage(run)):
        first = first if first is not None and first < line.segment.base * each else found(line.segment)
    return first


def is_island(run: Run, n: int) -> bool:
    """Whether iteration n lies beyond what is computed of the run that makes it, and nearer to weights that are given."""
    made_by = owner(run, n)
    return made_by.segment.is_island(n, computed(made_by))
