"""The states that are kept all along a run: before every K-th iteration, within a number of them."""

from nntui.engine.arithmetic import Array


class Keyframes:
    """The states before iterations base, base + spacing, base + 2 spacing …; when they outgrow `most`, the spacing doubles."""

    def __init__(self, base: int, iterations: int, most: int, least: int) -> None:
        """iterations: of the run from `base` on. least: about the smallest spacing."""
        self.base, self._most = base, most
        self.spacing = _first_spacing(iterations, most, least)
        """Iterations between two keyframes."""
        self.states: list[Array] = []
        """Those that are known, in order."""

    def __bool__(self) -> bool:
        """Whether the state before iteration `base` is known."""
        return bool(self.states)

    def begin(self, state: Array) -> None:
        """state: before iteration `base`."""
        self.states = [state]

    def is_due(self, n: int) -> bool:
        """Whether the state before iteration n is one of them."""
        return (n - self.base) % self.spacing == 0

    def add(self, state: Array) -> bool:
        """Keeps the next state; False where half of the states were dropped to make room for it."""
        self.states.append(state)
        before = self.spacing
        while len(self.states) > self._most:
            self.states = self.states[::2]
            self.spacing *= 2
        return self.spacing == before

    def after(self, n: int) -> int:
        """The first iteration after n that has a keyframe, known or not."""
        return n + self.spacing - (n - self.base) % self.spacing

    def before(self, n: int) -> tuple[int, Array]:
        """The last known one at or before iteration n: its iteration, and the state."""
        block = min((n - self.base) // self.spacing, len(self.states) - 1)
        return self.base + block * self.spacing, self.states[block]

    def length(self, start: int) -> int | None:
        """Iterations of the block that an iteration is in; None of the last, which grows."""
        return None if (start - self.base) // self.spacing >= len(self.states) - 1 else self.spacing


def _first_spacing(iterations: int, most: int, least: int) -> int:
    """About `least`, and such that doubling it ends just within the budget when the whole run is known."""
    last = -(-iterations // max(most - 1, 1))
    doublings = max((last // least).bit_length(), 0)
    return max(-(-last >> doublings), least // 2) if doublings else least
