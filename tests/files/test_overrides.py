"""`--set KEY=VALUE` on a parsed scenario: the value, the path, and how errors name it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.library import load, meant
from nntui.files.open import all_faults, read_scenario
from nntui.files.scenario.overrides import override, read_overrides
from nntui.files.scenario.read import scenario_from_text
from nntui.files.toml.document import parse
from nntui.text.safe import safe
from tests.files.conftest import SOUND
from tests.strategies import examples


def read(*changes, text=SOUND):
    return scenario_from_text(text, "F", None, changes)


def fault(*changes, text=SOUND):
    with pytest.raises(InputError) as caught:
        read(*changes, text=text)
    return str(caught.value)


def value(text):
    return read_overrides([f"key={text}"])[0].value


VALUES = [
    ("0.1", 0.1),
    ("3", 3),
    ("1_000", 1000),
    ("true", True),
    ("false", False),
    ('"a b"', "a b"),
    ("'a'", "a"),
    ("[[0, 1]]", [[0, 1]]),
    ('{a = 1, b = "x"}', {"a": 1, "b": "x"}),
    ("shuffled", "shuffled"),
    (" shuffled ", "shuffled"),
    ("two words", "two words"),
    ("truest", "truest"),
    ("True", "True"),
    ("1:1:delta", "1:1:delta"),
    ("2024.csv", "2024.csv"),
    ("./a=b.csv", "./a=b.csv"),
    ("η", "η"),
    ("0.1 # why", 0.1),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_value_is_toml_and_a_bare_word_a_text(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_keys_are_changed():
    scenario = read("training.eta=0.1", "training.order=shuffled", "title=Another", "network.seed = 7")
    assert scenario.network.eta == 0.1
    assert scenario.order == "shuffled"
    assert scenario.title == "Another"


def test_the_later_of_two_holds():
    assert read("training.eta=0.1", "training.eta=0.2").network.eta == 0.2
    assert "--set training.eta=-2: " in fault("training.eta=-1", "training.eta=-2")


def test_a_path_goes_through_lists_by_number_from_1():
    scenario = read("network.layer.2.activation=tanh", "network.layer.1.weights.2.1=9", "data.x.3=[5, 6]", "note.1.at=1:2")
    assert [layer.activation for layer in scenario.network.layers] == ["sigmoid", "tanh"]
    assert scenario.weights[0].tolist() == [[0.35, 0.15, 0.2], [0.35, 9, 0.3]]
    assert scenario.x.tolist() == [[0, 0], [0, 1], [5, 6]]
    assert scenario.notes[0].at == "1:2"


def test_a_whole_table_or_list_may_be_given():
    scenario = read('data={generate="xor", points=8}', 'network.layer=[{units=1, activation="tanh"}]', "note=[]", "question=[]")
    assert (scenario.points, scenario.network.sizes, scenario.notes) == (8, (2, 1), ())


def test_a_table_that_is_not_there_is_made():
    text = SOUND.replace("[training]\neta = 0.5\nepochs = 2000\n", "")
    assert read("training.eta=1", "training.epochs=5", text=text).epochs == 5


def test_the_same_run_as_with_the_key_in_the_file():
    changed, written = read("network.seed=9"), read(text=SOUND.replace("seed = 3", "seed = 9"))
    assert np.array_equal(changed.theta, written.theta, equal_nan=True)


def test_the_document_that_is_given_stays_as_it_is():
    document = parse(SOUND, "F")
    changed, _ = override(document, read_overrides(["training.eta=9", "network.layer.1.weights.1.1=5"]))
    assert document.values == parse(SOUND, "F").values
    assert changed.values["training"]["eta"] == 9


ETA = "`eta` in [training] is {}; expected a finite number greater than 0"
FORM = "expected KEY=VALUE, such as training.eta=0.1"
FAULTS = [
    ("training.eta=-1", ETA.format("-1")),
    ("training.eta=shuffled", ETA.format("the text 'shuffled'")),
    ("training.eta=nan", ETA.format("nan")),
    ("training.etta=1", "unknown key 'etta' in [training]; did you mean 'eta'?"),
    ("trainin.eta=1", "unknown key 'trainin' at the top of the file; did you mean 'training'?"),
    ("network.layer.1.unit=1", "unknown key 'unit' in layer 1; did you mean 'units'?"),
    (
        "training.order=shufled",
        "`order` in [training] is the text 'shufled'; did you mean 'shuffled'? expected 'given' or 'shuffled'",
    ),
    ("format=2", "`format` is 2, of a newer nntui; this one reads format 1"),
    ("data.x=[[0, true]]", "row 1, number 2 of `x` in [data] is true; expected a finite number"),
    ("note.1.at=9:9:9:9:9:9", "note 1: '9:9:9:9:9:9' has 6 parts; expected at most five, EPOCH:POINT:KIND:LAYER:NEURON"),
    ("training.eta=0,5", "',5' follows a value; expected the end of the line (a decimal is written with a point: 0.5)"),
    ("training.eta=.5", "'.5' is no value; expected digits on both sides of the point, as in 0.5"),
    ("training.eta", f"names no value; {FORM}"),
    ("training.eta=", f"nothing after =; {FORM}"),
    ("=3", f"nothing where a key should be; {FORM}"),
    ("a..b=3", f"nothing where a key should be; {FORM}"),
    ("a b=3", f"'a b' where a key should be; {FORM}"),
    (".".join("a" * 9) + "=3", f"a key of more than 8 parts; {FORM}"),
    ("network.layer.3.units=2", "number 3 of `layer`, which has 2; expected 1 to 2"),
    ("network.layer.0.units=2", "'0' is no number in `layer`; expected its number, from 1, as in layer.1"),
    ("network.layer.units=2", "'units' is no number in `layer`; expected its number, from 1, as in layer.1"),
    ("title.x=1", f"`title` is the text 'Two by two', which has no 'x' in it; {FORM}"),
    ("training.eta=[[[[[[[[1]]]]]]]]", "lists or tables 7 deep in one another; expected at most 6"),
    ("training.eta=" + "9" * 500, None),
    ("title=a\x1b[31m", "control character U+001B; expected plain text"),
    ("title='a\x1b[31m'", "control character U+001B; expected plain text"),
    ("title=\udcff", "bytes that are not UTF-8; expected text in UTF-8"),
    ("training.eta=1\nepochs=3", None),
    ("title=" + "x" * 70_000, "a text of 70000 characters; expected at most 65536"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_a_fault_names_the_option_in_place_of_the_line(change, message):
    said = fault(change)
    assert said.startswith(f"--set {change.partition('=')[0][:20]}")
    assert len(said) <= 290
    assert said.isprintable()
    if message is not None:
        assert said.endswith(f": {message}")


def test_more_than_one_value_in_an_option():
    assert fault("training.eta=1\n[data]").endswith("more than one value; expected one --set for each key")


def test_a_fault_elsewhere_is_of_the_option_that_brought_it_about():
    assert fault("network.layer.1.units=3") == (
        "--set network.layer.1.units=3: layer 1 has 3 neurons, but `weights` has 2 rows; "
        "expected a row for each neuron (line 10 of the file)"
    )
    assert fault("training.eta=1", "network.layer.1.units=3", "title=x").startswith("--set network.layer.1.units=3: ")


def test_a_fault_that_the_file_has_anyway_keeps_its_line():
    broken = SOUND.replace("seed = 3", "seed = -3")
    assert fault("title=x", text=broken).startswith("F:5: `seed`")
    assert fault("training.eta=-1", text=broken).startswith("--set training.eta=-1: ")  # what was just typed comes first


def test_a_change_may_mend_a_file():
    assert read("network.seed=1", text=SOUND.replace("seed = 3", "seed = -3")).title == "Two by two"


def test_all_faults_are_those_of_the_options_and_of_the_file(tmp_path):
    (tmp_path / "f.toml").write_text(SOUND.replace("seed = 3", "sede = 3"))
    found = all_faults(tmp_path / "f.toml", ["training.eta=-1", "title=3"])
    assert [fault.path.rsplit("/", 1)[-1] for fault in found] == ["--set title=3", "--set training.eta=-1", "f.toml"]


def test_data_outside_the_folder_stays_out_of_reach(tmp_path):
    text = SOUND[: SOUND.index("[data]")]
    with pytest.raises(InputError, match="lies outside the scenario's folder"):
        scenario_from_text(text, "F", tmp_path, ['data={file="/etc/passwd", inputs=["a"], target="b"}'])


def test_there_are_not_too_many():
    assert fault(*["training.eta=1"] * 101) == "--set: is there 101 times; expected at most 100"


def test_a_long_option_is_cut_in_its_message():
    said = fault("training." + "e" * 60 + "=" + "[1," * 100)
    assert len(said) < 200
    assert "…" in said


@examples(300)
@given(
    st.one_of(
        st.text(),
        st.builds(
            "{}={}".format,
            st.sampled_from(["training.eta", "data.x", "title", "network.layer.1.weights.1.1", "note.1"]),
            st.text(),
        ),
    )
)
def test_whatever_is_typed_is_a_run_or_one_line(change):
    said = ""
    try:
        read(change)
    except InputError as error:
        said = str(error)
    assert len(said) <= 290
    assert said == safe(said)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("dead-relu", ["training.epochs=1"]),
        ("two-by-two", [f"network.layer.2.{key}" for key in ("units=1", "weights=[[1, 1]]", "biases=[0]")] + ["data.y=[[1]]"]),
    ],
)
def test_what_a_file_says_of_steps_that_are_no_more_is_left_out(name, changes):
    whole, other = load(name), read_scenario(meant(name), changes)
    assert {*other.questions, *other.notes} < {*whole.questions, *whole.notes}
    for stop in (*other.questions, *other.notes):
        other.course.parse(stop.at)
