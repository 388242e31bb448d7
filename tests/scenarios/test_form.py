"""What every bundled scenario must be, whatever it teaches."""

import importlib
import re
import time
from pathlib import Path

import pytest

import nntui
from nntui.files.library import bundled, folder
from nntui.files.open import all_faults
from nntui.training.scenario import QUESTION_KINDS
from tests.scenarios.claims import addresses, told, unchecked

NAMES = [name for name, _ in bundled()]
FIRST = {"single-neuron", "xor", "two-by-two", "tanh-relu", "perceptron"}
MICROSECONDS = 150  # a data point, as others plan with


def groups() -> dict[str, list[str]]:
    """groups.txt: `# Title`, then a name a line."""
    found: dict[str, list[str]] = {}
    for line in (folder() / "groups.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            found[line[2:]] = []
        elif line:
            found[list(found)[-1]].append(line)
    return found


def test_there_are_at_least_twenty() -> None:
    assert len(NAMES) >= 20
    assert set(NAMES) >= FIRST


def test_every_scenario_is_in_exactly_one_group() -> None:
    found = groups()
    assert list(found) == [
        "The lecture",
        "A single neuron",
        "Worked examples",
        "Logic gates",
        "Shapes",
        "Real data",
        "What goes wrong",
    ]
    assert sorted(name for names in found.values() for name in names) == sorted(NAMES)


def test_titles_differ() -> None:
    titles = [nntui.load(name).title for name in NAMES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound(name: str) -> None:
    assert all_faults(folder() / f"{name}.toml") == []


@pytest.mark.parametrize("name", NAMES)
def test_its_texts_fit(name: str) -> None:
    scenario = nntui.load(name)
    assert len(scenario.title) <= 25
    lines = scenario.about.splitlines()
    assert 2 <= len(lines) <= 6
    assert all(len(line) < 76 and line == line.strip() for line in lines)
    assert len(scenario.about) > 150
    for text in told(scenario):
        assert 0 < len(text) <= 200, text
        assert "\n" not in text
        assert text == text.strip()
    for names in (scenario.input_names, *scenario.neuron_names):
        assert all(len(word) <= 6 for word in names)


@pytest.mark.parametrize("name", NAMES)
def test_its_tour_goes_forward(name: str) -> None:
    scenario = nntui.load(name)
    assert scenario.notes
    steps = [scenario.course.parse(note.at) for note in scenario.notes]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("name", NAMES)
def test_its_questions_go_forward(name: str) -> None:
    scenario = nntui.load(name)
    steps = [scenario.course.parse(question.at) for question in scenario.questions]
    assert steps == sorted(set(steps))


def test_every_kind_of_question_is_asked_somewhere() -> None:
    asked = [name for name in NAMES if nntui.load(name).questions]
    assert len(asked) >= 3
    assert {question.kind for name in asked for question in nntui.load(name).questions} == set(QUESTION_KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_places_it_points_to_exist(name: str) -> None:
    scenario = nntui.load(name)
    texts = (scenario.about, *told(scenario))
    for address in (address for text in texts for address in addresses(text)):
        scenario.course.parse(address)
    for other in (other for text in texts for other in re.findall(r"`([a-z0-9 -]+)`", text)):
        neurons = {word for names in scenario.neuron_names for word in names}
        assert other in {*NAMES, *neurons, "update", *(fork.name for fork in scenario.forks)}, other


@pytest.mark.parametrize("name", NAMES)
def test_its_source_is_text_for_any_editor(name: str) -> None:
    source = (folder() / f"{name}.toml").read_bytes()
    assert b"\r" not in source
    assert b"\t" not in source
    assert source.endswith(b"\n")
    assert not source.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_run_is_computed_soon(name: str) -> None:
    scenario = nntui.load(name)
    assert scenario.course.iterations <= 20_000
    assert scenario.course.iterations * MICROSECONDS * 1e-6 < 5


def test_the_real_data_are_whole_and_named() -> None:
    iris, digits = nntui.load("iris"), nntui.load("digits")
    assert iris.x.shape == (150, 4)
    assert iris.y.sum(axis=0).tolist() == [50, 50, 50]
    assert iris.network.sizes == (4, 5, 3)
    assert digits.x.shape == (1797, 64)
    assert digits.network.sizes == (64, 32, 10)
    assert digits.y.sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as the source prints
    about = (folder() / "DATA.md").read_text(encoding="utf-8")
    for csv in folder().glob("*.csv"):
        assert f"## {csv.name}" in about
    for source in ("Licence: Creative Commons Attribution 4.0", "10.24432/C56C76", "10.24432/C50P49"):
        assert source in about


def test_the_iris_rows_are_those_of_fisher() -> None:
    """Rows 35 and 38, which differ in the copy of the UCI repository."""
    lines = (folder() / "iris.csv").read_text(encoding="ascii").splitlines()
    assert lines[35] == "4.9,3.1,1.5,0.2,setosa"
    assert lines[38] == "4.9,3.6,1.4,0.1,setosa"


def test_the_largest_data_are_read_quickly() -> None:
    start = time.process_time()
    nntui.load("digits")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_its_texts_is_checked(name: str) -> None:
    for module in Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.scenarios.{module.stem}")
    assert unchecked(name) == []
