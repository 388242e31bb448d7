"""growth: how time grows with the work, as a slope of log time over log work; 1 is in step with it, 0 not at all.

Each size is taken in turn, round after round, and the medians are what the slope is drawn through.
"""

import json
from argparse import Namespace
from collections.abc import Callable
from math import log
from statistics import median
from time import process_time
from zlib import crc32

import numpy as np

from nntui.engine.network import Layer, Network
from nntui.explain.trace import trace
from nntui.files.library import load
from nntui.files.recording.format import encoded
from nntui.files.recording.reader import Recording
from nntui.files.scenario.embedded import recorded_document_of
from nntui.training.edits.edit import read_edits
from nntui.training.scenario import Scenario, starting_weights
from nntui.training.timeline import Timeline

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
    _beside_json()


STOP: dict[str, object] = {"kind": "stop"}
KINDS: dict[str, dict[str, object]] = {
    "move": STOP,
    "move with a new grain": STOP | {"grain": "layer"},
    "tick of play": {"kind": "play", "from": 0, "to": 0, "speed": 2.0, "grain": "neuron"},
    "note": {"kind": "note", "text": "look at this"},
    "view": {"kind": "view", "digits": 5, "notation": "lecture"},
}


def _lines(count: int, fields: dict[str, object]) -> bytes:
    """A recording of xor with `count` lines of one kind."""
    scenario = load("xor")
    line, crc = encoded({"format": 1, "program": "0", "scenario": recorded_document_of(scenario)}, 0)
    lines = [line]
    for n in range(count):
        line, crc = encoded({"kind": "", "t": n * 0.5, "step": n * 7 % scenario.course.last} | fields, crc)
        lines.append(line)
    return b"".join(lines)


def _read(count: int) -> Callable[[], object]:
    data = _lines(count, STOP)
    return lambda: Recording("r").feed(data)


def _beside_json() -> None:
    """A line of a recording beside its CRC-32 and json.loads, interleaved."""
    for words, fields in KINDS.items():
        data = _lines(10_000, fields)
        ratios = []
        for _ in range(2 * ROUNDS):
            begun, crc = process_time(), 0
            for line in data.splitlines():
                crc = crc32(line[9:], crc)
                json.loads(line[9:])
            middle = process_time()
            Recording("r").feed(data)
            ratios.append((process_time() - middle) / (middle - begun))
        goal = "   (goal: at most 2)" if fields is STOP else ""
        print(f"  a line of a recording, a {words}: ×{median(ratios):.2f} of its CRC-32 and json.loads{goal}")


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
