"""The room that the numbers of bands leave: for names first, those over the weights last, then for wider columns."""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from nntui.draw.bands.layouts import Layout, Section
from nntui.explain.notation.names import given_name
from nntui.training.scenario import Scenario

MOST_LABEL = 16
MOST_SPARE = 3  # cells by which a column may be wider than its numbers


def spread(scenario: Scenario, layout: Layout, layers: Sequence[int], room: int) -> Layout:
    """The layout with the room that is left, as it is for all `layers` that share their columns."""
    sections = layout.sections
    if not sections:
        return layout
    label = min(_longest(scenario, layers) + 2, MOST_LABEL)
    wider = min(max(label - sections[0].label, 0), *(_left(section, room) for section in sections))
    sections = tuple(replace(section, label=section.label + wider) for section in sections)
    heads = min(_longest(scenario, [layer - 1 for layer in layers]) + 1, MOST_LABEL)
    weighted = [section for section in sections if section.signals]
    if weighted:
        most = min(_left(section, room) // section.weights for section in weighted)
        wider = min(max(heads - sections[0].weight, 0), most)
        sections = tuple(replace(section, weight=section.weight + wider) for section in sections)
    return replace(layout, sections=_widened(sections, room))


def _widened(sections: tuple[Section, ...], room: int) -> tuple[Section, ...]:
    """Wider columns; the weights are equally wide in all rows."""
    alike = min((_spare(section, room) for section in sections if section.signals), default=0)
    widened = []
    for section in sections:
        spare = alike if section.signals else _spare(section, room)
        neuron = tuple((name, size + spare) for name, size in section.neuron)
        widened.append(replace(section, weight=section.weight + spare, bias=section.bias + spare, neuron=neuron))
    return tuple(widened)


def _left(section: Section, room: int) -> int:
    """Cells that are left beside each neuron."""
    return room // section.beside - section.total


def _spare(section: Section, room: int) -> int:
    columns = len(section.senders) + len(section.neuron) + section.through
    return min(_left(section, room) // columns, MOST_SPARE)


def _longest(scenario: Scenario, layers: Sequence[int]) -> int:
    """Cells of the longest name in some layers."""
    sizes = scenario.network.sizes
    return max(cell_len(given_name(scenario, layer, k)) for layer in layers for k in range(1, sizes[layer] + 1))
