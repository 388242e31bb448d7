"""The format of scenario files, `format = 1`, as one table of keys.

Validation, suggestions for mistyped keys, the JSON Schema and the file of `nntui new` all come from it.
"""

from typing import Any, Literal, get_args

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.costs import COSTS, output_names
from nntui.explain.equations.cards.costs import COST_CARDS
from nntui.files.schema.list_types import NumberRowsType, NumbersOrFalseType, SizeType, TextListType
from nntui.files.schema.value_types import (
    BatchType,
    ChoiceType,
    FlagType,
    NumberType,
    TextType,
    ValueType,
    WholeType,
    ZeroOrOneType,
)
from nntui.training.draws.generators import GENERATOR_NAMES
from nntui.training.draws.random_draws import INIT_NAMES
from nntui.training.scenario import DRAWN, QUESTION_KINDS
from nntui.values import dataclass

FORMAT = 1
MOST_LAYERS = 64
MOST_UNITS = 4096
MOST_WEIGHTS = 20_000_000
MOST_EPOCHS = 10_000_000
MOST_POINTS = 1_000_000
MOST_FORKS = 20
MOST_INPUT_TEXTS = 20  # of a column of texts, each an input
_SEED = WholeType(0, 2**53 - 1)

Scale = Literal["none", "standard", "minmax"]
SeparatorName = Literal[",", ";", "tab", "space"]
WeightsBy = Literal["receiver", "sender"]
Source = Literal["x", "file", "generate"]
"""A data source, by its required key."""


_ACTIVATION_ALSO = {
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "σ": "sigmoid",
    "linear": "identity",
    "none": "identity",
    "heaviside": "step",
    "threshold": "step",
    "signum": "sign",
    "sgn": "sign",
    "hyperbolic tangent": "tanh",
    "rectifier": "relu",
    "leakyrelu": "leaky_relu",
}
ACTIVATION_TYPE = ChoiceType(ACTIVATIONS, also=_ACTIVATION_ALSO)
_COST_ALSO = {
    "mse": "squared_error",
    "sse": "squared_error",
    "mean_squared_error": "squared_error",
    "quadratic": "half_squared_error",
    "l2": "squared_error",
    "log_loss": "cross_entropy",
    "logloss": "cross_entropy",
    "bce": "cross_entropy",
    "nll": "cross_entropy",
    "crossentropy": "cross_entropy",
    "categorical_crossentropy": "cross_entropy",
    "binary_crossentropy": "cross_entropy",
}


@dataclass(frozen=True, slots=True)
class TableType:
    """The type of a key that is a table, or (`most` above 0) a list of `least` to `most` tables, each with a `[[header]]`."""

    name: str
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class SchemaKey:
    """One key: its type, whether it is required, its default, and one line about it for the author of a file."""

    name: str
    kind: ValueType | TableType
    about: str
    required: bool = False
    default: Any = None
    source: Source | None = None
    also: tuple[str, ...] = ()  # its names in other programs, for suggestions only


ROOT = (
    SchemaKey("format", WholeType(FORMAT, FORMAT), "Version of the scenario language; 1 is the only one so far.", required=True),
    SchemaKey(
        "title", TextType(filled=True), "One line for the picker and the head of the screen.", required=True, also=("name",)
    ),
    SchemaKey("about", TextType(), "What to look for; plain text, may have several lines.", default="", also=("description",)),
    SchemaKey(
        "next",
        TextType(),
        "The scenario that is offered at the last note: a bundled name, or a file.",
        default="",
        also=("following", "then"),
    ),
    SchemaKey("network", TableType("network"), "Layers, and how weights begin that are not given.", required=True),
    SchemaKey("training", TableType("training"), "How the weights are changed by equation (11).", required=True),
    SchemaKey("data", TableType("data"), "The data points: rows in place, a CSV file, or generated ones.", required=True),
    SchemaKey("note", TableType("note", most=20_000), "A tour, stop by stop.", also=("tour",)),
    SchemaKey(
        "question",
        TableType("question", most=20_000),
        "Numbers to predict before they are shown.",
        also=("quiz", "exercise"),
    ),
    SchemaKey(
        "fork",
        TableType("fork", most=MOST_FORKS),
        "Runs that the scenario brings along, beside its own.",
        also=("run", "variant"),
    ),
    SchemaKey("sheet", TableType("sheet"), "What `nntui sheets` draws for each student.", also=("sheets", "handout")),
)

NETWORK = (
    SchemaKey("seed", _SEED, "Seed of the weights that are not given.", default=0),
    SchemaKey(
        "init",
        ChoiceType(INIT_NAMES),
        "How weights that are not given are drawn: uniform (2u−1)/√n_in, normal, xavier, he or zeros.",
        default="uniform",
    ),
    SchemaKey(
        "weights_by",
        ChoiceType(get_args(WeightsBy), also={"row": "receiver", "neuron": "receiver", "input": "sender", "column": "sender"}),
        "What a row of `weights` is: receiver, what comes into neuron k; sender, what neuron j sends (n_in × n_out).",
        default="receiver",
    ),
    SchemaKey("inputs", TextListType(), "Names of the inputs, one for each column of x.", also=("input_names",)),
    SchemaKey("layer", TableType("layer", least=1, most=MOST_LAYERS), "Layers 1 … N in order.", required=True),
)

LAYER = (
    SchemaKey("units", WholeType(1, MOST_UNITS), "n_l, the number of neurons.", required=True, also=("neurons", "nodes", "size")),
    SchemaKey(
        "activation",
        ACTIVATION_TYPE,
        "σ of the layer; softmax in the last layer only, with cross_entropy.",
        required=True,
        also=("function", "sigma", "kind", "type"),
    ),
    SchemaKey("weights", NumberRowsType(), "First weights: row k holds the incoming weights of neuron k (see `weights_by`)."),
    SchemaKey("biases", NumbersOrFalseType(), "First biases, one for each neuron (else zeros); false: the layer has none."),
    SchemaKey("names", TextListType(), "Names of the neurons.", also=("name",)),
)


def _cost_words(name: str) -> str:
    """What a cost is, or with which outputs it goes."""
    outputs = output_names(name)
    return f"{name} ({' or '.join(outputs)} outputs)" if outputs else f"{name} {COST_CARDS[name][0].short}"


_COSTS = f"{', '.join(map(_cost_words, list(COSTS)[:-1]))}, or {_cost_words(list(COSTS)[-1])}"

TRAINING = (
    SchemaKey("eta", NumberType(above=0), "η, the learning rate.", required=True, also=("learning_rate", "lr", "rate", "alpha")),
    SchemaKey(
        "epochs", WholeType(1, MOST_EPOCHS), "How often the whole data is gone through.", required=True, also=("iterations",)
    ),
    SchemaKey(
        "cost",
        ChoiceType(COSTS, also=_COST_ALSO),
        f"C: {_COSTS}.",
        default="half_squared_error",
        also=("loss",),
    ),
    SchemaKey("order", ChoiceType(("given", "shuffled")), "The order of the data points within an epoch.", default="given"),
    SchemaKey("seed", _SEED, "Seed of the shuffles.", default=0),
    SchemaKey("update", TextListType(options=("weights", "biases")), "What (11) may change.", default=["weights", "biases"]),
    SchemaKey("step_slope", ZeroOrOneType(), "σ′ of step and sign: 0 as in the lecture, 1 is the perceptron rule.", default=0),
    SchemaKey(
        "at_zero",
        ZeroOrOneType(),
        "step and sign at z = 0: 1, as in the lecture, the upper value; 0, the lower (0 of step, −1 of sign).",
        default=1,
    ),
    SchemaKey(
        "batch",
        BatchType(),
        "Data points before (11) is applied once, with the sum of their gradients; the last batch of an epoch may be shorter.",
        default=1,
        also=("batch_size", "minibatch", "mini_batch"),
    ),
    SchemaKey("average", FlagType(), "Whether it is the mean of them, not the sum.", default=False, also=("mean",)),
    SchemaKey(
        "momentum",
        NumberType(least=0, below=1),
        "μ of v ← μ v − η G, w ← w + v; v starts at 0 and is never reset.",
        default=0.0,
        also=("mu", "μ"),
    ),
)

DATA = (
    SchemaKey(
        "held_out",
        NumberType(least=0, below=1),
        "Share of the rows that is shown and never trained on: the last of the order of epoch 0.",
        default=0.0,
        also=("validation", "validation_split", "test_size", "holdout"),
    ),
    SchemaKey("x", NumberRowsType(), "Inputs, a row for each data point.", source="x"),
    SchemaKey("y", NumberRowsType(), "Targets, a row for each data point.", source="x"),
    SchemaKey("file", TextType(filled=True), "A CSV file, in the scenario's folder or below.", source="file", also=("csv",)),
    SchemaKey(
        "inputs",
        TextListType(distinct=True, column=True),
        f"The columns that are the inputs; else all but the target. A column of texts (at most {MOST_INPUT_TEXTS} different "
        "ones) becomes an input for each text.",
        source="file",
        also=("features", "columns"),
    ),
    SchemaKey(
        "target",
        TextType(filled=True, column=True),
        "The column that is the target; text becomes one output per class, or 0 and 1 of two classes where there is one output.",
        source="file",
        also=("label", "class", "output"),
    ),
    SchemaKey(
        "targets",
        TextListType(distinct=True, column=True),
        "Several columns of numbers, one for each output.",
        source="file",
        also=("labels", "outputs"),
    ),
    SchemaKey("one_hot", FlagType(), "One output per distinct cell of the target column.", default=False, source="file"),
    SchemaKey(
        "scale",
        ChoiceType(get_args(Scale), also={"normalize": "minmax", "standardize": "standard", "zscore": "standard"}),
        "Scaling of each input column of numbers: to mean 0 and deviation 1, or to 0 … 1.",
        default="none",
        source="file",
        also=("normalize", "standardize"),
    ),
    SchemaKey(
        "missing",
        ChoiceType(("error", "skip")),
        "Rows whose input or target is empty, NA, N/A, NaN or ?: an error, or left out.",
        default="error",
        source="file",
        also=("na", "dropna"),
    ),
    SchemaKey(
        "image",
        SizeType(MOST_UNITS),
        "Rows and columns of a picture that the inputs are, row by row; it is drawn as one.",
        also=("shape", "image_shape"),
    ),
    SchemaKey("header", FlagType(), "Whether the first line names the columns (else 1, 2, …).", default=True, source="file"),
    SchemaKey(
        "separator",
        ChoiceType(get_args(SeparatorName), also={"comma": ",", "semicolon": ";", "\t": "tab", "blank": "space", " ": "space"}),
        "What separates two cells; found out where it is not given. With ; a comma is a decimal point.",
        source="file",
        also=("sep", "delimiter"),
    ),
    SchemaKey("generate", ChoiceType(GENERATOR_NAMES), "Made-up data points.", source="generate"),
    SchemaKey("points", WholeType(1, MOST_POINTS), "How many data points to make.", default=200, source="generate"),
    SchemaKey("noise", NumberType(least=0), "Gaussian noise on them.", default=0.0, source="generate"),
    SchemaKey("seed", _SEED, "Seed of the points and of the noise.", default=0, source="generate"),
)

NOTE = (
    SchemaKey("at", TextType(filled=True), "An address: EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end.", required=True),
    SchemaKey("text", TextType(), "What to see there.", required=True),
)

QUESTION = (
    SchemaKey(
        "at", TextType(filled=True), "The address of what is to be predicted: a step that computes, not input.", required=True
    ),
    SchemaKey(
        "kind",
        ChoiceType(QUESTION_KINDS),
        "What is asked of it: its value, its sign, or whether it is larger than it was (before the update, or at its row's "
        "last turn); or, with cost, at the last update of a data point, whether C of its row rises or falls by it.",
        default="value",
    ),
    SchemaKey("hint", TextType(), "How to begin, for who wants to know.", default=""),
)

FORK = (
    SchemaKey("at", TextType(filled=True), "The address of the data point before which something is changed.", required=True),
    SchemaKey("edits", TextType(filled=True), "What is changed, as it is typed at `e`: eta=5 w1.2.1=0.5.", required=True),
    SchemaKey("name", TextType(), "What the run is called; left out: its edits.", default="", also=("title",)),
)

SHEET = (
    SchemaKey("draw", TextListType(options=DRAWN), "What each student gets of their own.", default=list(DRAWN)),
    SchemaKey("grid", NumberType(above=0), "All drawn numbers are multiples of it.", default=0.05, also=("step",)),
    SchemaKey("range", NumberType(above=0), "They lie between −range and range.", default=1.0),
    SchemaKey("points", WholeType(1, 1000), "Data points that the sheet asks for, from the first on.", default=1),
)

TABLES: dict[str, tuple[SchemaKey, ...]] = {
    "": ROOT,
    "network": NETWORK,
    "layer": LAYER,
    "training": TRAINING,
    "data": DATA,
    "note": NOTE,
    "question": QUESTION,
    "fork": FORK,
    "sheet": SHEET,
}

HEADERS = {
    "": "the top of the file",
    "network": "[network]",
    "layer": "[[network.layer]]",
    "training": "[training]",
    "data": "[data]",
    "note": "[[note]]",
    "question": "[[question]]",
    "fork": "[[fork]]",
    "sheet": "[sheet]",
}
