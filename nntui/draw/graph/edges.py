"""The edges of a graph: which weights between two layers are drawn, in which order, and where their numbers go.

Edges of the step's path come first, then the strongest. A number has a place where no edge is, nearer to its own edge
than to any other; weaker edges break round the numbers that have their places already. Where one path after the other
is lit, only the light moves: what is drawn, and where the numbers are, is that of the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from nntui.draw.base.numbers import UNKNOWN, shown
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.charts.braille import Raster, dots_of
from nntui.draw.graph.places import LayerColumn, weight_cell
from nntui.engine.arithmetic import Array
from nntui.explain.equations.cells import OF_WEIGHT, known, value_of
from nntui.training.cell import Cell

MOST_LINES = 12  # weights between two layers that are all drawn; of more, those of this step and the STRONGEST
STRONGEST = 9
FAINT = 0.33  # of the largest |w|: weights below it are left out where there are more than MOST_LINES
MOST_NUMBERS = 24  # between two layers
STRONG, MIDDLE = 0.6, 0.25  # of the largest |w|
_TIERS: tuple[tuple[Role, Role, Role], tuple[Role, Role, Role]] = (
    ("edge_1", "edge_2", "edge_3"),
    ("edge_minus_1", "edge_minus_2", "edge_minus_3"),
)
_FARTHEST = 7.0  # dots between a number and its edge
_APART = 10.0  # dots from which a number is clear of another edge

Labels = dict[int, list[tuple[int, Line]]]
"""By line of the picture: x, and the text there."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight as a line from (x, y) to (x, y) in cells. rank: 0 quiet, 1 the step uses it, 2 the step makes it, 3 inspected.

    lit: it is of the step's path, or of the one that is lit alone.
    """

    neuron: int
    sender: int
    weight: float
    rank: int
    lit: bool
    share: float  # |weight| / the largest of the strip
    start: tuple[float, float]
    end: tuple[float, float]

    @property
    def strength(self) -> tuple[int, float]:
        """What is drawn over what."""
        return self.rank, self.share


@dataclass(frozen=True, slots=True)
class Strip:
    """The weights between two columns: those that are drawn, the strongest first, and how many there are."""

    lower: LayerColumn
    upper: LayerColumn
    edges: tuple[Edge, ...]
    total: int


def strip(view: View, lower: LayerColumn, upper: LayerColumn) -> Strip:
    """All weights between two columns, or, of more than MOST_LINES, those of this step and the strongest."""
    matrix = view.frame.weights_before(upper.layer).tolist()
    pairs = [(matrix[k - 1][j], k, j) for k in upper.neurons for j in lower.neurons]
    largest = max((abs(weight) for weight, _, _ in pairs if abs(weight) < inf), default=0.0) or 1.0
    ranks, lit_path = step_path(view, upper.layer), path(view, upper.layer)
    first, last = lower.x + lower.size + 1, upper.x - 1
    edges = [
        Edge(
            k,
            j,
            weight,
            ranks.get((k, j), 0),
            (k, j) in lit_path,
            abs(weight) / largest if abs(weight) < inf else 1.0,
            (first, lower.neurons[j].middle + 0.5),
            (last, upper.neurons[k].middle + 0.5),
        )
        for weight, k, j in pairs
    ]
    edges.sort(key=lambda edge: edge.strength, reverse=True)
    if len(edges) > MOST_LINES:
        of_step = [edge for edge in edges if edge.rank or edge.lit]
        quiet = [edge for edge in edges if not edge.rank and not edge.lit and edge.share >= FAINT]
        edges = _thinned(of_step) + quiet[:STRONGEST]
    return Strip(lower, upper, tuple(edges), len(pairs))


def _thinned(of_step: list[Edge]) -> list[Edge]:
    """The edges of the step's path; of a fan of more than MOST_LINES the strongest, and those of a path that is lit alone."""
    first, others = of_step[:MOST_LINES], of_step[MOST_LINES:]
    alone = sum(edge.lit for edge in of_step) <= MOST_LINES
    return [*first, *(edge for edge in others if edge.lit)] if alone else first


def path(view: View, layer: int) -> frozenset[tuple[int, int]]:
    """(neuron, sender) of the weights into a layer that are lit: those of the step, or of the path that is lit alone."""
    if view.path is None:
        return frozenset(step_path(view, layer))
    return frozenset((cell.neuron, cell.sender) for cell in view.path.cells if cell.layer == layer and cell.kind in OF_WEIGHT)


def step_path(view: View, layer: int) -> dict[tuple[int, int], int]:
    """(neuron, sender) → rank of the weights into a layer that the step is about; others are quiet."""
    ranks: dict[tuple[int, int], int] = {}
    pointed = view.pointed(layer, *OF_WEIGHT)
    for rank, cells in ((1, view.sources), (2, view.lit), (3, (pointed,) if pointed else ())):
        ranks |= {(cell.neuron, cell.sender): rank for cell in cells if cell.layer == layer and cell.kind in OF_WEIGHT}
    return ranks


def edge_role(edge: Edge, *, beside_path: bool) -> Role:
    """The path is lit; else three tiers of |w| for each sign, a tier lower where a path is lit in the strip."""
    if edge.lit:
        return "edge_path"
    tier = 0 if edge.share > STRONG else 1 if edge.share > MIDDLE else 2
    return _TIERS[edge.weight < 0.0][min(tier + beside_path, 2)]


def draw(raster: Raster, drawn: Strip) -> None:
    """The edges, a dot wide, the weakest first so that none covers a stronger one, nor one that is lit; dashed for w < 0."""
    beside_path = any(edge.rank or edge.lit for edge in drawn.edges)
    weakest_first = drawn.edges[::-1]
    for edge in sorted(weakest_first, key=lambda edge: edge.lit):
        raster.line(edge.start, edge.end, edge_role(edge, beside_path=beside_path), 1, edge.weight < 0.0)


# --- numbers


class _Places:
    """The free cells of a strip of the picture."""

    def __init__(self, drawn: Strip, lines: int) -> None:
        self.left, self.right = drawn.lower.x + drawn.lower.size, drawn.upper.x
        self.lines = lines
        self.taken: NDArray[np.bool_] = np.zeros((lines, max(self.right - self.left, 0)), dtype=np.bool_)
        self.starts = np.array([edge.start for edge in drawn.edges]).reshape(-1, 2) * (2.0, 4.0)
        self.on_path = np.array([edge.rank > 0 for edge in drawn.edges], dtype=np.bool_)
        self.ends = np.array([edge.end for edge in drawn.edges]).reshape(-1, 2) * (2.0, 4.0)

    def draw(self, edge: Edge) -> None:
        """The cells of an edge are no longer free."""
        x, y = dots_of(edge.start, edge.end)
        x, y = x // 2 - self.left, y // 4
        inside = (x >= 0) & (x < self.taken.shape[1]) & (y >= 0) & (y < self.lines)
        self.taken[y[inside], x[inside]] = True

    def put(self, number: int, size: int) -> tuple[int, int] | None:
        """The best free place (x, y) for the number of the edge of that index; None if there is none near it."""
        columns = self.taken.shape[1]
        if columns < size + 2:
            return None
        start, end = self.starts[number], self.ends[number]
        x = np.arange(0, columns - size - 1)
        across = (end[0] - start[0]) or 1.0
        middle = start[1] + (end[1] - start[1]) * (2.0 * (self.left + x + 1 + size / 2) - start[0]) / across
        line = np.floor(middle / 4.0).astype(np.intp)
        candidates = np.concatenate([np.stack([x, line + shift], axis=1) for shift in (-1, 0, 1, -2, 2)])
        candidates = candidates[(candidates[:, 1] >= 0) & (candidates[:, 1] < self.lines)]
        free = np.logical_not(np.lib.stride_tricks.sliding_window_view(self.taken, size + 2, axis=1).any(axis=2))
        candidates = candidates[free[candidates[:, 1], candidates[:, 0]]]
        if not len(candidates):
            return None
        best = self._nearest(number, candidates, size)
        if best is None:
            return None
        place, y = int(candidates[best, 0]), int(candidates[best, 1])
        self.taken[y, place : place + size + 2] = True
        return self.left + place + 1, y

    def _nearest(self, number: int, candidates: NDArray[np.intp], size: int) -> int | None:
        """The best candidate, None if all are nearer to another edge: near its own, far from others, and in the middle.

        Beside a number of the step's path only the path counts, because other edges are quieter.
        """
        x0 = 2.0 * (self.left + candidates[:, 0] + 1)
        y = 4.0 * candidates[:, 1] + 2.0
        text = np.stack([x0, x0 + size, x0 + 2.0 * size], axis=1)
        distances = _distances(text, y[:, None], self.starts, self.ends).min(axis=1)
        own = distances[:, number]
        rivals = self.on_path if self.on_path[number] else np.ones(len(self.starts), dtype=np.bool_)
        others = distances[:, rivals & (np.arange(len(self.starts)) != number)].min(axis=1, initial=_APART)
        centre = (self.starts[number, 0] + self.ends[number, 0]) / 2.0
        cost = own + 0.05 * np.abs(text[:, 1] - centre) - 0.4 * others
        cost[(own > others) | (own > _FARTHEST)] = inf
        best = int(cost.argmin())
        return best if cost[best] < inf else None


def _distances(x: NDArray[np.floating], y: NDArray[np.floating], starts: Array, ends: Array) -> Array:
    """From points (candidates, 3) to lines: (candidates, 3, lines), in dots."""
    along = ends - starts
    length = np.hypot(along[:, 0], along[:, 1])
    length[length == 0.0] = 1.0
    across = (x[:, :, None] - starts[:, 0]) * along[:, 1] - (y[:, :, None] - starts[:, 1]) * along[:, 0]
    return np.asarray(np.abs(across) / length)


def place_numbers(view: View, drawn: Strip, lines: int, labels: Labels) -> None:
    """Adds the numbers of the edges to `labels`, as far as they have free places."""
    places = _Places(drawn, lines)
    for edge in drawn.edges:
        if edge.rank:
            places.draw(edge)
    count = 0
    for index, edge in enumerate(drawn.edges):
        if not edge.rank:
            places.draw(edge)
        if count == MOST_NUMBERS:
            return
        text = _number(view, weight_cell(view, drawn.upper.layer, edge.neuron, edge.sender))
        place = places.put(index, text.width)
        if place is not None:
            labels.setdefault(place[1], []).append((place[0], (text,)))
            count += 1


def _number(view: View, cell: Cell) -> Span:
    """The text of an edge's number."""
    if not known(view.frame, cell):
        return Span(UNKNOWN, "dim", cell)
    role: Role = "new" if cell.kind == "update" else "number"
    text, role = shown(view, cell, value_of(view.frame, cell), view.cell - 1, role)
    return Span(text, view.role(cell, role), cell)


def left_out(strips: Sequence[Strip]) -> tuple[int, int]:
    """How many weights are drawn, and how many there are between the neurons that are shown."""
    return sum(len(drawn.edges) for drawn in strips), sum(drawn.total for drawn in strips)
