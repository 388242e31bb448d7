"""What the writer of a lesson does at its end, in a few words."""

from typing import assert_never

from nntui.explain.equations.cells import symbol_of
from nntui.explain.notation.symbols import Notation
from nntui.lesson.display_state import InspectedNumber, OpenForks, OpenLearned, OpenNudge, OpenPlot, OpenSurface, OpenTable
from nntui.lesson.log import Lesson
from nntui.session.pages.page_table import PAGES


def doing(lesson: Lesson, notation: Notation) -> str:
    """`inspecting δ₁²`, `in the plot`; where nothing is open, the address."""
    state = lesson.looks.at(lesson.stops - 1)
    if state is not None and state.page is not None:
        return PAGES[state.page.name].doing
    tool = state.tool if state is not None else None
    match tool:
        case InspectedNumber(cell):
            return f"inspecting {symbol_of(cell, notation)}"
        case OpenPlot():
            return "in the plot"
        case OpenTable():
            return "in the table of the data"
        case OpenLearned():
            return "looking at what is learned"
        case OpenSurface():
            return "looking at the loss surface"
        case OpenForks():
            return "in the list of forks"
        case OpenNudge(cell):
            return f"checking the gradient of {symbol_of(cell, notation)}"
        case None if state is not None and state.about:
            return PAGES["about"].doing
        case None:
            return f"at {lesson.scenarios[lesson.end.chapter].course.address(lesson.end.step)}"
        case _:
            assert_never(tool)
