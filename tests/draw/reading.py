"""Reads pictures as a student does: which number is where."""

from decimal import Decimal

from nntui.draw.base.numbers import UNKNOWN
from nntui.explain.notation.numerals import MINUS
from nntui.training.cell import Cell
from tests.explain.test_rows import value_of

KIND_OF = {"slope": "delta"}


def numbers_of(block):
    """(cell, text) of every place for a number, in reading order."""
    found = []
    for line in block:
        last = None
        for span in line:
            if isinstance(span.target, Cell):
                if span.target == last:
                    found[-1] = (last, found[-1][1] + span.text)
                else:
                    found.append((span.target, span.text))
            last = span.target
    return [(cell, text.strip()) for cell, text in found]


def known(frame, cell):
    """Whether the step has reached what is in a cell."""
    if cell.kind in ("y", "weight"):
        return True
    return frame.knows(KIND_OF.get(cell.kind, cell.kind), cell.layer, 0 if cell.kind in ("input", "cost") else cell.neuron)


def is_rounding(text, value):
    """Whether a text is a number's right rounding to the digits that it shows; a negative one may have brackets round it."""
    text = text[1:-1] if text.startswith(f"({MINUS}") and text.endswith(")") else text
    if value != value or abs(value) == float("inf"):
        return text == str(value).replace("-", MINUS)
    if value == 0.0 or float(text.replace(MINUS, "-", 1)) == 0.0:
        return text == "0" and value == 0.0
    shown = Decimal(text.replace(MINUS, "-", 1))
    unit = Decimal(1).scaleb(shown.as_tuple().exponent)
    return 2 * abs(shown - Decimal(value)) <= unit


def check_numbers(block, frame):
    """Every number shown is the frame's, rightly rounded and whole; what is not known is a dot."""
    for cell, text in numbers_of(block):
        if text == UNKNOWN:
            assert not known(frame, cell), (str(frame.address), cell)
        else:
            assert known(frame, cell), (str(frame.address), cell, text)
            value = value_of(frame, cell)
            assert is_rounding(text, value), (str(frame.address), cell, text, value)
