"""The iterations that a run makes itself: all of them, or those of a fork from where it leaves its parent.

The weights before iteration n are a pure function of the scenario. Kept are only these weights every K iterations
(keyframes), and more closely in the block that was last looked into, within a budget of bytes. When the keyframes
outgrow it, every second one is dropped and K doubles. So a few iterations lead from a keyframe to any other, forward
or back, and its bits are the same whatever was looked at before.

The keyframes of a recording enter by `learn`: from each of them on, the run is known without the iterations before it
(an island).
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import NAN, Array, canonical
from nntui.engine.iteration import Iteration, iterate
from nntui.training.row_order import row_of
from nntui.training.scenario import Scenario
from nntui.training.segments.finiteness import first_not_finite, surely_finite
from nntui.training.segments.known_weights import KnownState, KnownWeights
from nntui.training.series import Series

_FIRST_SPACING = 64
_SLICE = 64  # iterations made at a time, fewer for wide networks
_SLICE_WORK = 1 << 21  # weights touched at a time
_RECENT, _RECENT_BYTES = 3, 8 << 20  # iterations kept whole, and what their weights may take; one at least


def _first_spacing(iterations: int, most_keys: int) -> int:
    """The first K: about 64, and such that doubling it ends just within the budget when the whole run is known."""
    last = -(-iterations // max(most_keys - 1, 1))
    doublings = max((last // _FIRST_SPACING).bit_length(), 0)
    return max(-(-last >> doublings), _FIRST_SPACING // 2) if doublings else _FIRST_SPACING


class Segment:
    """The iterations of a run from `base` on, in any order. Before `begin` only islands are known."""

    def __init__(self, scenario: Scenario, base: int, budget: int) -> None:
        """budget: bytes that keyframes may take."""
        self.scenario, self.course = scenario, scenario.course
        self.base = self.computed = base
        """Up to which iteration all is computed."""
        self.costs = Series()
        """C of all iterations of the run, from 0 on."""
        self.means = Series()
        """The mean C of its epochs."""
        self.diverged: int | None = None
        """The first step known to make inf or nan."""
        self.differs: int | None = None
        """The first iteration before which a recording has other weights than were computed."""
        size = scenario.theta.nbytes
        self._most_keys = max(budget // size, 1)
        self._most_fine = max(budget // 8 // size, 1)
        self._most_recent = min(max(_RECENT_BYTES // size, 1), _RECENT)
        self.spacing = _first_spacing(self.course.iterations - base, self._most_keys)
        """Iterations between two keyframes."""
        self.keys: list[Array] = []
        self.fine: dict[int, Array] = {}  # weights inside the block of the last iteration asked for, by iteration
        self._fine_start = -1
        self._front: Array | None = None  # the weights before the first iteration that is not computed
        self._epoch_sum = 0.0
        self._given = KnownWeights()
        self._recent: OrderedDict[int, Iteration] = OrderedDict()

    @property
    def begun(self) -> bool:
        """Whether the weights before its first iteration are known."""
        return self._front is not None

    def begin(self, theta: Array, costs: Series, means: Series, epoch_sum: float) -> None:
        """Sets the weights before iteration `base`. costs, means: of the iterations before; epoch_sum: Σ C of a begun epoch."""
        self._front = self._given.weights(self.base, theta)
        self.keys = [self._front]
        self.costs, self.means, self._epoch_sum = costs, means, epoch_sum

    def learn(self, known: KnownState) -> bool:
        """Takes in what a recording knows of the weights before an iteration; False if others were computed already."""
        n = known.iteration
        if self.begun and n <= self.computed and not known.agrees(canonical(self.state(n))):
            return False
        self._given.add(known)
        if not self.begun or n > self.computed:  # an island may have been computed without it
            self._recent.clear()
            self.fine, self._fine_start = {}, -1
        return True

    # --- looking

    def iteration(self, n: int) -> Iteration:
        """All numbers of an iteration n ≤ `computed`, or of an island."""
        known = self._recent.get(n)
        if known is not None:
            return known
        if self._most_recent == 1:
            self._recent.clear()  # a network so large that the last iteration makes room for the next
        made = self.iterate(n, self.state(n))
        if n == self.computed and self.begun:
            self._append([made], n)
        made = replace(
            made,
            z=canonical(made.z),
            a=canonical(made.a),
            delta=canonical(made.delta),
            before=canonical(made.before),
            after=canonical(made.after),
            cost=made.cost if made.cost == made.cost else NAN,
        )
        self._recent[n] = made
        if len(self._recent) > self._most_recent:
            self._recent.popitem(last=False)
        return made

    def row(self, n: int) -> int:
        """The data row (from 0) of iteration n."""
        return row_of(self.scenario, n)

    def is_recent(self, n: int) -> bool:
        """Whether an iteration is kept whole."""
        return n in self._recent

    def is_island(self, n: int, computed: int) -> bool:
        """Whether iteration n lies beyond what is `computed` of the whole run, and nearer to weights that are given."""
        return self._given.start(n) > computed

    def nearest(self, n: int) -> tuple[int, Array]:
        """The last kept weights at or before iteration n, which is computed or an island; `fine` becomes that of its block."""
        if n == self.computed and self._front is not None:
            return n, self._front
        before = self._recent.get(n - 1)
        if before is not None:
            return n, self._given.weights(n, before.after)
        start, theta = self._key(n)
        if self._fine_start != start:
            self.fine, self._fine_start = {start: theta}, start
        at = max(known for known in self.fine if known <= n)
        return at, self.fine[at]

    def _key(self, n: int) -> tuple[int, Array]:
        """The last keyframe at or before iteration n, or the recorded weights that are nearer to it."""
        given = self._given.start(n)
        if not self.keys:
            return given, self._given.weights(given, self.scenario.theta)
        block = min((n - self.base) // self.spacing, len(self.keys) - 1)
        start = self.base + block * self.spacing
        return (start, self.keys[block]) if given < start else (given, self._given.weights(given, self.keys[block]))

    def state(self, n: int) -> Array:
        """Theta before iteration n, which is computed or an island."""
        at, theta = self.nearest(n)
        fine = self._fine_spacing(self._fine_start, n)
        while at < n:
            theta = self.after(self.iterate(at, theta), at)
            at += 1
            if at % fine == 0:
                self.fine[at] = theta
        return theta

    def after(self, made: Iteration, n: int) -> Array:
        """Theta after iteration n: as computed, or as recorded."""
        return self._given.weights(n + 1, made.after)

    def _fine_spacing(self, start: int, n: int) -> int:
        """About √ of the block's length, so that a step back costs no more; wider if the budget is small."""
        last_block = (start - self.base) // self.spacing >= len(self.keys) - 1
        length = max(self.computed, n) - start if last_block else self.spacing
        spacing = 1
        while spacing * spacing < length or length // spacing > self._most_fine:
            spacing *= 2
        return spacing

    # --- computing

    @property
    def slice(self) -> int:
        """Iterations made at a time: a few milliseconds, one iteration at least."""
        return max(1, min(_SLICE, _SLICE_WORK // self.scenario.network.parameters))

    def make(self, n: int) -> list[Iteration]:
        """Computes the next slice of iterations, up to n, and returns them."""
        first, theta = self.computed, self._front
        assert theta is not None
        stop = min(n, first + self.slice, first + self.spacing - (first - self.base) % self.spacing)
        stop = self._given.after(first, stop)
        made: list[Iteration] = []
        for number in range(first, stop):
            made.append(self.iterate(number, theta))
            theta = made[-1].after
        self._append(made, first)
        return made

    def approach(self, n: int) -> Iterator[int]:
        """Computes the weights before iteration n in slices, so that `state` is cheap; yields how many iterations are left."""
        at, theta = self.nearest(n)
        while at < n:
            stop = min(n, at + self.slice)
            for number in range(at, stop):
                theta = self.after(self.iterate(number, theta), number)
            at = stop
            self.fine[at] = theta
            yield n - at

    def iterate(self, n: int, theta: Array) -> Iteration:
        """Iteration n from the weights before it."""
        row = self.row(n)
        return iterate(self.scenario.network, theta, self.scenario.x[row], self.scenario.y[row])

    def _append(self, made: list[Iteration], first: int) -> None:
        """Takes in the iterations from `first` on."""
        before, theta, self.computed = made[0].before, made[-1].after, first + len(made)
        if self.differs is None and not self._given.agrees(self.computed, canonical(theta)):
            self.differs = self.computed
        theta = self._front = self._given.weights(self.computed, theta)
        values = np.array([one.cost for one in made])
        self.costs.extend(values)
        self._add_epoch_means(values.tolist(), first)
        if (self.computed - self.base) % self.spacing == 0:
            self._add_key(canonical(theta))
        if self.diverged is None and not surely_finite(self.scenario.network, made, values, theta):
            self.diverged = self._first_not_finite(before, first)

    def _add_epoch_means(self, costs: list[float], first: int) -> None:
        means = []
        for number, cost in enumerate(costs, start=first):
            self._epoch_sum += cost
            if (number + 1) % self.course.points == 0:
                means.append(self._epoch_sum / self.course.points)
                self._epoch_sum = 0.0
        self.means.extend(np.array(means))

    def _add_key(self, theta: Array) -> None:
        self.keys.append(theta)
        while len(self.keys) > self._most_keys and len(self.keys) > 1:
            self.keys = self.keys[::2]
            self.spacing *= 2
            self.fine, self._fine_start = {}, -1

    def _first_not_finite(self, theta: Array, first: int) -> int | None:
        """The first step from iteration `first` on that makes inf or nan, if any does; theta: the weights before it."""
        for number in range(first, self.computed):
            made = self.iterate(number, theta)
            step = first_not_finite(self.scenario, number, made)
            if step is not None:
                return step
            theta = self.after(made, number)
        return None
