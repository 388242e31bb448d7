"""A PyTorch program, as a script or a notebook: the network in float64, one step of SGD, and a check of nntui's numbers."""

import json
import re
from collections.abc import Sequence

import numpy as np

from nntui.engine.activations import ACTIVATIONS, LEAK, EachActivation
from nntui.engine.arithmetic import Array
from nntui.engine.costs import EachCost
from nntui.engine.network import Network, to_matrices
from nntui.files.networks.state import NetworkState
from nntui.text.safe import safe

_WIDTH = 100


def script_bytes(state: NetworkState) -> bytes:
    """The program as a Python script."""
    return ("\n\n".join(_cells(state)) + "\n").encode()


def notebook_bytes(state: NetworkState) -> bytes:
    """The program as a Jupyter notebook (nbformat 4.5); the same network gives the same bytes."""
    first, *rest = _cells(state)
    head = re.sub(r"([\\`*_{}\[\]#+|<>~&$=()!-])", r"\\\1", safe(state.scenario.title, 200))
    words = (
        f"# {head}\n\nThe network of nntui with its weights {state.place}, in PyTorch: one step of SGD, checked against nntui."
    )
    cells = [
        _cell("markdown", "about", words),
        *(_cell("code", f"step{n}", text) for n, text in enumerate((first, *rest), start=1)),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1, ensure_ascii=True) + "\n").encode()


def _cell(kind: str, name: str, text: str) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": kind, "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _cells(state: NetworkState) -> list[str]:
    """The program in pieces: what is given, the network, the cost, the step, the check."""
    return [_opening(state), _given(state), _network(state), _cost(state), _step(state), _CHECK]


def _opening(state: NetworkState) -> str:
    title = ascii(safe(state.scenario.title, 200))
    return "\n".join(
        [
            "# The network of nntui in PyTorch, in float64: one step of SGD must give the C and the weights that nntui gives.",
            "import torch",
            "from torch import nn",
            "",
            "torch.set_default_dtype(torch.float64)",
            f"title = {title}  # its weights {state.place}",
        ]
    )


# --- what is given


def _given(state: NetworkState) -> str:
    network = state.scenario.network
    lines = ["# row k of a matrix: the weights into neuron k; None: a layer without biases"]
    lines += _lists("weights", [matrix[:, 1:] for matrix in state.matrices])
    lines += _lists("biases", _biases(state, state.matrices))
    lines += ["", f"x = torch.tensor({_row(state.made.x)})", f"y = torch.tensor({_row(state.made.y)})", f"eta = {network.eta!r}"]
    lines += ["", "# what nntui makes of them: C, and the weights after one update"]
    lines += [f"expected_cost = {state.made.cost!r}"]
    lines += _lists("expected_weights", [matrix[:, 1:] for matrix in state.after])
    lines += _lists("expected_biases", _biases(state, state.after))
    return "\n".join(lines)


def _biases(state: NetworkState, matrices: Sequence[Array]) -> list[Array | None]:
    layers = state.scenario.network.layers
    return [matrix[:, 0] if layer.biases else None for layer, matrix in zip(layers, matrices, strict=True)]


def _lists(name: str, arrays: Sequence[Array | None]) -> list[str]:
    """One array a layer, as Python writes lists."""
    lines = [f"{name} = ["]
    for values in arrays:
        if values is None:
            lines.append("    None,")
        elif values.ndim == 1:
            lines.append(f"    {_row(values)},")
        else:
            lines += ["    [", *(f"        {_row(row)}," for row in values), "    ],"]
    return [*lines, "]"]


def _row(values: Array) -> str:
    """A list of the shortest decimals that give the same float64 again."""
    return f"[{', '.join(map(repr, values.tolist()))}]"


# --- the network


def _network(state: NetworkState) -> str:
    network = state.scenario.network
    lines = ["layers = [nn.Linear(len(w[0]), len(w), bias=b is not None) for w, b in zip(weights, biases)]"]
    lines += ["with torch.no_grad():", "    for layer, w, b in zip(layers, weights, biases):"]
    lines += [
        "        layer.weight.copy_(torch.tensor(w))",
        "        if b is not None:",
        "            layer.bias.copy_(torch.tensor(b))",
    ]
    for name in sorted({layer.activation for layer in network.layers if layer.activation in _STEPS}):
        lines += ["", *_step_function(name, network)]
    lines += ["", "", "def forward(x):", '    """z and a of the last layer."""', "    a = x"]
    for number, layer in enumerate(network.layers):
        lines += [f"    z = layers[{number}](a)", f"    a = {_ACTIVATIONS[layer.activation]}"]
    return "\n".join([*lines, "    return z, a"])


_STEPS = {"step": "Step", "sign": "Sign"}


def _step_function(name: str, network: Network) -> list[str]:
    low, high = ACTIVATIONS[name].range
    above, slope = (">=" if network.at_zero else ">"), network.step_slope
    fires = f"(z {above} 0).to(z.dtype)"
    value = f"{high - low!r} * {fires} + {low!r}" if low else fires
    return [
        "",
        f"class {_STEPS[name]}(torch.autograd.Function):",
        f'    """{high:g} for z {above} 0, else {low:g}; its slope is said to be {slope:g}."""',
        "",
        "    @staticmethod",
        "    def forward(ctx, z):",
        f"        return {value}",
        "",
        "    @staticmethod",
        "    def backward(ctx, gradient):",
        f"        return {slope!r} * gradient",
    ]


_ACTIVATIONS = EachActivation(
    step="Step.apply(z)",
    sign="Sign.apply(z)",
    sigmoid="torch.sigmoid(z)",
    tanh="torch.tanh(z)",
    relu="torch.relu(z)",
    leaky_relu=f"nn.functional.leaky_relu(z, {LEAK!r})",
    identity="z",
    softmax="torch.softmax(z, dim=0)",
).by_name()


# --- cost, step, check


def _cost(state: NetworkState) -> str:
    network = state.scenario.network
    formula = _CATEGORICAL if network.softmax else _COSTS[network.cost]
    lines = ["def cost(z, a, y):", f'    """C of one data point ({network.cost})."""', f"    return {formula}"]
    if network.softmax and float(np.add.reduce(state.made.y)) != 1.0:  # a − y is the gradient of this sum, whatever y adds up to
        lines[-1:] = [
            "    total = torch.logsumexp(z, dim=0)",
            "    rest = (1 - y.sum()) * (total - total.detach())  # 0, with the slope that makes its delta a - y",
            f"    return {formula} + rest",
        ]
    return "\n".join(lines)


_COSTS = EachCost(
    half_squared_error="0.5 * ((a - y) ** 2).sum()",
    squared_error="((a - y) ** 2).sum()",
    cross_entropy='nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum")',
).by_name()
_CATEGORICAL = "(y * (torch.logsumexp(z, dim=0) - z)).sum()"


def _step(state: NetworkState) -> str:
    network = state.scenario.network
    parts = ["layer.weight for layer in layers"] if network.update_weights else []
    biases = any(layer.biases for layer in network.layers)
    parts += ["layer.bias for layer in layers if layer.bias is not None"] if network.update_biases and biases else []
    lines = ["z, a = forward(x)", "C = cost(z, a, y)"]
    if parts and network.extended:
        lines += [f"changed = {' + '.join(f'[{part}]' for part in parts)}", "C.backward()", *_rule(state)]
    elif parts:
        lines += [f"changed = {' + '.join(f'[{part}]' for part in parts)}", "optimizer = torch.optim.SGD(changed, lr=eta)"]
        lines += ["optimizer.zero_grad()", "C.backward()", "optimizer.step()"]
    return "\n".join(lines)


def _rule(state: NetworkState) -> list[str]:
    """(11) with the sum of a batch and with momentum, from what the data points before left: G and v of the same parameters."""
    network, place = state.scenario.network, state.made.batch_place
    lines = []
    if network.batched and not place.begins:
        lines += _kept("sums", state, network.sum_part)
        lines += ["for p, total in zip(changed, sums):", "    p.grad += torch.tensor(total)"]
    if not place.closes:
        return [*lines, f"# data point {place.number} of {place.size} in its batch: the weights wait"]
    if network.average and place.size > 1:
        lines += ["for p in changed:", f"    p.grad /= {place.size}"]
    lines += ["optimizer = torch.optim.SGD(changed, lr=eta" + (f", momentum={network.momentum!r})" if network.moving else ")")]
    if network.moving:  # PyTorch's buffer b has w ← w − η b, so that v is −η b
        lines += [*_kept("velocities", state, network.velocity_part), "for p, v in zip(changed, velocities):"]
        lines += ['    optimizer.state[p]["momentum_buffer"] = -torch.tensor(v) / eta']
    return [*lines, "optimizer.step()"]


def _kept(name: str, state: NetworkState, part: slice) -> list[str]:
    """G or v before the data point, in the order of `changed`."""
    network = state.scenario.network
    kept = to_matrices(network, state.made.before[part])
    arrays: list[Array | None] = [matrix[:, 1:] for matrix in kept] if network.update_weights else []
    arrays += [array for array in _biases(state, kept) if array is not None] if network.update_biases else []
    return _lists(name, arrays)


_CHECK = '''\
def agrees(found, expected):
    """Whether numbers are the same to 1e-12, or to 1e-12 of their size where they are larger than 1."""
    return torch.allclose(found.detach(), torch.tensor(expected), rtol=1e-12, atol=1e-12)


assert agrees(C, expected_cost), (C.item(), expected_cost)
for layer, w, b in zip(layers, expected_weights, expected_biases):
    assert agrees(layer.weight, w), (layer.weight, w)
    assert b is None or agrees(layer.bias, b), (layer.bias, b)
print(f"C = {C.item()!r}: C and the new weights are those of nntui, to 1e-12")'''
