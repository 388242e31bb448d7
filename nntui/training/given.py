"""Weights that are given along a run, besides the initial ones: those of the keyframes of a recording.

A run with given weights is the fold that starts anew at each of them. Where they are what the fold makes anyway, as
they are in every sound recording, nothing differs; where not, what was recorded is what is shown.
"""

from bisect import bisect_right, insort
from typing import Protocol

from nntui.engine.arithmetic import Array


class Known(Protocol):
    """What is known of the weights before an iteration: all of them, or (theta None) only how to recognise them."""

    @property
    def iteration(self) -> int:
        """Counted from 0."""

    @property
    def theta(self) -> Array | None:
        """The weights, laid out as in `engine.network`."""

    def agrees(self, theta: Array) -> bool:
        """Whether these weights, to the last bit, are the ones."""


class Given:
    """What is known along one run, by iteration."""

    def __init__(self) -> None:
        self._known: dict[int, list[Known]] = {}
        self._iterations: list[int] = []  # all of them, in order
        self._starts: list[int] = []  # those with weights

    def add(self, known: Known) -> None:
        """Takes in one more; of several with weights at one iteration the first counts."""
        n = known.iteration
        there = self._known.setdefault(n, [])
        if not there:
            insort(self._iterations, n)
        if known.theta is not None and all(other.theta is None for other in there):
            insort(self._starts, n)
        there.append(known)

    def weights(self, n: int, made: Array) -> Array:
        """The weights before iteration n: those given, else those that were `made`."""
        if n in self._known:
            return next((known.theta for known in self._known[n] if known.theta is not None), made)
        return made

    def agrees(self, n: int, made: Array) -> bool:
        """Whether the weights that were made are all that is known of iteration n."""
        return all(known.agrees(made) for known in self._known.get(n, ()))

    def start(self, n: int) -> int:
        """The last iteration up to n with given weights; −1 where there is none."""
        number = bisect_right(self._starts, n)
        return self._starts[number - 1] if number else -1

    def after(self, n: int, least: int) -> int:
        """The first iteration after n of which something is known, or `least` if that comes before."""
        number = bisect_right(self._iterations, n)
        return min(self._iterations[number], least) if number < len(self._iterations) else least
