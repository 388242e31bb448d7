"""Checks that layers, cost and data fit one another; the messages use the letters of the lecture."""

from typing import Any

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.costs import COSTS, Cost, cost_of, output_names, sum_off, target_outside
from nntui.files.data.points import Points
from nntui.files.schema.keys import MOST_WEIGHTS, WeightsBy
from nntui.files.schema.validate import Faults
from nntui.files.toml.document import Path
from nntui.text.counted import counted

Layers = list[dict[str, Any] | None]


def check_layers(layers: Layers, inputs: int | None, faults: Faults, weights_by: WeightsBy = "receiver") -> None:
    """Checks weights, biases and names against n_l and n_{l−1}, softmax in the last layer only, and the number of weights."""
    weights, before = 0, inputs
    for number, layer in enumerate(layers, start=1):
        path: Path = ("network", "layer", number - 1)
        units = layer["units"] if layer else None
        if layer:
            (_check_rows if weights_by == "receiver" else _check_sender_rows)(layer, number, before, path, faults)
            for key in ("biases", "names"):
                _check_count(layer, key, number, path, faults)
            name = layer["activation"]
            if name is not None and not ACTIVATIONS[name].each and number < len(layers):
                found = f"{name} in layer {number} of {len(layers)}"
                faults.add((*path, "activation"), f"{found}: its neurons are not alone, as (5) has it; expected in the last only")
        weights += (units or 0) * (before or 0)
        before = units
    if weights > MOST_WEIGHTS:
        faults.add(("network", "layer"), f"{weights} weights; expected at most {MOST_WEIGHTS}")


def check_image(image: list[int] | None, inputs: int, faults: Faults) -> None:
    """Checks that a picture has as many pixels as a data point has inputs."""
    if image is not None and image[0] * image[1] != inputs:
        found = f"`image` in [data] is {image[0]} × {image[1]} = {image[0] * image[1]} pixels"
        faults.add(("data", "image"), f"{found}; expected {inputs}, one for each input")


def _check_rows(layer: dict[str, Any], number: int, before: int | None, path: Path, faults: Faults) -> None:
    """Checks that `weights` has a row for each neuron k, with a number for each incoming signal."""
    rows, units = layer["weights"], layer["units"]
    if rows is None:
        return
    if _is_transposed(rows, units, before):
        expected = f'expected {counted(units, "row")} of {before}, or weights_by = "sender" in [network]'
        faults.add((*path, "weights"), f"`weights` of layer {number} looks transposed, {len(rows)} rows of {units}; {expected}")
        return
    if units is not None and len(rows) != units:
        found = f"layer {number} has {counted(units, 'neuron')}, but `weights` has {counted(len(rows), 'row')}"
        faults.add((*path, "weights"), f"{found}; expected a row for each neuron")
    for k, row in enumerate(rows, start=1):
        if before is not None and len(row) != before:
            found = f"layer {number} receives {counted(before, 'signal')}, but row {k} of `weights` has"
            faults.add((*path, "weights", k - 1), f"{found} {counted(len(row), 'number')}; expected one for each signal")
        elif len(row) != len(rows[0]):
            found = f"row {k} of `weights` in layer {number} has {counted(len(row), 'number')}, but row 1 has {len(rows[0])}"
            faults.add((*path, "weights", k - 1), f"{found}; expected the same in each row")


def _is_transposed(rows: list[list[float]], height: int | None, width: int | None) -> bool:
    """Whether a matrix has as many rows as it should have columns, and the other way round."""
    return None not in (height, width) and height != width and len(rows) == width and all(len(row) == height for row in rows)


def _check_sender_rows(layer: dict[str, Any], number: int, before: int | None, path: Path, faults: Faults) -> None:
    """Checks that `weights` by sender has a row for each incoming signal j, with a number for each neuron."""
    rows, units = layer["weights"], layer["units"]
    if rows is None:
        return
    if before is not None and _is_transposed(rows, before, units):
        expected = f'expected {counted(before, "row")} of {units}, or weights_by = "receiver" in [network]'
        faults.add((*path, "weights"), f"`weights` of layer {number} looks transposed, {len(rows)} rows of {before}; {expected}")
        return
    if before is not None and len(rows) != before:
        found = f"layer {number} receives {counted(before, 'signal')}, but `weights` has {counted(len(rows), 'row')}"
        faults.add((*path, "weights"), f'{found}; expected a row for each signal (weights_by = "sender")')
    width = units if units is not None else len(rows[0])
    for j, row in enumerate(rows, start=1):
        if len(row) != width:
            found = f"layer {number} has {counted(width, 'neuron')}, but row {j} of `weights` has {counted(len(row), 'number')}"
            faults.add((*path, "weights", j - 1), f'{found}; expected one for each neuron (weights_by = "sender")')


def _check_count(layer: dict[str, Any], key: str, number: int, path: Path, faults: Faults) -> None:
    values, units = layer[key], layer["units"]
    if isinstance(values, list) and units is not None and len(values) != units:
        found = f"layer {number} has {counted(units, 'neuron')}, but `{key}` has {len(values)}"
        faults.add((*path, key), f"{found}; expected one for each neuron")


def check_cost(last: dict[str, Any] | None, cost: str | None, faults: Faults) -> None:
    """Checks the activation of the outputs against the cost: only some pairs have a δ^N that nntui computes."""
    activation = last["activation"] if last else None
    if activation is None or cost is None or cost_of(cost, ACTIVATIONS[activation]) is not None:
        return
    if not ACTIVATIONS[activation].each:
        with_it = next((name for name in COSTS if activation in output_names(name)), "none: no cost takes it")
        why = f"each output of a {activation} depends on every z, so δ^N = ∂C/∂a · σ′(z) does not hold"
        faults.add(("training", "cost"), f"{activation} outputs with cost '{cost}': {why}; expected cost = \"{with_it}\"")
    else:
        least, greatest = COSTS[cost][0].targets
        found = f"{cost} with {activation} outputs: it needs outputs between {least:g} and {greatest:g}"
        faults.add(("training", "cost"), f"{found}; expected {' or '.join(output_names(cost))} in the last layer")


def check_points(layers: Layers, names: list[str] | None, cost: str | None, data: Points, faults: Faults) -> None:
    """Checks the columns of x and y against n_0 and n_N, and the targets against the cost."""
    columns = data.x.shape[1]
    if names is not None and len(names) != columns:
        found = f"`inputs` in [network] names {len(names)}, but the data has {counted(columns, 'input')}"
        faults.add(("network", "inputs"), f"{found}; expected a name for each")
    last = layers[-1] if layers else None
    if last is None or last["units"] is None:
        return
    if last["units"] != data.y.shape[1]:
        wanted = f"{data.outputs} has {counted(data.y.shape[1], data.noun)}"
        found = f"layer {len(layers)} has {counted(last['units'], 'neuron')}, but {wanted}"
        remedy = f" ({data.one_hot_remedy})" if data.one_hot_remedy and last["units"] > 1 else ""
        faults.add(("network", "layer", len(layers) - 1, "units"), f"{found}; expected one neuron for each{remedy}")
    elif cost is not None:
        sigma = last["activation"]
        _check_targets(data, (cost_of(cost, ACTIVATIONS[sigma]) if sigma is not None else None) or COSTS[cost][0])


def _check_targets(data: Points, cost: Cost) -> None:
    outside, off = target_outside(cost, data.y), sum_off(cost, data.y)
    remedy = f" ({data.one_hot_remedy})" if data.one_hot_remedy else ""
    if outside is not None:
        row, value = outside
        least, greatest = cost.targets
        found = f"target {value:g} in row {row + 1} with {cost.name}"
        data.blame(row, f"{found}; expected targets from {least:g} to {greatest:g}{remedy}")
    elif off is not None:
        row, total = off
        data.blame(
            row, f"targets of row {row + 1} sum to {total:.12g} with {cost.outputs[0]}; expected {cost.target_sum:g}{remedy}"
        )
