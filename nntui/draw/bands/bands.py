"""The network as bands, one under the other: a layer over the whole width, a row for each neuron.

Where panels side by side would show a weight as a bar, cut a name or leave out a column, bands show all of it as numbers:
the incoming signals over their weights, the bias, z, a, σ′, δ and the target, in the same columns in every band where there
is room. What a band leaves out is said in its upper border.
"""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from nntui.draw.bands.band_numbers import THROUGH, column_head
from nntui.draw.bands.layouts import Section, left_out
from nntui.draw.bands.plan import FRAME
from nntui.draw.bands.planner import Band, Plan
from nntui.draw.base.boxes import crop, fit, left, right
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Role, Span, width
from nntui.draw.base.view import View
from nntui.draw.network.layer import neuron_number, target_text
from nntui.draw.network.signals import signal_line
from nntui.draw.network.weight_row import WeightRow
from nntui.draw.network.weights import sender_heads
from nntui.explain.equations.cells import OF_WEIGHT
from nntui.explain.notation.names import given_name
from nntui.text.counted import counted
from nntui.training.cell import Cell


def bands_block(view: View, plan: Plan, cells: int, height: int) -> Block:
    """The bands in exactly cells × height."""
    lines: list[Line] = []
    for band in plan.bands:
        lines += _band(view, band, cells, first=not lines)
    lines += [_inside((), cells)] * (height - 1 - len(lines))
    lines.append(_border("╰", "╯", (), cells, lit=False, foot=_foot(view, plan)))
    return tuple(lines)


def _band(view: View, band: Band, cells: int, *, first: bool) -> list[Line]:
    moment = view.frame.moment
    lit = band.layer == moment.layer and moment.kind != "input"
    lines = [_border("╭" if first else "├", "╮" if first else "┤", _title(view, band), cells, lit=lit)]
    view = view.written(band.layout.numerals)
    if not band.layout.sections:
        return [*lines, _inside(_border_numbers(view, band), cells)] if band.layout.below else lines
    names = dict(zip(band.neurons, _names(view, band, band.layout.sections[0].label), strict=True))
    for section in band.layout.sections:
        lines += [_inside(line, cells) for line in _section(view, band, section, names)]
    return lines


def _title(view: View, band: Band) -> Line:
    """The layer, its activation, and what of it is not shown as numbers."""
    total = view.frame.course.units[band.layer - 1]
    title = [Span(f"layer {band.layer}", "strong")]
    title.append(Span(f" {view.frame.scenario.network.layers[band.layer - 1].activation}", "dim"))
    if len(band.neurons) < total:
        title.append(Span(f"  neurons {_ranges(band.neurons)} of {total}", "accent"))
    if band.short:
        title.append(Span(f"  {_shortness(band, view.frame.scenario.network.blocks[band.layer - 1].inputs, total)}", "dim"))
    elif missing := _missing(view, band):
        title.append(Span(f"  … {', '.join(missing)}", "dim"))
    return tuple(title) if band.layout.below else (*title, *_border_numbers(view.written(band.layout.numerals), band))


def _missing(view: View, band: Band) -> list[str]:
    """Which of z, a, σ′, δ a band does not show of its neurons, in this order; σ′ of a softmax is a matrix, and has no column."""
    shown = {name for section in band.layout.sections for name, _ in section.neuron}
    each = view.frame.scenario.network.blocks[band.layer - 1].sigma.each
    return [name for name in ("z", "a", "σ′", "δ") if name not in shown and (each or name != "σ′")]


def _shortness(band: Band, inputs: int, neurons: int) -> str:
    if not band.layout.sections:
        weights = inputs * neurons
        return left_out(weights) if band.layout.border else f"… {counted(neurons, 'neuron')}, {counted(weights, 'weight')}"
    section, shown = band.layout.sections[0], len(band.neurons)
    if section.strip:
        return f"in short, {counted(inputs * shown, 'weight')} as bars"
    return f"in short, {left_out((inputs - section.through) * shown)}"


def _border_numbers(view: View, band: Band) -> Line:
    """The numbers of a layer that has no lines but its border."""
    line: list[Span] = []
    for column, size in band.layout.border:
        if column == THROUGH:
            line.append(Span(f"  {_through(view, band.layer)}", "dim"))
            line += [span for k in band.neurons for span in _weight_through(view, band.layer, k, size)]
        else:
            line.append(Span(f"  {column_head(column, band.layer)}", "dim"))
            line += [span for k in band.neurons for span in _neuron_number(view, column, band.layer, k, size)]
    return tuple(line)


def _section(view: View, band: Band, section: Section, names: dict[int, Span]) -> list[Line]:
    """Heads, signals, and the rows of the neurons, `beside` of them in a line: downward first."""
    beside = -(-len(band.neurons) // -(-len(band.neurons) // section.beside))
    lines = [_beside([_heads(view, band, section)] * beside, section.total)]
    if section.signals:
        lines.append(signal_line(view, band.layer, section.label, section.senders, (section.weight, section.bias)))
    rows = [_rows(view, band, section, k, names[k]) for k in band.neurons]
    high = -(-len(rows) // section.beside)
    for place in range(high):
        lines += [_beside(line, section.total) for line in zip(*rows[place::high], strict=True)]
    return lines


def _beside(parts: Sequence[Line], cells: int) -> Line:
    """The parts side by side, a line between them where the second begins with a blank."""
    line = [*fit(parts[0], cells)] if len(parts) > 1 else [*parts[0]]
    for first, *others in (fit(part, cells) for part in parts[1:]):
        if first.text.startswith(" "):
            line += [Span("│", "frame"), replace(first, text=first.text[1:])]
        else:
            line.append(first)
        line += others
    return tuple(line)


def _names(view: View, band: Band, label: int) -> list[Span]:
    """The names of the neurons, shortened so that they stay apart; the present neuron's name is strong."""
    moment, layer = view.frame.moment, band.layer
    names = shortened([given_name(view.frame.scenario, layer, k) or str(k) for k in band.neurons], label - 2)
    return [
        Span(" " + left(name, label - 1), "strong" if (moment.layer, moment.neuron) == (layer, k) else "plain")
        for k, name in zip(band.neurons, names, strict=True)
    ]


def _heads(view: View, band: Band, section: Section) -> Line:
    """The senders over their columns, then bias, z, a, σ′, δ, y."""
    layer = band.layer
    senders = [j for j in section.senders if j > 0]
    names = shortened(sender_heads(view, layer, senders), section.weight - 1)
    text = "".join(right(name, section.weight) for name in names)
    text += " " * (section.weight * (section.weights - len(senders)))
    if 0 in section.senders:
        text += right(view.notation.bias(layer), section.bias)
    if section.through:
        text += right(_through(view, layer), section.weight)
    top = len(view.frame.course.units)
    for name, size in section.neuron:
        text += right(column_head(name, layer) if name != "y" or layer == top else "", size)
    head = f" {view.notation.weights(layer)}" if section.senders else ""
    bars = left("  ▄+ ▀−" if view.then is None else "  Δ ▄+ ▀−", section.strip)
    return (Span(left(head, section.label) + bars, "dim"), Span(text, "dim"))


def _rows(view: View, band: Band, section: Section, neuron: int, name: Span) -> list[Line]:
    """The row of a neuron and, where there is room, the lines under it."""
    layer = band.layer
    if band.short:
        return [(*_in_short(view, section, layer, neuron, name), *_neuron_numbers(view, section, layer, neuron))]
    if not section.senders:
        return [(name, *_neuron_numbers(view, section, layer, neuron))]
    sizes = (section.weight, section.bias)
    first, *rest = WeightRow(view, layer, neuron, name, section.label, band.each).numbers([*section.senders], *sizes)
    pointed = view.pointed(layer, *OF_WEIGHT)
    if rest and not view.frame.knows("gradient", layer, neuron) and (pointed is None or pointed.neuron != neuron):
        rest[0] = ()
    return [(*first, *_neuron_numbers(view, section, layer, neuron)), *rest]


def _in_short(view: View, section: Section, layer: int, neuron: int, name: Span) -> Line:
    """The weights of a neuron as bars, its bias, and the weight that δ of the present neuron below goes through."""
    row = WeightRow(view, layer, neuron, name, section.label, 1)
    line = row.bars(section.strip, section.bias)[0] if section.strip else (name,)
    return (*line, *_weight_through(view, layer, neuron, section.weight)) if section.through else line


def _through(view: View, layer: int) -> str:
    return view.notation.weight(layer, "ₘ", _present(view, layer - 1))


def _weight_through(view: View, layer: int, neuron: int, cells: int) -> Line:
    """The weight from the present neuron of the layer below."""
    return WeightRow(view, layer, neuron, Span(""), 0, 1).numbers([_present(view, layer - 1)], cells)[0][1:]


def _present(view: View, layer: int) -> int:
    """The neuron of a layer that the cursor or the step is at; else the first."""
    cursor, moment = view.cursor, view.frame.moment
    pointed = cursor.neuron if cursor is not None and cursor.layer == layer else 0
    return pointed or (moment.neuron if moment.layer == layer else 0) or 1


def _neuron_numbers(view: View, section: Section, layer: int, neuron: int) -> Line:
    return tuple(span for column, size in section.neuron for span in _neuron_number(view, column, layer, neuron, size))


def _neuron_number(view: View, column: str, layer: int, neuron: int, size: int) -> Line:
    top, each = len(view.frame.course.units), view.frame.scenario.network.blocks[layer - 1].sigma.each
    if (column == "y" and layer != top) or (column == "σ′" and not each):
        return (Span(" " * size),)
    return _target(view, layer, neuron, size) if column == "y" else neuron_number(view, column, layer, neuron, size)


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
    """The layers that are not even named."""
    shown, top = [band.layer for band in plan.bands], len(view.frame.course.units)
    return f"{'layer' if len(shown) == 1 else 'layers'} {_ranges(shown)} of {top}" if len(shown) < top else ""


def _ranges(places: Sequence[int]) -> str:
    """1–3, 5 for 1, 2, 3 and 5."""
    starts = [place for place in places if place - 1 not in places]
    ends = [place for place in places if place + 1 not in places]
    return ", ".join(f"{start}" if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True))
