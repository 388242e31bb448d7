"""A checked document as a `Scenario`, its first weights drawn where the file does not give them.

Texts are made safe here, once, and tabs in them become spaces. Inputs without names in [network] take the names of their
CSV columns, outputs those of their classes or target columns.
"""

from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, as_array
from nntui.engine.network import Layer, Network
from nntui.files.data.points import Points
from nntui.text.safe import MOST_TITLE, safe
from nntui.training.scenario import DRAWN, Note, Question, Scenario, SheetRules, starting_weights

_NAME = 60  # characters of the name of a neuron
LONGEST_ADDRESS = 120  # longer than any address that can be read


def build(clean: dict[str, Any], data: Points) -> Scenario:
    """The scenario of a document without a fault. clean: its tables, with defaults; data: x (points, n_0), y (points, n_N)."""
    layers, network, training = clean["network"]["layer"], _network(clean, data), clean["training"]
    by_sender = clean["network"]["weights_by"] == "sender"
    return Scenario(
        title=safe_line(clean["title"], MOST_TITLE),
        network=network,
        theta=starting_weights(
            network,
            [_by_receiver(_array(layer["weights"]), by_sender) for layer in layers],
            [_array(layer["biases"]) for layer in layers],
            clean["network"]["init"],
            clean["network"]["seed"],
        ),
        x=data.x,
        y=data.y,
        epochs=training["epochs"],
        about=_safe_prose(clean["about"]),
        next=safe_line(clean["next"].strip(), MOST_TITLE),
        order=training["order"],
        shuffle_seed=training["seed"],
        init_seed=clean["network"]["seed"],
        input_names=_names(clean["network"]["inputs"] or data.input_names),
        neuron_names=_neuron_names(layers, data),
        notes=tuple(Note(safe_line(note["at"].strip(), LONGEST_ADDRESS), _safe_prose(note["text"])) for note in clean["note"]),
        questions=tuple(
            Question(safe_line(question["at"].strip(), LONGEST_ADDRESS), question["kind"], _safe_prose(question["hint"]))
            for question in clean["question"]
        ),
        left_out=data.left_out,
        held_share=data.held_share,
        trained=data.trained,
        sheet=_sheet(clean["sheet"]),
        image=_image(clean["data"]["image"]),
        generated=data.generated,
    )


def _image(size: list[int] | None) -> tuple[int, int] | None:
    return (size[0], size[1]) if size else None


def _sheet(table: dict[str, Any] | None) -> SheetRules | None:
    if not table:
        return None
    drawn = tuple(name for name in DRAWN if name in table["draw"])
    return SheetRules(drawn, float(table["grid"]), float(table["range"]), table["points"])


def _network(clean: dict[str, Any], data: Points) -> Network:
    training = clean["training"]
    return Network(
        inputs=data.x.shape[1],
        layers=tuple(
            Layer(layer["units"], layer["activation"], layer["biases"] is not False) for layer in clean["network"]["layer"]
        ),
        cost=training["cost"],
        eta=float(training["eta"]),
        step_slope=float(training["step_slope"]),
        at_zero=float(training["at_zero"]),
        update_weights="weights" in training["update"],
        update_biases="biases" in training["update"],
        batch=data.count if training["batch"] == "epoch" else training["batch"],
        average=training["average"],
        momentum=float(training["momentum"]),
    )


def _by_receiver(weights: Array | None, by_sender: bool) -> Array | None:
    """Weights of a layer with a row for each receiving neuron; by_sender: they have one for each sending neuron."""
    return weights.T if weights is not None and by_sender else weights


def _array(values: list[float] | list[list[float]] | bool | None) -> Array | None:
    return as_array(np.array(values, dtype=np.float64)) if isinstance(values, list) else None


def _neuron_names(layers: list[dict[str, Any]], data: Points) -> tuple[tuple[str, ...], ...]:
    """A tuple for each layer; outputs without names take those of the classes or target columns of the data file."""
    names = [_names(layer["names"] or ()) for layer in layers]
    return (*names[:-1], names[-1] or _names(data.output_names))


def _names(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(safe_line(name, _NAME) for name in names)


def safe_line(text: str, most: int) -> str:
    """Safe text for one line of the screen."""
    return safe(text.replace("\t", " "), most)


def _safe_prose(text: str) -> str:
    """Safe text of several lines, not cut: its length was bounded when the file was read."""
    return safe(text.expandtabs(4).strip("\n"), len(text) * 4 + 1, newline=True)
