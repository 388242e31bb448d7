"""Many weights in one line: a bar a cell, whose sign shows without colour, on paper too."""

from math import inf, nan

import numpy as np

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.charts.bars import strip


def test_a_positive_bar_rises_and_a_negative_one_hangs():
    line = strip(np.array([1.0, 0.5, -0.5, -1.0, -0.125, 0.0]), 6, "number")
    assert [(span.text, span.reverse) for span in line] == [("█▄", False), ("▄ ▇", True), ("·", False), ("", False)]
    assert plain([line]) == "█▄▀▀▔·"


def test_what_is_not_finite_is_a_question_and_what_does_not_fit_is_told():
    assert plain([strip(np.array([nan, inf, 1.0]), 3, "number")]) == "??█"
    assert plain([strip(np.array([1.0] * 9), 4, "number")]) == "███…"
    assert plain([strip(np.array([0.0, -0.0]), 2, "number")]) == "··"
    assert width(strip(np.array([1.0]), 7, "number")) == 7
