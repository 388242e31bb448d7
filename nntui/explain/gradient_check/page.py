"""The gradient check of one data point as a table: backpropagation beside a numerical derivative, weight by weight."""

from nntui.explain.equations.cards.complex_step import COMPLEX_H
from nntui.explain.gradient_check.central_differences import step_width
from nntui.explain.gradient_check.check import CheckedPoint, CheckedWeight
from nntui.explain.notation.numerals import with_minus
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.training.frame import Frame

_MARK = {"agrees": "✓", "disagrees": "✗", "not checkable": "–"}
_STATUS = {"agrees": "the gradient agrees", "disagrees": "the gradient DISAGREES", "not checkable": "nothing could be judged"}
_HEAD = f"  {'weight':<9}{'backpropagation':>17}{'numerical':>17}{'step h':>9}{'relative':>9}{'bound':>9}"


def check_page(frame: Frame, verdict: CheckedPoint, notation: Notation = LECTURE, batch: CheckedPoint | None = None) -> list[str]:
    """A line for each weight that was checked, under a paragraph, as one line, that says what is compared; last the verdict.

    The relative error is |difference| over the larger of the two; the bound is on the difference (made as
    `central_differences` says). batch: what was found of G, where the data point completes a batch.
    """
    lines = [
        (
            f"∂C/∂w at data point {verdict.epoch}:{verdict.point}, by backpropagation (12) to (15), beside a "
            "numerical derivative: central differences of C at w ± h and w ± 2h, or the complex step Im C(w + ih)/h with "
            f"h = {COMPLEX_H:g}, whichever is bounded closer."
        ),
        "",
    ]
    if verdict.why:
        return [*lines, f"Not checkable: {verdict.why}."]
    lines.append(_HEAD)
    lines += [_line(frame, row, notation) for row in verdict.rows]
    return [*lines, "", *_verdict(verdict), *(_of_batch(frame, batch, notation) if batch else ())]


def _of_batch(frame: Frame, verdict: CheckedPoint, notation: Notation) -> list[str]:
    """The table of G beside the derivative of the batch's cost."""
    size = frame.iteration.batch_place.size
    head = f"G of the batch of {size}, beside a numerical derivative of the batch's cost, C of its {size} data points added up:"
    if not verdict.rows:
        return ["", head, "", "Not checkable: no number of it can be judged."]
    return ["", head, "", *(_sum_line(row, notation) for row in verdict.rows), "", *_verdict(verdict)]


def _sum_line(row: CheckedWeight, notation: Notation) -> str:
    start = f"{_MARK[row.status]} {f'G({notation.weight(row.layer, row.neuron, row.sender)})':<9}{_number(row.backprop)}"
    if row.status == "not checkable":
        return f"{start}  not checkable: {row.why}"
    numbers = f"{_number(row.numerical)}{'':>9}{row.relative:>9.1e}{row.bound:>9.1e}"
    return start + numbers + (f"  {row.why}" if row.why else "")


def _line(frame: Frame, row: CheckedWeight, notation: Notation) -> str:
    symbol = notation.weight(row.layer, row.neuron, row.sender)
    if row.status == "not checkable":
        return f"{_MARK[row.status]} {symbol:<9}{_number(row.backprop)}  not checkable: {row.why}"
    w = float(frame.weights_before(row.layer)[row.neuron - 1][row.sender])
    a, z = frame.a(row.layer - 1, row.sender), frame.z(row.layer, row.neuron)
    h = COMPLEX_H if row.method == "complex step" else step_width(w, a, z)
    numbers = f"{_number(row.backprop)}{_number(row.numerical)}{h:>9.0e}{row.relative:>9.1e}{row.bound:>9.1e}"
    return f"{_MARK[row.status]} {symbol:<9}{numbers}" + (f"  {row.why}" if row.why else "")


def _number(value: float) -> str:
    """A gradient in its column; 0, and never −0."""
    return f"{with_minus(f'{value + 0.0:.10g}'):>17}"


def verdict_line(verdict: CheckedPoint) -> str:
    """How many weights agree, and what that means."""
    if verdict.why:
        return f"not checkable: {verdict.why}."
    agree, wrong, left = (len(verdict.of(status)) for status in ("agrees", "disagrees", "not checkable"))
    looked = len(verdict.rows)
    some = f" ({looked} of {verdict.weights} weights, an even sample)" if looked < verdict.weights else ""
    return f"{agree} agree, {wrong} disagree, {left} not checkable{some}: {_STATUS[verdict.status]}."


def _verdict(verdict: CheckedPoint) -> list[str]:
    lines = [verdict_line(verdict)]
    worst = verdict.worst
    if worst is not None and worst.bound:
        share = worst.error / worst.bound
        lines.append(f"The largest error is {'under 1%' if share < 0.01 else f'{share:.0%}'} of its bound.")
    return lines
