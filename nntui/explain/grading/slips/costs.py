"""The numbers that come out with a slip in C."""

from collections.abc import Iterable
from math import log

from nntui.engine.arithmetic import ordered_sum
from nntui.explain.grading.slip_context import SlipContext

COMMON_LOG = log(10.0)


def differences(f: SlipContext) -> list[float]:
    """a_k − y_k of every output."""
    return [float(d) for d in f.numbers.a(f.layer).mid - f.numbers.y().mid]


def square_factor(f: SlipContext) -> float:
    """What a cost of squares multiplies their sum with: ½ or 1."""
    return f.network.cost_function.square_factor or 1.0


def half_of_squares(f: SlipContext) -> Iterable[float]:
    """½ Σ (a − y)²."""
    yield 0.5 * sum(d * d for d in differences(f))


def cost_not_squared(f: SlipContext) -> Iterable[float]:
    """Differences, or their sizes, for squares."""
    d = differences(f)
    return [square_factor(f) * total for total in (sum(d), -sum(d), sum(map(abs, d)))]


def cost_of_z(f: SlipContext) -> Iterable[float]:
    """C with z − y."""
    d = f.numbers.z(f.layer).mid - f.numbers.y().mid
    yield square_factor(f) * ordered_sum(d * d)


def cost_of_one(f: SlipContext) -> Iterable[float]:
    """The part of each output."""
    return [square_factor(f) * d * d for d in differences(f)]


def only_y_log_a(f: SlipContext) -> Iterable[float]:
    """−Σ y ln a."""
    pairs = zip(f.numbers.y().mid.tolist(), f.numbers.a(f.layer).mid.tolist(), strict=True)
    yield sum(-y * log(a) for y, a in pairs if y > 0.0 and 0.0 < a <= 1.0)


def cost_of_sums(f: SlipContext) -> Iterable[float]:
    """C with a + y in place of a − y."""
    d = f.numbers.a(f.layer).mid + f.numbers.y().mid
    yield square_factor(f) * ordered_sum(d * d)


def of_another_class(f: SlipContext) -> Iterable[float]:
    """−ln a_k of every class that is not the right one."""
    pairs = zip(f.numbers.y().mid.tolist(), f.numbers.a(f.layer).mid.tolist(), strict=True)
    return [-log(a) for y, a in pairs if y == 0.0 and 0.0 < a <= 1.0]


def one_minus_share(f: SlipContext) -> Iterable[float]:
    """1 − a of the right class."""
    yield 1.0 - float(f.numbers.a(f.layer).mid[int(f.numbers.y().mid.argmax())])
