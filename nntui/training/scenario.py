"""A scenario: everything that determines a run, as one frozen value that needs no file any more."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import NAN, Array, frozen
from nntui.engine.network import Network, to_matrices
from nntui.text.rich_display import html_of
from nntui.training.draws.generators import GeneratorName
from nntui.training.draws.random_draws import InitName, Order, initial_weights
from nntui.training.steps import Course
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One stop of a tour: what to see at this address (text already made safe)."""

    at: str
    text: str


Rows = NDArray[np.intp]
"""Data rows, from 0."""

QuestionKind = Literal["value", "sign", "larger", "cost"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


@dataclass(frozen=True, slots=True)
class Question:
    """What a student predicts at this address before the numbers of the step are shown.

    kind: "value", the numbers themselves; "sign", whether each is above 0, 0 or below; "larger", whether each is larger,
    equal or smaller than before: at an update before it, at any other step at the last turn of the same data row; "cost", at
    the last update of a data point, whether C of its row rises or falls with the new weights.
    hint: how to begin (text already made safe); may be empty.
    """

    at: str
    kind: QuestionKind = "value"
    hint: str = ""


MOST_RUN_NAME = 60  # characters of the name of a run


@dataclass(frozen=True, slots=True)
class ScenarioFork:
    """A run that the scenario brings along: its own run with edits made before the data point of an address.

    edits: as `training.edits.edit.read_edits` reads them; they fit the scenario. name: text already made safe, or empty.
    """

    at: str
    edits: str
    name: str = ""


Drawn = Literal["weights", "biases", "inputs"]
DRAWN: tuple[Drawn, ...] = get_args(Drawn)


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What is drawn again for each student, and how much a sheet asks for.

    draw: which numbers; they are multiples of `grid` in −range … range. points: data points, from the first on.
    """

    draw: tuple[Drawn, ...] = DRAWN
    grid: float = 0.05
    range: float = 1.0
    points: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """What data points were generated from, as `draws.generators.generate` takes it. x, y: what came out, so that a
    scenario with other data is told from this one by the arrays that it holds.
    """

    name: GeneratorName
    noise: float
    seed: int
    x: Array
    y: Array


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scenario:
    """A network with its initial weights, its data and its training. Arrays are read-only, texts already made safe.

    theta: the initial weights (parameters,), laid out as `engine.network` says; made by `starting_weights`.
    x: (rows, n_0), y: (rows, n_N), in the order of the file, rows that are held out among them. Names are empty if the
    file gives none.
    """

    title: str
    network: Network
    theta: Array
    x: Array
    y: Array
    epochs: int
    about: str = ""
    next: str = ""  # the scenario that is offered at the last note: a name or a file, as on the command line
    order: Order = "given"
    shuffle_seed: int = 0
    input_names: tuple[str, ...] = ()
    neuron_names: tuple[tuple[str, ...], ...] = ()  # one tuple a layer 1 … N
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    forks: tuple[ScenarioFork, ...] = ()
    left_out: int = 0  # rows of its data file that have a missing cell and are in neither x nor y
    sheet: SheetRules | None = None
    init_seed: int = 0  # of the initial weights, from which an edit may draw others
    image: tuple[int, int] | None = None
    """Rows and columns, where the inputs are the pixels of a picture, row by row."""
    held_share: float = 0.0
    """The share of the rows that is held out."""
    trained: Rows | None = None
    """The rows, from 0, that are trained on, in the order of the file; None: all."""
    generated: Generated | None = None  # where x and y come from, as long as they are the arrays in it

    def __repr__(self) -> str:
        shape = "–".join(map(str, self.network.sizes))
        return f"<nntui.Scenario {self.title!r}: {shape}, {self.points} data points, {self.epochs} epochs>"

    def _repr_html_(self) -> str | None:
        """What a notebook shows, where something is registered that draws it."""
        return html_of(self)

    @property
    def weights(self) -> tuple[Array, ...]:
        """The initial weights, for each layer an array (n_l, 1 + n_{l−1}), column 0 the bias (nan if the layer has none)."""
        return to_matrices(self.network, self.theta)

    @property
    def rows(self) -> int:
        """Data rows, those that are held out among them."""
        return len(self.x)

    @property
    def points(self) -> int:
        """Data points in an epoch: the rows that are trained on."""
        return len(self.x) if self.trained is None else len(self.trained)

    @property
    def trained_rows(self) -> Rows:
        """The rows, from 0, that are trained on, in the order of the file."""
        return np.arange(len(self.x)) if self.trained is None else self.trained

    @property
    def held_rows(self) -> Rows:
        """The rows, from 0, that are held out, in the order of the file."""
        if self.trained is None:
            return np.empty(0, np.intp)
        return np.setdiff1d(np.arange(len(self.x)), self.trained)

    def is_held(self, row: int) -> bool:
        """Whether a row, from 0, is held out."""
        if self.trained is None:
            return False
        at = int(np.searchsorted(self.trained, row))
        return at == len(self.trained) or int(self.trained[at]) != row

    @property
    def course(self) -> Course:
        """The steps of this run."""
        return _course(self.network.sizes[1:], self.points, self.epochs)


_course = lru_cache(maxsize=64)(Course)  # its tables take longer than reading a line of a recording


def starting_weights(
    network: Network,
    weights: Sequence[Array | None],
    biases: Sequence[Array | None],
    init: InitName = "uniform",
    seed: int = 0,
) -> Array:
    """Initial weights as `Scenario.theta`: weights given as (n_l, n_{l−1}) or drawn, biases given as (n_l,) or 0."""
    theta = np.empty(network.parameters)
    for number, (block, given, bias) in enumerate(zip(network.blocks, weights, biases, strict=True), start=1):
        matrix = block.matrix(theta)
        matrix[0] = (0.0 if bias is None else bias) if block.biases else NAN
        matrix[1:] = (initial_weights(init, seed, number, block.inputs, block.units) if given is None else given).T
    return frozen(theta)
