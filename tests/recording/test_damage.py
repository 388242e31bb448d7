"""Truncated anywhere, any bit flipped: the sound part replays, damage is named by its line, nothing damaged is shown."""

import json
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.predicting.fading import STAGES
from nntui.files.io.errors import InputError
from nntui.files.recording.content import MOST_NOTED
from nntui.files.recording.format import LINE_LIMIT, Damage
from nntui.files.recording.keyframe import digest_of
from nntui.files.recording.lines.line_cards import MOST_HELP
from tests.recording.making import bodies, chained, fault_of, fed, seen
from tests.strategies import examples

FULL = (Path(__file__).parent / "fixtures" / "full-1.nnrec").read_bytes()
ENDS = [at + 1 for at, byte in enumerate(FULL) if byte == 10]
SOUND = [seen(fed(FULL[:end])) for end in ENDS]  # what is to be seen of the first n lines


def test_cut_at_every_byte():
    for cut in range(len(FULL)):
        whole = sum(end <= cut for end in ENDS)
        recording = fed(FULL[:cut])
        assert recording.fault is None
        if whole:
            assert recording.lesson.stops == len(SOUND[whole - 1][0])
            assert bool(recording.torn) == (cut not in ENDS)
    for whole, end in enumerate(ENDS):
        assert seen(fed(FULL[: end + 5])) == SOUND[whole]


@given(st.integers(0, len(FULL) * 8 - 1), st.sampled_from([None, 1000]))
@examples(1500)
def test_one_bit_flipped(bit, piece):
    broken = bytearray(FULL)
    broken[bit // 8] ^= 1 << bit % 8
    line = sum(end <= bit // 8 for end in ENDS)  # from 0
    last_newline = bit // 8 == len(FULL) - 1
    try:
        recording = fed(bytes(broken), piece)
        fault = recording.fault
    except InputError as error:
        recording, fault = None, error
    if last_newline:  # then the last line is torn
        assert fault is None
        assert recording.torn
    else:
        assert isinstance(fault, Damage)
        assert fault.line == line + 1
    if recording is not None and line:
        assert seen(recording) == SOUND[line - 1]


@given(st.data())
@examples(300)
def test_bytes_changed_removed_and_put_in(data):
    start = data.draw(st.integers(0, len(FULL)))
    length = data.draw(st.integers(0, 200))
    put = data.draw(st.one_of(st.binary(max_size=40), st.integers(0, len(FULL)).map(lambda at: FULL[at : at + 300])))
    broken = FULL[:start] + put + FULL[start + length :]
    fault = fault_of(broken)
    whole = sum(end <= start for end in ENDS)
    if whole:
        recording = fed(broken)
        assert fault is None or isinstance(fault, Damage)
        shown = seen(recording)
        sound = max(recording.scanner.lines, 1)
        assert shown == SOUND[sound - 1] if broken != FULL else SOUND[-1]
        assert fault is None or fault.line >= whole


@given(st.permutations(range(len(ENDS) - 1)))
@examples(30)
def test_lines_that_change_places(order):
    lines = FULL.splitlines(keepends=True)
    broken = b"".join([lines[0], *(lines[1 + n] for n in order)])
    fault = fault_of(broken)
    first = next((n for n, other in enumerate(order) if n != other), None)
    assert fault is None if first is None else fault.line == first + 2


# --- lines with a sound checksum that say what no line can


HEADER = bodies(FULL)[0]
SMALL = {"kind": "stop", "t": 1, "step": 1}
THETA = np.array([0.0, 0.5])
KEY = {"kind": "keyframe", "iteration": 1, "digest": digest_of(THETA), "weights": b64encode(THETA.tobytes()).decode()}
OTHER = np.array([0.5, 0.5])
OTHER_DIGEST, OTHER_WEIGHTS = digest_of(OTHER), b64encode(OTHER.tobytes()).decode()
BARE = {"kind": "keyframe", "iteration": 1}  # with a digest only
NAN = b64encode(np.array([0.5, np.nan]).tobytes()).decode()


def changed(record, **values):
    return {**record, **values}


WRONG = [
    b"[1]", b"null", b'"x"', b"{", b"\xff", b'{"kind":"stop","t":NaN,"step":1}', b'{"kind":"stop","t":1e999,"step":1}',
    b"[" * 200_000, b'{"a":' * 100_000, b'{"kind":' + b"9" * 5000 + b"}", b'{"kind":"stop","t":1,"step":' + b"9" * 4000 + b"}",
    "\ufeff{}".encode(), '{"kind":"stop"}'.encode("utf-16"), {}, {"kind": 3}, {"kind": None}, {"kind": "stop"},
    changed(SMALL, step=-1), changed(SMALL, step=10**9), changed(SMALL, step=1.0), changed(SMALL, step=True),
    changed(SMALL, step="1"), changed(SMALL, step=None), changed(SMALL, step=10**300), changed(SMALL, t="now"),
    changed(SMALL, t=-1), changed(SMALL, t=1e300), changed(SMALL, t=True), changed(SMALL, kind="note"),
    changed(SMALL, kind="note", text=3), changed(SMALL, kind="play"),
    {"kind": "play", "t": 1, "from": 1, "to": 0, "speed": 1, "grain": "neuron"},
    {"kind": "play", "t": 1, "from": 0, "to": 1, "speed": 0, "grain": "neuron"},
    {"kind": "play", "t": 1, "from": 0, "to": 9, "speed": 5e-324, "grain": "neuron"},
    {"kind": "play", "t": 1, "from": 0, "to": 1, "speed": 1, "grain": "second"},
    {"kind": "reload", "t": 1, "step": 0}, {"kind": "reload", "t": 1, "step": 0, "scenario": []},
    {"kind": "reload", "t": 1, "step": 0, "scenario": {"format": 1}},
    {"kind": "reload", "t": 1, "step": 10**7, "scenario": HEADER["scenario"]},
    {"kind": "reload", "t": 1, "step": 0, "scenario": {**HEADER["scenario"], "title": "x" * 70_000}},
    {"kind": "reload", "t": 1, "step": 0, "scenario": {**HEADER["scenario"], "about": [[[[[[[[]]]]]]]]}},
    {"kind": "reload", "t": 1, "step": 0, "scenario": {**HEADER["scenario"], "about": None}},
    {"kind": "reload", "t": 1, "step": 0, "scenario": {**HEADER["scenario"], "k" * 300: 1}},
    changed(KEY, iteration=-1), changed(KEY, iteration=10**9), changed(KEY, iteration=0.5), changed(KEY, digest=None),
    changed(KEY, digest="0" * 64), changed(KEY, weights=KEY["weights"][:-4]), changed(KEY, weights=KEY["weights"] + "AAAA"),
    changed(KEY, weights="*" * len(KEY["weights"])), changed(KEY, weights="é" * len(KEY["weights"])), changed(KEY, weights=3),
    changed(KEY, weights=KEY["weights"][:-4] + "===="), changed(KEY, weights=NAN),
    {"kind": "keyframe", "iteration": 1, "digest": "00"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:50])
def test_a_line_that_cannot_be_is_damage_and_named(wrong):
    data = chained([HEADER, SMALL, wrong, changed(SMALL, t=5, step=2)])
    recording = fed(data)
    assert recording.fault.line == 3
    assert "; expected" in str(recording.fault)
    assert str(recording.fault).isprintable()
    assert len(str(recording.fault)) <= 290
    assert (len(recording.lesson), recording.lesson.end.step, recording.keyframes) == (1, 1, [])


FIRST = [
    ({}, "has no `format` and `scenario`"), ({"format": 2}, "of a newer nntui"),
    ({"format": 10**30, "scenario": {}}, "of a newer nntui"), ({**HEADER, "format": None}, "; expected 1"),
    ({**HEADER, "format": 0}, "`format` of the recording is 0"), ({**HEADER, "format": "1"}, "is the text '1'"),
    ({**HEADER, "format": True}, "is true"), ({**HEADER, "format": 1.0}, "is 1.0"),
    ({**HEADER, "scenario": []}, "`scenario` is a list"), ({**HEADER, "scenario": None}, "`scenario` is null"),
    ({**HEADER, "scenario": {"format": 2}}, "of a newer nntui"), ({**HEADER, "scenario": {}}, "`format` is missing"),
    ({**HEADER, "scenario": {**HEADER["scenario"], "title": {}}}, "`title` is a table"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "words"), FIRST, ids=lambda value: str(value)[:40])
def test_a_first_line_that_is_not_ours(first, words):
    with pytest.raises(InputError) as caught:
        fed(chained([first, SMALL])).check_begun()
    assert words in str(caught.value)
    assert not isinstance(caught.value, Damage)


def test_a_sound_keyframe_is_kept_and_a_nan_is_the_one_nan():
    other = np.array([0.5, np.nan])
    bits = other.view(np.uint64)
    bits[1] = 0xFFF8000000000001
    nan = changed(KEY, iteration=2, digest=digest_of(other), weights=b64encode(other.tobytes()).decode())
    recording = fed(chained([HEADER, KEY, nan]))
    assert [key.iteration for key in recording.keyframes] == [1, 2]
    assert recording.keyframes[1].theta.view(np.uint64)[1] == 0x7FF8000000000000


def test_a_huge_line_is_not_kept_in_memory():
    recording = fed(chained([HEADER]))
    for _ in range(LINE_LIMIT // (1 << 20) + 2):
        recording.feed(b"x" * (1 << 20))
    assert "has more than 32 MiB" in str(recording.fault)
    assert not recording.scanner._rest


def test_scenarios_without_end_are_refused():
    layer = {"units": 1480, "activation": "sigmoid"}
    wide = {**HEADER["scenario"], "network": {"init": "zeros", "layer": [layer, layer, {"units": 1, "activation": "sigmoid"}]}}
    data = chained([HEADER, *({"kind": "reload", "t": 1, "step": 0, "scenario": wide} for _ in range(6))])
    recording = fed(data)
    assert recording.fault.line == 5
    assert "numbers in the scenarios of one recording" in str(recording.fault)


def test_notes_without_end_are_refused():
    note = {"kind": "note", "t": 1, "step": 1, "text": "x" * 4000}
    recording = fed(chained([HEADER, *(note for _ in range(600))]))
    assert recording.fault.line == MOST_NOTED // 4100 + 2
    assert "characters of notes" in str(recording.fault)
    empty = {"kind": "score", "t": 1, "step": 1, "typed": "", "right": True}
    assert fed(chained([HEADER, *(empty for _ in range(30_000))])).fault.line == MOST_NOTED // 100 + 2


@pytest.mark.parametrize(("parts", "found"), [(3, "3"), (10**30, "a huge number"), (-1, "-1"), (True, "true"), (None, "null")])
def test_more_help_than_there_is_makes_a_wrong_line(parts, found):
    score = {"kind": "score", "t": 1, "step": 1, "typed": "0.5", "right": True}
    assert len(STAGES) - 1 == MOST_HELP
    sound = fed(chained([HEADER, score, *({**score, "help": helped} for helped in range(3))]))
    assert not sound.fault
    assert [kept.help for _, kept in sound.lesson.scores] == [0, 0, 1, 2]
    recording = fed(chained([HEADER, score, {**score, "help": parts}]))
    assert (recording.fault.line, len(recording.lesson.scores)) == (3, 1)
    assert f"`help` is {found}; expected a whole number from 0" in str(recording.fault)


@pytest.mark.parametrize("other", [changed(KEY, digest=OTHER_DIGEST, weights=OTHER_WEIGHTS), changed(BARE, digest="0" * 64)])
def test_keyframes_do_not_contradict_each_other(other):
    recording = fed(chained([HEADER, KEY, SMALL, other, changed(SMALL, step=2)]))
    assert (recording.fault.line, len(recording.keyframes), recording.lesson.end.step) == (4, 1, 1)
    assert "contradicts that of line 2" in str(recording.fault)
    reload = {"kind": "reload", "t": 1, "step": 0, "scenario": HEADER["scenario"]}
    assert not fed(chained([HEADER, KEY, reload, other])).fault  # of another run


def test_a_keyframe_that_is_repeated_says_nothing_new():
    """Each would be asked whenever the run comes by: a hundred thousand of them would stop the lesson."""
    bare = changed(BARE, digest=KEY["digest"])
    recording = fed(chained([HEADER, bare, bare, KEY, KEY, bare]))
    assert [(key.line, key.theta is None) for key in recording.keyframes] == [(2, True), (4, False)]


def test_texts_are_harmless():
    bad = "\x1b]0;owned\x07\u202e\u009b2J\ud800 [link=x]y[/] \r\n and more"
    record = {**HEADER, "program": bad, "scenario": {**HEADER["scenario"], "title": bad}}
    recording = fed(chained([record, {"kind": "note", "t": 1, "step": 1, "text": bad + "z" * 100_000}, {"kind": bad, "t": 2}]))
    (mark,) = recording.lesson.marks
    for text in (recording.program, recording.scenario.title, mark.text.replace("\n", "")):
        assert text.isprintable()
    assert len(mark.text) <= 4000
    assert recording.passed_over == 1
    assert json.dumps(mark.text)
