"""A run as a list that is made as far as it is looked at, and its forks.

A fork is a run that leaves another at a data point, where something was changed. What lies before is the other's, is
looked up there and never computed or kept twice; from there on it is a fold of its own. Undoing is stepping back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.iteration import Iteration
from nntui.engine.network import to_matrices
from nntui.training.edits import Edit, Edited, edited, read_edits
from nntui.training.frame import Frame
from nntui.training.known_weights import KnownState
from nntui.training.scenario import Scenario
from nntui.training.segment import Segment
from nntui.training.series import Series

BUDGET = 48 << 20
FORK_BUDGET = 16 << 20


@dataclass(frozen=True, slots=True, eq=False)
class ForkOrigin:
    """Where a fork comes from: the run it leaves, before which iteration, what was changed there, and what that makes."""

    timeline: "Timeline"
    start: int
    edits: tuple[Edit, ...]
    edited: Edited


class Timeline:
    """Any iteration, any frame of one run, in any order.

    budget: bytes that keyframes may take. Not thread-safe; a far jump is made in slices with `reach`.
    scenario: of a fork the one that holds from where it begins; what a frame shows is `frame.scenario`.
    """

    def __init__(self, scenario: Scenario, budget: int = BUDGET, origin: ForkOrigin | None = None) -> None:
        """origin: of a fork, which `fork` makes."""
        self.scenario = scenario
        self.course = scenario.course
        self.origin = origin
        self.root: Timeline = self if origin is None else origin.timeline.root
        """The run that it comes from in the end: of a run that is no fork, itself."""
        self.segment = Segment(scenario, origin.start if origin is not None else 0, budget)
        if origin is None:
            self.segment.begin(scenario.theta, Series(), Series(), 0.0)

    def __len__(self) -> int:
        return self.course.iterations

    # --- forks

    def fork(self, n: int, edits: Sequence[Edit] | str) -> "Timeline":
        """The run that this one would be if something were changed before iteration n, 0 ≤ n < len.

        edits: as values, or as they are typed: "eta=0.1 w1.2.1=0.5" (`read_edits`). EditError if they cannot be made. The
        fork shares all that lies before; this run stays what it is.
        """
        if not 0 <= n < len(self):
            raise IndexError(f"a fork at iteration {n}: expected 0 to {len(self) - 1}")
        owner = self.owner(n)
        changes = read_edits(edits) if isinstance(edits, str) else tuple(edits)
        made = edited(owner.scenario, owner.row(n), changes)
        return Timeline(made.scenario, FORK_BUDGET, ForkOrigin(owner, n, changes, made))

    def owner(self, n: int) -> "Timeline":
        """The run of this family that makes iteration n of this one: itself, or one that it comes from."""
        line = self
        while line.origin is not None and n < line.origin.start:
            line = line.origin.timeline
        return line

    @property
    def lineage(self) -> list["Timeline"]:
        """Itself, the run it comes from, and so on to the first."""
        line = [self]
        while (origin := line[-1].origin) is not None:
            line.append(origin.timeline)
        return line

    def parting(self, other: "Timeline") -> int | None:
        """The first iteration that may not be the same in two runs, len where they are one; None: they have nothing in common."""
        until = len(self)
        shared: dict[Timeline, int] = {}  # run → up to where this one is the same
        for line in self.lineage:
            shared[line] = until
            until = min(until, line.segment.base)
        until = len(other)
        for line in other.lineage:
            if line in shared:
                return min(until, shared[line])
            until = min(until, line.segment.base)
        return None

    # --- how much is known

    @property
    def computed(self) -> int:
        """How many iterations from the first on have been computed."""
        line, until = self._begun(len(self))[-1]
        return min(line.segment.computed, until)

    @property
    def costs_seen(self) -> Series:
        """C of all iterations that are computed."""
        return self._known().costs

    @property
    def epoch_means(self) -> Series:
        """The mean C of all epochs that are computed."""
        return self._known().means

    def _known(self) -> Segment:
        """The fold that knows the costs of what is computed: of a fork that is not reached yet, that of where it comes from."""
        known = self.computed
        owner = next(line for line, _ in self._begun(known) if line.segment.begun or line.segment.base <= known)
        return owner.own_segment()

    @property
    def diverged(self) -> int | None:
        """The first step known to make inf or nan."""
        return self._first(lambda segment: segment.diverged, self.course.length)

    @property
    def differs(self) -> int | None:
        """The first iteration before which a recording has other weights than were made."""
        return self._first(lambda segment: segment.differs, 1)

    def _first(self, found: Callable[[Segment], int | None], each: int) -> int | None:
        """The first that is found in what this run is made of, by iterations of `each`."""
        first: int | None = None
        for line in reversed(self.lineage):
            first = first if first is not None and first < line.segment.base * each else found(line.segment)
        return first

    def _begun(self, n: int) -> list[tuple["Timeline", int]]:
        """Itself and the runs it comes from, up to the last that has begun, each with how far it is needed to know n iterations.

        A list and a loop, here and below: a recording may have hundreds of forks, each of the one before.
        """
        line, until = self, n
        runs = [(line, until)]
        while (origin := line.origin) is not None and not line.segment.begun:
            line, until = origin.timeline, min(until, origin.start)
            runs.append((line, until))
        return runs

    def learn(self, known: KnownState) -> bool:
        """Takes in what a recording knows of the weights before an iteration, 0 ≤ n ≤ len.

        False where that comes too late: the run was computed past it and came to other weights. The timeline is then
        to be made anew.
        """
        if not 0 <= known.iteration <= len(self):
            raise IndexError(f"weights before iteration {known.iteration}: expected 0 to {len(self)}")
        return self.owner(known.iteration).segment.learn(known)

    # --- looking

    def iteration(self, n: int) -> Iteration:
        """All numbers of iteration n, 0 ≤ n < len; IndexError outside."""
        if not 0 <= n < len(self):
            raise IndexError(f"iteration {n} is not in 0 … {len(self) - 1}")
        owner = self.owner(n)
        if not owner.segment.is_recent(n) and not owner._is_island(n):  # noqa: SLF001
            owner._run_to(n)  # noqa: SLF001
        return owner.segment.iteration(n)

    def frame(self, step: int) -> Frame:
        """What is known at a step of the run, 0 ≤ step < len · M; IndexError outside."""
        number, m = divmod(step, self.course.length)
        iteration = self.iteration(number)
        return Frame(self.owner(number).scenario, self.course, number, m, self.row(number) + 1, iteration)

    def weights(self, n: int) -> tuple[Array, ...]:
        """The weights before iteration n, 0 ≤ n ≤ len: a read-only (n_l, 1 + n_{l−1}) array a layer.

        Row k, column j as in the note: w_kj^{l−1}, column 0 the bias (nan where the layer has none).
        """
        return to_matrices(self.scenario.network, self.theta(n))

    def theta(self, n: int) -> Array:
        """The same, laid out as in `engine.network`; read-only."""
        if not 0 <= n <= len(self):
            raise IndexError(f"weights before iteration {n}: expected 0 to {len(self)}")
        owner = self.owner(n)
        owner._run_to(n)  # noqa: SLF001
        return canonical(owner.segment.state(n))

    def costs(self, start: int, stop: int) -> Array:
        """C of iterations start … stop − 1, shape (stop − start,); computes what is not known yet."""
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"costs {start} … {stop} are not in 0 … {len(self)}")
        self._run_to(stop)
        costs = self.costs_seen.exact(start, stop)
        if costs is None:
            costs = np.array([made.cost for made in self.iterations(start, stop)], dtype=np.float64)
        return canonical(costs)

    def mean(self, epoch: int) -> float:
        """The mean C of an epoch, from 0: its costs added from left to right."""
        total = 0.0
        for cost in self.costs(epoch * self.course.points, (epoch + 1) * self.course.points).tolist():
            total += cost
        return total / self.course.points

    def row(self, n: int) -> int:
        """The data row (from 0) of iteration n."""
        return self.segment.row(n)

    def iterations(self, start: int, stop: int) -> Iterator[Iteration]:
        """The iterations start … stop − 1, one after the other: a fold, much cheaper than to ask for each.

        0 ≤ start ≤ stop ≤ len. What is not known yet is computed, a slice at a time; dropping it stops there. A nan may
        have any pattern (law 4 of `arithmetic`).
        """
        parts, until = [], stop
        for line in self.lineage:
            parts.append((line, max(start, line.segment.base), until))
            until = min(until, line.segment.base)
            if start >= line.segment.base:
                break
        for line, first, last in reversed(parts):
            if first < last:
                yield from line._made(first, last)  # noqa: SLF001

    def _made(self, n: int, stop: int) -> Iterator[Iteration]:
        """Iterations of its own."""
        self._run_to(n)
        while n < stop:
            segment = self.own_segment()
            if n == segment.computed:
                for made in segment.make(stop):
                    n += 1
                    yield made
                continue
            theta = segment.state(n)
            while n < min(stop, segment.computed):
                made = segment.iterate(n, theta)
                n, theta = n + 1, segment.after(made, n)
                yield made

    # --- computing

    def reach(self, n: int) -> Iterator[int]:
        """Computes until n iterations are known, a slice at a time; yields how many are. Dropping it stops there."""
        for line, until in reversed(self._begun(n)):
            if until >= line.segment.base:
                line.own_segment()  # in this order, so that none has to begin those it comes from
            while line.segment.computed < until:
                line.segment.make(until)
                yield line.segment.computed

    def distance(self, n: int) -> int:
        """How many iterations must be computed, or computed again, to look at iteration n."""
        owner = self.owner(n)
        if owner.segment.is_recent(n):
            return 0
        if n >= owner.computed and not owner._is_island(n):  # noqa: SLF001
            return n - owner.computed
        return n - owner.segment.nearest(n)[0]

    def approach(self, n: int) -> Iterator[int]:
        """Makes looking at iteration n cheap, forward or back, in slices; yields how many iterations are left."""
        owner = self.owner(n)
        if not owner._is_island(n):  # noqa: SLF001
            for computed in owner.reach(n):
                yield n - computed
            owner.own_segment()
        yield from owner.segment.approach(n)

    @property
    def slice(self) -> int:
        """Iterations between two yields of `reach` and `approach`: a few milliseconds, one iteration at least."""
        return self.segment.slice

    def _is_island(self, n: int) -> bool:
        """Whether an iteration of its own lies beyond what is computed, and nearer to weights that are given."""
        return self.segment.is_island(n, self.computed)

    def _run_to(self, n: int) -> None:
        for _ in self.reach(n):
            pass
        if n >= self.segment.base:
            self.own_segment()

    def own_segment(self) -> Segment:
        """The fold of its own, which can go on: what it comes from is computed up to there."""
        if self.origin is not None and not self.segment.begun:
            before, start = self.origin.timeline, self.origin.start
            epoch, points = start // self.course.points, self.course.points
            theta = self.origin.edited.weights(before.theta(start))
            costs, means = before.costs_seen, before.epoch_means
            rest = before.costs(start - start % costs.width, start)
            last = np.array([before.mean(number) for number in range(epoch - epoch % means.width, epoch)])
            epoch_sum = 0.0
            for cost in before.costs(epoch * points, start).tolist():
                epoch_sum += cost
            self.segment.begin(theta, costs.beginning(start, rest), means.beginning(epoch, last), epoch_sum)
        return self.segment
