"""The screen for a projector: the layer of the step, its equation with more space, and the number in large digits."""

from nntui.draw.base.boxes import beside, crop
from nntui.draw.base.spans import Block, Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.network.layer import layer_panel
from nntui.draw.network.side_by_side import input_panel, input_width
from nntui.draw.panels.equation import equation_block
from nntui.draw.projector.large_digits import big_number, big_size, size_within
from nntui.explain.equations.cells import known, symbol_of, value_of
from nntui.training.cell import Cell

SMALLEST_BIG = (40, 12)
_MOST_PANEL = 14  # lines
_LEAST_PANEL = 6
_EQUATION = 4
_APART = 3  # cells between two large numbers


def big_lines(view: View, cells: int, height: int) -> Block:
    """What is below title and ribbon, in cells × height."""
    panel = _panel(view, cells, height)
    rest = height - len(panel)
    equation = [line for line in equation_block(view, cells, _EQUATION, whole=True) if width(line)]
    if len(equation) > rest:
        equation = list(equation_block(view, cells, rest))
    number = _numbers(view, cells - 2, rest - len(equation))
    spare = rest - len(equation) - len(number)
    lines: list[Line] = []
    for line in equation:
        if spare > 2 and lines:
            lines.append(())
            spare -= 1
        lines.append(line)
    above = max(spare // 3, min(spare, 1))
    between = min(max(spare - above, 0), 1)
    return (*panel, *[()] * above, *lines, *[()] * between, *number)[:height]


def _panel(view: View, cells: int, height: int) -> Block:
    """The layer of the step; at the input and nowhere else the input too."""
    layer = max((view.cursor or view.frame.moment).layer, 1)
    units = view.frame.course.units[layer - 1]
    wanted = 2 + 2 + 3 * units
    high = min(max(min(wanted, _MOST_PANEL, height // 2), _LEAST_PANEL), height)
    size = input_width(view, cells)
    if layer == 1 and cells - size >= 50:
        return beside([(input_panel(view, size, high), size), (layer_panel(view, layer, cells - size, high), cells - size)])
    return layer_panel(view, layer, cells, high)


def _numbers(view: View, cells: int, lines: int) -> Block:
    """What the step makes, in the largest digits for which there is room; a row of weights side by side if it fits."""
    made = sorted(view.lit, key=lambda cell: (cell.layer, cell.neuron, cell.sender == 0, cell.sender))
    made = [cell for cell in made if known(view.frame, cell)]
    for size in range(3, 0, -1):
        blocks = [_number(view, cell, cells, lines, size) for cell in made]
        total = sum(wide + _APART for _, wide in blocks) - _APART
        if blocks and all(block for block, _ in blocks) and total <= cells and max(len(block) for block, _ in blocks) <= lines:
            spread: list[tuple[Block, int]] = [((), 2)]
            for block, wide in blocks:
                spread += [(block, wide), ((), _APART)]
            return tuple(crop(line, cells + 2) for line in beside(spread[:-1]))
    return ()


def _number(view: View, cell: Cell, cells: int, lines: int, size: int) -> tuple[Block, int]:
    """A number under its symbol in one size, and its width; nothing if there is no room."""
    text = view.numerals.write(value_of(view.frame, cell))
    if size_within(text, cells, lines - 1) < size:
        return (), 0
    head = Span(symbol_of(cell, view.notation), "strong", cell)
    return ((head,), *big_number(text, size, cell)), max(big_size(text, size)[0], head.width)
