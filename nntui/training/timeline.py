"""A run as a list of iterations that is computed as far as somebody asks for it, and its forks.

A fork is a run that leaves another one at a data point where something was changed. Iterations before that point belong
to the other run and are neither computed nor kept twice; from there on the fork has a segment of its own. To undo a
change, the student steps back before it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.iteration import Iteration
from nntui.engine.network import to_matrices
from nntui.training.edits import Edit, Edited, apply_edits, read_edits
from nntui.training.frame import Frame
from nntui.training.known_weights import KnownState
from nntui.training.scenario import Scenario
from nntui.training.segment import Segment
from nntui.training.series import Series

BUDGET = 48 << 20
FORK_BUDGET = 16 << 20


@dataclass(frozen=True, slots=True, eq=False)
class ForkOrigin:
    """Where a fork comes from: the run it leaves, before which iteration, the edits, and the scenario they make."""

    timeline: "Timeline"
    start: int
    edits: tuple[Edit, ...]
    edited: Edited


class Timeline:
    """Any iteration, any frame of one run, in any order. Not thread-safe; a far jump is made in slices with `approach`.

    budget: bytes that keyframes may take. scenario: of a fork the one that holds from its first iteration on; a frame
    before that has another (`frame.scenario`).
    """

    def __init__(self, scenario: Scenario, budget: int = BUDGET, origin: ForkOrigin | None = None) -> None:
        """origin: given by `fork` alone."""
        self.scenario = scenario
        self.course = scenario.course
        self.origin = origin
        self.root: Timeline = self if origin is None else origin.timeline.root
        """The run at the end of the chain of origins; a run that is no fork is its own root."""
        self.segment = Segment(scenario, origin.start if origin is not None else 0, budget)
        if origin is None:
            self.segment.begin(scenario.theta, Series(), Series(), 0.0)

    def __len__(self) -> int:
        return self.course.iterations

    # --- forks

    def fork(self, n: int, edits: Sequence[Edit] | str) -> "Timeline":
        """The run that results if something is changed before iteration n, 0 ≤ n < len; this run does not change.

        edits: values, or text as a student types it: "eta=0.1 w1.2.1=0.5" (`read_edits`). EditError if they do not fit the
        scenario, IndexError if n is outside.
        """
        if not 0 <= n < len(self):
            raise IndexError(f"a fork at iteration {n}: expected 0 to {len(self) - 1}")
        owner = self.owner(n)
        changes = read_edits(edits) if isinstance(edits, str) else tuple(edits)
        made = apply_edits(owner.scenario, owner.row(n), changes)
        return Timeline(made.scenario, FORK_BUDGET, ForkOrigin(owner, n, changes, made))

    def owner(self, n: int) -> "Timeline":
        """The run that computes iteration n of this one: itself, or a run that it comes from."""
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
        """The first iteration that may differ between two runs; len if they are one, None if they have no common root."""
        until = len(self)
        shared: dict[Timeline, int] = {}  # run → how many of its first iterations are those of this one
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
        line, until = _begun(self, len(self))[-1]
        return min(line.segment.computed, until)

    @property
    def costs_seen(self) -> Series:
        """C of all iterations that are computed."""
        return _known_segment(self).costs

    @property
    def epoch_means(self) -> Series:
        """The mean C of all epochs that are computed."""
        return _known_segment(self).means

    @property
    def diverged(self) -> int | None:
        """The first step known to make inf or nan."""
        return _first(self, lambda segment: segment.diverged, self.course.length)

    @property
    def differs(self) -> int | None:
        """The first iteration before which a recording has other weights than were computed."""
        return _first(self, lambda segment: segment.differs, 1)

    def learn(self, known: KnownState) -> bool:
        """Takes in what a recording knows of the weights before an iteration, 0 ≤ n ≤ len; IndexError outside.

        False if the run was already computed past that iteration with other weights: the caller then needs a new
        timeline that learns first.
        """
        if not 0 <= known.iteration <= len(self):
            raise IndexError(f"weights before iteration {known.iteration}: expected 0 to {len(self)}")
        return self.owner(known.iteration).segment.learn(known)

    # --- reading

    def iteration(self, n: int) -> Iteration:
        """All numbers of iteration n, 0 ≤ n < len; IndexError outside."""
        if not 0 <= n < len(self):
            raise IndexError(f"iteration {n} is not in 0 … {len(self) - 1}")
        owner = self.owner(n)
        if not owner.segment.is_recent(n) and not _is_island(owner, n):
            _compute_to(owner, n)
        return owner.segment.iteration(n)

    def frame(self, step: int) -> Frame:
        """What is known at a step of the run, 0 ≤ step < len · M; IndexError outside."""
        number, m = divmod(step, self.course.length)
        iteration = self.iteration(number)
        return Frame(self.owner(number).scenario, self.course, number, m, self.row(number) + 1, iteration)

    def weights(self, n: int) -> tuple[Array, ...]:
        """The weights before iteration n, 0 ≤ n ≤ len: for each layer l a read-only array (n_l, 1 + n_{l−1}).

        Row k, column j is the lecture's w_kj^{l−1}; column 0 is the bias, nan if the layer has none. IndexError outside.
        """
        return to_matrices(self.scenario.network, self.theta(n))

    def theta(self, n: int) -> Array:
        """The same as one array (parameters,), laid out as `engine.network` says; read-only."""
        if not 0 <= n <= len(self):
            raise IndexError(f"weights before iteration {n}: expected 0 to {len(self)}")
        owner = self.owner(n)
        _compute_to(owner, n)
        return canonical(owner.segment.state(n))

    def costs(self, start: int, stop: int) -> Array:
        """C of iterations start … stop − 1, shape (stop − start,), computed if needed; IndexError outside 0 … len."""
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"costs {start} … {stop} are not in 0 … {len(self)}")
        _compute_to(self, stop)
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
        """The iterations start … stop − 1 in order, 0 ≤ start ≤ stop ≤ len: much cheaper than to ask for each.

        What is not known yet is computed a slice at a time; a caller that stops iterating stops the computation. A nan may
        have any bit pattern (law 4 of `engine.arithmetic`).
        """
        parts, until = [], stop
        for line in self.lineage:
            parts.append((line, max(start, line.segment.base), until))
            until = min(until, line.segment.base)
            if start >= line.segment.base:
                break
        for line, first, last in reversed(parts):
            if first < last:
                yield from _own_iterations(line, first, last)

    # --- computing

    def reach(self, n: int) -> Iterator[int]:
        """Computes until n iterations are known, a slice at a time; yields how many are. A caller may stop between slices."""
        for line, until in reversed(_begun(self, n)):
            if until >= line.segment.base:
                line.own_segment()  # the oldest first, so that none has to begin the runs it comes from
            while line.segment.computed < until:
                line.segment.make(until)
                yield line.segment.computed

    def distance(self, n: int) -> int:
        """How many iterations must be computed, or computed again, to know iteration n."""
        owner = self.owner(n)
        if owner.segment.is_recent(n):
            return 0
        if n >= owner.computed and not _is_island(owner, n):
            return n - owner.computed
        return n - owner.segment.nearest(n)[0]

    def approach(self, n: int) -> Iterator[int]:
        """Computes in slices what `iteration(n)` needs, forward or back; yields how many iterations are left."""
        owner = self.owner(n)
        if not _is_island(owner, n):
            for computed in owner.reach(n):
                yield n - computed
            owner.own_segment()
        yield from owner.segment.approach(n)

    @property
    def slice(self) -> int:
        """Iterations between two yields of `reach` and `approach`: a few milliseconds' worth, at least one."""
        return self.segment.slice

    def own_segment(self) -> Segment:
        """Its own segment, begun: the runs it comes from are computed up to the segment's first iteration if need be."""
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


# --- a run and the runs that it comes from; lists and loops, because a recording may have hundreds of forks in a chain


def _begun(timeline: Timeline, n: int) -> list[tuple[Timeline, int]]:
    """A run, and those it comes from up to the last that has begun, each with how many iterations of it are needed to know n."""
    line, until = timeline, n
    runs = [(line, until)]
    while (origin := line.origin) is not None and not line.segment.begun:
        line, until = origin.timeline, min(until, origin.start)
        runs.append((line, until))
    return runs


def _known_segment(timeline: Timeline) -> Segment:
    """The segment with the costs of all that is computed: of a fork that has not begun, that of the run it comes from."""
    known = timeline.computed
    owner = next(line for line, _ in _begun(timeline, known) if line.segment.begun or line.segment.base <= known)
    return owner.own_segment()


def _first(timeline: Timeline, found: Callable[[Segment], int | None], each: int) -> int | None:
    """The smallest of what `found` gives for the segments of a run, as far as each counts; a segment begins at base · each."""
    first: int | None = None
    for line in reversed(timeline.lineage):
        first = first if first is not None and first < line.segment.base * each else found(line.segment)
    return first


def _is_island(timeline: Timeline, n: int) -> bool:
    """Whether iteration n lies beyond what is computed, and recorded weights are nearer to it."""
    return timeline.segment.is_island(n, timeline.computed)


def _compute_to(timeline: Timeline, n: int) -> None:
    """Computes until n iterations are known."""
    for _ in timeline.reach(n):
        pass
    if n >= timeline.segment.base:
        timeline.own_segment()


def _own_iterations(timeline: Timeline, n: int, stop: int) -> Iterator[Iteration]:
    """Iterations n … stop − 1, all of them of the run's own segment."""
    _compute_to(timeline, n)
    while n < stop:
        segment = timeline.own_segment()
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
