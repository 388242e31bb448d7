"""step: processor time from key to picture, and bytes, of a step in a real terminal; beside an empty app of Textual a start."""

import sys
import time
from argparse import Namespace
from pathlib import Path
from statistics import median

from tests.terminal import NNTUI, Terminal

SIZES = ((80, 24), (120, 40), (200, 60))
STEPS = 24
SETTING_UP = 1_500  # bytes that come before a picture, at most
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
    """Prints a line for each scenario and size, then the starts, of which an empty app of Textual has NumPy loaded, too."""
    if not Path("/proc/self/task").is_dir():
        print("  processor time of another process is read from /proc: not measured here")
        return
    for name in ("two-by-two", "digits"):
        for size in SIZES:
            print("  " + _steps(name, size))
    _starts()


def _starts() -> None:
    """Each start until its first picture, by the clock and by processor time, and until it rests."""
    kinds = (
        ("an empty app", BARE, ()),
        *((f"nntui {name}", NNTUI, (name, "--no-history")) for name in ("xor", "two-by-two", "lecture", "digits")),
        ("nntui xor, which is kept for --resume", NNTUI, ("xor",)),
        ("the picker", NNTUI, ("--no-history",)),
    )
    starts: dict[str, list[tuple[float, float, float]]] = {what: [] for what, _, _ in kinds}
    for _ in range(7):
        for what, program, arguments in kinds:
            begun = time.monotonic()
            with Terminal(*arguments, program=program) as terminal:
                terminal.until(lambda terminal=terminal: len(terminal.sent) > SETTING_UP)
                starts[what].append((time.monotonic() - begun, spent(terminal.process), settle(terminal)))
    for what, rows in starts.items():
        clock, first, rest = (
            median(ours[n] / bare[n] for ours, bare in zip(rows, starts["an empty app"], strict=True)) for n in range(3)
        )
        print(
            f"  first picture, {what}: {median(row[1] for row in rows) * 1e3:.0f} ms of CPU, ×{first:.2f} of an empty app "
            f"(×{clock:.2f} by the clock, ×{rest:.2f} until it rests)"
        )


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
