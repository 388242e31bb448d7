"""A class on one machine: sessions that step once a second, and followers of a writer who is much too quick to watch."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

import numpy as np
import pyte

from tests.benchmarks.step import spent
from tests.terminal import Terminal

SIZE = (80, 24)
STEPS = 30  # that each session makes, one a second
RATE, SECONDS = 1000, 5  # moves a second, and for how long
PAUSE = 0.05  # seconds without output after which a paint is over
_STOP = re.compile(r"stop (\d+)/\d+")


def run(options) -> None:
    """Prints both parts."""
    sessions_that_step(options.sessions)
    followers_of_a_writer(options.followers)


class Watched:
    """A terminal, and when each piece of its output came."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        self.terminal = Terminal(*arguments, "--no-history", size=SIZE, **variables)
        self.pieces: list[tuple[float, bytes]] = []

    def take(self) -> None:
        self.pieces.append((time.monotonic(), os.read(self.terminal.fd, 1 << 16)))

    def memory(self) -> tuple[float, float]:
        """MiB of the process, and of those its own: what it shares with others is shared out among them."""
        told = Path(f"/proc/{self.terminal.process.pid}/smaps_rollup").read_text()
        return tuple(int(re.search(rf"^{name}:\s+(\d+)", told, re.MULTILINE)[1]) / 1024 for name in ("Rss", "Pss"))

    @property
    def shown(self) -> list[str]:
        return self.screens()[-1][1]

    def screens(self) -> list[tuple[float, list[str]]]:
        """Every picture, when it was whole: pieces that came together are one."""
        screen = pyte.Screen(*SIZE)
        stream, pictures = pyte.ByteStream(screen), []
        for number, (moment, data) in enumerate(self.pieces):
            stream.feed(data)
            if number + 1 == len(self.pieces) or self.pieces[number + 1][0] - moment > PAUSE / 5:
                pictures.append((moment, list(screen.display)))
        return pictures


def watch(watched: list[Watched], seconds: float) -> None:
    """Reads what comes in some seconds."""
    end = time.monotonic() + seconds
    with DefaultSelector() as selector:
        for one in watched:
            selector.register(one.terminal.fd, EVENT_READ, one)
        while (left := end - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                key.data.take()


def opened(number: int, words: str, *arguments: str) -> list[Watched]:
    """`number` sessions, begun one after the other, each with its first picture."""
    watched: list[Watched] = []
    for _ in range(number):
        one = Watched(*arguments)
        watched.append(one)
        while not one.pieces or not any(words in line for line in one.shown):
            watch(watched, 0.1)
    return watched


def closed(watched: list[Watched]) -> None:
    for one in watched:
        one.terminal.__exit__()


def sessions_that_step(number: int) -> None:
    """Each steps once a second, at another moment of it."""
    watched = opened(number, "step 1/", "two-by-two")
    try:
        watch(watched, 2)
        for one in watched:
            one.pieces.clear()
        before = [spent(one.terminal.process) for one in watched]
        begin, pressed = time.monotonic(), {one: [] for one in watched}
        for step in range(STEPS):
            for place, one in enumerate(watched):
                watch(watched, max(begin + step + place / number - time.monotonic(), 0))
                pressed[one].append(time.monotonic())
                one.terminal.press("right")
        watch(watched, 1)
        took = [1000 * waited for one in watched for waited in times(pressed[one], [moment for moment, _ in one.pieces])]
        spent_in = [spent(one.terminal.process) - then for one, then in zip(watched, before, strict=True)]
        memory = np.array([one.memory() for one in watched])
    finally:
        closed(watched)
    p50, p99 = np.percentile(took, (50, 99))
    resident, own = memory.max(axis=0)
    print(f"  {number} sessions, a step a second each: p50 {p50:.0f} ms, p99 {p99:.0f} ms of {len(took)} steps,")
    print(f"  processor time {1000 * sum(spent_in) / len(took):.0f} ms a step; {load()}")
    print(f"  memory of each: {resident:.0f} MiB resident, {own:.0f} MiB where shared pages are shared out")


def times(pressed: list[float], came: list[float]) -> list[float]:
    """From each key to the last piece of the paint that it made."""
    waited = []
    for press, following in zip(pressed, [*pressed[1:], float("inf")], strict=True):
        last = None
        for moment in (moment for moment in came if press < moment < following):
            if last is not None and moment - last > PAUSE:
                break
            last = moment
        waited.append((last if last is not None else following) - press)
    return waited


def followers_of_a_writer(number: int) -> None:
    """How far behind the writer each picture of a follower is when the next one comes, and how many pictures there were."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.nnrec"
        command = [sys.executable, "-m", "tests.benchmarks.moves", str(path), str(RATE * SECONDS), str(RATE)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            writer.stdout.readline()
            watched = opened(number, "stop 1/1", str(path), "--follow")
            try:
                for one in watched:
                    one.terminal.press("")
                counts = [len(one.pieces) for one in watched]
                writer.stdin.write("\n")
                writer.stdin.flush()
                begin = float(writer.stdout.readline())
                before = [spent(one.terminal.process) for one in watched]
                watch(watched, SECONDS + 3)
                ended = float(writer.stdout.readline())
                took = [spent(one.terminal.process) - then for one, then in zip(watched, before, strict=True)]
                tell_followers(watched, counts, begin, ended)
                print(f"  processor time of a follower {sum(took) / len(took) / SECONDS:.2f} s a second; {load()}")
            finally:
                closed(watched)
                writer.stdin.write("\n")


def tell_followers(watched: list[Watched], counts: list[int], begin: float, ended: float) -> None:
    """Prints what was seen. counts: pieces of output before the first move."""
    behind, caught_up, pictures = [], [], []
    for one, before in zip(watched, counts, strict=True):
        first = one.pieces[before][0]
        seen = [(moment, stop_of(lines)) for moment, lines in one.screens() if moment >= first]
        pictures.append(len(seen))
        shown = [1, *(stop for _, stop in seen)]
        behind += [gone - begin - (stop - 1) / RATE for stop, (gone, _) in zip(shown, seen, strict=False) if gone < ended]
        caught_up.append(next((moment for moment, stop in seen if stop == RATE * SECONDS + 1), float("inf")) - ended)
    p50, p99 = np.percentile(behind, (50, 99))
    print(f"  {len(watched)} followers of {RATE:,} moves a second for {SECONDS} s: {min(pictures)} to {max(pictures)} pictures,")
    print(
        f"  each as old, when the next comes, as p50 {p50:.2f} s, p99 {p99:.2f} s; the last move {max(caught_up):.2f} s after it"
    )


def stop_of(lines: list[str]) -> int:
    """The stop that a picture shows."""
    return next((int(match[1]) for line in reversed(lines) if (match := _STOP.search(line))), 1)


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs"
