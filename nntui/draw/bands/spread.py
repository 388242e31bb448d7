"""The room that the numbers of bands leave: for names, then for wider columns, then for the rest of long names."""

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
    label, head = _longest(scenario, layers) + 2, _longest(scenario, [layer - 1 for layer in layers]) + 1
    sections = _named(sections, min(label, MOST_LABEL), min(head, MOST_LABEL), room)
    return replace(layout, sections=_named(_widened(sections, room), label, head, room))


def _named(sections: tuple[Section, ...], label: int, head: int, room: int) -> tuple[Section, ...]:
    """Labels of up to `label` cells, and columns of weights of up to `head` cells, as far as there is room."""
    wider = min(max(label - sections[0].label, 0), *(_left(section, room) for section in sections))
    sections = tuple(replace(section, label=section.label + wider) for section in sections)
    weighted = [section for section in sections if section.signals]
    if not weighted:
        return sections
    most = min(_left(section, room) // section.weights for section in weighted)
    wider = min(max(head - sections[0].weight, 0), most)
    return tuple(replace(section, weight=section.weight + wider) for section in sections)


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
