"""Sound files, changed by a byte or by a value: a scenario or one InputError comes out, never anything else."""

import copy
import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.open import all_faults, read_scenario
from nntui.training.scenario import Scenario
from tests.files.conftest import SOUND
from tests.strategies import examples

CSV = b"a,b,kind\n1,2,red\n3.5,-4e-1,blue\n5,6,red\n"
WITH_CSV = b"""format = 1
title = "t"
[[network.layer]]
units = 2
activation = "softmax"
[training]
eta = 0.1
epochs = 1
cost = "cross_entropy"
[data]
file = "d.csv"
inputs = ["a", "b"]
target = "kind"
scale = "standard"
"""

FAST = examples(250, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fit_to_print(fault, path):
    assert 0 < len(str(fault)) <= 290
    assert not {unicodedata.category(c) for c in str(fault)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}, str(fault)
    assert "; " in fault.message
    assert str(all_faults(path)[0]) == str(fault)
    return fault


def outcome(path):
    """The scenario or its fault, once it has been found to be fit to print."""
    try:
        scenario = read_scenario(path)
    except InputError as fault:
        return fit_to_print(fault, path)
    assert isinstance(scenario, Scenario)
    assert all_faults(path) == []
    assert scenario.course.last > 0
    return scenario


# what hurts: nothing, ends of lines, control and bidi characters, broken UTF-8, and every mark that TOML or CSV knows
PIECES = st.sampled_from(
    [
        *(b"", b"\n", b"\r\n", b"\x00", b"\x1b[2J", b"\xff", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80", b"\t"),
        *(b'"', b"'", b'"""', b"[", b"]", b"{", b"}", b"=", b",", b".", b"#", b"\\", b"\\u001b", b"-", b"_", b":", b"[["),
        *(b"1e999", b"nan", b"0x", b"9" * 400, b"true", b"[network]"),
    ]
)


@st.composite
def mutated(draw, data):
    """`data` with one to four stretches of it replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.sampled_from([0, 1, 1, 2, 5, 40])))
        data = data[:start] + draw(PIECES | st.binary(max_size=3)) + data[stop:]
    return data


@FAST
@given(data=mutated(SOUND.encode()))
def test_a_scenario_with_other_bytes(tmp_path, data):
    (tmp_path / "s.toml").write_bytes(data)
    outcome(tmp_path / "s.toml")


@FAST
@given(data=mutated(CSV))
def test_a_data_file_with_other_bytes(tmp_path, data):
    (tmp_path / "s.toml").write_bytes(WITH_CSV)
    (tmp_path / "d.csv").write_bytes(data)
    outcome(tmp_path / "s.toml")


@FAST
@given(data=mutated(WITH_CSV))
def test_a_scenario_with_a_data_file_with_other_bytes(tmp_path, data):
    (tmp_path / "s.toml").write_bytes(data)
    (tmp_path / "d.csv").write_bytes(CSV)
    outcome(tmp_path / "s.toml")


# --- at the level of values

VALUES = {
    "format": 1,
    "title": "t",
    "about": "a",
    "network": {
        "seed": 1,
        "init": "xavier",
        "inputs": ["p", "q"],
        "layer": [
            {"units": 2, "activation": "relu", "weights": [[1, 2], [3, 4]], "biases": [0.5, 1], "names": ["h", "g"]},
            {"units": 2, "activation": "softmax", "biases": False},
        ],
    },
    "training": {
        "eta": 0.5,
        "epochs": 10,
        "cost": "cross_entropy",
        "order": "shuffled",
        "seed": 4,
        "update": ["weights"],
        "step_slope": 1,
        "at_zero": 0,
        "batch": 2,
        "average": True,
        "momentum": 0.5,
    },
    "data": {"x": [[0, 1], [1, 0]], "y": [[0, 1], [1, 0]], "held_out": 0.25},
    "note": [{"at": "2:1:z:1:2", "text": "look"}],
    "question": [{"at": "1:2:update:1:2", "kind": "sign", "hint": "think"}, {"at": "1:1:a:2:1"}],
}


def toml(value):
    """A value in TOML; of JSON's writing only null and the colon differ."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(toml(inner) for inner in value) + "]"
        case float():
            return repr(value)
    return json.dumps(value)


def written(values):
    return "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in values.items())


def paths(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, key))


ANYTHING = st.recursive(
    st.none().map(lambda _: 0)
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.integers(-1, 5)
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=8)
    | st.sampled_from(["softmax", "step", "tanh", "end", "weights", "xor", "\x1b[31m", "a\nb"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["units", "at", "x", "eta", "\x07"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def test_the_values_are_sound_as_they_are(tmp_path):
    (tmp_path / "s.toml").write_text(written(VALUES))
    assert isinstance(outcome(tmp_path / "s.toml"), Scenario)


@FAST
@given(where=st.sampled_from(list(paths(VALUES))[1:]), value=ANYTHING, how=st.sampled_from(["replace", "remove", "add", "twice"]))
def test_a_scenario_with_other_values(tmp_path, where, value, how):
    values = copy.deepcopy(VALUES)
    parent = values
    for part in where[:-1]:
        parent = parent[part]
    match how, parent:
        case "remove", _:
            del parent[where[-1]]
        case "add", dict():
            parent["more"] = value
        case "add", list():
            parent.append(value)
        case "twice", list():
            parent.append(parent[where[-1]])
        case _:
            parent[where[-1]] = value
    (tmp_path / "s.toml").write_text(written(values), encoding="utf-8")
    outcome(tmp_path / "s.toml")


@pytest.mark.parametrize("where", list(paths(VALUES))[1:], ids=lambda path: ".".join(map(str, path)))
def test_a_wrong_type_anywhere_is_named_by_its_key(tmp_path, where):
    values = copy.deepcopy(VALUES)
    parent = values
    for part in where[:-1]:
        parent = parent[part]
    parent[where[-1]] = {"\x1b": 1}
    (tmp_path / "s.toml").write_text(written(values))
    fault = outcome(tmp_path / "s.toml")
    names = [part for part in where if isinstance(part, str)]
    assert names[-1] in str(fault).removeprefix(str(tmp_path)) or "\ufffd" in str(fault)
    assert fault.line == list(values).index(where[0]) + 1
