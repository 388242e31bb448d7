"""A scenario written as TOML opens again to the same bits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.library import bundled, load
from nntui.files.open import read_scenario
from nntui.files.scenario.embedded import document_of
from nntui.files.scenario.read import scenario_from_text
from nntui.files.scenario.save import save_scenario, toml_of
from nntui.text.safe import safe
from nntui.training.edits.edit import read_edits
from nntui.training.snapshot import scenario_at
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios, wild_numbers
from tests.training.test_timeline import record_bits

TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("C", "Z")), min_size=1, max_size=12
).filter(lambda text: safe(text) == text)


def same(one, other):
    assert document_of(one) == document_of(other)
    for before, after in ((one.theta, other.theta), (one.x, other.x), (one.y, other.y)):
        assert before.tobytes() == after.tobytes()


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_every_bundled_scenario(name, tmp_path):
    scenario = load(name)
    files = save_scenario(tmp_path / "saved.toml", scenario)
    again = read_scenario(tmp_path / "saved.toml")
    same(replace(scenario, input_names=again.input_names), again)
    assert [path.name for path in files] == ["saved.toml"]


def long_digits():
    """Data too long for a scenario file."""
    scenario = load("digits")
    return replace(scenario, x=scenario.x + np.random.default_rng(0).normal(size=scenario.x.shape))


@pytest.mark.parametrize("names", [(), tuple(f"pixel {n}, é" for n in range(64))])
def test_long_data_go_into_a_file_beside(names, tmp_path):
    scenario = replace(long_digits(), input_names=names)
    assert [path.name for path in save_scenario(tmp_path / "long.toml", scenario)] == ["long.csv", "long.toml"]
    again = read_scenario(tmp_path / "long.toml")
    assert again.input_names[:2] == (names[:2] or ("x1", "x2"))
    same(replace(scenario, input_names=again.input_names, neuron_names=again.neuron_names), again)


@examples(80)
@given(scenarios(numbers=wild_numbers, most_epochs=3), TEXTS, TEXTS)
def test_any_scenario(scenario, title, about):
    scenario = replace(scenario, title=title, about=f'{about}\n"""\\ {title}')
    same(scenario, scenario_from_text(toml_of(document_of(scenario)), "saved"))


@pytest.mark.parametrize("address", ["3:1", "3:1:delta:1:2", "40:1"])
def test_a_saved_fork_continues_as_the_fork_would_have(address, tmp_path):
    timeline = Timeline(load("xor")).fork(7, read_edits("eta=0.9 w1.1.1=0.1"))
    step = timeline.course.parse(address)
    save_scenario(tmp_path / "fork.toml", scenario_at(timeline, step, "A fork"))
    again = Timeline(read_scenario(tmp_path / "fork.toml"))
    assert again.scenario.title == "A fork"
    first = timeline.course.iteration(step)
    for n in range(200):
        assert record_bits(again.iteration(n)) == record_bits(timeline.iteration(first + n))


def test_behind_a_data_point_its_new_weights_are_what_is_saved():
    timeline = Timeline(load("xor"))
    last = timeline.course.last
    saved = scenario_at(timeline, last, "At the end")
    assert saved.theta.tobytes() == timeline.theta(len(timeline)).tobytes()
    assert scenario_at(timeline, last - 1, "Before").theta.tobytes() == timeline.theta(len(timeline) - 1).tobytes()


def test_before_the_place_of_a_fork_the_original_is_what_is_saved():
    timeline = Timeline(load("xor")).fork(7, read_edits("eta=0.9"))
    assert scenario_at(timeline, timeline.course.parse("2:1"), "Before").network.eta == 0.5


def test_a_file_that_is_there_is_never_touched(tmp_path):
    (tmp_path / "there.toml").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        save_scenario(tmp_path / "there.toml", load("xor"))
    assert (tmp_path / "there.toml").read_text() == "mine"


def test_neither_file_is_made_where_one_of_them_is_there(tmp_path):
    (tmp_path / "there.csv").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        save_scenario(tmp_path / "there.toml", long_digits())
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]


@pytest.mark.parametrize("name", [".", "/", "./"])
def test_a_name_that_is_no_file_is_refused(name):
    with pytest.raises(InputError, match="names a folder; expected the name of a new file"):
        save_scenario(name, load("xor"))


def test_a_scenario_that_is_itself_called_csv_does_not_swallow_its_data(tmp_path):
    scenario = long_digits()
    assert [path.name for path in save_scenario(tmp_path / "long.csv", scenario)] == ["long-data.csv", "long.csv"]
    again = read_scenario(tmp_path / "long.csv")
    same(replace(scenario, input_names=again.input_names, neuron_names=again.neuron_names), again)


def test_a_run_that_has_diverged_is_not_saved(tmp_path):
    """A layer without biases has nan in their place, which is no weight."""
    timeline = Timeline(load("linear-regression")).fork(0, read_edits("eta=30"))
    with pytest.raises(InputError, match="weights of layer 1 are inf or nan here; expected a step before the run diverged"):
        save_scenario(tmp_path / "lost.toml", scenario_at(timeline, timeline.course.last, "Lost"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_for_a_scenario_is_refused(tmp_path):
    layer = replace(load("digits"), theta=np.full(2410, 0.1), x=np.full((6, 64), 0.1), y=np.eye(10)[:6])
    wide = replace(layer.network, inputs=4000)
    rows = np.random.default_rng(0).normal(size=(2, 4000))
    theta = np.random.default_rng(0).normal(size=wide.parameters)
    with pytest.raises(InputError, match="expected at most 1"):
        save_scenario(tmp_path / "wide.toml", replace(layer, network=wide, theta=theta, x=rows, y=np.eye(10)[:2]))
    assert list(tmp_path.iterdir()) == []
