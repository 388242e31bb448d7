"""Many numbers in one line: a bar in each cell, from the bottom upward for +, from the top downward for −."""

from itertools import groupby

from nntui.draw.base.spans import Line, Role, Span
from nntui.engine.arithmetic import Array

BARS = " ▁▂▃▄▅▆▇█"


def strip(values: Array, cells: int, role: Role) -> Line:
    """At most `cells` values, scaled to the largest of them in size; ? for a value that is not finite.

    The bar of a negative number is the remaining part of its cell, reversed, so the sign is visible without colour.
    """
    shown: list[float] = values[: cells if len(values) <= cells else cells - 1].tolist()
    largest = max((abs(v) for v in shown if abs(v) < float("inf")), default=0.0)
    bars = [_bar(value, largest) for value in shown]
    below: Role = "minus" if role in ("number", "new") else role
    spans = [
        Span("".join(text for text, _ in group), below if hanging else role, reverse=hanging)
        for hanging, group in groupby(bars, key=lambda bar: bar[1])
    ]
    rest = cells - len(shown)
    return (*spans, Span("…" + " " * (rest - 1) if len(values) > cells else " " * rest, "dim"))


def _bar(value: float, largest: float) -> tuple[str, bool]:
    if not abs(value) < float("inf"):
        return "?", False
    if largest == 0.0 or value == 0.0:
        return "·", False
    height = max(1, round(8 * (abs(value) / largest)))
    return (BARS[height], False) if value > 0.0 else (BARS[8 - height], True)
