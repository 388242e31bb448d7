"""Weights of another program as a scenario that begins with them: `nntui new FILE --weights W.npz --activations A,B,…`."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.arithmetic import Array, as_array
from nntui.engine.network import Layer, Network
from nntui.files.io.errors import InputError
from nntui.files.io.read import MIB, SCENARIO_LIMIT, read_bytes
from nntui.files.io.write import check_new, write_new
from nntui.files.networks.npz import npz_arrays
from nntui.files.networks.safetensors import safetensors_arrays
from nntui.files.scenario.embedded import document_of
from nntui.files.scenario.read import scenario_from_text
from nntui.files.scenario.save import toml_of
from nntui.files.schema.keys import ACTIVATION_TYPE, MOST_LAYERS, MOST_UNITS, MOST_WEIGHTS
from nntui.text.counted import counted
from nntui.text.safe import quoted, safe
from nntui.training.scenario import Scenario, starting_weights

_LIMIT = 8 * MOST_WEIGHTS + MIB
_Arrays = dict[str, Array | list[str]]
_READERS: dict[str, Callable[[bytes, str], _Arrays]] = {".npz": npz_arrays, ".safetensors": safetensors_arrays}

_HEAD = """\
# The weights of {name}. Data and training below are a beginning: put your own in their place
# (x and y, or file = "data.csv" with inputs and target), and `nntui check` tells what does not fit.
"""


def start_from_weights(path: Path, weights: Path, activations: Sequence[str] | None) -> list[Path]:
    """Writes a scenario that begins with the weights of a file; the files that were made.

    activations: one a layer; None: as the file says. InputError where the file is none of the two kinds, or does not fit.
    """
    check_new(path)
    scenario = scenario_of_weights(weights, activations)
    text = _HEAD.format(name=safe(weights.name, 60)) + toml_of(document_of(scenario))
    if len(text.encode()) > SCENARIO_LIMIT:
        found = f"as text its weights have {len(text.encode()) / MIB:.1f} MiB; expected at most {SCENARIO_LIMIT // MIB}"
        raise InputError(str(weights), None, found)
    scenario_from_text(text, str(path))  # so that what is written opens
    write_new({path: text.encode()})
    return [path]


def scenario_of_weights(path: Path, activations: Sequence[str] | None) -> Scenario:
    """A scenario with the weights of a .npz or .safetensors file, and one data point of its shape.

    activations: one a layer; None: as the file says. InputError where the file is neither, or does not fit.
    """
    shown = str(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(shown, None, f"has a name that ends in {quoted(path.suffix)}; expected .npz or .safetensors")
    arrays = reader(read_bytes(path, _LIMIT), shown)
    matrices, biases = _layers(arrays, shown)
    named = _activations(activations, arrays.get("activations"), len(matrices), shown)
    layers = tuple(
        Layer(len(matrix), activation, bias is not None) for matrix, activation, bias in zip(matrices, named, biases, strict=True)
    )
    cost = "cross_entropy" if named[-1] == "softmax" else "half_squared_error"
    network = Network(matrices[0].shape[1], layers, cost=cost)
    target = [1.0, *[0.0] * (network.outputs - 1)] if network.softmax else [0.0] * network.outputs
    return Scenario(
        title=f"Weights of {safe(path.name, 60)}",
        network=network,
        theta=starting_weights(network, matrices, biases),
        x=as_array(np.full((1, network.inputs), 0.5)),
        y=as_array(np.array([target])),
        epochs=100,
    )


def _layers(arrays: _Arrays, shown: str) -> tuple[list[Array], list[Array | None]]:
    """Matrices and biases, layer by layer, when they fit one another."""
    known = {"sizes", "activations"}
    numbers = [number for number in range(1, MOST_LAYERS + 2) if f"W{number}" in arrays]
    count = len(numbers)
    expected = {name for number in range(1, count + 1) for name in (f"W{number}", f"b{number}")}
    if not count or count > MOST_LAYERS or numbers != list(range(1, count + 1)):
        raise InputError(shown, None, f"has no W1, or a gap behind it; expected W1, b1, W2, b2, … of 1 to {MOST_LAYERS} layers")
    strange = next((name for name in arrays if name not in known | expected), None)
    if strange is not None:
        raise InputError(shown, None, f"holds {quoted(strange)}; expected W1, b1, W2, b2, …, sizes and activations only")
    matrices: list[Array] = []
    biases: list[Array | None] = []
    for number in range(1, count + 1):
        before = len(matrices[-1]) if matrices else None
        matrix = _matrix(arrays[f"W{number}"], number, before, shown)
        matrices.append(matrix)
        biases.append(_bias(arrays.get(f"b{number}"), number, len(matrix), shown))
    return matrices, biases


def _matrix(values: Array | list[str], number: int, before: int | None, shown: str) -> Array:
    if isinstance(values, list) or values.ndim != 2 or not all(1 <= size <= MOST_UNITS for size in values.shape):
        shape = "texts" if isinstance(values, list) else f"the shape {values.shape}"
        raise InputError(shown, None, f"W{number} has {shape}; expected two sizes of 1 to {MOST_UNITS}: receiver × sender")
    height, width = values.shape
    if before is not None and width != before:
        found = f"W{number} has {counted(width, 'column')}, but layer {number - 1} has {counted(before, 'neuron')}"
        remedy = " (it looks transposed: W.T is receiver × sender)" if height == before else ""
        raise InputError(shown, None, f"{found}; expected a column for each{remedy}")
    return _finite(values, f"W{number}", shown)


def _bias(values: Array | list[str] | None, number: int, units: int, shown: str) -> Array | None:
    if values is None:
        return None
    if isinstance(values, list) or values.size != units or values.ndim > 2:
        size = "texts" if isinstance(values, list) else counted(int(values.size), "number")
        raise InputError(shown, None, f"b{number} has {size}, but W{number} has {counted(units, 'row')}; expected one for each")
    return _finite(values.reshape(units), f"b{number}", shown)


def _finite(values: Array, name: str, shown: str) -> Array:
    if not np.isfinite(values).all():
        raise InputError(shown, None, f"{name} holds inf or nan; expected finite numbers")
    return values


def _activations(given: Sequence[str] | None, own: Array | list[str] | None, layers: int, shown: str) -> list[str]:
    """The activation of each layer: those that are given, else those of the file."""
    words = list(given) if given is not None else own if isinstance(own, list) else None
    place = "--activations" if given is not None else shown
    if words is None:
        raise InputError(
            shown, None, f"names no activations; expected --activations with {counted(layers, 'name')}, such as tanh"
        )
    if len(words) != layers:
        found = f"{counted(len(words), 'activation')}, but {quoted(shown)} has {counted(layers, 'layer')}"
        raise InputError(place, None, f"{found}; expected one for each")
    named: list[str] = []
    for number, word in enumerate(words, start=1):
        name = word.strip()
        if name not in ACTIVATIONS:
            meant = ACTIVATION_TYPE.meant(word)
            advice = f"did you mean {quoted(meant)}?" if meant else f"expected {ACTIVATION_TYPE.expected}"
            raise InputError(place, None, f"{quoted(word)} is no activation; {advice}")
        if not ACTIVATIONS[name].each and number < layers:
            raise InputError(place, None, f"softmax in layer {number} of {layers}; expected in the last only")
        named.append(name)
    return named
