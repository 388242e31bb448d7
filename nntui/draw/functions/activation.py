"""The panel of functions: σ of a neuron with its point and tangent; at the cost, and at an output's δ, C over that output.

Where a softmax makes z a function of all outputs, their shares are drawn instead.
"""

from typing import Literal

import numpy as np

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.charts.curves import Curve, curves_block
from nntui.engine.arithmetic import quiet
from nntui.explain.notation.symbols import neuron_symbol
from nntui.values import dataclass

SPAN = 6.0
TICKS = 5


@dataclass(frozen=True, slots=True)
class FunctionShown:
    """What the panel is of: σ of a neuron, the shares of a softmax layer, or C over an output (0: the one furthest off)."""

    kind: Literal["sigma", "shares", "cost"]
    layer: int
    neuron: int


def subject(view: View) -> FunctionShown:
    """The inspected number's, else the step's."""
    frame, cursor, moment = view.frame, view.cursor, view.frame.moment
    top = len(frame.course.units)
    if cursor is not None and cursor.layer:
        layer, neuron = cursor.layer, cursor.neuron
        costly = cursor.kind in ("cost", "y") or (cursor.kind == "a" and layer == top)
    else:
        layer, neuron = moment.layer, moment.neuron
        costly = moment.kind == "cost" or (moment.kind == "delta" and layer == top)
    if costly:
        return FunctionShown("cost", top, neuron)
    layer, neuron = layer or 1, neuron or 1
    each = frame.scenario.network.blocks[layer - 1].sigma.each
    return FunctionShown("sigma" if each else "shares", layer, neuron)


def curve_panel(view: View, cells: int, height: int) -> Block | None:
    """The panel in cells × height; None where there is too little room for it."""
    what = subject(view)
    if what.kind == "cost":
        from nntui.draw.functions.cost import cost_curve

        return cost_curve(view, what.neuron, cells, height)
    if what.kind == "shares":
        from nntui.draw.functions.softmax import shares

        return shares(view, what.layer, what.neuron, cells, height)
    return _sigma(view, what.layer, what.neuron, cells, height)


def _sigma(view: View, layer: int, neuron: int, cells: int, height: int) -> Block:
    frame = view.frame
    known = frame.knows("a", layer, neuron)
    z = frame.z(layer, neuron) if known else 0.0
    reach = max(SPAN, min(abs(z) * 1.25, 1e6)) if abs(z) < float("inf") else SPAN
    x = np.linspace(-reach, reach, 2 * (cells - 2 - TICKS))
    sigma = frame.scenario.network.blocks[layer - 1].sigma
    with quiet():
        y = sigma.value(x)
    low, high = float(y.min()), float(y.max())
    margin = 0.08 * (high - low)
    curves = [Curve(x.tolist(), y.tolist(), "past", joined=not sigma.steps)]
    sloped = frame.knows("delta", layer, neuron)  # as in the panels
    if known and abs(z) <= reach and np.isfinite([frame.a(layer, neuron), frame.slope(layer, neuron)]).all():
        if sloped:
            curves.append(_tangent(z, frame.a(layer, neuron), frame.slope(layer, neuron), reach, (low, high)))
        curves.append(Curve([z], [frame.a(layer, neuron)], "present", joined=False, marker="●"))
    ticks = [(low, _tick(low)), (high, _tick(high))]
    body = curves_block(curves, (cells - 2, height - 3), (-reach, reach), (low - margin, high + margin), ticks)
    title = (Span(f"σ {sigma.name}", "strong"), Span(f"  {neuron_symbol('z', layer, neuron)}", "dim"))
    return framed(title, (*body, _axis(view, layer, neuron, sloped, cells - 2, reach)), cells, height)


def _tangent(z: float, a: float, slope: float, reach: float, bounds: tuple[float, float]) -> Curve:
    """A piece of the tangent at (z, a), as long as it stays in the picture."""
    half = 0.35 * reach
    if slope:
        half = min(half, 0.45 * (bounds[1] - bounds[0]) / abs(slope))
    inside = [x for x in np.linspace(z - half, z + half, 24).tolist() if -reach <= x <= reach]
    return Curve(inside, [a + slope * (x - z) for x in inside], "tangent")


def _tick(value: float) -> str:
    text = f"{value:.0f}" if abs(value) < 1e3 else f"{value:.0e}"
    return f"{text.replace('-', '−'):>{TICKS - 1}} "


def _axis(view: View, layer: int, neuron: int, known: bool, cells: int, reach: float) -> Line:
    left, right = f"−{reach:.3g}", f"{reach:.3g}"
    room = cells - TICKS - len(left) - len(right)
    middle = f"σ′ {view.numerals.within(view.frame.slope(layer, neuron), room - 3)}" if known else "z"
    return (Span(" " * TICKS), Span(left, "dim"), Span(f"{middle:^{room}}", "tangent" if known else "dim"), Span(right, "dim"))
