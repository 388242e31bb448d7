"""step: processor time from key to picture, and bytes, of a step in a real terminal; beside an empty app of Textual a start."""

import sys
import time
from argparse import Namespace
from pathlib import Path
from statistics import median

from tests.terminal import NNTUI, Terminal

SIZES = ((80, 24), (120, 40), (200, 60))
STEPS = 24
QUIET = 0.15  # seconds without processor time after which a picture is whole
BARE = (sys.executable, "-c", "import numpy\nfrom textual.app import App\nApp().run()")


def spent(process) -> float:
    """Seconds of processor time of all threads of a process."""
    tasks = Path(f"/proc/{process.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


def settle(terminal: Terminal) -> float:
    """Reads until the process rests; gives the processor time it has taken by then."""
    before, since = spent(terminal.process), time.monotonic()
    while time.monotonic() - since < QUIET:
        terminal.read(QUIET / 5)
        now = spent(terminal.process)
        if now - before > 0.002:
            before, since = now, time.monotonic()
    return before


def run(options: Namespace) -> None:
    """Prints a line for each scenario and size, then the starts."""
    if not Path("/proc/self/task").is_dir():
        print("  processor time of another process is read from /proc: not measured here")
        return
    for name in ("two-by-two", "digits"):
        for size in SIZES:
            print("  " + _steps(name, size))
    starts: dict[str, list[float]] = {"an empty app": [], "nntui xor": [], "the picker": []}
    for _ in range(5):
        for what, program, arguments in (
            ("an empty app", BARE, ()),
            ("nntui xor", NNTUI, ("xor", "--no-history")),
            ("the picker", NNTUI, ("--no-history",)),
        ):
            with Terminal(*arguments, program=program) as terminal:
                terminal.until(lambda terminal=terminal: terminal.sent)
                starts[what].append(settle(terminal))
    for what, times in starts.items():
        ratio = median(ours / bare for ours, bare in zip(times, starts["an empty app"], strict=True))
        print(f"  first picture, {what}: {median(times) * 1e3:.0f} ms, ×{ratio:.2f} of an empty app of Textual with NumPy loaded")


def _steps(name: str, size: tuple[int, int]) -> str:
    times, sizes = [], []
    with Terminal(name, "--no-history", size=size) as terminal:
        terminal.shows("step 1/")
        before = settle(terminal)
        for _ in range(STEPS):
            sent = len(terminal.sent)
            terminal.press("right")
            after = settle(terminal)
            times.append(after - before)
            sizes.append(len(terminal.sent) - sent)
            before = after
    return f"{name:12} {size[0]}x{size[1]}: a step {median(times) * 1e3:.1f} ms, {median(sizes):,.0f} bytes (most {max(sizes):,})"
