"""Any step of a long run of a 64-32-10 network: how long a seek takes, and what the run keeps in memory.

Milliseconds are of CPU: on a quiet machine that is what a user waits.
"""

import argparse
import resource
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from statistics import mean
from time import process_time

import numpy as np

from nntui.engine.network import Layer, Network
from nntui.training.scenario import Scenario, starting_weights
from nntui.training.timeline import Timeline

SEEKS = 300
MIB = 1 << 20


def scenario(iterations: int) -> Scenario:
    network = Network(64, (Layer(32, "sigmoid"), Layer(10, "sigmoid")), eta=0.1)
    rng = np.random.default_rng(0)
    points = 10
    return Scenario(
        title="64-32-10",
        network=network,
        theta=starting_weights(network, [None, None], [None, None]),
        x=rng.random((points, 64)),
        y=np.eye(10)[:points],
        epochs=max(iterations // points, 1),
    )


def most_memory() -> float:
    """The highest resident size of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MIB if sys.platform == "darwin" else 1024)


def milliseconds(look: Callable[[int], object], places: Iterable[int]) -> list[float]:
    times = []
    for place in places:
        begin = process_time()
        look(place)
        times.append((process_time() - begin) * 1e3)
    return times


def told(name: str, times: list[float], goal: str = "") -> None:
    late = sorted(times)[len(times) * 99 // 100]
    print(f"  {name:46} mean {mean(times):7.2f} ms, p99 {late:7.2f} ms, worst {max(times):7.2f} ms{goal}", flush=True)


def run(options: argparse.Namespace) -> None:
    timeline = Timeline(scenario(options.iterations))
    end, length = len(timeline), timeline.course.length
    before, clock = most_memory(), [process_time()]
    for _ in timeline.reach(end):
        clock.append(process_time())
    spent = clock[-1] - clock[0]
    print(f"  {end:,} iterations of 64-32-10 computed in {spent:.1f} s, {spent / end * 1e6:.1f} µs each")
    every = timeline.segment.keyframes.spacing
    print(f"  a keyframe every {every} iterations: a seek makes half as many on average, all of them at worst")
    told("one slice of a far jump", [(b - a) * 1e3 for a, b in pairwise(clock)])
    places = np.random.default_rng(1).integers(0, end, SEEKS).tolist()
    told(
        "seek to a random step",
        milliseconds(lambda n: timeline.frame(n * length + n % length), places),
        "   (goal: 16 at the 99th percentile)",
    )
    back = range(end - 1, max(end - 1 - 4 * SEEKS, 0), -1)
    timeline.frame(back.start * length)  # going there is a seek
    told("data point back, from the end", milliseconds(lambda n: timeline.frame(n * length), back), "   (goal: 1 at worst)")
    middle = end // 2
    timeline.frame((middle + 1) * length)
    told(
        "data point back, in the middle",
        milliseconds(lambda n: timeline.frame(n * length), range(middle, max(middle - 4 * SEEKS, 0), -1)),
        "   (goal: 1 at worst)",
    )
    told(
        "data point forward, in the middle",
        milliseconds(lambda n: timeline.frame(n * length), range(middle, min(middle + 4 * SEEKS, end))),
    )
    steps = range(end * length - 1, max(end * length - 4 * SEEKS, 0), -1)
    told("step back", milliseconds(timeline.frame, steps))
    told("step forward", milliseconds(timeline.frame, reversed(steps)))
    print(f"  memory: {most_memory() - before:.1f} MiB more than before the run   (goal: under 64)")
