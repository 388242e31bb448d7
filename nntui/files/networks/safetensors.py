"""safetensors: `layer1.weight` (receiver × sender), `layer1.bias`, float64, behind a JSON header of bounded length."""

import json
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.networks.state import NetworkState
from nntui.files.schema.keys import MOST_LAYERS, MOST_WEIGHTS
from nntui.text.regex import regex
from nntui.text.safe import quoted

_MOST_HEADER = 1 << 20
_MOST_TENSORS = 4 * MOST_LAYERS
_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "|i1"}
_TENSOR = regex(r"(?P<layer>.*?)\.?(?P<part>weight|bias)")
_DIGITS = regex(r"([0-9]+)")


# --- writing


def safetensors_bytes(state: NetworkState) -> bytes:
    """The network as a safetensors file; the same network gives the same bytes."""
    network = state.scenario.network
    tensors: dict[str, Array] = {}
    for number, (layer, matrix) in enumerate(zip(network.layers, state.matrices, strict=True), start=1):
        tensors[f"layer{number}.weight"] = np.ascontiguousarray(matrix[:, 1:], dtype="<f8")
        if layer.biases:
            tensors[f"layer{number}.bias"] = np.ascontiguousarray(matrix[:, 0], dtype="<f8")
    metadata = {"activations": ",".join(layer.activation for layer in network.layers), "sizes": ",".join(map(str, network.sizes))}
    header: dict[str, Any] = {"__metadata__": metadata}
    place = 0
    for name, values in tensors.items():
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [place, place + values.nbytes]}
        place += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(values.tobytes() for values in tensors.values())


# --- reading


def safetensors_arrays(content: bytes, shown: str) -> dict[str, Array | list[str]]:
    """The layers of a safetensors file as W1, b1, W2, … in the order of their names (numbers by size); InputError of `shown`.

    Any names will do that end in weight and bias, such as those of a PyTorch module's state dict.
    """
    header, start = _header(content, shown)
    metadata = header.pop("__metadata__", {})
    layers: dict[str, dict[str, Array]] = {}
    for name, entry in header.items():
        match = _TENSOR.fullmatch(name)
        if match is None:
            raise InputError(
                shown, None, f"tensor {quoted(name)} is neither a weight nor a bias; expected layer1.weight, layer1.bias"
            )
        layers.setdefault(match["layer"], {})[match["part"]] = _tensor(content, start, name, entry, shown)
    arrays: dict[str, Array | list[str]] = {}
    for number, layer in enumerate(sorted(layers, key=_natural), start=1):
        for part, values in layers[layer].items():
            arrays[("W" if part == "weight" else "b") + str(number)] = values
    activations = metadata.get("activations") if isinstance(metadata, dict) else None
    if isinstance(activations, str):
        arrays["activations"] = activations.split(",")[: MOST_LAYERS + 1]
    return arrays


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The key by which names are sorted with layer2 before layer10."""
    return [(0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in _DIGITS.split(name[:200])]


def _header(content: bytes, shown: str) -> tuple[dict[str, Any], int]:
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(_MOST_HEADER, len(content) - 8):
        raise InputError(shown, None, "is no safetensors file, or damaged; expected a header of its length, 1 MiB at most")
    try:
        header = json.loads(content[8 : 8 + length].decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise InputError(shown, None, "has a header that is no JSON object with each name once; expected one") from None
    if not isinstance(header, dict) or len(header) > _MOST_TENSORS:
        raise InputError(shown, None, f"has no table of tensors; expected one of at most {_MOST_TENSORS}")
    return header, 8 + length


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name twice")
    return table


def _tensor(content: bytes, start: int, name: str, entry: object, shown: str) -> Array:
    match entry:
        case {"dtype": str(kind), "shape": list(shape), "data_offsets": [int(first), int(last)]} if kind in _TYPES:
            pass
        case _:
            known = ", ".join(_TYPES)
            raise InputError(
                shown, None, f"tensor {quoted(name)} has no dtype, shape and place that are known; expected one of {known}"
            )
    sizes = [size for size in shape if type(size) is int and 0 < size <= MOST_WEIGHTS]
    count = int(np.prod(sizes, dtype=object)) if sizes else 0
    dtype = np.dtype(_TYPES[kind])
    if len(sizes) != len(shape) or not 1 <= len(shape) <= 2 or count > MOST_WEIGHTS:
        raise InputError(shown, None, f"tensor {quoted(name)} has the shape {quoted(str(shape))}; expected one or two sizes")
    if not 0 <= first <= last <= len(content) - start or last - first != count * dtype.itemsize:
        raise InputError(shown, None, f"tensor {quoted(name)} lies outside the file or has another length; expected a sound file")
    values = np.frombuffer(content, dtype, count, start + first)
    if kind == "BF16":
        values = (values.astype("<u4") << 16).view("<f4")
    return values.reshape(sizes).astype(np.float64)
