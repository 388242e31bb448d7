"""Which weight is moved: where the check begins, the weights beside one, and one by its name."""

from dataclasses import replace

from nntui.explain.equations.cells import OF_WEIGHT, senders
from nntui.explain.equations.cursor import Direction
from nntui.explain.notation.pasted import as_typed
from nntui.text.regex import regex
from nntui.training.cell import Cell
from nntui.training.frame import Frame

_NAMED = regex(r"[wg]([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})|b([0-9]{1,4})\.([0-9]{1,4})")


def named_weight(text: str) -> Cell | None:
    """The weight that was typed or pasted as its symbol: w1.2.1, g1.2.1, b1.2, w⁰₂₁; None for anything else."""
    found = _NAMED.fullmatch(as_typed(text.strip()))
    if found is None:
        return None
    layer, neuron, sender = (int(number) for number in (found[1] or found[4], found[2] or found[5], found[3] or 0))
    return Cell("weight", layer, neuron, sender)


def weight_beside(frame: Frame, cell: Cell, direction: Direction) -> Cell:
    """The weight beside one: left and right along the row of its neuron and over into the next layer, up and down by neuron."""
    units, top = frame.course.units, len(frame.course.units)
    if direction in ("up", "down"):
        k = min(max(cell.neuron + (1 if direction == "down" else -1), 1), units[cell.layer - 1])
        return replace(cell, neuron=k)
    row = senders(frame, cell.layer)
    place, layer = row.index(cell.sender) + (1 if direction == "right" else -1), cell.layer
    if 0 <= place < len(row):
        return replace(cell, sender=row[place])
    layer += 1 if direction == "right" else -1
    if not 1 <= layer <= top:
        return cell
    return Cell("weight", layer, min(cell.neuron, units[layer - 1]), senders(frame, layer)[0 if direction == "right" else -1])


def first_weight(frame: Frame, cursor: Cell | None) -> Cell:
    """Where the check begins: the inspected weight; else one into the neuron of the step, or into the first neuron.

    Of these the first that C changes with at this data point, where there is one: of the others there is nothing to compare.
    """
    if cursor is not None and cursor.kind in OF_WEIGHT:
        return replace(cursor, kind="weight")
    moment = frame.moment
    layer, neuron = (moment.layer, moment.neuron) if moment.neuron else (1, 1)
    row, gradient = senders(frame, layer), frame.gradient_row(layer, neuron)
    moving = (sender for sender in row if gradient[sender] != 0.0)
    return Cell("weight", layer, neuron, next(moving, row[0]))
