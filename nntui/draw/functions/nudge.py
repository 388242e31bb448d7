"""The gradient check of one weight: C at w + h and w − h, their quotient beside ∂C/∂w, and the difference over all h.

Digits that two numbers have in common are dim in the two C, where only the others make the difference, and bright in the
two derivatives, where they are what agrees.
"""

from math import ceil, floor, isfinite, log10

from nntui.draw.base.boxes import beside, fit, framed, left, lines_of, right
from nntui.draw.base.spans import Block, Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped
from nntui.draw.charts.bars import BARS
from nntui.explain.equations.cards.complex_step import COMPLEX_H
from nntui.explain.equations.cells import symbol_of
from nntui.explain.gradient_check.nudge import EXPONENTS, Nudge, NudgedBatch, NudgedWeight
from nntui.explain.notation.numerals import with_minus
from nntui.values import dataclass

_NUMBERS = 48  # cells of the numbers at the left
_LABEL = 24
_CHART = 30
_TABLE = 46
_WORDS = 80  # cells of numbers and words at most, beside the table
_BARS = 3  # lines
_TALL = 11  # lines of the body above the plot at least, so that another weight seldom moves the plot
_LOWEST = 1e-18  # a smaller difference is drawn at this height


@dataclass(frozen=True, slots=True)
class NudgeColumn:
    """What a click on a bar, or on a line of the table, means: this h."""

    exponent: int


@dataclass(frozen=True, slots=True)
class ShownNudge:
    """exponent: of the chosen h. words: what happens over h. verdict: over all weights. of_batch: of G, if there is one."""

    found: NudgedWeight
    exponent: int
    words: str
    verdict: str
    of_batch: NudgedBatch | None = None


def nudge_panel(view: View, shown: ShownNudge, cells: int, height: int, below: int = 0) -> Block:
    """The panel in cells × height; only as high as it must be where that leaves `below` lines, if any are wanted.

    What has no room is left out from the end.
    """
    inner, lines = cells - 2, height - 2
    symbol = symbol_of(shown.found.cell, view.notation)
    title: Line = (
        Span("gradient check", "strong"),
        Span(f"  w = {symbol} = {_weight(shown.found.w)}"),
        Span(f"  h = 1e-{shown.exponent}", "accent"),
    )
    numbers = _numbers(shown, symbol)
    if lines > len(EXPONENTS) and inner >= _NUMBERS + _TABLE:
        room = min(inner - _TABLE, _WORDS)
        column = [*numbers, (), *_told(shown, room), (), *_over_all(shown, room)]
        body = beside([(tuple(column), room), (_table(shown), _TABLE)])
    else:
        chart = _chart(shown)
        wide = inner >= _NUMBERS + _CHART
        top = beside([(numbers, inner - _CHART), (chart, _CHART)]) if wide else numbers
        body = (*top, *_told(shown, inner), *_over_all(shown, inner))
    height = lines_of(max(len(body), _TALL) + 2, height, below)
    return framed(title, body[: height - 2], cells, height, lit=True)


# --- the numbers of one h


def _numbers(shown: ShownNudge, symbol: str) -> Block:
    nudge, found = shown.found.at(shown.exponent), shown.found
    up, down = _twins(nudge.c_up, nudge.c_down, 17)
    quotient, backprop = _twins(nudge.quotient + 0.0, found.backprop + 0.0, 12)  # 0, and never −0
    same_c, same = _alike(up, down), _alike(quotient, backprop)
    return (
        _moved("w+h", nudge.up, up, same_c),
        _moved("w−h", nudge.down, down, same_c),
        _row("(C(w+h) − C(w−h)) / 2h", _parted(quotient, same, "number", "dim")),
        _row(f"∂C/∂{symbol}, by (15)", _parted(backprop, same, "number", "dim")),
        _row("difference", (Span(_brief(found.error(nudge)), "strong"),)),
    )


def _moved(label: str, w: float, c: str, same: int) -> Line:
    return (Span(left(f" {label} = {_weight(w)}", _LABEL)), Span("C = ", "dim"), *_parted(c, same, "dim", "strong"))


def _row(label: str, value: Line) -> Line:
    return (Span(left(f" {label}", _LABEL), "plain"), Span("  = ", "dim"), *value)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _weight(w: float) -> str:
    """A weight to the twelve decimals of the smallest h."""
    return with_minus(f"{w:.12f}".rstrip("0").rstrip(".") if abs(w) < 100.0 else f"{w:.13g}")


def _parted(text: str, same: int, shared: Role, own: Role) -> Line:
    return (Span(text[:same], shared), Span(text[same:], own))


def _twins(one: float, other: float, digits: int) -> tuple[str, str]:
    """Two numbers in one form, so that equal digits are in equal places."""
    size = max(abs(one), abs(other))
    if isfinite(size) and (size == 0.0 or 1e-4 <= size < 1e6):
        decimals = min(digits - 1 - floor(log10(size)), 18) if size else 0
        return with_minus(f"{one:.{decimals}f}"), with_minus(f"{other:.{decimals}f}")
    return with_minus(f"{one:.{digits - 1}e}"), with_minus(f"{other:.{digits - 1}e}")


def _digits(value: float) -> str:
    return with_minus(f"{value + 0.0:.12g}")


def _brief(value: float) -> str:
    return "0" if value == 0.0 else with_minus(f"{value:.1e}")


# --- all h


@dataclass(frozen=True, slots=True)
class _ErrorScale:
    """The power of ten of each difference by its exponent of h, and the whole powers that hold them all."""

    powers: dict[int, float]
    low: int
    high: int

    def share(self, nudge: Nudge) -> float:
        """How high the bar of a difference is, 0 to 1; 0 where it is 0 or not finite."""
        power = self.powers.get(nudge.exponent, self.low)
        return (power - self.low) / (self.high - self.low)


def _scale(found: NudgedWeight) -> _ErrorScale:
    sizes = {nudge.exponent: found.error(nudge) for nudge in found.nudges}
    powers = {n: log10(max(size, _LOWEST)) for n, size in sizes.items() if isfinite(size) and size > 0.0}
    low = floor(min(powers.values(), default=-1.0))
    return _ErrorScale(powers, low, max(ceil(max(powers.values(), default=0.0)), low + 1))


def _chart(shown: ShownNudge) -> Block:
    """A bar for the difference at each h, by its power of ten; × where a corner is crossed."""
    scale = _scale(shown.found)
    lines: list[Line] = [(Span(" difference, h = 1e-1 … 1e-12", "dim"),)]
    labels = {0: f"1e{scale.high}", _BARS - 1: f"1e{scale.low}"} if scale.powers else {}
    for y in range(_BARS):
        line: list[Span] = [Span(right(labels.get(y, ""), 5), "dim")]
        for nudge in shown.found.nudges:
            level = min(max(round(scale.share(nudge) * 8 * _BARS) - 8 * (_BARS - 1 - y), 0), 8)
            line += [Span(" "), Span(BARS[level], _role(shown, nudge), NudgeColumn(nudge.exponent))]
        lines.append(tuple(line))
    marks = [Span(" ×" if n.crossed else " ▲" if n.exponent == shown.exponent else " ┄", _mark(shown, n), NudgeColumn(n.exponent))
             for n in shown.found.nudges]  # fmt: skip
    return (*lines, (Span(" " * 5), *marks))


def _table(shown: ShownNudge) -> Block:
    """A line for each h: the quotient, the difference, and a bar by its power of ten."""
    scale = _scale(shown.found)
    lines: list[Line] = [(Span(f"   {'h':<6}{'quotient':>16}{'difference':>12}", "dim"),)]
    for nudge in shown.found.nudges:
        mark = "▸" if nudge.exponent == shown.exponent else "×" if nudge.crossed else " "
        quotient, error = with_minus(f"{nudge.quotient + 0.0:.9g}"), _brief(shown.found.error(nudge))
        text = f" {mark} {f'1e-{nudge.exponent}':<6}{quotient:>16}{error:>12}"
        role: Role = "lit" if nudge.exponent == shown.exponent else "plain"
        lines.append(
            (Span(text, role, NudgeColumn(nudge.exponent)), Span(" " + "━" * round(scale.share(nudge) * 8), _role(shown, nudge)))
        )
    return tuple(lines)


def _role(shown: ShownNudge, nudge: Nudge) -> Role:
    """Of a bar: never a role with a ground of its own, which would fill the cell above the bar."""
    return "accent" if nudge.exponent == shown.exponent else "dim" if nudge.crossed else "past"


def _mark(shown: ShownNudge, nudge: Nudge) -> Role:
    return "lit" if nudge.exponent == shown.exponent else "warning" if nudge.crossed else "dim"


# --- words


def _told(shown: ShownNudge, cells: int) -> Block:
    return tuple((Span(f" {text}"),) for text in wrapped(shown.words, cells - 2))


def _over_all(shown: ShownNudge, cells: int) -> Block:
    """The verdict over all weights, the batch, and as a footnote the complex step."""
    texts = [shown.verdict]
    if (batch := shown.of_batch) is not None:
        same = f"the same quotient is {_digits(batch.quotient)}; G is {_digits(batch.total)}"
        texts.append(f"C of the batch of {batch.points} added up: {same}.")
    lines: list[Line] = [(Span(f" {line}", "plain"),) for text in texts for line in wrapped(text, cells - 2)]
    exact = shown.found.complex_step
    if isfinite(exact):
        foot = f"* complex step, Im C(w + ih)/h at h = {COMPLEX_H:g}: {_digits(exact)}"
        lines += [(Span(f" {line}", "dim"),) for line in wrapped(foot, cells - 2)]
    return tuple(fit(line, cells) for line in lines)
