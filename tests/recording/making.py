"""Recordings made in a few words, and what a reader may make of broken ones."""

import json
from zlib import crc32

from nntui.files.io.errors import InputError
from nntui.files.recording.reader import Recording
from nntui.files.recording.writer import Recorder, known_weights
from nntui.files.scenario.read import scenario_from_text
from nntui.lesson.events import Play, Reload, Remark, Stop
from nntui.training.timeline import Timeline

TEXT = """\
format = 1
title = "One"
[[network.layer]]
units = 1
activation = "sigmoid"
weights = [[0.5]]
[training]
eta = 0.5
epochs = 3000
[data]
x = [[1], [0]]
y = [[0], [1]]
"""


def small(title="One", eta="0.5", name="small.toml"):
    return scenario_from_text(TEXT.replace("One", title).replace("eta = 0.5", f"eta = {eta}"), name)


def recorder(path, scenario=None, **options):
    """A recorder of a run of its own, computed as far as it is asked for."""
    timeline = Timeline(scenario or small())

    def before(n):
        for _ in timeline.reach(min(n + 1, len(timeline))):
            pass
        return known_weights(timeline, n)

    return Recorder.begin(path, timeline.scenario, before, **options)


def a_lesson(path):
    """A recording with one of everything this version writes."""
    one = recorder(path)
    length = small().course.length
    for event in (
        Stop(0.0, 0),
        Stop(1.5, 1),
        Remark(9.25, 1, "look here"),
        Play(10.0, 1, 1, 2.0, "layer"),
        Play(10.5, 1, 9, 2.0, "layer"),
        Stop(60.0, 2500 * length + 3),
        Reload(70.0, small("Two", "0.25"), 4),
        Stop(71.0, 5),
    ):
        assert one.record(event), one.trouble
    one.close()
    return one


def chained(records):
    """The bytes of a recording of these objects, or of these raw bodies."""
    crc, lines = 0, []
    for record in records:
        body = record if isinstance(record, bytes) else json.dumps(record).encode()
        crc = crc32(body, crc)
        lines.append(b"%08x %b\n" % (crc, body))
    return b"".join(lines)


def bodies(data):
    """The objects of a sound recording."""
    return [json.loads(line[9:]) for line in data.splitlines()]


def fed(data, piece=None):
    """A recording fed with bytes, in one piece or in pieces of a size."""
    recording = Recording("r.nnrec")
    for start in range(0, len(data), piece or max(len(data), 1)):
        recording.feed(data[start : start + (piece or len(data))])
    return recording


def seen(recording):
    """All that a replay shows, as something that can be compared."""
    lesson = recording.lesson
    places = [lesson.place(stop) for stop in range(lesson.stops)]
    kept = [(k.chapter, k.iteration, k.digest, None if k.theta is None else k.theta.tobytes()) for k in recording.keyframes]
    return places, [mark.text for mark in lesson.marks], kept


def fault_of(data, piece=None):
    """The fault of broken bytes: of a line, or of the whole."""
    try:
        recording = fed(data, piece)
        recording.check_begun()
    except InputError as fault:
        return fault
    return recording.fault
