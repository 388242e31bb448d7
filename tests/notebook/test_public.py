"""`import nntui`: the public names, what they give, and how a notebook shows them."""

import json
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

import nntui
from nntui.explain.trace import csv_lines
from nntui.files.scenario.read import scenario_from_text
from tests.docs.pages import DOCS


@pytest.fixture(scope="module")
def timeline():
    return nntui.Timeline(nntui.load("xor"))


def test_names_are_completed():
    assert {"Iteration", "Scenario", "Timeline", "load", "__version__"} <= set(dir(nntui))
    done = subprocess.run(
        [sys.executable, "-c", "import sys, nntui; print(*dir(nntui)); print('numpy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    names, loaded = done.stdout.splitlines()
    assert {"Iteration", "Scenario", "Timeline", "load"} <= set(names.split())
    assert loaded == "False"
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        nntui.lod  # noqa: B018


def test_the_contract(timeline):
    assert len(timeline) == 4 * nntui.load("xor").epochs
    assert [matrix.shape for matrix in timeline.weights(0)] == [(2, 3), (1, 3)]
    assert not timeline.weights(5)[0].flags.writeable
    assert timeline.costs(2, 7).shape == (5,)
    assert timeline.frame(0).step == 0
    for wrong in (lambda: timeline.iteration(-1), lambda: timeline.iteration(len(timeline)), lambda: timeline.weights(-1)):
        with pytest.raises(IndexError):
            wrong()


def test_layers_of_an_iteration(timeline):
    made = timeline.iteration(41)
    first, last = made.layer(1), made.layer(2)
    assert (first.z.shape, first.a.shape, first.delta.shape) == ((2,), (2,), (2,))
    assert made.z.tolist() == [*first.z, *last.z]
    assert made.delta.tolist() == [*first.delta, *last.delta]
    assert made.outputs.tolist() == last.a.tolist()
    assert first.weights.tolist() == timeline.weights(41)[0].tolist()
    assert first.new_weights.tolist() == timeline.weights(42)[0].tolist()
    assert first.gradient.tolist() == np.outer(first.delta, [1.0, *made.x]).tolist()
    assert made.cost == timeline.costs(41, 42)[0]
    for array in (first.z, first.a, first.delta, first.weights, first.gradient, first.new_weights):
        assert not array.flags.writeable
    for number in (0, 3, -1):
        with pytest.raises(IndexError, match="expected 1 to 2"):
            made.layer(number)


def test_a_layer_without_biases_has_nan_there():
    layer = nntui.Timeline(nntui.load("no-bias")).iteration(0).layer(1)
    for matrix in (layer.weights, layer.gradient, layer.new_weights):
        assert np.isnan(matrix[:, 0]).all()
        assert np.isfinite(matrix[:, 1:]).all()


def test_rows_of_a_trace_are_those_of_the_command(timeline):
    rows = timeline.trace(3, 5)
    length = timeline.course.length
    header, *lines = csv_lines(timeline.frame(step) for step in range(3 * length, 5 * length))
    assert list(rows[0]) == header.split(",")
    told = [row | {"neuron": row["neuron"] or None} for row in rows]
    written = [",".join("" if value is None else str(value) for value in row.values()) for row in told]
    assert [line.rpartition(",")[0] for line in written] == [line.rpartition(",")[0] for line in lines]
    assert [row["value"] for row in rows] == [float(line.rpartition(",")[2]) for line in lines]
    assert all(type(row["value"]) is float for row in rows)


def test_a_trace_of_one_data_point_by_default(timeline):
    assert {(row["epoch"], row["point"]) for row in timeline.trace()} == {(1, 1)}
    assert {(row["epoch"], row["point"]) for row in timeline.trace(7)} == {(2, 4)}
    assert timeline.trace(4, 4) == []
    for first, last in ((-1, 2), (3, 2), (0, len(timeline) + 1)):
        with pytest.raises(IndexError):
            timeline.trace(first, last)


def test_columns_of_a_trace_have_one_type_each(timeline):
    """So that pandas and polars find it, from the first row on, but for `from`, which the first rows have."""
    assert all(row["neuron"] is not None for row in timeline.trace())
    kinds = {}
    for row in timeline.trace(0, 3):
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    assert {name: found - {type(None)} for name, found in kinds.items()} == {
        **{name: {int} for name in ("step", "epoch", "point", "row", "layer", "neuron", "from")},
        "kind": {str},
        "value": {float},
    }


def test_until(timeline):
    found = timeline.until("mean C < 0.1")
    epoch = found.address.epoch
    assert timeline.mean(epoch - 1) < 0.1
    assert timeline.mean(epoch - 2) >= 0.1
    again = timeline.until("C < 0.1", after=timeline.until("C < 0.1"))
    assert again.number > timeline.until("C < 0.1").number
    assert timeline.weights(found)[0].tolist() == timeline.weights(found.number)[0].tolist()
    assert timeline.until("C < 0", after=len(timeline) - 3) is None
    with pytest.raises(ValueError, match="expected"):
        timeline.until("C <")


def test_forks_are_timelines(timeline):
    fork = timeline.fork(4, "eta=2")
    assert fork.iteration(3).cost == timeline.iteration(3).cost
    assert fork.iteration(5).cost != timeline.iteration(5).cost
    assert fork.trace(5) != timeline.trace(5)
    assert fork.scenario.network.eta == 2.0


def test_the_forks_of_a_scenario_are_timelines():
    timeline = nntui.Timeline(nntui.load("initialisation"))
    assert [fork.name for fork in timeline.scenario.forks] == ["zeros", "xavier", "he"]
    zeros, xavier, he = timeline.forks
    assert float(zeros.iteration(0).outputs[0]) == 0.5
    assert xavier.weights(0)[0].tolist() == timeline.fork(0, "init=xavier").weights(0)[0].tolist()
    assert len(he) == len(timeline)
    assert he.forks == ()


def test_reprs(timeline):
    assert repr(nntui.load("xor")) == f"<nntui.Scenario 'XOR': 2–2–1, 4 data points, {timeline.scenario.epochs} epochs>"
    assert repr(timeline).startswith(f"<nntui.Timeline of 'XOR': {len(timeline)} iterations, ")
    made = timeline.iteration(5)
    assert repr(made) == f"<nntui.Iteration 5 at 2:2 (row 2): C = {made.cost!r}>"
    assert repr(made.layer(1)).startswith("<layer 1, sigmoid: z=[")


class Text(HTMLParser):
    """The text of an HTML fragment, whose elements are closed in order."""

    def __init__(self):
        super().__init__()
        self.text, self.open, self.seen = "", [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    @property
    def lines(self):
        return "\n".join(line.rstrip() for line in self.text.splitlines())


def text(html):
    parser = Text()
    parser.feed(html)
    assert parser.open == []
    return parser


def test_a_notebook_shows_the_panels(timeline, capsys):
    made = timeline.iteration(5)
    assert nntui_show("xor", "--at", "2:2:update:1:2", "--width", "100") in text(made._repr_html_()).lines
    assert nntui_show("xor", "--at", "start", "--width", "100") in text(nntui.load("xor")._repr_html_()).lines
    assert "iterations computed" in text(timeline._repr_html_()).text
    assert "δ" in text(nntui.Timeline(nntui.load("xor"))._repr_html_()).text


def nntui_show(*arguments):
    """What `nntui show` prints, without the marks that stand in for colour."""
    from nntui.draw.base.view import View
    from nntui.draw.screen import page
    from nntui.training.timeline import Timeline

    name, _, at, _, width = arguments
    timeline = Timeline(nntui.load(name))
    view = View(timeline.frame(timeline.course.parse(at)))
    return "\n".join("".join(span.text for span in line).rstrip() for line in page(view, int(width)))


def test_texts_of_a_file_are_text_in_a_notebook(sound_text):
    scenario = scenario_from_text(sound_text, "F")
    html = scenario._repr_html_()
    assert "<script" not in html
    assert text(html).seen <= {"b", "p", "pre", "span"}


@pytest.fixture
def sound_text():
    bad = '<script>alert(1)</script>&amp;"'
    from tests.files.conftest import SOUND

    return (
        SOUND.replace('title = "Two by two"', f"title = '''{bad}'''")
        .replace('about = "look here"', f"about = '''{bad}'''")
        .replace('["h1", "h2"]', f"['''{bad}''', 'h2']")
    )


def test_the_notebook_runs_from_top_to_bottom():
    notebook = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names = {}
    for cell in notebook["cells"]:
        assert cell["cell_type"] in ("code", "markdown")
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), names)
    assert names["found"].cost < 0.01
    assert len(names["updates"]) == 2 * 9
