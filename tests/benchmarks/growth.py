"""growth: how time grows with the work, as a slope of log time over log work; 1 is in step with it, 0 not at all.

Each size is taken in turn, round after round, and the medians are what the slope is drawn through.
"""

from argparse import Namespace
from collections.abc import Callable
from math import log
from statistics import median
from time import process_time

import numpy as np

from nntui.engine.network import Layer, Network
from nntui.explain.trace import trace
from nntui.files.library import load
from nntui.files.recording.reader import Recording
from nntui.lesson.events import Stop
from nntui.training.edits.edit import read_edits
from nntui.training.scenario import Scenario, starting_weights
from nntui.training.timeline import Timeline
from tests.benchmarks.lines import recorded_lines

ROUNDS = 5


def run(options: Namespace) -> None:
    for words, sizes, act in (
        ("lines of a recording, read", (2_000, 8_000, 32_000), _read),
        ("forks of one run, a frame of the last", (4, 16, 64), _forks),
        ("layers, a data point", (2, 8, 32), _layers),
        ("data points of an epoch, its rows", (250, 1_000, 4_000), _rows),
        ("steps of a trace as jsonl", (2_000, 8_000, 32_000), _trace),
    ):
        times = {size: [] for size in sizes}
        prepared = {size: act(size) for size in sizes}
        for _ in range(ROUNDS):
            for size, work in prepared.items():
                begun = process_time()
                work()
                times[size].append(process_time() - begun)
        spent = [median(times[size]) for size in sizes]
        slope = np.polyfit([log(size) for size in sizes], [log(max(one, 1e-9)) for one in spent], 1)[0]
        told = ", ".join(f"{size:,}: {one * 1e3:.2f} ms" for size, one in zip(sizes, spent, strict=True))
        print(f"  {words + ':':42} slope {slope:.2f}   ({told})")


def _read(count: int) -> Callable[[], object]:
    data = recorded_lines(count, Stop)
    return lambda: Recording("r").feed(data)


def _forks(count: int) -> Callable[[], object]:
    timeline = Timeline(load("xor"))
    for n in range(count):
        timeline.frame(n * timeline.course.length)
        timeline = timeline.fork(n, read_edits(f"eta=0.{n + 1:03d}"))
    last = timeline
    return lambda: [last.frame((count + n) * last.course.length) for n in range(20)]


def _network(layers: int, points: int) -> Scenario:
    network = Network(4, tuple(Layer(4, "sigmoid") for _ in range(layers)), eta=0.1)
    rng = np.random.default_rng(0)
    none = [None] * layers
    return Scenario(
        "grown", network, starting_weights(network, none, none), rng.random((points, 4)), rng.random((points, 4)), 100
    )


def _layers(layers: int) -> Callable[[], object]:
    scenario = _network(layers, 50)
    return lambda: [Timeline(scenario).frame(0) for _ in range(20)]


def _rows(points: int) -> Callable[[], object]:
    scenario = _network(2, points)
    return lambda: [None for _ in Timeline(scenario).reach(points)]


def _trace(steps: int) -> Callable[[], object]:
    return lambda: sum(1 for _ in trace(Timeline(load("xor")), 0, steps - 1, "jsonl"))
