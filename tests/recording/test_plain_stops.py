"""Plain stops are read in a shorter way than other lines, and nothing is told from it."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.recording.reader import Recording
from tests.recording.making import bodies, chained, recorder, small
from tests.strategies import examples

LAST = small().course.last


def read(data, short, size):
    """A recording read in pieces of a size. short: whether plain stops are read in the short way."""
    found = Recording("r")
    if not short:
        found._take_stops = lambda seconds, steps: 0
    for at in range(0, len(data), size):
        found.feed(data[at : at + size])
    return found


def everything(found):
    lesson, scanner = found.lesson, found.scanner
    marks = [(lesson.place(n), lesson.farthest(n), lesson.time_of(n)) for n in range(lesson.stops)]
    visits = [lesson.visited(chapter, n) for chapter in range(len(lesson.scenarios)) for n in range(lesson.stops)]
    bar = [lesson.stop_at(lesson.duration * part / 7) for part in range(9)]
    entries = list(lesson._entries)
    return marks, visits, bar, entries, found.moves, str(found.fault), scanner.lines, scanner.size, scanner.last, scanner.crc


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("stop"), st.sampled_from([0, 1, 5, LAST, LAST + 1]), st.sampled_from([0.0, 0.5, 3.25, -1.0])),
        st.tuples(st.sampled_from(["grain", "note", "play", "score", "fork", "switch", "rename", "odd"]), st.integers(0, 9),
                  st.sampled_from([0.0, 1.0])),
        st.tuples(st.just("stop"), st.integers(0, 40), st.sampled_from([0.0, 0.001, 1.5])),
    ),
    max_size=25,
)  # fmt: skip


def records(moves):
    t = 0.0
    for kind, step, more in moves:
        t = round(t + more, 3)
        head = {"kind": kind, "t": t, "step": step}
        yield {
            "stop": head,
            "odd": {"t": t, "kind": "stop", "step": step},  # the same in another order
            "grain": head | {"kind": "stop", "grain": "point"},
            "note": head | {"text": "see"},
            "play": {"kind": "play", "t": t, "from": step, "to": step + 20, "speed": 2, "grain": "layer"},
            "score": head | {"typed": "1", "right": True},
            "fork": head | {"start": 0, "edits": "eta=0.25"},
            "switch": head | {"run": 0},
            "rename": {"kind": "rename", "t": t, "run": 0, "name": "n"},
        }[kind]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "r"
    recorder(path).close()
    return bodies(path.read_bytes())[0]


@given(moves=MOVES, seed=st.integers(0, 9))
@examples(150)
def test_the_short_way_and_the_long_one_give_the_same(first, moves, seed):
    compact = [_compact(record) for record in records(moves)]
    data = chained([first, *compact])
    size = random.Random(seed).choice([1, 7, 64, 1 << 18])
    assert everything(read(data, True, size)) == everything(read(data, False, size))


@given(at=st.integers(0, 2_000), bit=st.integers(0, 7), size=st.sampled_from([50, 1 << 18]))
@examples(150)
def test_damage_is_told_alike(first, at, bit, size):
    data = bytearray(chained([first, *(_compact({"kind": "stop", "t": n, "step": n}) for n in range(20))]))
    begin = data.index(b"\n") + 1
    data[begin + at % (len(data) - begin)] ^= 1 << bit
    assert everything(read(bytes(data), True, size)) == everything(read(bytes(data), False, size))


def _compact(record):
    return json.dumps(record, separators=(",", ":")).encode()
