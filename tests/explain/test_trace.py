"""`trace`: the contract of docs/trace-format.md, field by field."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from nntui.explain.documents.document import DocumentOptions, document
from nntui.explain.documents.formats import WRITERS
from nntui.explain.notation.numerals import Numerals
from nntui.explain.trace import CSV_HEADER, FORMATS, trace
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import neuron
from tests.strategies import examples, scenarios, wild_numbers

FIELDS = ["step", "epoch", "point", "row", "kind", "layer", "neuron"]


def lines(scenario, form, first="start", last=None):
    timeline = Timeline(scenario)
    course = timeline.course
    start = course.parse(first)
    stop = course.span(last)[1] if last else (course.iteration(start) + 1) * course.length - 1
    return list(trace(timeline, start, stop, form))


def test_jsonl_of_the_classic_worked_example_is_that_of_the_contract():
    """The three lines of docs/trace-format.md; there numbers are shortened to four decimals."""
    got = lines(load("two-by-two"), "jsonl")
    assert len(got) == 22
    assert got[0] == (
        '{"step": 0, "epoch": 1, "point": 1, "row": 1, "kind": "input", "layer": 0, "neuron": null, "value": [0.05, 0.1]}'
    )
    assert got[1] == ('{"step": 1, "epoch": 1, "point": 1, "row": 1, "kind": "z", "layer": 1, "neuron": 1, "value": 0.3775}')
    gradient = json.loads(got[14], parse_float=lambda text: int(float(text) * 10_000) / 10_000)
    assert list(gradient.items()) == [
        ("step", 14),
        ("epoch", 1),
        ("point", 1),
        ("row", 1),
        ("kind", "gradient"),
        ("layer", 2),
        ("neuron", 1),
        ("weights", [0.0821, 0.0826]),  # 0.08216…, 0.08266…
        ("bias", 0.1384),  # 0.13849…
    ]


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=3, most_epochs=2))
def test_jsonl_has_every_step_with_its_numbers_to_the_last_bit(scene):
    timeline = Timeline(scene)
    last = timeline.course.last
    for step, line in enumerate(trace(timeline, 0, last, "jsonl")):
        entry, frame = json.loads(line), timeline.frame(step)
        kind, layer = frame.moment.kind, frame.moment.layer
        row = kind in ("gradient", "update")
        assert line.isascii()
        assert list(entry) == FIELDS + (["weights", "bias"] if row else ["value"])
        assert [entry[name] for name in FIELDS[:4]] == [step, frame.address.epoch, frame.address.point, frame.row]
        assert (entry["kind"], entry["layer"], entry["neuron"]) == (kind, layer, frame.moment.neuron or None)
        assert (entry["neuron"] is None) == (kind in ("input", "cost"))
        if row:
            biases = scene.network.layers[layer - 1].biases
            assert (entry["bias"] is not None) == biases
            values = ([entry["bias"]] if biases else []) + entry["weights"]
        else:
            values = entry["value"] if kind == "input" else [entry["value"]]
        assert all(isinstance(value, float) or value in ("nan", "inf", "-inf") for value in values)
        assert list(map(repr, map(float, values))) == list(map(repr, frame.numbers(frame.moment)))


def test_what_is_not_finite_is_a_string():
    scenario = neuron("identity", [0.0, 1e308], [1e10])
    got = {entry["kind"]: entry for entry in map(json.loads, lines(scenario, "jsonl"))}
    assert got["z"]["value"] == got["cost"]["value"] == "inf"
    assert got["update"]["weights"] == ["-inf"]
    nan = neuron("identity", [0.0, 1e308, 1e308], [1e10, -1e10])
    assert json.loads(lines(nan, "jsonl")[1])["value"] == "nan"


@examples(40)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2))
def test_csv_says_the_same_one_number_a_line(scene):
    timeline = Timeline(scene)
    last = timeline.course.last
    expected = []
    for entry in map(json.loads, trace(timeline, 0, last, "jsonl")):
        place = ["" if entry[name] is None else str(entry[name]) for name in FIELDS]
        if "weights" in entry:
            numbers = {0: entry["bias"]} if entry["bias"] is not None else {}
            numbers |= dict(enumerate(entry["weights"], start=1))
        else:
            numbers = dict(enumerate(entry["value"], start=1)) if entry["kind"] == "input" else {"": entry["value"]}
        expected += [[*place, str(j), value if isinstance(value, str) else repr(value)] for j, value in numbers.items()]
    got = list(trace(timeline, 0, last, "csv"))
    assert got[0] == CSV_HEADER == "step,epoch,point,row,kind,layer,neuron,from,value"
    assert list(csv.reader(got[1:])) == expected


def test_row_is_the_data_row_and_point_the_place_in_the_epoch():
    scenario = replace(load("xor"), order="shuffled", shuffle_seed=4, epochs=2)
    inputs = [entry for entry in map(json.loads, lines(scenario, "jsonl", "start", "end")) if entry["kind"] == "input"]
    assert [entry["point"] for entry in inputs] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert [entry["row"] for entry in inputs] != [1, 2, 3, 4, 1, 2, 3, 4]
    for entry in inputs:
        assert entry["value"] == scenario.x[entry["row"] - 1].tolist()


def test_text_is_a_line_a_step_in_full_digits():
    got = lines(load("two-by-two"), "text")
    assert got[2] == "1:1:z:1:2             z₂¹ = 0.39249999999999996"
    assert got[0] == "1:1:input             x = (0.05, 0.1)"
    assert got[14].startswith("1:1:gradient:2:1      ∂C/∂w¹₁ⱼ = (0.08216704056423078, 0.08266762784753326)  bias 0.138498")
    assert len(got) == 22


@pytest.mark.parametrize("form", FORMATS)
def test_a_run_that_overflows_is_told_in_every_form(form):
    text = "\n".join(lines(neuron("identity", [0.0, 1e308], [1e10]), form))
    assert "inf" in text


def test_markdown_golden():
    scenario = replace(load("two-by-two"), about="The classic worked example.")
    goldens.check("trace/two-by-two.md", markdown(scenario))


def markdown(scenario):
    timeline = Timeline(scenario)
    blocks = list(document(timeline, 0, timeline.course.length - 1, DocumentOptions()))
    return "\n".join(WRITERS["markdown"].write(scenario.title, blocks))


def test_text_with_fewer_digits():
    timeline = Timeline(load("two-by-two"))
    assert list(trace(timeline, 1, 2, "text", Numerals(3)))[1] == "1:1:z:1:2             z₂¹ = 0.392"


def test_markdown_shortens_a_long_sum_in_the_middle():
    weights = np.linspace(-1, 1, 41)
    text = markdown(neuron(weights=weights, x=np.ones(40)))
    assert r"\dots 24 \;\text{more}\; \dots" in text
