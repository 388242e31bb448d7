"""The network as bands, one under the other: a layer over the whole width, a row for each neuron.

Where panels side by side would show a weight as a bar, cut a name or leave out a column, bands show all of it as numbers:
the incoming signals over their weights, the bias, z, a, σ′, δ and the target, in the same columns in every band.
"""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Role, Span, crop, fit, left, right, width
from nntui.draw.base.view import View
from nntui.draw.network.band_plan import FRAME, Band, Plan, Widths
from nntui.draw.network.layer import neuron_number, target_text
from nntui.draw.network.signals import signal_line
from nntui.draw.network.weight_row import BLANK
from nntui.draw.network.weights import weight_rows
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import Numerals, subscript, superscript
from nntui.training.cell import Cell


def bands_block(view: View, plan: Plan, cells: int, height: int) -> Block:
    """The bands in exactly cells × height."""
    if plan.widths.digits != view.numerals.digits:
        view = replace(view, numerals=Numerals(plan.widths.digits))
    lines: list[Line] = []
    for band in plan.bands:
        lines += _band(view, band, plan, cells, first=not lines)
    lines += [_inside((), cells)] * (height - 1 - len(lines))
    lines.append(_border("╰", "╯", (), cells, lit=False, foot=_foot(view, plan)))
    return tuple(lines)


def _band(view: View, band: Band, plan: Plan, cells: int, *, first: bool) -> list[Line]:
    layer, moment = band.layer, view.frame.moment
    lit = layer == moment.layer and moment.kind != "input"
    title: Line = (Span(f"layer {layer}", "strong"), Span(f" {view.frame.scenario.network.layers[layer - 1].activation}", "dim"))
    lines = [_border("╭" if first else "├", "╮" if first else "┤", title, cells, lit=lit)]
    lines.append(_inside(_heads(view, layer, plan.widths), cells))
    sizes = (plan.widths.weight, plan.widths.bias)
    lines.append(_inside(signal_line(view, layer, plan.widths.label, _senders(view, layer, plan.widths), sizes), cells))
    names = dict(zip(band.neurons, _names(view, layer, band.neurons, plan.widths.label), strict=True))
    for k in band.neurons:
        lines += [_inside(line, cells) for line in _rows(view, band, k, names[k], plan.widths)]
    return lines


def _names(view: View, layer: int, neurons: Sequence[int], label: int) -> list[Span]:
    """The names of the neurons, shortened so that they stay apart; the present neuron's name is strong."""
    moment = view.frame.moment
    names = shortened([given_name(view.frame.scenario, layer, k) or str(k) for k in neurons], label - 2)
    return [
        Span(" " + left(name, label - 1), "strong" if (moment.layer, moment.neuron) == (layer, k) else "plain")
        for k, name in zip(neurons, names, strict=True)
    ]


def _heads(view: View, layer: int, widths: Widths) -> Line:
    """The senders over their columns, then bias, z, a, σ′, δ, y."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    letter = "x" if layer == 1 else "a"
    senders = [given_name(view.frame.scenario, layer - 1, j) or f"{letter}{subscript(j)}" for j in range(1, inputs + 1)]
    text = "".join(right(name, widths.weight) for name in shortened(senders, widths.weight - 1))
    text += " " * (widths.weight * (widths.weights - inputs)) + right(view.notation.bias(layer), widths.bias)
    top = len(view.frame.course.units)
    for name, size in widths.neuron:
        shown = name if name != "y" or layer == top else ""
        text += right(shown + (superscript(layer) if shown and shown in "zaδ" else ""), size)
    head = f" {view.notation.weights(layer)}"
    return (Span(left(head, widths.label), "dim"), Span(text, "dim"))


def _senders(view: View, layer: int, widths: Widths) -> list[int]:
    """The columns of the weights: the senders from 1, those that this layer has not, and 0 for the bias."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    return [*range(1, inputs + 1), *[BLANK] * (widths.weights - inputs), 0]


def _rows(view: View, band: Band, neuron: int, name: Span, widths: Widths) -> list[Line]:
    """The row of a neuron and, where there is room, the line under it."""
    layer = band.layer
    sizes = (widths.weight, widths.bias)
    first, *rest = weight_rows(view, layer, neuron, name, widths.label, _senders(view, layer, widths), sizes, each=band.each)
    if rest and not view.frame.knows("gradient", layer, neuron):
        rest[0] = ()
    line = list(first)
    top, each = len(view.frame.course.units), view.frame.scenario.network.blocks[layer - 1].sigma.each
    for column, size in widths.neuron:
        if (column == "y" and layer != top) or (column == "σ′" and not each):
            line.append(Span(" " * size))
        elif column == "y":
            line += _target(view, layer, neuron, size)
        else:
            line += neuron_number(view, column, layer, neuron, size)
    return [tuple(line), *rest]


def _target(view: View, layer: int, neuron: int, size: int) -> Line:
    cell = Cell("y", layer, neuron)
    text = right(target_text(view, cell), size)
    bare = text.lstrip()
    return (Span(text[: len(text) - len(bare)]), Span(bare, view.role(cell, "plain"), cell))


def _border(begin: str, end: str, title: Line, cells: int, *, lit: bool, foot: str = "") -> Line:
    role: Role = "frame_lit" if lit else "frame"
    head = crop(title, cells - 8)
    if head:
        return (Span(f"{begin}─ ", role), *head, Span(" " + "─" * (cells - width(head) - 5) + end, role))
    text = f" {foot} " if foot else ""
    return (Span(begin + "─" * (cells - 3 - cell_len(text)), role), Span(text, "dim"), Span("─" + end, role))


def _inside(line: Line, cells: int) -> Line:
    return (Span("│", "frame"), *fit(line, cells - FRAME), Span("│", "frame"))


def _foot(view: View, plan: Plan) -> str:
    """What is left out: layers, and neurons of the one that is scrolled."""
    top = len(view.frame.course.units)
    shown = [band.layer for band in plan.bands]
    parts = []
    if len(shown) < top:
        names = f"layer {shown[0]}" if len(shown) == 1 else f"layers {shown[0]}–{shown[-1]}"
        parts.append(f"{names} of {top}")
    band = plan.bands[0]
    total = view.frame.course.units[band.layer - 1]
    if band.count < total:
        parts.append(f"neurons {band.first}–{band.first + band.count - 1} of {total}")
    return ", ".join(parts)
