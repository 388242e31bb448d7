"""A run as a list that is made as far as it is looked at.

The state before iteration n is a pure function of the scenario; keyframes of it every K iterations, and the finer
ones of the block one stands in, are the only things kept, within a budget of bytes. When the keyframes outgrow it,
every second one is dropped and K doubles. So any iteration is a short fold away, in either direction, and has the
same bits whichever way one came.

The keyframes of a recording are `learn`ed: from them on the run is known without all that lies before.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import NAN, Array, canonical, quiet
from nntui.engine.iteration import Iteration, iterate
from nntui.engine.network import to_matrices
from nntui.training.frame import Frame
from nntui.training.given import Given, Known
from nntui.training.initial import epoch_order
from nntui.training.scenario import Scenario
from nntui.training.series import Series

BUDGET = 48 << 20
_FIRST_SPACING = 64
_SLICE = 64  # iterations between two yields of `reach`, fewer for wide networks
_SLICE_WORK = 1 << 21  # weights touched between two yields
_RECENT, _RECENT_BYTES = 3, 8 << 20  # iterations kept whole, and what their weights may take; one at least


def _first_spacing(iterations: int, most_keys: int) -> int:
    """About 64, and such that doubling it ends just within the budget when the whole run is known."""
    last = -(-iterations // max(most_keys - 1, 1))
    doublings = max((last // _FIRST_SPACING).bit_length(), 0)
    return max(-(-last >> doublings), _FIRST_SPACING // 2) if doublings else _FIRST_SPACING


class Timeline:
    """Any iteration, any frame of one run, in any order.

    budget: bytes that keyframes may take. Not thread-safe; a far jump is made in slices with `reach`.
    """

    def __init__(self, scenario: Scenario, budget: int = BUDGET) -> None:
        self.scenario = scenario
        self.course = scenario.course
        self.costs_seen = Series()
        self.epoch_means = Series()
        self.diverged: int | None = None  # the first step known to make inf or nan
        self.differs: int | None = None  # the first iteration before which a recording has other weights than were made
        size = scenario.theta.nbytes
        self._most_keys = max(budget // size, 1)
        self._most_fine = max(budget // 8 // size, 1)
        self._most_recent = min(max(_RECENT_BYTES // size, 1), _RECENT)
        self._spacing = _first_spacing(len(self), self._most_keys)
        self._keys: list[Array] = [scenario.theta]
        self._front = scenario.theta
        self._computed = 0
        self._epoch_sum = 0.0
        self._fine: dict[int, Array] = {}  # states inside the block last looked into, by iteration
        self._fine_start = -1
        self._given = Given()
        self._recent: OrderedDict[int, Iteration] = OrderedDict()
        self._order: tuple[int, np.ndarray[tuple[int], np.dtype[np.intp]]] = (0, np.empty(0, np.intp))

    def __len__(self) -> int:
        return self.course.iterations

    @property
    def computed(self) -> int:
        """How many iterations from the first on have been computed."""
        return self._computed

    def learn(self, known: Known) -> bool:
        """Takes in what a recording knows of the weights before an iteration, 0 ≤ n ≤ len.

        False where that comes too late: the run was computed past it and came to other weights. The timeline is then
        to be made anew.
        """
        n = known.iteration
        if not 0 <= n <= len(self):
            raise IndexError(f"weights before iteration {n}: expected 0 to {len(self)}")
        if n <= self._computed and not known.agrees(canonical(self._state(n))):
            return False
        self._given.add(known)
        if n > self._computed:  # an island may have been looked at without it
            self._recent.clear()
            self._fine, self._fine_start = {}, -1
        return True

    # --- looking

    def iteration(self, n: int) -> Iteration:
        """All numbers of iteration n, 0 ≤ n < len; IndexError outside."""
        if not 0 <= n < len(self):
            raise IndexError(f"iteration {n} is not in 0 … {len(self) - 1}")
        known = self._recent.get(n)
        if known is not None:
            return known
        if self._most_recent == 1:
            self._recent.clear()  # a network so large that the last iteration makes room for the next
        if n >= self._computed and not self._is_island(n):
            self._run_to(n)
            made = self._iterate(n, self._front)
            self._append([made], n)
        else:
            made = self._iterate(n, self._state(n))
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

    def frame(self, step: int) -> Frame:
        """What is known at a step of the run, 0 ≤ step < len · M; IndexError outside."""
        number, m = divmod(step, self.course.length)
        iteration = self.iteration(number)
        return Frame(self.scenario, self.course, number, m, self.row(number) + 1, iteration)

    def weights(self, n: int) -> tuple[Array, ...]:
        """The weights before iteration n, 0 ≤ n ≤ len: a read-only (n_l, 1 + n_{l−1}) array a layer.

        Row k, column j as in the note: w_kj^{l−1}, column 0 the bias (nan where the layer has none).
        """
        if not 0 <= n <= len(self):
            raise IndexError(f"weights before iteration {n}: expected 0 to {len(self)}")
        self._run_to(n)
        return to_matrices(self.scenario.network, self._state(n))

    def costs(self, start: int, stop: int) -> Array:
        """C of iterations start … stop − 1, shape (stop − start,); computes what is not known yet."""
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"costs {start} … {stop} are not in 0 … {len(self)}")
        self._run_to(stop)
        exact = self.costs_seen.exact(start, stop)
        if exact is not None:
            return canonical(exact)
        costs = np.empty(stop - start)
        theta = self._state(start)
        for n in range(start, stop):
            made = self._iterate(n, theta)
            costs[n - start], theta = made.cost, self._given.weights(n + 1, made.after)
        return canonical(costs)

    def row(self, n: int) -> int:
        """The data row (from 0) of iteration n."""
        epoch, point = divmod(n, self.course.points)
        if self.scenario.order == "given":
            return point
        if self._order[0] != epoch + 1:
            order = epoch_order(self.scenario.order, self.scenario.shuffle_seed, epoch + 1, self.course.points)
            self._order = (epoch + 1, order)
        return int(self._order[1][point])

    # --- computing

    def reach(self, n: int) -> Iterator[int]:
        """Computes until n iterations are known, a slice at a time; yields how many are. Dropping it stops there."""
        while self._computed < n:
            self._make(n)
            yield self._computed

    def iterations(self, start: int, stop: int) -> Iterator[Iteration]:
        """The iterations start … stop − 1, one after the other: a fold, much cheaper than to ask for each.

        0 ≤ start ≤ stop ≤ len. What is not known yet is computed, a slice at a time; dropping it stops there. A nan may
        have any pattern (law 4 of `arithmetic`).
        """
        self._run_to(start)
        n = start
        while n < stop:
            if n == self._computed:
                for made in self._make(stop):
                    n += 1
                    yield made
                continue
            theta = self._state(n)
            while n < min(stop, self._computed):
                made = self._iterate(n, theta)
                n, theta = n + 1, self._given.weights(n + 1, made.after)
                yield made

    def _make(self, n: int) -> list[Iteration]:
        """Computes a slice of the iterations that are not known, up to n; the iterations."""
        theta, made = self._front, []
        first = self._computed
        stop = min(n, first + self.slice, (first // self._spacing + 1) * self._spacing)
        stop = self._given.after(first, stop)
        for number in range(first, stop):
            made.append(self._iterate(number, theta))
            theta = made[-1].after
        self._append(made, first)
        return made

    def distance(self, n: int) -> int:
        """How many iterations must be computed, or computed again, to look at iteration n."""
        if n in self._recent:
            return 0
        if n >= self._computed and not self._is_island(n):
            return n - self._computed
        return n - self._nearest(n)[0]

    def approach(self, n: int) -> Iterator[int]:
        """Makes looking at iteration n cheap, forward or back, in slices; yields how many iterations are left."""
        if not self._is_island(n):
            for computed in self.reach(n):
                yield n - computed
        at, theta = self._nearest(n)
        while at < n:
            stop = min(n, at + self.slice)
            for number in range(at, stop):
                theta = self._after(number, theta)
            at = stop
            self._fine[at] = theta
            yield n - at

    @property
    def slice(self) -> int:
        """Iterations between two yields of `reach` and `approach`: a few milliseconds, one iteration at least."""
        return max(1, min(_SLICE, _SLICE_WORK // self.scenario.network.parameters))

    def _run_to(self, n: int) -> None:
        for _ in self.reach(n):
            pass

    def _iterate(self, n: int, theta: Array) -> Iteration:
        row = self.row(n)
        return iterate(self.scenario.network, theta, self.scenario.x[row], self.scenario.y[row])

    def _append(self, made: list[Iteration], first: int) -> None:
        """Takes in the iterations from `first` on."""
        before, theta, self._computed = self._front, made[-1].after, first + len(made)
        if self.differs is None and not self._given.agrees(self._computed, canonical(theta)):
            self.differs = self._computed
        theta = self._front = self._given.weights(self._computed, theta)
        values = np.array([one.cost for one in made])
        self.costs_seen.extend(values)
        self._add_epoch_means(values.tolist(), first)
        if self._computed % self._spacing == 0:
            self._add_key(canonical(theta))
        if self.diverged is None and not (np.isfinite(values).all() and self._finite(theta) and _calm(made)):
            self.diverged = self._first_not_finite(before, first)

    def _add_epoch_means(self, costs: list[float], first: int) -> None:
        means = []
        for number, cost in enumerate(costs, start=first):
            self._epoch_sum += cost
            if (number + 1) % self.course.points == 0:
                means.append(self._epoch_sum / self.course.points)
                self._epoch_sum = 0.0
        self.epoch_means.extend(np.array(means))

    def _add_key(self, theta: Array) -> None:
        self._keys.append(theta)
        while len(self._keys) > self._most_keys and len(self._keys) > 1:
            self._keys = self._keys[::2]
            self._spacing *= 2
            self._fine, self._fine_start = {}, -1

    def _is_island(self, n: int) -> bool:
        """Whether iteration n lies beyond what is computed, and nearer to weights that are given."""
        return self._given.start(n) > self._computed

    def _nearest(self, n: int) -> tuple[int, Array]:
        """The last kept state at or before iteration n, which has been computed or is an island; enters its block."""
        if n == self._computed:
            return n, self._front
        before = self._recent.get(n - 1)
        if before is not None:
            return n, self._given.weights(n, before.after)
        block = min(n // self._spacing, len(self._keys) - 1)
        start, theta = block * self._spacing, self._keys[block]
        given = self._given.start(n)
        if given >= start:
            start, theta = given, self._given.weights(given, theta)
        if self._fine_start != start:
            self._fine, self._fine_start = {start: theta}, start
        at = max(known for known in self._fine if known <= n)
        return at, self._fine[at]

    def _state(self, n: int) -> Array:
        """Theta before iteration n, which has been computed or is an island."""
        at, theta = self._nearest(n)
        fine = self._fine_spacing(self._fine_start, n)
        while at < n:
            theta = self._after(at, theta)
            at += 1
            if at % fine == 0:
                self._fine[at] = theta
        return theta

    def _after(self, n: int, theta: Array) -> Array:
        """Theta after iteration n, from that before it."""
        return self._given.weights(n + 1, self._iterate(n, theta).after)

    def _fine_spacing(self, start: int, n: int) -> int:
        """About √ of the block's length, so that a step back costs no more; wider where the budget wants it."""
        last_block = start // self._spacing >= len(self._keys) - 1
        length = max(self._computed, n) - start if last_block else self._spacing
        spacing = 1
        while spacing * spacing < length or length // spacing > self._most_fine:
            spacing *= 2
        return spacing

    def _finite(self, theta: Array) -> bool:
        """Whether every weight is a number; the nan in place of a bias that a layer does not have is none."""
        if np.isfinite(np.minimum.reduce(theta)) and np.isfinite(np.maximum.reduce(theta)):
            return True
        blocks = self.scenario.network.blocks
        return all(np.isfinite(block.matrix(theta)[0 if block.biases else 1 :]).all() for block in blocks)

    def _first_not_finite(self, theta: Array, first: int) -> int | None:
        """The first step from iteration `first` on that makes inf or nan, if any does; theta is the state before it."""
        for number in range(first, self._computed):
            made = self._iterate(number, theta)
            frame = Frame(self.scenario, self.course, number, 0, self.row(number) + 1, made)
            moment = frame.first_not_finite()
            if moment is not None:
                return number * self.course.length + self.course.offset(moment)
            theta = self._given.weights(number + 1, made.after)
        return None


def _calm(made: list[Iteration]) -> bool:
    """Whether it is certain, at a glance, that z, a, δ and all the products δ a of some iterations are finite."""
    z, a, delta = (np.concatenate(arrays) for arrays in zip(*((one.z, one.a, one.delta) for one in made), strict=True))
    with quiet():
        largest = np.abs(a).max() * np.abs(delta).max()
    return bool(np.isfinite(z).all() and np.isfinite(largest))
