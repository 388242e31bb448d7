"""The layout of the whole screen: header, ribbon, panels, equation, plot, curve, data, time bar, footer."""

from collections.abc import Sequence

from nntui.draw.base.boxes import crop, fit
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.layout.foot import KeyHint, footer, message_lines
from nntui.draw.layout.lower_part import lower_part, tool_part
from nntui.draw.layout.network_part import network_part, whole_network
from nntui.draw.panels.around import Panel, filled
from nntui.draw.panels.equation import equation_block
from nntui.draw.panels.header import ribbon, title_line

SMALLEST = (60, 20)


def page(view: View, cells: int) -> Block:
    """What `nntui show` prints: panels and equation, `cells` wide, in as many lines as they need."""
    lines = (*_head(view, cells), *whole_network(view, cells), *equation_block(view, cells, None))
    return tuple(crop(line, cells) for line in lines)


def screen(
    view: View,
    cells: int,
    height: int,
    hints: Sequence[KeyHint],
    said: str = "",
    under: Panel | None = None,
    about: Panel | None = None,
    beside_plot: int = 0,
) -> Block:
    """Exactly cells × height; below 60x20 only the address, the formula and the size that is needed.

    said: a message in place of the keys, on as many of the last lines as it needs. under: draws a panel in place of
    equation, plot and data; about: one above plot and data, or in their place. beside_plot: the width with which that
    panel has room in place of them; in a wider window equation, plot, curve and data stay, beside it.
    """
    if view.big and under is None:
        return _big(view, cells, height, hints, said)
    if cells < SMALLEST[0] or height < SMALLEST[1]:
        return _too_small(view, cells, height)
    part = network_part(view, cells, height, tool=under is not None)
    if under is not None:
        lower = tool_part(view, under, cells, part.equation + part.below, beside_plot)
    else:
        lower = lower_part(view, cells, part.equation, part.below, about)
    return _above_foot((*_head(view, cells), *part.block, *lower, *_bar(view, cells)), cells, height, hints, said)


def page_over(view: View, cells: int, height: int, hints: Sequence[KeyHint], panel: Panel) -> Block:
    """A page that lies over the lesson, under its title; in a replay over the time bar and the keys along it.

    The ribbon stays where it says who is away.
    """
    below = (*_bar(view, cells), footer(hints, cells)) if view.bar is not None else ()
    head = (title_line(view, cells), *((ribbon(view, cells),) if view.away else ()))
    lines = (*head, *panel(cells, height - len(head) - len(below)), *below)
    return tuple(fit(line, cells) for line in lines)


def _big(view: View, cells: int, height: int, hints: Sequence[KeyHint], said: str) -> Block:
    """The screen for a projector."""
    from nntui.draw.projector.big_screen import SMALLEST_BIG, big_lines

    if cells < SMALLEST_BIG[0] or height < SMALLEST_BIG[1]:
        return _too_small(view, cells, height)
    head, bar = _head(view, cells), _bar(view, cells)
    rest = height - len(head) - len(bar) - 1
    return _above_foot((*head, *filled(big_lines(view, cells, rest), rest), *bar), cells, height, hints, said)


def _head(view: View, cells: int) -> Block:
    return title_line(view, cells), ribbon(view, cells)


def _bar(view: View, cells: int) -> Block:
    """The time bar, in a replay."""
    if view.bar is None:
        return ()
    from nntui.draw.panels.timebar import timebar

    return (timebar(view.bar, cells),)


def _above_foot(lines: Sequence[Line], cells: int, height: int, hints: Sequence[KeyHint], said: str) -> Block:
    """The lines above the keys, or cut above a message, each exactly `cells` wide."""
    foot = message_lines(said, cells) if said else (footer(hints, cells),)
    return tuple(fit(line, cells) for line in (*lines[: height - len(foot)], *foot))


def _too_small(view: View, cells: int, height: int) -> Block:
    words = (
        (Span(f"{view.frame.address}", "accent"),),
        (Span(f"{view.equation.label} {view.equation.formula}"),),
        (Span(f"nntui needs {SMALLEST[0]}x{SMALLEST[1]} cells;", "dim"),),
        (Span(f"here are {cells}x{height}.", "dim"),),
    )
    return tuple(fit(crop(line, cells), cells) for line in filled(words, height))
