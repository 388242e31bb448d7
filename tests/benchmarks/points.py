"""µs a data point: ours, compiled and with NumPy alone, beside plain NumPy with BLAS, C, and PyTorch eager, doing the same work.

C is plain.c of this folder, compiled on the spot where a compiler is. PyTorch, where it is installed, twice: as its
tutorials write it, and by hand with nothing but tensors and autograd. `shuffled` is ours through the timeline, the rows
of every epoch in another order.
"""

import argparse
import ctypes
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np

from nntui.engine.compiled.choice import engine_in_use, fold_of, usable
from nntui.engine.fold import NumpyFold
from nntui.engine.network import Layer, Network, from_matrices
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

SHAPES = ((2, 2, 1), (64, 32, 10), (784, 30, 10))
ETA = 0.5
AT_ONCE = 100  # data points between two looks at the clock
MANY = 4000  # of what goes through many in one call

Contestant = tuple[int, Callable[[], object]]
"""How many data points a call makes, and the call."""


def start(sizes: tuple[int, ...]) -> tuple[list[Any], list[Any], Any, Any]:
    """Weights, biases, x, y: the same for everyone."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(n, m)) * 0.1 for m, n in pairwise(sizes)]
    return weights, [np.zeros(n) for n in sizes[1:]], rng.random(sizes[0]), rng.random(sizes[-1])


def network(sizes: tuple[int, ...]) -> tuple[Network, Any]:
    """Ours, and its theta."""
    weights, biases, _, _ = start(sizes)
    made = Network(sizes[0], tuple(Layer(n, "sigmoid") for n in sizes[1:]), eta=ETA)
    return made, from_matrices(made, [np.column_stack([b, w]) for w, b in zip(weights, biases, strict=True)])


def compiled(sizes: tuple[int, ...]) -> Contestant:
    """The compiled fold, many data points a call."""
    _, _, x, y = start(sizes)
    made, theta = network(sizes)
    fold, rows = fold_of(made, x[None], y[None]), np.zeros(MANY, np.int64)
    return MANY, lambda: fold.folded(theta, rows)


def shuffled(sizes: tuple[int, ...]) -> Contestant:
    """A whole run in a new timeline: four rows in another order in every epoch, costs and keyframes kept."""
    _, _, x, y = start(sizes)
    made, theta = network(sizes)
    four = np.repeat(x[None], 4, axis=0), np.repeat(y[None], 4, axis=0)
    scene = Scenario("shuffled", made, theta, *four, epochs=MANY, order="shuffled")

    def run() -> None:
        for _ in Timeline(scene).reach(4 * MANY):
            pass

    return 4 * MANY, run


def numpy_alone(sizes: tuple[int, ...]) -> Contestant:
    """The engine of what is shown."""
    _, _, x, y = start(sizes)
    made, theta = network(sizes)
    fold, rows = NumpyFold(made, x[None], y[None]), np.zeros(AT_ONCE, np.int64)
    return AT_ONCE, lambda: fold.folded(theta, rows)


def in_c(sizes: tuple[int, ...], library: ctypes.CDLL) -> Contestant:
    """plain.c, many data points a call."""
    weights, biases, x, y = start(sizes)
    flat = np.concatenate([np.column_stack([b, w]).ravel() for w, b in zip(weights, biases, strict=True)])
    units = np.array(sizes, np.int32)

    def call() -> None:
        pointers = (units.ctypes.data, flat.ctypes.data, x.ctypes.data, y.ctypes.data)
        library.points(ctypes.c_long(MANY), len(sizes) - 1, *map(ctypes.c_void_p, pointers), ctypes.c_double(ETA))

    return MANY, call


def compiled_plain_c(folder: Path) -> ctypes.CDLL | None:
    """plain.c as a library; None where no compiler makes it."""
    source, made = Path(__file__).with_name("plain.c"), folder / "plain.so"
    try:
        subprocess.run(["cc", "-std=c11", "-O3", "-fPIC", "-shared", source, "-o", made, "-lm"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return ctypes.CDLL(str(made))


def each(point: Callable[[], object]) -> Contestant:
    """What makes one data point a call."""

    def many() -> None:
        for _ in range(AT_ONCE):
            point()

    return AT_ONCE, many


def plain_numpy(sizes: tuple[int, ...]) -> Contestant:
    """As a programmer writes it down: `@`, `np.exp`, `np.outer`."""
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

    return each(point)


def torch_modules(sizes: tuple[int, ...]) -> Contestant:
    """As its tutorials write it: modules, a loss, an optimizer."""
    import torch

    torch.set_num_threads(1)
    weights, biases, x, y = start(sizes)
    layers: list[torch.nn.Module] = []
    for w, b in zip(weights, biases, strict=True):
        linear = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(w), torch.tensor(b)
        layers += [linear, torch.nn.Sigmoid()]
    made = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(made.parameters(), lr=ETA)
    squares = torch.nn.MSELoss(reduction="sum")
    x_t, y_t = torch.tensor(x), torch.tensor(y)

    def point() -> float:
        optimizer.zero_grad()
        cost = 0.5 * squares(made(x_t), y_t)
        cost.backward()
        optimizer.step()
        return cost.item()

    return each(point)


def torch_by_hand(sizes: tuple[int, ...]) -> Contestant:
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

    return each(point)


def seconds(contestant: Contestant) -> float:
    """Of the processor, for one data point: what others do on the machine meanwhile counts little."""
    count, call = contestant
    begin = process_time()
    call()
    return (process_time() - begin) / count


def contestants(folder: Path) -> dict[str, Callable[[tuple[int, ...]], Contestant]]:
    """Who is compared: all that this machine has."""
    makers: dict[str, Callable[[tuple[int, ...]], Contestant]] = {}
    print(f"  {engine_in_use()}")
    if usable() is not None:
        makers |= {"compiled": compiled, "shuffled": shuffled}
    makers |= {"NumPy alone": numpy_alone, "plain NumPy": plain_numpy}
    library = compiled_plain_c(folder)
    if library is None:
        print("  no C compiler: C is not compared")
    else:
        makers["C -O3"] = lambda sizes: in_c(sizes, library)
    if find_spec("torch") is None:
        print("  PyTorch is not installed: not compared (pip install torch)")
    else:
        makers |= {"PyTorch": torch_modules, "by hand": torch_by_hand}
    return makers


def run(options: argparse.Namespace) -> None:
    """Interleaved rounds; prints the median time of each, and the median of ours over it within a round."""
    with TemporaryDirectory() as folder:
        makers = contestants(Path(folder))
        for sizes in SHAPES:
            made = {name: maker(sizes) for name, maker in makers.items()}
            times: dict[str, list[float]] = {name: [] for name in made}
            for contestant in made.values():
                seconds(contestant)  # warm
            for _ in range(options.rounds):
                for name, contestant in made.items():
                    times[name].append(seconds(contestant))
            ours = next(iter(times))
            print(f"  {'-'.join(map(str, sizes))}: µs a data point, and how many times as long as {ours}")
            for name, taken in times.items():
                print(f"    {name:12} {median(taken) * 1e6:10.2f} µs {ratio(taken, times[ours]):8.2f} ×", flush=True)
    print("  goals of 2-2-1: compiled at most 1/40 of plain NumPy, shuffled 1/15, and 3 times C; of 64-32-10 1/5 of plain NumPy;")
    print("  of 784-30-10 3 times C. Without the compiled fold: NumPy alone at most 3 times plain NumPy.")


def ratio(over: list[float], under: list[float]) -> float:
    """The median ratio of two that ran side by side."""
    return median(a / b for a, b in zip(over, under, strict=True))
