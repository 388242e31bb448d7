"""Numbers that were copied wrongly: two digits exchanged, a digit lost or written twice."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import isfinite

from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slips.costs import square_factor
from nntui.explain.grading.slips.deltas import cost_slope
from nntui.explain.grading.update_parts import applied_gradient, new_weight, step_of

MOST_OPERANDS = 8  # of a number, each of which may have been copied wrongly
_MOST_DIGITS = 12  # decimals beyond which nobody copies by hand


def miscopied(value: float, decimals: int) -> Iterator[float]:
    """A number as it reads with two neighbouring digits exchanged, or with one digit lost.

    decimals: how many of them were written. A lost last digit is a number cut short, and is left out; so is the 0 before
    the point, which nobody mistakes.
    """
    if not isfinite(value) or not 1 <= decimals <= _MOST_DIGITS:
        return
    text = f"{value:.{decimals}f}"
    first = text.index(".") + 1 if text.lstrip("-").startswith("0.") else 0
    digits = [at for at, c in enumerate(text) if at >= first and c.isdigit()]
    for left, right in pairwise(digits):
        if text[left] != text[right]:
            yield float(text[:left] + text[right] + text[left + 1 : right] + text[left] + text[right + 1 :])
    for at in digits[:-1]:
        shorter = text[:at] + text[at + 1 :]
        if text[at] != text[at + 1 : at + 2] and shorter.lstrip("-")[0] != ".":  # 7 of 7.25
            yield float(shorter)


def doubled(value: float, decimals: int) -> Iterator[float]:
    """A number as it reads with one digit written twice, which behind the point is one of its `decimals` decimals.

    The last digit is left out, which written twice is hardly a wrong one, and so is the 0 before the point.
    """
    if not isfinite(value) or not 1 <= decimals <= _MOST_DIGITS:
        return
    text = f"{value:.{decimals}f}"
    point = text.index(".")
    if not text.lstrip("-").startswith("0."):
        yield from (float(text[: at + 1] + text[at:]) for at in range(point) if text[at].isdigit())
    shorter = f"{value:.{decimals - 1}f}"
    for at in range(point + 1, len(shorter) - 1):
        if shorter[at] != shorter[at + 1]:
            yield float(shorter[: at + 1] + shorter[at:])


def written(value: float, decimals: int) -> Iterator[float]:
    """A number of the scenario as it reads miscopied; its last zeros are not written."""
    text = f"{value:.{min(decimals, _MOST_DIGITS)}f}".rstrip("0") if isfinite(value) else ""
    yield from miscopied(value, len(text.partition(".")[2]))


# --- values for the table


def copied_result(f: SlipContext) -> Iterable[float]:
    """The right number, copied wrongly onto the sheet."""
    return miscopied(f.right, f.decimals)


def doubled_in_result(f: SlipContext) -> Iterable[float]:
    """The right number with a digit written twice."""
    return doubled(f.right, f.decimals)


def copied_into_sum(f: SlipContext) -> Iterable[float]:
    """z with a weight or a signal copied wrongly."""
    weights, signals = f.weights(f.k), f.signals
    if len(signals) > MOST_OPERANDS:
        return
    for j, (weight, signal) in enumerate(zip(weights[1:].tolist(), signals.tolist(), strict=True)):
        for other in written(weight, f.decimals):
            yield f.right + (other - weight) * signal
        for other in written(signal, f.decimals):
            yield f.right + (other - signal) * float(weights[j + 1])
    if f.biases:
        bias = float(weights[0])
        yield from (f.right + (other - bias) for other in miscopied(bias, f.decimals))


def copied_into_activation(f: SlipContext) -> Iterable[float]:
    """σ of a z copied wrongly; not for softmax, where each would need its sum."""
    if f.card.sigma.each:
        yield from (f.sigma.value(other) for other in miscopied(f.z, f.decimals))


def copied_into_gradient(f: SlipContext) -> Iterable[float]:
    """δ a with one of them copied wrongly."""
    yield from (other * f.sent for other in miscopied(f.delta, f.decimals))
    if f.j:
        yield from (f.delta * other for other in miscopied(f.sent, f.decimals))


def copied_into_update(f: SlipContext) -> Iterable[float]:
    """w − η g with w or g copied wrongly."""
    yield from (other - step_of(f) for other in written(f.before, f.decimals))
    yield from (new_weight(f, other) for other in miscopied(applied_gradient(f), f.decimals))


def copied_into_delta(f: SlipContext) -> Iterable[float]:
    """(14) with one δ of the layer above or one weight copied wrongly."""
    paths = f.paths(f.k)
    if len(paths) > MOST_OPERANDS:
        return
    for delta, weight in zip(f.deltas.tolist(), paths.tolist(), strict=True):
        yield from (f.right + (other - delta) * weight * f.slope for other in miscopied(delta, f.decimals))
        yield from (f.right + (other - weight) * delta * f.slope for other in miscopied(weight, f.decimals))


def copied_into_cost(f: SlipContext) -> Iterable[float]:
    """A sum of squares with one a or one target copied wrongly."""
    outputs, targets = f.numbers.a(f.layer).mid.tolist(), f.numbers.y().mid.tolist()
    if len(outputs) > MOST_OPERANDS:
        return
    for a, y in zip(outputs, targets, strict=True):
        others = [*((other - y) for other in miscopied(a, f.decimals)), *((a - other) for other in written(y, f.decimals))]
        yield from (f.right + square_factor(f) * (other * other - (a - y) * (a - y)) for other in others)


def copied_into_output_delta(f: SlipContext) -> Iterable[float]:
    """∂C/∂a σ′ with a or the target copied wrongly into a − y."""
    yield from (cost_slope(f, other, f.y) * f.slope for other in miscopied(f.a, f.decimals))
    yield from (cost_slope(f, f.a, other) * f.slope for other in written(f.y, f.decimals))
