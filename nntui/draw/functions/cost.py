"""The cost as a function of one output, the others held: the curve, the point (a, C), and the tangent ∂C/∂a once known."""

from collections.abc import Callable
from math import isfinite

import numpy as np

from nntui.draw.base.boxes import crop, framed
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.charts.curves import Curve, curves_block
from nntui.engine.arithmetic import Array, quiet
from nntui.engine.costs import Cost
from nntui.explain.notation.symbols import neuron_symbol
from nntui.training.frame import Frame
from nntui.values import dataclass

TICKS = 6
HUGE, LARGEST = 1e150, 1e300  # what is larger has no square, or no room above it


@dataclass(frozen=True, slots=True)
class OutputCost:
    """What one output adds to the cost, as a function of its a."""

    cost: Cost
    y: float

    def value(self, a: float) -> float:
        """The part of C of this output, at its activation a."""
        return self._of(self.cost.parts, a)

    def slope(self, a: float) -> float:
        """∂C/∂a of this output, at its activation a."""
        return self._of(self.cost.slope, a)

    def _of(self, function: Callable[[Array, Array], Array], a: float) -> float:
        with quiet():
            return float(function(np.array([a]), np.array([self.y]))[0])


def output_shown(frame: Frame, neuron: int) -> int:
    """The output of which C is drawn: the asked one, of 0 the one furthest off; of shares of a whole the right class."""
    top = len(frame.course.units)
    y = frame.iteration.y
    if not frame.scenario.network.blocks[-1].sigma.each:
        return int(y.argmax()) + 1
    if neuron:
        return neuron
    with quiet():
        return int(np.abs(frame.layer_a(top) - y).argmax()) + 1 if frame.knows("a", top, frame.course.units[-1]) else 1


def cost_curve(view: View, neuron: int, cells: int, height: int) -> Block:
    """The panel in cells × height; neuron 0: the output furthest off."""
    frame = view.frame
    network, top = frame.scenario.network, len(frame.course.units)
    k = output_shown(frame, neuron)
    own = OutputCost(network.cost_function, frame.y(k))
    known, sloped = frame.knows("cost", top), frame.knows("delta", top, k)
    a = frame.a(top, k) if known else own.y
    here, rest = own.value(a), 0.0
    if known and isfinite(here) and frame.iteration.cost < LARGEST:
        rest = max(frame.iteration.cost - here, 0.0)
    inner, lines = cells - 2, height - 3
    first, last = _range(view, top, a, own.y)
    xs = np.linspace(first, last, 2 * (inner - TICKS) + 1)
    ys = np.array([own.value(x) + rest for x in xs.tolist()])
    low, high = _bounds(ys, here + rest, rest)
    margin = 0.08 * (high - low)
    fits = np.isfinite(ys) & (ys <= high + margin)
    curves = [Curve(xs[fits].tolist(), ys[fits].tolist(), "past")] if fits.any() else []
    drawn = known and isfinite(here) and first <= a <= last and low - margin <= here + rest <= high + margin
    if drawn and sloped and isfinite(own.slope(a)):
        curves += _tangent((a, here + rest), own.slope(a), (first, last), (low - margin, high + margin))
    if drawn:
        curves.append(Curve([a], [here + rest], "present", joined=False, marker="●"))
    symbol = neuron_symbol("a", top, k)
    title: Line = (Span(f"C over {symbol}", "strong"), Span(f"  y {view.numerals.brief(own.y)}", "dim"))
    ticks = [(low, _tick(low)), (high, _tick(high))]
    body = curves_block(curves, (inner, lines), (first, last), (low - margin, high + margin), ticks)
    foot = "others held" if rest and cells >= 30 else ""
    slope = view.numerals.write(own.slope(a)) if known and sloped else ""
    return framed(title, (*body, _axis(first, last, symbol, slope, inner)), cells, height, foot=foot)


def _range(view: View, layer: int, a: float, y: float) -> tuple[float, float]:
    """Which a are drawn: all that the layer's σ can make of a z, with a and its target; else round the target."""
    network = view.frame.scenario.network
    least, most = network.blocks[layer - 1].sigma.range
    if network.cost_function.cancels_slope and isfinite(most - least):
        return least, most
    if not isfinite(most - least):
        reach = max(1.0, 1e-9 * abs(y), 1.4 * abs(a - y) if abs(a - y) < HUGE else 0.0)
        return (y - reach, y + reach) if abs(y) < LARGEST else (-1.0, 1.0)
    least, most = min(least, y, a), max(most, y, a)
    return (least, most) if isfinite(most - least) and most - least < HUGE else (-1.0, 1.0)


def _bounds(ys: Array, here: float, rest: float) -> tuple[float, float]:
    """From 0, or from where the curve is lowest if the others make most of it, to its highest: cut where a logarithm soars."""
    sound = ys[np.isfinite(ys)]
    high = float(np.quantile(sound, 0.97)) if sound.size else 1.0
    high = max(high, here if isfinite(here) and here < LARGEST else 0.0)
    lowest = float(sound.min()) if sound.size else 0.0
    low = lowest if rest > 2.0 * (high - rest) else 0.0
    return (low, high) if high - low > max(1e-12 * abs(high), 1e-290) else (low, low + max(1.0, abs(low)))


def _tangent(point: tuple[float, float], slope: float, across: tuple[float, float], up: tuple[float, float]) -> list[Curve]:
    """A piece of the tangent at the point, as long as it stays in the picture."""
    half = 0.3 * (across[1] - across[0])
    if slope:
        half = min(half, 0.4 * (up[1] - up[0]) / abs(slope))
    xs = [x for x in np.linspace(point[0] - half, point[0] + half, 24).tolist() if across[0] <= x <= across[1]]
    pairs = [(x, point[1] + slope * (x - point[0])) for x in xs]
    inside = [(x, y) for x, y in pairs if up[0] <= y <= up[1]]
    return [Curve([x for x, _ in inside], [y for _, y in inside], "tangent")] if inside else []


def _tick(value: float) -> str:
    text = f"{value:.2g}" if value == 0.0 or 1e-2 <= value < 1e3 else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e+")
    return f"{text:>{TICKS - 1}} "


def _axis(first: float, last: float, symbol: str, slope: str, cells: int) -> Line:
    """The ends of the axis, and between them ∂C/∂a, or what runs along it."""
    left, right = (f"{end:.3g}".replace("-", "−", 1) for end in (first, last))
    room = max(cells - TICKS - len(left) - len(right), 0)
    words = ([f"∂C/∂{symbol} {slope}", f"∂C/∂a {slope}", slope] if slope else []) + [symbol]
    middle = next((text for text in words if len(text) + 2 <= room), "")
    line = (Span(" " * TICKS), Span(left, "dim"), Span(f"{middle:^{room}}", "tangent" if slope else "dim"), Span(right, "dim"))
    return crop(line, cells)
