"""Reading a line of a recording, of each kind, beside its CRC-32 and json.loads."""

import json
from collections.abc import Callable
from statistics import median
from time import process_time
from zlib import crc32

from nntui.files.library import load
from nntui.files.recording.content import record_of
from nntui.files.recording.format import encoded
from nntui.files.recording.reader import Recording
from nntui.files.scenario.embedded import recorded_document_of
from nntui.lesson.display_state import DisplayState, PlotState
from nntui.lesson.events import Event, Look, Play, Remark, Rename, Score, Stop, Switch

ROUNDS = 10

Made = Callable[[float, int], Event]
"""The event at a time and a step."""

KINDS: dict[str, Made] = {
    "move": Stop,
    "move with a new grain": lambda t, step: Stop(t, step, "layer"),
    "tick of play": lambda t, step: Play(t, step, step + 1, 2.0, "neuron"),
    "note": lambda t, step: Remark(t, step, f"look at step {step}"),
    "note in other letters": lambda t, step: Remark(t, step, f"schau, Schritt {step}: größer"),
    "score": lambda t, step: Score(t, step, f"0.{step}", right=True),
    "wrong score": lambda t, step: Score(t, step, f"0.{step}", False, "sign", 1),
    "switch": lambda t, step: Switch(t, 0, step),
    "rename": lambda t, step: Rename(t, 0, f"run {step}"),
    "view": lambda t, step: Look(t, DisplayState(step % 9 + 2)),
    "view never seen before": lambda t, step: Look(t, DisplayState(plot=PlotState(int(2 * t), step, "point"))),
}


def recorded_lines(count: int, made: Made) -> bytes:
    """A recording of xor with `count` lines of one kind."""
    scenario = load("xor")
    line, crc = encoded({"format": 1, "program": "0", "scenario": recorded_document_of(scenario)}, 0)
    lines = [line]
    for n in range(count):
        line, crc = encoded(record_of(made(n * 0.5, n * 7 % scenario.course.last)), crc)
        lines.append(line)
    return b"".join(lines)


def beside_json() -> None:
    """A line of a recording beside its CRC-32 and json.loads, interleaved."""
    for words, made in KINDS.items():
        data = recorded_lines(10_000, made)
        ratios = []
        for _ in range(ROUNDS):
            begun, crc = process_time(), 0
            for line in data.splitlines():
                crc = crc32(line[9:], crc)
                json.loads(line[9:])
            middle = process_time()
            Recording("r").feed(data)
            ratios.append((process_time() - middle) / (middle - begun))
        print(f"  a line of a recording, a {words}: ×{median(ratios):.2f} of its CRC-32 and json.loads   (goal: at most 2)")
