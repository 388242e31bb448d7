"""The only module that uses plotext: curves in, lines of spans out.

plotext has one figure for the whole module and clamps it to the terminal; a separate figure needs its private class.
`tests/draw/test_figure.py` fails if that class changes. Each role is given to plotext as a colour, and the colours in
what it draws are turned back into roles.
"""

from collections.abc import Sequence

from plotext._figure import _figure_class

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Block, Line, Role, Span
from nntui.draw.charts.axes import OTHER_ROLES
from nntui.draw.charts.curves import Curve
from nntui.text.regex import regex

_ROLES: tuple[Role, ...] = ("past", "future", "mean", "present", "number", "dim", "tangent", "minus", "new", *OTHER_ROLES)
_COLOUR_OF = {role: 16 + index for index, role in enumerate(_ROLES)}
_ROLE_OF = {str(colour): role for role, colour in _COLOUR_OF.items()}
_ESCAPE = regex("\x1b\\[([0-9;]*)m")


def figure(
    curves: Sequence[Curve],
    size: tuple[int, int],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    y_ticks: Sequence[tuple[float, str]],
) -> Block:
    """The curves in exactly size = (cells, lines), with y ticks at the left and no x axis."""
    plot = _figure_class()
    plot._limit_size(False, False)  # noqa: SLF001  # the public function reaches the module's figure only
    plot.plot_size(*size)
    plot.frame(False)
    for paint in (plot.canvas_color, plot.axes_color, plot.ticks_color):
        paint("default")
    plot.xlim(*x_range)
    plot.ylim(*y_range)
    plot.xticks([])
    plot.yticks([value for value, _ in y_ticks], [text for _, text in y_ticks])
    for curve in curves:
        draw = plot.plot if curve.joined else plot.scatter
        draw(list(curve.x), list(curve.y), marker=curve.marker, color=_COLOUR_OF[curve.role])
    if not curves:
        plot.scatter([x_range[0]], [y_range[0]], marker=" ")
    lines = [_spans(text) for text in plot.build().split("\n")]
    return tuple(fit(line, size[0]) for line in (*lines, *((),) * size[1])[: size[1]])


def _spans(text: str) -> Line:
    """A line drawn by plotext as spans: its colours become roles, its ticks dim."""
    spans: list[Span] = []
    role: Role = "dim"
    place = 0
    for escape in _ESCAPE.finditer(text):
        if escape.start() > place:
            spans.append(Span(text[place : escape.start()], role))
        role = _ROLE_OF.get(escape[1].rpartition(";")[2], "dim")
        place = escape.end()
    if place < len(text):
        spans.append(Span(text[place:], role))
    return tuple(spans)
