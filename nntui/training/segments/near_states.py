"""The states that are kept near the viewer: in the block of iterations, from one keyframe to the next, in which the viewer is,
and in the block behind it.

Inside a block a state is computed from the last one kept before it, and some of those on the way are kept. A step back
out of a block would compute all of the block behind; so that it computes no more than any other step, that block is
computed in stretches while the viewer comes nearer to it. Where both blocks have no room together, each gives way to
the other: what lies ahead of a viewer who steps back, and the block behind a viewer who goes on.
"""

from collections.abc import Callable
from dataclasses import field

from nntui.engine.arithmetic import Array
from nntui.values import dataclass

Compute = Callable[[int, Array, int], Array]
"""The state before an iteration (the last argument), from that before another: compute(at, state, stop)."""


@dataclass(slots=True, eq=False)
class KeptBlock:
    """The states before some iterations of a block, by iteration; start: the first of them, −1 of an empty block."""

    start: int = -1
    states: dict[int, Array] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The last iteration of which the state is kept."""
        return max(self.states)


class NearStates:
    """The block in which the viewer is, and the one behind it."""

    def __init__(self, compute: Compute, most: int) -> None:
        """compute: computes a state again. most: states that are kept in both blocks together, three at least."""
        self._compute, self._most = compute, most
        self.forget()

    def forget(self) -> None:
        """Keeps nothing any more: keyframes have changed."""
        self.block, self._behind = KeptBlock(), KeptBlock()

    @property
    def kept(self) -> int:
        """How many states are kept."""
        return len(self.block.states) + len(self._behind.states)

    def enter(self, start: int, state: Array) -> None:
        """The viewer is in the block that begins with iteration `start`; state: before it."""
        if self.block.start != start:
            entered = self._behind if self._behind.start == start else KeptBlock(start, {start: state})
            self.block, self._behind = entered, self.block
            while self.kept > self._most:
                self._drop_behind()

    def nearest(self, n: int) -> tuple[int, Array]:
        """The last kept state at or before iteration n of the block."""
        at = max(known for known in self.block.states if known <= n)
        return at, self.block.states[at]

    def state(self, n: int, spacing: int) -> Array:
        """The state before iteration n of the block, flat; those before multiples of `spacing` on the way are kept."""
        at, state = self.nearest(n)
        while at < n:
            stop = min(n, at + spacing - at % spacing)
            state, at = self._compute(at, state, stop), stop
            if at % spacing == 0:
                self.keep(at, state)
        return state

    def keep(self, n: int, state: Array) -> None:
        """Keeps the state before iteration n of the block; the block behind gives way to it, then the end of its own block."""
        while self.kept >= self._most and self._behind.states:
            self._drop_behind()
        if self.kept >= self._most:
            del self.block.states[self.block.end]
        self.block.states[n] = state

    def pass_by(self, n: int, state: Array, spacing: int) -> None:
        """On the way forward: a state that is at hand is kept where it is the next that the block lacks."""
        if n - self.block.end == spacing:
            self.keep(n, state)

    def prepare(self, start: int, state: Array, n: int, spacing: int) -> None:
        """Before a step back from iteration n: goes on with the block behind, which begins with iteration `start`.

        It is one stretch further, or whole where fewer steps than stretches lead there.
        """
        if self._behind.start != start:
            self._behind = KeptBlock()
            if not self._has_room_behind(n):
                return
            self._behind = KeptBlock(start, {start: state})
        states, at, here = self._behind.states, self._behind.end, self.block.start
        missing = (here - 1) // spacing - at // spacing
        for _ in range(missing if missing > n - here else min(missing, 1)):
            if not self._has_room_behind(n):
                return
            stop = at + spacing - at % spacing
            states[stop] = self._compute(at, states[at], stop)
            at = stop

    def _has_room_behind(self, n: int) -> bool:
        """Whether the block behind may keep another state; those after iteration n of the viewer's block give way."""
        while self.kept >= self._most and self.block.end > n:
            del self.block.states[self.block.end]
        return self.kept < self._most

    def _drop_behind(self) -> None:
        """Drops the last state of the block behind."""
        del self._behind.states[self._behind.end]
        if not self._behind.states:
            self._behind = KeptBlock()
