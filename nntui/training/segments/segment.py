"""The iterations that a run makes itself: all of them, or those of a fork from where it leaves its parent.

The weights before iteration n, with G and v where the network has them, are the state: a pure function of the scenario,
laid out as in `engine.iteration`, and called theta here. A segment keeps only these weights every K iterations
(keyframes), and more closely in the block where the viewer was last, within a budget of bytes. When the keyframes
outgrow it, every second keyframe is dropped and K doubles. So the weights before any iteration are computed from a keyframe
in a few iterations, forward or back, and their bits are the same whatever was computed before.

The keyframes of a recording enter by `learn`: from each of them on, the run is known without the iterations before it
(an island).
"""

from collections.abc import Iterator

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.batch_place import batch_place_of
from nntui.engine.compiled.choice import fold_of
from nntui.engine.epoch_means import epoch_means
from nntui.engine.fold import COSTS_ALONE, FoldResult, Wanted, result_of
from nntui.engine.iteration import Iteration, iterate
from nntui.engine.network import starting_state
from nntui.training.containers.series import Series
from nntui.training.row_order import RowOrders
from nntui.training.scenario import Scenario
from nntui.training.segments.finiteness import first_not_finite, weights_finite
from nntui.training.segments.keyframes import Keyframes
from nntui.training.segments.known_weights import KnownState, KnownWeights
from nntui.training.segments.near_states import NearStates
from nntui.training.segments.recent_iterations import RecentIterations

_SLICE = 64  # iterations made at a time with all their numbers, fewer for wide networks
_SLICE_WORK = 1 << 21  # weights touched at a time
_STRIDE_NUMBERS = 1 << 16  # numbers that a stride keeps: half a MiB


class Segment:
    """The iterations of a run from `base` on, in any order. Before `begin` only islands are known."""

    def __init__(self, scenario: Scenario, orders: RowOrders, base: int, budget: int) -> None:
        """orders: of the run's epochs. budget: bytes that keyframes may take."""
        self.scenario, self.orders = scenario, orders
        self.fold = fold_of(scenario.network, scenario.x, scenario.y, scenario.points)
        self.course = scenario.course
        self.base = base
        self.computed = base
        """Up to which iteration all is computed."""
        self.costs = Series()
        """C of all iterations of the run, from 0 on."""
        self.means = Series()
        """The mean C of its epochs."""
        self.diverged: int | None = None
        """The first step known to make inf or nan."""
        self.differs: int | None = None
        """The first iteration before which a recording has other weights than were computed."""
        size = 8 * scenario.network.state_size
        self._most_fine = max(budget // 8 // size, 1)
        self.keyframes = Keyframes(base, self.course.iterations - base, max(budget // size, 1), self.fold.spacing)
        self.near = NearStates(self._computed_to, self._most_fine + 2)  # each block keeps its beginning, too
        """The states in the block of the last iteration that was asked for, and in the one behind it."""
        self._front: Array | None = None  # the state before the first iteration that is not computed
        self._epoch_sum: Array | float = 0.0
        self._given = KnownWeights()
        self._recent = RecentIterations(size)

    @property
    def begun(self) -> bool:
        """Whether the weights before its first iteration are known."""
        return self._front is not None

    def begin(self, theta: Array, costs: Series, means: Series, epoch_sum: float) -> None:
        """Sets the weights before iteration `base`. costs, means: of the iterations before; epoch_sum: Σ C of a begun epoch."""
        self._front = self._given.weights(self.base, theta)
        self.keyframes.begin(self._front)
        self.costs, self.means, self._epoch_sum = costs, means, epoch_sum

    def learn(self, known: KnownState) -> bool:
        """Takes in what a recording knows of the weights before an iteration; False if others were computed already."""
        n = known.iteration
        if self.begun and n <= self.computed and not known.agrees(canonical(self.state(n))):
            return False
        self._given.add(known)
        if not self.begun or n > self.computed:  # an island may have been computed without it
            self._recent.forget()
            self.near.forget()
        return True

    # --- looking

    def iteration(self, n: int) -> Iteration:
        """All numbers of an iteration n ≤ `computed`, or of an island."""
        known = self._recent.get(n)
        if known is not None:
            return known
        self._recent.make_room()
        made = self.iterate(n, self.state(n))
        if n == self.computed and self.begun:
            self._append(n, made.before, self._result([made], n))
        return self._recent.keep(n, made)

    def is_recent(self, n: int) -> bool:
        """Whether an iteration is kept whole."""
        return n in self._recent

    def is_island(self, n: int, computed: int) -> bool:
        """Whether iteration n lies beyond what is `computed` of the whole run, and nearer to weights that are given."""
        return self._given.start(n) > computed

    def nearest(self, n: int) -> tuple[int, Array]:
        """The last kept weights at or before iteration n, which is computed or an island; the viewer enters its block."""
        at_hand = self._at_hand(n)
        if at_hand is not None:
            return n, at_hand
        self.near.enter(*self._key(n))
        return self.near.nearest(n)

    def _at_hand(self, n: int) -> Array | None:
        """The state before iteration n, if the one before it was looked at or computed last."""
        if n == self.computed and self._front is not None:
            return self._front
        before = self._recent.get(n - 1)
        return None if before is None else self._given.weights(n, before.after)

    def _key(self, n: int) -> tuple[int, Array]:
        """The last keyframe at or before iteration n, or the recorded weights that are nearer to it."""
        given = self._given.start(n)
        if not self.keyframes:
            return given, self._given.weights(given, starting_state(self.scenario.network, self.scenario.theta))
        start, state = self.keyframes.before(n)
        return (start, state) if given < start else (given, self._given.weights(given, state))

    def state(self, n: int) -> Array:
        """The state before iteration n, which is computed or an island; flat."""
        at_hand, start = self._at_hand(n), self._key(n)
        if at_hand is not None:
            if start[0] == n:
                self.near.enter(*start)
            elif start[0] == self.near.block.start:
                self.near.pass_by(n, at_hand, self._fine_spacing(start[0], n))
            return at_hand
        self.near.enter(*start)
        found = self.near.state(n, self._fine_spacing(start[0], n))
        if self.base < start[0] <= self.computed and self.keyframes.spacing <= self.fold.stride:  # else preparing takes too long
            behind = self._key(start[0] - 1)
            self.near.prepare(*behind, n, self._fine_spacing(behind[0], n))
        return found

    def after(self, made: Iteration, n: int) -> Array:
        """The state after iteration n, flat: as computed, or as recorded."""
        return self._given.weights(n + 1, made.after)

    def _computed_to(self, at: int, theta: Array, stop: int) -> Array:
        """Theta before iteration `stop`, from theta before iteration `at`."""
        while at < stop:
            end = self._given.after(at, stop)
            theta, at = self._given.weights(end, self._folded(at, theta, end).theta), end
        return theta

    def _folded(self, first: int, theta: Array, stop: int, wanted: Wanted = COSTS_ALONE) -> FoldResult:
        return self.fold.folded(theta, self.orders.rows_of(first, stop), first % self.course.points, wanted)

    def _fine_spacing(self, start: int, n: int) -> int:
        """About √ of the block's length, so that a step back costs no more; wider if the budget is small."""
        length = self.keyframes.length(start) or max(self.computed, n) - start
        spacing = 1
        while spacing * spacing < length or length // spacing > self._most_fine:
            spacing *= 2
        return spacing

    # --- computing

    def advance(self, n: int, wanted: Wanted = COSTS_ALONE, most: int | None = None) -> FoldResult:
        """Computes the iterations that are not known, up to n, as far as the next keyframe, `most` of them."""
        first, before = self.computed, self._front
        assert before is not None
        stop = min(n, first + (most or self.fold.stride), self.keyframes.after(first))
        made = self._folded(first, before, self._given.after(first, stop), wanted)
        self._append(first, before, made)
        return made

    def reach(self, n: int) -> Iterator[int]:
        """Computes up to n, a stride at a time; yields how many iterations are known."""
        while self.computed < n:
            goal = min(n, self.computed + self.fold.stride)
            while self.computed < goal:
                self.advance(goal)
            yield self.computed

    def make(self, n: int) -> list[Iteration]:
        """Computes a slice of the iterations that are not known, up to n, all their numbers; the iterations."""
        first, theta = self.computed, self._front
        assert theta is not None
        stop = min(n, first + self.slice, self.keyframes.after(first))
        made: list[Iteration] = []
        for number in range(first, self._given.after(first, stop)):
            made.append(self.iterate(number, theta))
            theta = made[-1].after
        self._append(first, made[0].before, self._result(made, first))
        return made

    @property
    def slice(self) -> int:
        """Iterations with all their numbers that take a few milliseconds, one at least."""
        return max(1, min(_SLICE, _SLICE_WORK // self.scenario.network.parameters))

    def folded(self, n: int, stop: int, wanted: Wanted) -> Iterator[tuple[int, FoldResult]]:
        """Iterations n … stop − 1 of its own, n computed: the first of a stride, and what is wanted of them."""
        most = max(min(self.fold.stride, _STRIDE_NUMBERS // wanted.size(self.scenario.network, self.course.points)), 1)
        theta: Array | None = None
        while n < stop:
            if n == self.computed:
                made = self.advance(stop, wanted, most)
                end = self.computed
                theta = self._front
            else:
                theta = self.state(n) if theta is None else theta
                end = self._given.after(n, min(stop, self.computed, n + most))
                made = self._folded(n, theta, end, wanted)
                theta = self._given.weights(end, made.theta)
            yield n, made
            n = end

    def approach(self, n: int) -> Iterator[int]:
        """Computes the weights before iteration n in slices, so that `state` is cheap; yields how many iterations are left."""
        at, theta = self.nearest(n)
        while at < n:
            stop = min(n, at + self.fold.stride)
            theta, at = self._computed_to(at, theta, stop), stop
            self.near.keep(at, theta)
            yield n - at

    def _result(self, made: list[Iteration], first: int) -> FoldResult:
        """The result of iterations from `first` on."""
        points = self.course.points
        return result_of(self.scenario.network, self.scenario.x, made, first % points, points=points)

    def iterate(self, n: int, theta: Array) -> Iteration:
        """Iteration n from the weights before it."""
        row, points = self.orders.row_of(n), self.course.points
        place = batch_place_of(self.scenario.network.batch, n % points, points)
        return iterate(self.scenario.network, theta, self.scenario.x[row], self.scenario.y[row], place)

    def _append(self, first: int, before: Array, made: FoldResult) -> None:
        """Takes in the iterations from `first` on; `before` is the state before them."""
        self.computed = first + len(made.costs)
        theta = made.theta
        if self.differs is None and not self._given.agrees(self.computed, canonical(theta)):
            self.differs = self.computed
        theta = self._front = self._given.weights(self.computed, theta)
        self.costs.extend(made.costs)
        means, self._epoch_sum = epoch_means(made.costs, first % self.course.points, self.course.points, self._epoch_sum)
        self.means.extend(means)
        if self.keyframes.is_due(self.computed) and not self.keyframes.add(canonical(theta)):
            self.near.forget()
        if self.diverged is None and not (made.calm_until == len(made.costs) and weights_finite(self.scenario.network, theta)):
            calm = max(made.calm_until - 1, 0)  # a weight that is not finite shows one data point late
            before = self._computed_to(first, before, first + calm)
            self.diverged = self._first_not_finite(before, first + calm)

    def _first_not_finite(self, theta: Array, first: int) -> int | None:
        """The first step from iteration `first` on that makes inf or nan, if any does; theta: the weights before it."""
        for number in range(first, self.computed):
            made = self.iterate(number, theta)
            step = first_not_finite(self.scenario, number, self.orders.row_of(number), made)
            if step is not None:
                return step
            theta = self.after(made, number)
        return None
