"""python -m tests.benchmarks: how fast nntui is beside others, on this machine and now.

Times differ between machines and days, ratios much less: everything that is compared runs interleaved in one process,
and medians of the ratios are what counts. Each part is a module of this folder with a `run(options)`.
"""

import argparse
import os
import platform
from importlib import import_module
from importlib.util import find_spec

import numpy as np

PARTS = {
    "points": "µs a data point, compiled and with NumPy alone, beside plain NumPy with BLAS, C and PyTorch",
    "seek": "any step of a long run: time and memory",
    "plot": "building the cost plot of a million data points",
    "step": "a step from key to picture in a terminal: processor time and bytes; starts beside an empty app",
    "growth": "how time grows with forks, layers, rows and lines",
    "trace": "lines a second of each format of nntui trace",
    "classroom": "forty sessions that step once a second; twenty followers of a writer of 1,000 moves a second",
    "recording": "what recording costs: a line beside its CRC-32 and JSON, a step, idling, a file, opening it, seeking in it",
}


def machine() -> str:
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, {os.cpu_count()} CPUs, load {load}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them if none is named")
    parser.add_argument("--iterations", type=int, default=1_000_000, help="length of the run that is seeked in (default 1000000)")
    parser.add_argument("--rounds", type=int, default=40, help="interleaved rounds of the comparison (default 40)")
    parser.add_argument("--sessions", type=int, default=40, help="(classroom) sessions on this machine (default 40)")
    parser.add_argument("--followers", type=int, default=20, help="(classroom) followers of one writer (default 20)")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part is called {unknown[0]!r}; expected some of {', '.join(PARTS)}")
    for part in options.parts or PARTS:
        print(f"\n{part}: {PARTS[part]}\n{machine()}")
        if find_spec(f"tests.benchmarks.{part}") is None:
            print("  not written yet")
            continue
        import_module(f"tests.benchmarks.{part}").run(options)


main()
