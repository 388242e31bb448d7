"""What became of C: with the last update of a data point, C of its row with the new weights beside what (11) promised."""

from math import isfinite

from nntui.explain.notation.numerals import MINUS, Numerals
from nntui.training.frame import Frame
from nntui.training.rows.row_after_update import RowAfterUpdate, after_update, moves

_ROUNDING = 1e-12
"""A difference of C below this share of C and of the largest |z| of the outputs may be rounding and nothing else."""
_UNEVEN = 0.25
"""By this share of it the difference of two written numbers may miss that of the numbers."""


def loop_words(frame: Frame, numerals: Numerals) -> str:
    """The sentence of the last update; empty before it, where a batch waits, and where C was no finite number."""
    if not frame.is_last or not frame.iteration.batch_place.closes or not isfinite(frame.iteration.cost):
        return ""
    if not moves(frame):
        return f"No weight of the network changed, so C of this row stays {numerals.write(frame.iteration.cost)}."
    found = after_update(frame)
    told = _told(found, numerals)
    if found.stepped or not isfinite(found.promised):
        return f"{told}."
    who = "the step" if found.by_rule else "(11)"
    sign = "+" if found.promised > 0.0 else ""
    return f"{told}; {who} promised {sign}{numerals.write(found.promised)}.{_why_no_fall(found)}"


def _told(found: RowAfterUpdate, numerals: Numerals) -> str:
    """C now and before; in place of C before the difference, where the written numbers do not show it."""
    now, was = numerals.write(found.after), numerals.write(found.before)
    if found.after == found.before:
        return f"With the new weights C of this row stays {was}"
    difference, shown = found.after - found.before, _read(now) - _read(was)
    if isfinite(difference) and not abs(shown - difference) <= _UNEVEN * abs(difference):
        way = "higher" if difference > 0.0 else "lower"
        return f"With the new weights C of this row is {now}, {way} by {numerals.write(abs(difference))} than before"
    return f"With the new weights C of this row is {now}; it was {was}"


def _read(text: str) -> float:
    return float(text.replace(MINUS, "-", 1))


def _why_no_fall(found: RowAfterUpdate) -> str:
    """Why C did not fall where a fall was promised."""
    if not found.promised < 0.0 or found.after < found.before:
        return ""
    least = _ROUNDING * found.size
    if found.after - found.before <= least and -found.promised <= least:
        return " So small a change of C is lost in rounding."
    what = "C did not fall" if found.after == found.before else "C rose" if isfinite(found.after) else "C is not finite"
    if found.cornered:
        return f" {what}: a z of this row lies on a corner of its σ, where C has no slope."
    return f" {what}: a slope tells of small steps only, and {'this step' if found.by_rule else 'η'} is too large."
