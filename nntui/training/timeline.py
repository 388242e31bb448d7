"""A run as a list that is computed on demand, and its forks.

What lies before a fork is looked up in the run that it leaves (`lineage`); from there on it has a segment of its own.
Undoing is stepping back.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.epoch_means import epoch_means
from nntui.engine.fold import COSTS_ALONE, FoldResult, Wanted
from nntui.engine.iteration import Iteration
from nntui.engine.network import starting_state, to_matrices
from nntui.training.containers.lazy_sequence import LazySequence
from nntui.training.containers.series import Series
from nntui.training.frame import Frame
from nntui.training.row_order import RowOrders
from nntui.training.scenario import Scenario, ScenarioFork
from nntui.training.segments.known_weights import KnownState
from nntui.training.segments.lineage import begun, computed, first_found, is_island, known_segment, owner, parts
from nntui.training.segments.segment import Segment
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.training.edits.apply import Edited
    from nntui.training.edits.edit import Edit

BUDGET = 48 << 20
FORK_BUDGET = 16 << 20


@dataclass(frozen=True, slots=True, eq=False)
class ForkOrigin:
    """Where a fork comes from: the run it leaves, before which iteration, what was changed there, and what that makes."""

    timeline: "Timeline"
    start: int
    edits: "tuple[Edit, ...]"
    edited: "Edited"


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
        self.parent = origin.timeline if origin is not None else None
        """The run that a fork leaves."""
        self.orders: RowOrders = RowOrders(scenario) if origin is None else origin.timeline.orders
        """The orders of its epochs, which its forks share."""
        forks = scenario.forks if origin is None else ()
        self.brought: Sequence[Timeline] = LazySequence(len(forks), lambda index: _brought_run(self, forks[index]))
        """The runs that its scenario brings along, in the order of the file; of a fork none."""
        self.segment = Segment(scenario, self.orders, origin.start if origin is not None else 0, budget)
        self.stride = self.segment.fold.stride
        """Iterations between two yields of `reach` and `approach`: a few milliseconds, one iteration at least."""
        self.slice = self.segment.slice
        """Iterations with all their numbers that take a few milliseconds, one at least."""
        if origin is None:
            self.segment.begin(starting_state(scenario.network, scenario.theta), Series(), Series(), 0.0)

    def __len__(self) -> int:
        return self.course.iterations

    # --- forks

    def fork(self, n: int, edits: "Sequence[Edit] | str") -> "Timeline":
        """The run that this one would be if something were changed before iteration n, 0 ≤ n < len.

        edits: as values, or as they are typed: "eta=0.1 w1.2.1=0.5" (`read_edits`). EditError if they cannot be made,
        IndexError for another n. The fork shares all that lies before; this run stays what it is.
        """
        from nntui.training.edits.apply import apply_edits
        from nntui.training.edits.edit import read_edits

        if not 0 <= n < len(self):
            raise IndexError(f"a fork at iteration {n}: expected 0 to {len(self) - 1}")
        maker = owner(self, n)
        changes = read_edits(edits) if isinstance(edits, str) else tuple(edits)
        made = apply_edits(maker.scenario, maker.row(n), changes, n)
        return Timeline(made.scenario, FORK_BUDGET, ForkOrigin(maker, n, changes, made))

    # --- how much is known

    @property
    def computed(self) -> int:
        """How many iterations from the first on have been computed."""
        return computed(self)

    @property
    def costs_seen(self) -> Series:
        """C of all iterations that are computed."""
        return known_segment(self).costs

    @property
    def epoch_means(self) -> Series:
        """The mean C of all epochs that are computed."""
        return known_segment(self).means

    @property
    def diverged(self) -> int | None:
        """The first step known to make inf or nan."""
        return first_found(self, lambda segment: segment.diverged, self.course.length)

    @property
    def differs(self) -> int | None:
        """The first iteration before which a recording has other weights than were made."""
        return first_found(self, lambda segment: segment.differs, 1)

    def learn(self, known: KnownState) -> bool:
        """Takes in what a recording knows of the weights before an iteration, 0 ≤ n ≤ len.

        False where that comes too late: the run was computed past it and came to other weights. Another timeline is
        needed then. IndexError for another n.
        """
        if not 0 <= known.iteration <= len(self):
            raise IndexError(f"weights before iteration {known.iteration}: expected 0 to {len(self)}")
        return owner(self, known.iteration).segment.learn(known)

    # --- looking

    def iteration(self, n: int) -> Iteration:
        """All numbers of iteration n, 0 ≤ n < len; IndexError outside."""
        if not 0 <= n < len(self):
            raise IndexError(f"iteration {n} is not in 0 … {len(self) - 1}")
        maker = owner(self, n)
        if not maker.segment.is_recent(n) and not is_island(self, n):
            maker.run_to(n)
        return maker.segment.iteration(n)

    def frame(self, step: int) -> Frame:
        """What is known at a step of the run, 0 ≤ step < len · M; IndexError outside."""
        number, m = divmod(step, self.course.length)
        return frame_of(self, number, self.iteration(number), m)

    def weights(self, n: int) -> tuple[Array, ...]:
        """The weights before iteration n, 0 ≤ n ≤ len: a read-only (n_l, 1 + n_{l−1}) array for each layer.

        Row k, column j as in the note: w_kj^{l−1}, column 0 the bias (nan where the layer has none).
        """
        return to_matrices(self.scenario.network, self.theta(n))

    def theta(self, n: int) -> Array:
        """The weights before iteration n, laid out as in `engine.network`: shape (parameters,), read-only."""
        return self.state(n)[: self.scenario.network.parameters]

    def state(self, n: int) -> Array:
        """The state before iteration n, 0 ≤ n ≤ len: theta, then G and v where the network has them; IndexError outside.

        Shape (state_size,), read-only.
        """
        if not 0 <= n <= len(self):
            raise IndexError(f"weights before iteration {n}: expected 0 to {len(self)}")
        maker = owner(self, n)
        maker.run_to(n)
        return canonical(maker.segment.state(n))

    def costs(self, start: int, stop: int) -> Array:
        """C of iterations start … stop − 1, shape (stop − start,); IndexError outside 0 ≤ start ≤ stop ≤ len.

        Computes what is not known yet.
        """
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"costs {start} … {stop} are not in 0 … {len(self)}")
        self.run_to(stop)
        costs = self.costs_seen.exact(start, stop)
        if costs is None:
            costs = np.concatenate([np.empty(0), *(made.costs for _, made in self.folded(start, stop))])
        return canonical(costs)

    def mean(self, epoch: int) -> float:
        """The mean C of an epoch, from 0: its costs added from left to right."""
        points = self.course.points
        return float(epoch_means(self.costs(epoch * points, (epoch + 1) * points), 0, points)[0][0])

    def row(self, n: int) -> int:
        """The data row (from 0) of iteration n."""
        return self.segment.orders.row_of(n)

    def iterations(self, start: int, stop: int) -> Iterator[Iteration]:
        """The iterations start … stop − 1, one after the other: much cheaper than to ask for each.

        0 ≤ start ≤ stop ≤ len. What is not known yet is computed, a slice at a time; dropping it stops there. A nan may
        have any pattern (law 4 of `arithmetic`).
        """
        for line, first, last in parts(self, start, stop):
            yield from line.make(first, last)

    def folded(self, start: int, stop: int, wanted: Wanted = COSTS_ALONE) -> Iterator[tuple[int, FoldResult]]:
        """The iterations start … stop − 1 as stretches: the first of each, and what is wanted of them.

        Computed by the compiled fold, where there is one.
        """
        for line, first, last in parts(self, start, stop):
            line.run_to(first)
            yield from line.own_segment().folded(first, last, wanted)

    def make(self, n: int, stop: int) -> Iterator[Iteration]:
        """The iterations n … stop − 1, which are of its own segment."""
        self.run_to(n)
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
        for line, until in reversed(begun(self, n)):
            if until >= line.segment.base:
                line.own_segment()  # in this order, so that none has to begin those it comes from
            yield from line.segment.reach(until)

    def distance(self, n: int) -> int:
        """How many iterations must be computed, or computed again, to look at iteration n."""
        maker = owner(self, n)
        if maker.segment.is_recent(n):
            return 0
        if n >= maker.computed and not is_island(self, n):
            return n - maker.computed
        return n - maker.segment.nearest(n)[0]

    def approach(self, n: int) -> Iterator[int]:
        """Makes looking at iteration n cheap, forward or back, in slices; yields how many iterations are left."""
        maker = owner(self, n)
        if not is_island(self, n):
            for computed in maker.reach(n):
                yield n - computed
            maker.own_segment()
        yield from maker.segment.approach(n)

    def run_to(self, n: int) -> None:
        """Computes until n iterations are known, all at once."""
        for _ in self.reach(n):
            pass
        if n >= self.segment.base:
            self.own_segment()

    def own_segment(self) -> Segment:
        """Its own segment, begun: what it comes from is computed up to there."""
        if self.origin is not None and not self.segment.begun:
            _begin_fork(self, self.origin)
        return self.segment


def _begin_fork(fork: Timeline, origin: ForkOrigin) -> None:
    """Begins the segment of a fork: the edited weights, and the costs and epoch means of the run that it leaves, up to there."""
    before, start, points = origin.timeline, origin.start, fork.course.points
    state = origin.edited.weights(before.state(start))
    if start == 0:  # where the rule itself may be changed; G and v are still 0
        state = starting_state(fork.scenario.network, state[: fork.scenario.network.parameters])
    costs, means, epoch = before.costs_seen, before.epoch_means, start // points
    last_costs = before.costs(start - start % costs.width, start)  # of a bin that is not full yet
    last_means = np.array([before.mean(number) for number in range(epoch - epoch % means.width, epoch)])
    _, epoch_sum = epoch_means(before.costs(epoch * points, start), 0, points)
    fork.segment.begin(state, costs.beginning(start, last_costs), means.beginning(epoch, last_means), float(epoch_sum))


def frame_of(timeline: Timeline, number: int, made: Iteration, m: int = 0) -> Frame:
    """The frame at step m of an iteration of a run, whose numbers are made already."""
    return Frame(owner(timeline, number).scenario, timeline.course, number, m, timeline.row(number) + 1, made)


def _brought_run(timeline: Timeline, fork: ScenarioFork) -> Timeline:
    """A run that the scenario of a timeline brings along."""
    return timeline.fork(timeline.course.iteration(timeline.course.parse(fork.at)), fork.edits)
