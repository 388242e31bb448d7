"""Generated data points: the same on every machine and with every version of NumPy.

Everything is drawn from the raw stream of PCG64(SeedSequence([seed, 0])), u = (raw >> 11) · 2⁻⁵³, and computed with
operations that IEEE 754 fixes; sine and cosine are computed here from those. Each point takes a fixed number of draws,
one point after the other, the noise always among them. So a larger set begins with the points of a smaller one, and
noise moves the points but draws no others. Values are rounded to 6 decimals.

Point i (from 0) belongs to class i mod 2: classes are balanced and alternate, because (11) learns from one data
point at a time. g is a normal number: twelve u summed, less 6. With u, v uniform in [0, 1):

    xor         the quadrants in turn, counterclockwise from (+, +): (±(0.1 + 0.9u), ±(0.1 + 0.9v)); y = 1 where the
                signs differ
    circles     angle 2πu on the circle of radius 1, in class 1 on that of radius 0.5
    gaussians   centres (−0.5, −0.5) and (0.5, 0.5), deviation 0.2
    spiral      radius r = 0.05 + 0.95u, angle 2π · 1.25 r, class 1 rotated by half a turn
    moons       the upper half circle (cos πu, sin πu) and the lower (1 − cos πu, ½ − sin πu), scaled to −1 … 1
    sine        x = 2u − 1, y = sin πx; noise moves y

`noise` · g is added to each input (sine: to y).
"""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from nntui.engine.arithmetic import Array, frozen, quiet
from nntui.values import dataclass

GeneratorName = Literal["xor", "circles", "gaussians", "spiral", "moons", "sine"]
GENERATOR_NAMES: tuple[GeneratorName, ...] = get_args(GeneratorName)

_AT_ONCE = 1 << 14


def inputs_of(name: GeneratorName) -> int:
    """The inputs of a data point that a generator makes; its targets are one."""
    return _SHAPES[name].inputs


def generate(name: GeneratorName, points: int, noise: float = 0.0, seed: int = 0) -> tuple[Array, Array]:
    """x (points, 2) and y (points, 1); both (points, 1) for sine. A huge `noise` may make values that are not finite."""
    shape = _SHAPES[name]
    bits = np.random.PCG64(np.random.SeedSequence([seed, 0]))
    x, y = np.empty((points, shape.inputs)), np.empty((points, 1))
    with quiet():
        for start in range(0, points, _AT_ONCE):
            block = slice(start, min(start + _AT_ONCE, points))
            number = np.arange(block.start, block.stop, dtype=np.float64)
            u = _uniform(bits, len(number), shape.draws + 12 * shape.noisy)
            g = np.stack([_normal(u[:, shape.draws + 12 * i : shape.draws + 12 * (i + 1)]) for i in range(shape.noisy)], 1)
            x[block], y[block] = shape.make(number, u[:, : shape.draws], noise * g)
        return _rounded(x), _rounded(y)


def _uniform(bits: "np.random.PCG64", rows: int, columns: int) -> Array:
    raw = np.asarray(bits.random_raw(rows * columns), dtype=np.uint64)
    return ((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53).reshape(rows, columns)


def _normal(twelve: Array) -> Array:
    """Twelve uniform columns summed from left to right, less 6: mean 0, variance 1."""
    total: Array = np.add.accumulate(twelve, axis=1)[:, -1] - 6.0
    return total


def _rounded(values: Array) -> Array:
    """Rounded to 6 decimals; numbers too large to have decimals stay the same, and −0 becomes 0."""
    small = np.abs(values) < 2.0**52 / 1e6
    return frozen(np.where(small, np.rint(values * 1e6) / 1e6, values) + 0.0)


# --- sine and cosine of whole turns ---------------------------------------------------------------------------
#
# t turns = q quarters + r, |r| ≤ ⅛ turn; both series of the angle 2πr are cut where a term is under 2⁻⁶⁰.


def _series(square: Array, first: int) -> Array:
    """1 − s/(first·(first+1)) · (1 − s/((first+2)(first+3)) · (…)): cosine for first = 1, sine over its angle for 2."""
    total = np.ones_like(square)
    for n in range(first + 16, first - 1, -2):
        total = 1.0 - square / float(n * (n + 1)) * total
    return total


def _turn(t: Array) -> tuple[Array, Array]:
    """(cos 2πt, sin 2πt)."""
    quarters = np.rint(t * 4.0)
    angle = (t - quarters * 0.25) * 6.283185307179586
    square = angle * angle
    c, s = _series(square, 1), angle * _series(square, 2)
    match_q = quarters.astype(np.int64) % 4
    cos = np.choose(match_q, [c, -s, -c, s])
    sin = np.choose(match_q, [s, c, -s, -c])
    return cos, sin


# --- the shapes ------------------------------------------------------------------------------------------------

_Made = tuple[Array, Array]


def _inputs(first: Array, second: Array, noise: Array, y: Array) -> _Made:
    return np.stack([first, second], 1) + noise, y.astype(np.float64)[:, None]


def _xor(number: Array, u: Array, noise: Array) -> _Made:
    quadrant = number % 4
    first = np.where((quadrant == 0) | (quadrant == 3), 1.0, -1.0) * (0.1 + 0.9 * u[:, 0])
    second = np.where(quadrant < 2, 1.0, -1.0) * (0.1 + 0.9 * u[:, 1])
    return _inputs(first, second, noise, quadrant % 2)


def _circles(number: Array, u: Array, noise: Array) -> _Made:
    cos, sin = _turn(u[:, 0])
    radius = np.where(number % 2 == 0, 1.0, 0.5)
    return _inputs(radius * cos, radius * sin, noise, number % 2)


def _gaussians(number: Array, u: Array, noise: Array) -> _Made:
    centre = np.where(number % 2 == 0, -0.5, 0.5)
    return _inputs(centre + 0.2 * _normal(u[:, :12]), centre + 0.2 * _normal(u[:, 12:]), noise, number % 2)


def _spiral(number: Array, u: Array, noise: Array) -> _Made:
    radius = 0.05 + 0.95 * u[:, 0]
    cos, sin = _turn(1.25 * radius + 0.5 * (number % 2))
    return _inputs(radius * cos, radius * sin, noise, number % 2)


def _moons(number: Array, u: Array, noise: Array) -> _Made:
    cos, sin = _turn(0.5 * u[:, 0])
    lower = number % 2 == 1
    first, second = np.where(lower, 1.0 - cos, cos), np.where(lower, 0.5 - sin, sin)
    return _inputs((first - 0.5) / 1.5, (second - 0.25) / 1.5, noise, number % 2)


def _sine(number: Array, u: Array, noise: Array) -> _Made:
    x = np.rint((2.0 * u - 1.0) * 1e6) / 1e6  # rounded first, so that y is the sine of the x that is shown
    _, sin = _turn(0.5 * x)
    return x, sin + noise


@dataclass(frozen=True, slots=True)
class _Shape:
    """One generator: inputs of a point, uniform numbers it takes, how many of its values get noise, and its formula."""

    inputs: int
    draws: int
    noisy: int
    make: Callable[[Array, Array, Array], _Made]


_SHAPES: dict[GeneratorName, _Shape] = {
    "xor": _Shape(2, 2, 2, _xor),
    "circles": _Shape(2, 1, 2, _circles),
    "gaussians": _Shape(2, 24, 2, _gaussians),
    "spiral": _Shape(2, 1, 2, _spiral),
    "moons": _Shape(2, 1, 2, _moons),
    "sine": _Shape(1, 1, 1, _sine),
}
