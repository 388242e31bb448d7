"""µs a data point: ours, plain NumPy with BLAS, and PyTorch eager where it is installed, doing the same work.

PyTorch twice: as its tutorials write it, and by hand with nothing but tensors and autograd.
"""

import argparse
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from nntui.engine.iteration import iterate
from nntui.engine.network import Layer, Network, from_matrices

SHAPES = ((2, 2, 1), (64, 32, 10), (784, 30, 10))
ETA = 0.5
AT_ONCE = 100  # data points between two looks at the clock

Point = Callable[[], object]


def start(sizes: tuple[int, ...]) -> tuple[list[Any], list[Any], Any, Any]:
    """Weights, biases, x, y: the same for everyone."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(n, m)) * 0.1 for m, n in pairwise(sizes)]
    return weights, [np.zeros(n) for n in sizes[1:]], rng.random(sizes[0]), rng.random(sizes[-1])


def ours(sizes: tuple[int, ...]) -> Point:
    weights, biases, x, y = start(sizes)
    network = Network(sizes[0], tuple(Layer(n, "sigmoid") for n in sizes[1:]), eta=ETA)
    theta = from_matrices(network, [np.column_stack([b, w]) for w, b in zip(weights, biases, strict=True)])

    def point() -> None:
        nonlocal theta
        theta = iterate(network, theta, x, y).after

    return point


def plain_numpy(sizes: tuple[int, ...]) -> Point:
    """As one writes it down: `@`, `np.exp`, `np.outer`."""
    weights, biases, x, y = start(sizes)

    def point() -> Any:
        a = [x]
        for w, b in zip(weights, biases, strict=True):
            a.append(1 / (1 + np.exp(-(w @ a[-1] + b))))
        cost = 0.5 * np.sum((a[-1] - y) ** 2)
        d = (a[-1] - y) * a[-1] * (1 - a[-1])
        deltas = [d]
        for l in range(len(weights) - 1, 0, -1):  # noqa: E741
            d = (weights[l].T @ d) * a[l] * (1 - a[l])
            deltas.insert(0, d)
        for l, d in enumerate(deltas):  # noqa: E741
            weights[l] = weights[l] - ETA * np.outer(d, a[l])
            biases[l] = biases[l] - ETA * d
        return cost

    return point


def torch_modules(sizes: tuple[int, ...]) -> Point:
    """As its tutorials write it: modules, a loss, an optimizer."""
    import torch

    torch.set_num_threads(1)
    weights, biases, x, y = start(sizes)
    layers: list[torch.nn.Module] = []
    for w, b in zip(weights, biases, strict=True):
        linear = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(w), torch.tensor(b)
        layers += [linear, torch.nn.Sigmoid()]
    network = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=ETA)
    squares = torch.nn.MSELoss(reduction="sum")
    x_t, y_t = torch.tensor(x), torch.tensor(y)

    def point() -> float:
        optimizer.zero_grad()
        cost = 0.5 * squares(network(x_t), y_t)
        cost.backward()
        optimizer.step()
        return cost.item()

    return point


def torch_by_hand(sizes: tuple[int, ...]) -> Point:
    """The leanest eager form that still has autograd: tensors, no modules, no optimizer."""
    import torch

    torch.set_num_threads(1)
    weights, biases, x, y = start(sizes)
    w_t = [torch.tensor(w, requires_grad=True) for w in weights]
    b_t = [torch.tensor(b, requires_grad=True) for b in biases]
    x_t, y_t = torch.tensor(x), torch.tensor(y)

    def point() -> None:
        a = x_t
        for w, b in zip(w_t, b_t, strict=True):
            a = torch.sigmoid(w @ a + b)
        cost = 0.5 * ((a - y_t) ** 2).sum()
        cost.backward()
        with torch.no_grad():
            for parameter in (*w_t, *b_t):
                parameter.sub_(ETA * parameter.grad)
                parameter.grad = None

    return point


def seconds(point: Point) -> float:
    begin = perf_counter()
    for _ in range(AT_ONCE):
        point()
    return (perf_counter() - begin) / AT_ONCE


def run(options: argparse.Namespace) -> None:
    makers = {"ours": ours, "NumPy": plain_numpy}
    if find_spec("torch") is None:
        print("  PyTorch is not installed: not compared (pip install torch)")
    else:
        makers |= {"PyTorch": torch_modules, "by hand": torch_by_hand}
    others = [name for name in makers if name != "ours"]
    print(f"  {'network':12}" + "".join(f"{name + ' µs':>12}" for name in makers) + "".join(f"{'ours/' + n:>14}" for n in others))
    for sizes in SHAPES:
        points = {name: make(sizes) for name, make in makers.items()}
        times: dict[str, list[float]] = {name: [] for name in points}
        for point in points.values():
            seconds(point)  # warm
        for _ in range(options.rounds):
            for name, point in points.items():
                times[name].append(seconds(point))
        line = f"  {'-'.join(map(str, sizes)):12}" + "".join(f"{median(t) * 1e6:12.1f}" for t in times.values())
        line += "".join(f"{ratio(times['ours'], times[name]):14.2f}" for name in others)
        print(line, flush=True)
    print("  goals: ours/NumPy at most 3.00; ours/PyTorch at most 0.25 on 2-2-1")


def ratio(over: list[float], under: list[float]) -> float:
    return median(a / b for a, b in zip(over, under, strict=True))
