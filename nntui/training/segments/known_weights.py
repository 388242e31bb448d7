"""Weights that are known along a run, besides the initial ones: those of the keyframes of a recording.

A run with given weights goes on from each of them. Where they are what is computed anyway, as they are in every sound
recording, nothing differs; where not, what was recorded is what is shown.
"""

from bisect import bisect_right, insort
from typing import Protocol

from nntui.engine.arithmetic import Array


class KnownState(Protocol):
    """What is known of the weights before an iteration: all of them, or (theta None) only how to recognise them."""

    @property
    def iteration(self) -> int:
        """The iteration before which the weights are known, from 0."""

    @property
    def theta(self) -> Array | None:
        """The weights, laid out as in `engine.network`."""

    def agrees(self, theta: Array) -> bool:
        """Whether these weights, to the last bit, are the ones."""


class KnownWeights:
    """What is known along one run, by iteration."""

    def __init__(self) -> None:
        self._known: dict[int, KnownState] = {}
        self._iterations: list[int] = []  # all of them, in order
        self._starts: list[int] = []  # those with weights

    def add(self, known: KnownState) -> None:
        """Adds one; of several of one iteration the first with weights counts."""
        n = known.iteration
        before = self._known.get(n)
        if before is None:
            insort(self._iterations, n)
        elif before.theta is not None or known.theta is None:
            return
        if known.theta is not None:
            insort(self._starts, n)
        self._known[n] = known

    def weights(self, n: int, made: Array) -> Array:
        """The weights before iteration n: the recorded ones, else the computed ones (`made`)."""
        known = self._known.get(n)
        return known.theta if known is not None and known.theta is not None else made

    def agrees(self, n: int, made: Array) -> bool:
        """Whether the computed weights before iteration n contradict nothing that is known of them."""
        return n not in self._known or self._known[n].agrees(made)

    def start(self, n: int) -> int:
        """The last iteration up to n with recorded weights; −1 if there is none."""
        number = bisect_right(self._starts, n)
        return self._starts[number - 1] if number else -1

    def after(self, n: int, least: int) -> int:
        """The first iteration after n of which something is known, or `least` if that comes before."""
        number = bisect_right(self._iterations, n)
        return min(self._iterations[number], least) if number < len(self._iterations) else least
