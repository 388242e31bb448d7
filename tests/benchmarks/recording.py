"""What recording costs: a line that is read, a step, a session that idles, an hour's file, opening it, seeking in it.

The same app, the same run, without a recording is what everything is held against, interleaved in the same minutes.
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, process_time

import numpy as np

from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.open import read_scenario
from nntui.files.recording.reader import read_recording
from nntui.lesson.events import Stop
from nntui.session.opening import of_continuing, of_recording, of_scenario
from nntui.session.recordings.recorders import Recorders
from nntui.session.recordings.replay import runs_of
from nntui.session.session import begun
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.tui.app import NntuiApp
from nntui.tui.widgets.canvas import Canvas
from tests.benchmarks.lines import beside_json
from tests.benchmarks.points import ratio
from tests.terminal import Terminal

HOUR = 3600  # stops, one a second
JUMPS = 200  # of a lesson that goes everywhere in a long run
IDLE = 5  # seconds
OPENINGS = 9
MIB = 1 << 20


def run(options: argparse.Namespace) -> None:
    beside_json()
    with TemporaryDirectory(prefix="nntui-benchmark-") as name:
        folder = Path(name)
        asyncio.run(_steps(folder, options.rounds))
        _events(folder)
        _idle(folder)
        hour = _an_hour(folder)
        scenario = _long(folder, options.iterations)
        timeline, far = _far(folder, read_scenario(scenario))
        _openings(folder, [("an hour, replayed", "xor", hour, False), ("an hour, continued", "xor", hour, True),
                           ("far into a long run", scenario, far, True)])  # fmt: skip
        _seeks(timeline, far)


# --- a step


async def _steps(folder: Path, rounds: int) -> None:
    """From a key to the bytes for the terminal on 2-2-2: CPU of both, turn and turn about, and the ratio.

    Of two equal apps in one process the one that is opened second takes some percent more. So each is second once, and the
    mean of the two ratios counts.
    """
    pairs = [await _pair_of_steps(folder, order, rounds // 2) for order in ("first", "second")]
    extras = [ratio(recorded, alone) - 1 for alone, recorded in pairs]
    alone, recorded = (median(a + b) * 1e3 for a, b in zip(*pairs, strict=True))
    print(f"  a step without a recording {alone:.2f} ms, with the session's own and one more {recorded:.2f}")
    apart = ", ".join(f"{extra:+.1%}" for extra in extras)
    print(f"  recording adds {mean(extras):+.1%} to a step ({apart} if opened first, second)   (goal: at most 5 %)")


async def _pair_of_steps(folder: Path, order: str, rounds: int) -> tuple[list[float], list[float]]:
    """CPU seconds of steps without a recording and with two. order: in which of the two the app that records is opened."""
    history, path = SessionHistory(folder / f"history-{order}"), folder / f"steps-{order}.nnrec"
    without, with_two = _stepped_app(None, None), _stepped_app(history, path)
    one, other = (with_two, without) if order == "first" else (without, with_two)
    async with one.run_test(size=(120, 40)), other.run_test(size=(120, 40)):
        times: dict[NntuiApp, list[float]] = {without: [], with_two: []}
        for number in range((rounds + 2) * 22):
            for app in (one, other) if number % 2 else (other, one):
                times[app].append(_step(app))
            await asyncio.sleep(0)
    return times[without][44:], times[with_two][44:]


def _stepped_app(history: SessionHistory | None, path: Path | None) -> NntuiApp:
    """An app on 2-2-2; path: of a recording besides the session's own."""
    session = begun(monotonic, lambda: datetime.now(UTC), history, 0)
    opening = of_scenario(load("two-by-two"))
    if path is not None:
        session.recorders.begin(path, opening.timeline.scenario)
    return NntuiApp(session, opening)


def _step(app: NntuiApp) -> float:
    """CPU seconds of one key →."""
    screen = app.screen
    canvas = screen.query_one(Canvas)
    with app._context():
        begin = process_time()
        screen.controllers.prediction.forward()
        screen._paint()
        screen._compositor.update_widgets({canvas})
        update = screen._compositor.render_partial_update()
        assert update is not None
        update.render_segments(app.console)
        return process_time() - begin


def _events(folder: Path) -> None:
    """What the two recordings alone take."""
    timeline = Timeline(load("two-by-two"))
    recorders = Recorders(monotonic)
    for name in ("one.nnrec", "other.nnrec"):
        recorders.begin(folder / name, timeline.scenario, private=name == "one.nnrec")
    times = []
    for step in range(2000):
        begin = perf_counter()
        recorders.stop(step, "neuron")
        times.append(perf_counter() - begin)
    print(f"  a stop in two recordings: {median(times) * 1e6:.0f} µs, {max(times) * 1e3:.2f} ms at most, by the clock")
    begin = perf_counter()
    recorders.sync()
    print(f"  fsync of both, as at keyframes and on leaving: {(perf_counter() - begin) * 1e3:.1f} ms")
    recorders.close()


# --- idling


def _idle(folder: Path) -> None:
    """Bytes painted, calls of write, CPU of the process while nobody does anything."""
    path = folder / "idle.nnrec"
    state = {"XDG_STATE_HOME": folder / "state"}
    kinds = {
        "no recording": ("two-by-two", "--no-history"),
        "recording twice": ("two-by-two", "--record", path),
        "following it": (path, "--follow", "--no-history"),
    }
    terminals = {}
    try:
        for name, arguments in kinds.items():
            one = terminals[name] = Terminal(*arguments, **state)
            one.shows("step 1/22")
            while one.read(1.0):
                pass
        files = _sizes(folder)
        before = {name: _spent(one.process.pid) for name, one in terminals.items()}
        painted = dict.fromkeys(terminals, 0)
        end = monotonic() + IDLE
        while monotonic() < end:
            for name, one in terminals.items():
                painted[name] += one.read(0.1)
        for name, one in terminals.items():
            cpu, writes = (b - a for a, b in zip(before[name], _spent(one.process.pid), strict=True))
            print(
                f"  idle for {IDLE} s, {name + ':':16} {painted[name]} bytes painted, {writes} writes, {cpu * 1e3:.0f} ms of CPU"
            )
        print(f"  files that changed meanwhile: {len(set(_sizes(folder)) ^ set(files))}   (goal: 0 bytes, 0 files)")
    finally:
        for one in terminals.values():
            one.__exit__()


def _sizes(folder: Path) -> list[tuple[Path, int, int]]:
    return [(path, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*.nnrec")]


def _spent(pid: int) -> tuple[float, int]:
    """CPU seconds and calls of write of a process so far; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0, 0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    calls = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text().splitlines())
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(calls["syscw"])


# --- files


def _written(path: Path, timeline: Timeline, steps: list[int]) -> Path:
    """A recording of these stops, one a second."""
    seconds = iter(range(1 << 30))
    recorders = Recorders(lambda: float(next(seconds)))
    recorders.begin(path, timeline.scenario)
    for step in steps:
        timeline.frame(step)
        recorders.enter(timeline, step, "neuron")
    assert not recorders.close()
    return path


def _an_hour(folder: Path) -> Path:
    """Files of an hour's lesson on 2-2-1: step after step, and every step somewhere else."""
    scenario = load("xor")
    hour = _written(folder / "hour.nnrec", Timeline(scenario), list(range(HOUR)))
    timeline = Timeline(scenario)
    places = np.random.default_rng(0).integers(0, len(timeline) * timeline.course.length, HOUR).tolist()
    apart = _written(folder / "apart.nnrec", timeline, places)
    for words, path in (("step after step", hour), ("each somewhere else", apart)):
        keyframes = len(read_recording(path).keyframes)
        size = path.stat().st_size / MIB
        print(f"  {HOUR:,} stops of 2-2-1, {words}: {size:.2f} MiB, {keyframes} keyframes   (goal: under 1)")
    return hour


def _long(folder: Path, iterations: int) -> Path:
    """The scenario file of a long run of 64-32-10."""
    rng = np.random.default_rng(0)
    rows = [[round(value, 4) for value in row] for row in rng.random((10, 64)).tolist()]
    path = folder / "long.toml"
    layers = "".join(f'[[network.layer]]\nunits = {units}\nactivation = "sigmoid"\n' for units in (32, 10))
    path.write_text(
        f'format = 1\ntitle = "64-32-10"\n{layers}[training]\neta = 0.1\nepochs = {max(iterations // 10, 1)}\n'
        f"[data]\nx = {rows}\ny = {np.eye(10).astype(int).tolist()}\n",
        encoding="utf-8",
    )
    return path


def _far(folder: Path, scenario: Scenario) -> tuple[Timeline, Path]:
    """A long run that is computed whole, and a lesson that jumps about in it and ends at nine tenths."""
    timeline = Timeline(scenario)
    begin = process_time()
    for _ in timeline.reach(len(timeline)):
        pass
    print(f"  {len(timeline):,} iterations of 64-32-10 computed in {process_time() - begin:.0f} s", flush=True)
    length = timeline.course.length
    places = np.random.default_rng(1).integers(0, len(timeline), JUMPS).tolist()
    path = _written(folder / "far.nnrec", timeline, [0, *(n * length for n in places), len(timeline) * 9 // 10 * length])
    recording = read_recording(path)
    print(f"  {recording.lesson.stops} jumps in it: {path.stat().st_size / MIB:.2f} MiB, {len(recording.keyframes)} keyframes")
    return timeline, path


# --- opening


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    """To be continued."""
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    yield copy
    copy.unlink()


def _openings(folder: Path, kinds: list[tuple[str, str | Path, Path, bool]]) -> None:
    """Whole processes, from their start until the place they open at is on the screen; and the reading alone in this process."""
    print("  opening a recording, and its scenario: whole process until it stands there   (goal: at most 100 ms more)")
    for words, scenario, recording, goes_on in kinds:
        times: tuple[list[float], list[float]] = ([], [])
        lesson = read_recording(recording).lesson
        epoch = lesson.scenarios[0].course.address(lesson.end.step).epoch if goes_on else 1
        for _ in range(OPENINGS):
            times[0].append(_shown(folder, 1, scenario))
            with _copy(recording) as copy:
                times[1].append(_shown(folder, epoch, copy, *(["--record", copy] if goes_on else [])))
        alone, recorded = map(median, times)
        more = median(b - a for a, b in zip(*times, strict=True))
        inside = median(_clocked(lambda path=recording, on=goes_on: _opened(path, on)) for _ in range(OPENINGS))
        print(
            f"    {words + ':':24} {recorded * 1e3:5.0f} ms, scenario {alone * 1e3:5.0f} ms: {more * 1e3:+.0f} ms;"
            f" read and first frame in this process {inside * 1e3:.0f} ms",
            flush=True,
        )


def _shown(folder: Path, epoch: int, *arguments: object) -> float:
    """Until the epoch in which it opens stands on the screen."""
    begin = perf_counter()
    with Terminal(*arguments, "--no-history", size=(80, 24), XDG_STATE_HOME=folder / "state") as terminal:
        terminal.shows(f"epoch {epoch}/")
        return perf_counter() - begin


def _opened(path: Path, goes_on: bool) -> None:
    recording = read_recording(path)
    opening = of_continuing(recording) if goes_on else of_recording(recording)
    opening.timeline.frame(opening.position.step)


def _clocked(act: Callable[[], object]) -> float:
    begin = perf_counter()
    act()
    return perf_counter() - begin


# --- seeking


def _seeks(timeline: Timeline, path: Path) -> None:
    """From stop to stop of the lesson: in the run itself, in the recording just opened, and once all is filled in."""
    recording = read_recording(path)
    replay = runs_of(recording, 0)[0]
    steps = [event.step for n in range(len(recording.lesson)) if isinstance(event := recording.lesson.event(n), Stop)]
    distances = [replay.distance(replay.course.iteration(step)) for step in steps]
    print(
        f"  from a stop to known weights: {mean(distances):,.0f} iterations, {max(distances):,} at most, before it is filled in"
    )
    _compare("recording just opened", timeline, replay, steps)
    for _ in replay.reach(len(replay)):
        pass
    _compare("recording filled in", timeline, replay, steps)
    everywhere = np.random.default_rng(2).integers(0, len(timeline) * timeline.course.length, len(steps)).tolist()
    _compare("filled in, any step", timeline, replay, everywhere)
    assert replay.differs is None


def _compare(words: str, timeline: Timeline, replay: Timeline, steps: list[int]) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    for step in steps:
        for one, spent in zip((timeline, replay), times, strict=True):
            begin = process_time()
            one.frame(step)
            spent.append((process_time() - begin) * 1e3)
    run_, recorded = times
    print(
        f"  seek, {words + ':':22} {mean(recorded):7.2f} ms, {max(recorded):7.2f} at most; in the run itself"
        f" {mean(run_):.2f} ms, {max(run_):.2f}: × {mean(recorded) / mean(run_):.2f}",
        flush=True,
    )
