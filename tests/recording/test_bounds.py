"""What a recording expands to is bounded, and generated data points stay a line of it."""

from dataclasses import replace

import numpy as np
import pytest

from nntui.files.open import read_scenario
from nntui.files.recording.reader import read_recording
from nntui.files.recording.writer import Recorder
from nntui.files.scenario import bounds
from nntui.files.scenario.bounds import EACH_RUN, MOST_NUMBERS, numbers_in, numbers_of
from nntui.files.scenario.embedded import alike, document_of, recorded_document_of, scenario_of
from nntui.lesson.events import Fork, Reload, Stop
from nntui.training.edits.edit import read_edits
from tests.recording.making import chained, fed

TEXT = """format = 1
title = "made up"
[[network.layer]]
units = 2
activation = "sigmoid"
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 0.5
epochs = 100
[data]
generate = "{kind}"
points = {points}
noise = 0.1
seed = 7
"""
LAYERS = [{"units": 2, "activation": "sigmoid"}, {"units": 1, "activation": "sigmoid"}]


def generated(tmp_path, points=50, kind="spiral"):
    path = tmp_path / "made.toml"
    path.write_text(TEXT.format(points=points, kind=kind), encoding="utf-8")
    return read_scenario(path)


def header(**data):
    scenario = {"format": 1, "title": "t", "network": {"layer": LAYERS}, "training": {"eta": 0.5, "epochs": 100}, "data": data}
    return {"format": 1, "program": "0", "scenario": scenario}


def recorder(path, scenario, **more):
    return Recorder.begin(path, scenario, lambda _: None, **more)


@pytest.mark.parametrize("kind", ["spiral", "sine"])
def test_generated_data_points_stay_a_line_and_come_back_bit_for_bit(tmp_path, kind):
    scenario = generated(tmp_path, 5_000, kind)
    made = recorder(tmp_path / "r", scenario)
    made.record(Reload(1.0, scenario))
    made.close()
    assert (tmp_path / "r").stat().st_size < 2_000
    back = read_recording(tmp_path / "r")
    for found in back.lesson.scenarios:
        assert (found.x.tobytes(), found.y.tobytes(), found.theta.tobytes()) == (
            scenario.x.tobytes(), scenario.y.tobytes(), scenario.theta.tobytes()
        )  # fmt: skip
    assert numbers_in(recorded_document_of(scenario)) == numbers_in(document_of(scenario)) == numbers_of(scenario)


def test_a_generated_recording_is_continued_and_one_with_its_rows_too(tmp_path):
    scenario = generated(tmp_path)
    recorder(tmp_path / "r", scenario).close()
    rows = {"format": 1, "program": "0", "scenario": document_of(scenario)}
    (tmp_path / "rows").write_bytes(chained([rows]))
    for name in ("r", "rows"):
        continued = recorder(tmp_path / name, generated(tmp_path))
        assert continued.continued is not None
        assert continued.record(Stop(1.0, 3))
        continued.close()


def test_other_data_are_written_out(tmp_path):
    scenario = generated(tmp_path)
    x = scenario.x.copy()
    x[0, 0] = 9.0
    changed = replace(scenario, x=x)
    assert "x" in recorded_document_of(changed)["data"]
    back = scenario_of(recorded_document_of(changed), "r", 1)
    assert np.array_equal(back.x, x)
    assert alike(back, changed)
    assert not alike(back, scenario)
    assert not alike(replace(scenario, epochs=99), scenario)


@pytest.mark.parametrize(
    ("first", "line"),
    [
        (header(generate="spiral", points=3_000_000), 1),
        (header(x=[[0.0] * 2] * 2, y=[[0.0]] * 2) | {"scenario": {"network": {"layer": [{"units": 4000}] * 3}, "data": {}}}, 1),
    ],
    ids=["generated", "weights"],
)
def test_a_short_line_that_asks_for_much_is_refused_before_anything_is_made(monkeypatch, first, line):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr("nntui.files.recording.reader.scenario_of", never)
    found = fed(chained([first]))
    assert found.fault.line == line
    assert str(MOST_NUMBERS) in str(found.fault)


def test_reloads_forks_and_generated_data_count_together(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_NUMBERS", 1_000)
    made = header(generate="spiral", points=100)["scenario"]  # 309 numbers, of which 200 are inputs
    reload = {"kind": "reload", "t": 1, "scenario": made, "step": 0}
    fork = {"kind": "fork", "t": 1, "step": 0, "start": 0, "edits": "x1=2"}
    found = fed(chained([header(generate="spiral", points=100), reload, fork, fork]))
    assert found.fault.line == 4
    assert (len(found.lesson.scenarios), found.numbers) == (3, 818 + EACH_RUN)
    other = fed(chained([header(generate="spiral", points=100), fork | {"edits": "eta=1"}, reload, reload, reload]))
    assert (other.fault.line, other.numbers) == (4, 618 + EACH_RUN)


def test_runs_count_for_their_memory_however_few_numbers_they_have(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_NUMBERS", 10_000)
    first = header(x=[[0, 1]], y=[[1]])
    brings = first["scenario"] | {"fork": [{"at": "1:1", "edits": f"eta={n}"} for n in range(1, 21)]}
    reload = {"kind": "reload", "t": 1, "scenario": brings, "step": 0}
    found = fed(chained([first, *[reload] * 9]))
    each = 9 + 3 + 21 * EACH_RUN
    assert (found.fault.line, found.numbers, len(found.lesson.scenarios)) == (6, 12 + 4 * each, 1 + 4 * 21)
    assert "more than 10000 numbers" in found.fault.message


def test_a_writer_keeps_within_what_a_reader_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_NUMBERS", 1_000)
    scenario = generated(tmp_path, 100)
    made = recorder(tmp_path / "r", scenario)
    assert made.record(Reload(1.0, scenario))
    assert made.record(Fork(2.0, 0, 0, read_edits("x1=2")))
    assert not made.record(Fork(3.0, 0, 0, read_edits("x1=3")))
    assert "larger than a recording may be" in made.trouble
    made.close()
    assert len(read_recording(tmp_path / "r").lesson.scenarios) == 3
    large = recorder(tmp_path / "large", generated(tmp_path, 1_000))
    assert "larger than a recording may be" in large.trouble
    assert not (tmp_path / "large").exists()
