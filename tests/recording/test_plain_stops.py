"""Plain stops, and lines as nntui writes them, are read in shorter ways than others, and nothing is told from it."""

import json
import random
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.recording.content import event_of, record_of
from nntui.files.recording.format import LineEnds, encoded
from nntui.files.recording.lines.line_cards import usual_events
from nntui.files.recording.lines.view_line import view_record
from nntui.files.recording.reader import Recording
from nntui.lesson.events import Discard, Look, Play, Remark, Rename, Score, Stop, Switch
from nntui.training.steps import GRAINS
from tests.recording.making import bodies, chained, recorder, small
from tests.recording.test_view_lines import STATES
from tests.strategies import examples

LAST = small().course.last


def read(data, short, size):
    """A recording read in pieces of a size. short: whether lines are read in the short ways, where they can be."""
    found = Recording("r")
    if not short:
        found._take_stops = lambda seconds, steps: 0
        found._take_usual = lambda data, start, crc, most: (0, LineEnds([], []))
    for at in range(0, len(data), size):
        found.feed(data[at : at + size])
    return found


def everything(found):
    lesson, scanner = found.lesson, found.scanner
    assert lesson.end == lesson.place(lesson.stops - 1)
    marks = [(lesson.place(n), lesson.farthest(n), lesson.time_of(n)) for n in range(lesson.stops)]
    visits = [lesson.visited(chapter, n) for chapter in range(len(lesson.scenarios)) for n in range(lesson.stops)]
    bar = [lesson.stop_at(lesson.duration * part / 7) for part in range(9)]
    entries = list(lesson._entries)
    looks = [(lesson.looks.at(n), lesson.looks.arrival(n)) for n in range(lesson.stops)]
    assert lesson.looks.now(lesson.stops - 1) == lesson.looks.at(lesson.stops - 1)
    ends = lesson.end, lesson.grain, lesson.scores, lesson.names, list(lesson.marks), found.noted, looks
    return (
        marks,
        visits,
        bar,
        entries,
        ends,
        found.moves,
        str(found.fault),
        scanner.lines,
        scanner.size,
        scanner.last,
        scanner.crc,
    )


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("stop"), st.sampled_from([0, 1, 5, LAST, LAST + 1]), st.sampled_from([0.0, 0.5, 3.25, -1.0])),
        st.tuples(st.sampled_from(["grain", "note", "play", "score", "fork", "switch", "rename", "odd", "view"]),
                  st.integers(0, 9), st.sampled_from([0.0, 1.0])),
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
            "switch": {"kind": "switch", "t": t, "run": 0, "step": step},
            "view": {"kind": "view", "t": t, "digits": step + 1, "notation": "lecture"},
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


@pytest.mark.parametrize(
    "body", [b' {"kind":"stop","t":1,"step":3}', b'{"kind":"stop","t":1,"step":3} \t', b'\r{"kind":"stop","t":1,"step":3}\r']
)
def test_white_space_around_the_json_of_a_line_is_no_damage(first, body):
    found = read(chained([first, body]), True, 1 << 18)
    assert (found.fault, found.lesson.end.step) == (None, 3)


@pytest.mark.parametrize(
    "body", [b'{"kind":"stop","t":1,"step":3}]', b'{"kind":"stop","t":1,"step":3}{}', b'{"t":NaN}', b"{", b"\xff{}"]
)
def test_more_or_less_than_the_json_of_an_object_is_damage(first, body):
    assert "no JSON" in str(read(chained([first, body]), True, 1 << 18).fault)


TIMES = st.integers(0, 10**9).map(lambda n: n / 1000)
STEPS = st.integers(0, 10**15)
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='"\\'), max_size=60)
TEXTS = ASCII | st.text(max_size=60) | st.just('größer ∂C/∂w 𝛿\n\t"\\' * 600)
EVENTS = st.one_of(
    st.builds(Stop, TIMES, STEPS, st.none() | st.sampled_from(GRAINS)),
    st.builds(Play, TIMES, STEPS, STEPS, st.sampled_from([0.001, 2.0, 0.5, 30.0]), st.sampled_from(GRAINS)),
    st.builds(Remark, TIMES, STEPS, TEXTS),
    st.builds(Score, TIMES, STEPS, TEXTS, st.booleans(), TEXTS, st.integers(0, 2)),
    st.builds(Switch, TIMES, STEPS, STEPS),
    st.builds(Rename, TIMES, STEPS, TEXTS),
    st.builds(Discard, TIMES, STEPS),
    st.builds(Look, TIMES, STATES.filter(lambda state: len(json.dumps(view_record(state))) < 300)),
)


def usual(body, crc=7):
    """The event of a line as the short way reads it; None where it leaves the line to the long way."""
    crc = crc32(body, crc)
    data = bytearray(b"before\n%08x %b\nbehind" % (crc, body))
    events, ends = usual_events(data, len(b"before\n"), 7, 2)
    assert ends == LineEnds([crc] * len(events), [len(b"before\n") + 10 + len(body)] * len(events))
    return events[0] if events else None


@given(EVENTS)
@examples(300)
def test_a_line_as_nntui_writes_it_is_read_in_the_short_way_as_in_the_long_one(event):
    body, _ = encoded(record_of(event), 0)
    body = body[9:-1]
    assert usual(body) == event_of(json.loads(body), "r", 2)
    assert usual(body.replace(b'"kind":', b'"kind": ')) is None


@given(EVENTS, st.data())
@examples(500)
def test_whatever_is_read_in_the_short_way_is_what_the_long_way_reads(event, data):
    body = encoded(record_of(event), 0)[0][9:-1]
    at = data.draw(st.integers(0, len(body)))
    more = data.draw(st.sampled_from(ODD))
    body = body[:at] + more + body[at + data.draw(st.integers(0, 3)) :]
    read = usual(body)
    if read is not None:
        assert read == event_of(json.loads(body.decode()), "r", 2)


ODD = [
    *(b"", b"0", b"1", b"-", b".", b"e5", b'"', b"\\", b",", b"}", b"{", b" ", b"9" * 20, b"\xc3\xa9", b"\xff", b"true", b"null"),
    *(b"NaN", b',"t":3', b',"kind":"stop"', b',"step":1', b',"digits":99', b',"scenario":{}'),
]


def _compact(record):
    return json.dumps(record, separators=(",", ":")).encode()
