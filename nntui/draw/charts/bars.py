"""Many numbers in one line: a bar in each cell, from the bottom upward for +, from the top downward for −."""

from functools import lru_cache
from itertools import groupby

import numpy as np

from nntui.draw.base.spans import Line, Role, Span
from nntui.engine.arithmetic import Array, quiet

BARS = " ▁▂▃▄▅▆▇█"


def strip(values: Array, cells: int, role: Role) -> Line:
    """A bar a value in at most `cells` cells, scaled to the largest of them; what is not finite is a ?.

    A hanging bar is the bar that is left of it, reversed: so the sign shows without colour.
    """
    below: Role = "minus" if role in ("number", "new") else role
    shown = values[: cells if len(values) <= cells else cells - 1]
    rest = cells - len(shown)
    return (*_bars(shown.tobytes(), role, below), Span("…" + " " * (rest - 1) if len(values) > cells else " " * rest, "dim"))


@lru_cache(maxsize=512)  # the rows of a few screens: at a step few of them change
def _bars(raw: bytes, role: Role, below: Role) -> Line:
    """The bars of float64 values in stretches of one sign; below: the role of those that hang."""
    values = np.frombuffer(raw)
    sizes = np.abs(values)
    finite = np.isfinite(sizes)
    largest = float(sizes[finite].max(initial=0.0))
    with quiet():
        heights = np.copysign(np.maximum(np.rint(8.0 * (sizes / (largest or 1.0))), 1.0), values)
    heights[sizes == 0.0] = _NONE
    heights[~finite] = _ODD
    stretches = groupby(heights.tolist(), key=_HANGS)
    texts = (("".join([_LOOKS[height] for height in stretch]), hanging) for hanging, stretch in stretches)
    return tuple(Span(text, below if hanging else role, reverse=hanging) for text, hanging in texts)


_NONE, _ODD = 9.0, 10.0
_LOOKS = {float(height): BARS[height] if height >= 0 else BARS[8 + height] for height in range(-8, 9)} | {_NONE: "·", _ODD: "?"}
_HANGS = (0.0).__gt__
"""Whether a height is one of a bar that hangs."""
