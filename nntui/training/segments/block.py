"""What is kept inside a block of iterations, from one keyframe to the next, while the viewer is in it or just behind it."""

from dataclasses import field

from nntui.engine.arithmetic import Array
from nntui.values import dataclass


@dataclass(slots=True, eq=False)
class Block:
    """The states before some of its iterations, by iteration; start: the first of them, −1 of an empty block."""

    start: int = -1
    states: dict[int, Array] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The last iteration of which the state is kept."""
        return max(self.states)

    def nearest(self, n: int) -> tuple[int, Array]:
        """The last kept state at or before iteration n."""
        at = max(known for known in self.states if known <= n)
        return at, self.states[at]
