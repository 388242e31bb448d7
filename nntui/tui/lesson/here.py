"""What the keys do where the viewer is: in the open tool, in a replay, at the present step."""

from nntui.explain.equations.cells import known, symbol_of, value_of
from nntui.explain.equations.cursor import lit_cell
from nntui.session.navigator import Navigator
from nntui.session.tools.workspace import Workspace
from nntui.tui.widgets.keys import Here, Row


def lesson_keys(navigator: Navigator, workspace: Workspace) -> Here:
    """The first part of the help."""
    if workspace.tool is not None and not workspace.tool_is_led(navigator):
        return Here(workspace.tool.NAME, tuple((key.shown, key.words) for key in workspace.tool.own_keys()))
    position, lesson = navigator.position, navigator.lesson
    where = f"{navigator.timeline.scenario.title}, {navigator.course.address(position.step)}"
    if lesson is not None:
        return Here(f"the replay of {where}", _REPLAY)
    return Here(f"{where}; the arrows step by {_GRAINS[position.grain]}", tuple(_steps(navigator, workspace)))


BRIEF = 27  # characters of the words of a key, for which the help has room

_GRAINS = {
    "neuron": "a neuron",
    "layer": "a layer",
    "phase": "a phase",
    "point": "a data point",
    "epoch": "an epoch",
    "stop": "stops",
}

_REPLAY: tuple[Row, ...] = (
    ("space", "play it, pause"),
    ("→ ←", "the next stop, and back"),
    ("Bksp", "back to the lesson"),
    ("6", "along the stops again"),
    ("1 2 3 4 5", "explore on your own"),
    ("n N", "next note, note before"),
    ("+ -", "faster, slower"),
    ("q", "quit"),
)


def _steps(navigator: Navigator, workspace: Workspace) -> list[Row]:
    frame, display = navigator.frame, workspace.display
    cell = lit_cell(frame)
    symbol = symbol_of(cell, display.notation)
    number = f"why {symbol} = {display.numerals.write(value_of(frame, cell))}?"
    number = number if len(number) <= BRIEF else f"where {symbol} comes from"
    return [
        ("→ ←", "the next step, and back"),
        ("Enter", number if known(frame, cell) else "what the lit number is"),
        ("space", "play, and pause"),
        ("p", "predict the next number"),
    ]
