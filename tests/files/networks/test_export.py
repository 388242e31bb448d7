"""`nntui export`: what other programs read, and that it says what the run says."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nntui.cli import main
from nntui.files.library import bundled, load
from nntui.files.networks.formats import NETWORK_FORMATS, network_bytes
from nntui.files.networks.npz import npz_arrays
from nntui.files.networks.safetensors import safetensors_arrays
from nntui.files.networks.state import state_before
from nntui.files.scenario.read import scenario_from_text
from nntui.training.timeline import Timeline


@pytest.fixture
def export(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["export", *arguments])
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    return run


def test_npz_is_what_numpy_reads(export, tmp_path):
    assert export("two-by-two", "--at", "2:1", "--format", "npz", "--out", "w.npz") == (0, b"wrote w.npz\n", "")
    weights = Timeline(load("two-by-two")).weights(1)
    with np.load("w.npz", allow_pickle=False) as arrays:
        assert arrays.files == ["W1", "b1", "W2", "b2", "sizes", "activations"]
        for number, matrix in enumerate(weights, start=1):
            assert arrays[f"W{number}"].dtype == np.float64
            assert arrays[f"W{number}"].tobytes() == np.ascontiguousarray(matrix[:, 1:]).tobytes()
            assert arrays[f"b{number}"].tobytes() == np.ascontiguousarray(matrix[:, 0]).tobytes()
        assert arrays["sizes"].tolist() == [2, 2, 2]
        assert arrays["activations"].tolist() == ["sigmoid", "sigmoid"]


def test_a_layer_without_biases_has_no_b(export):
    assert export("no-bias", "--at", "start", "--format", "npz", "--out", "w.npz")[0] == 0
    with np.load("w.npz", allow_pickle=False) as arrays:
        assert [name for name in arrays.files if name.startswith("b")] == []


def test_the_same_network_is_the_same_bytes(export):
    state = state_before(Timeline(load("xor")), 5)
    for form in NETWORK_FORMATS:
        assert network_bytes(state, form) == network_bytes(state_before(Timeline(load("xor")), 5), form)
    with zipfile.ZipFile(io.BytesIO(network_bytes(state, "npz"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_safetensors_by_its_own_description(export):
    assert export("xor", "--at", "start", "--format", "safetensors", "--out", "w.st")[0] == 0
    content = Path("w.st").read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    assert header.pop("__metadata__") == {"activations": "sigmoid,sigmoid", "sizes": "2,2,1"}
    weights = load("xor").weights
    assert list(header) == ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"]
    place = 0
    for name, entry in header.items():
        layer, part = name.removeprefix("layer").split(".")
        matrix = weights[int(layer) - 1]
        wanted = np.ascontiguousarray(matrix[:, 1:] if part == "weight" else matrix[:, 0])
        first, last = entry["data_offsets"]
        assert (entry["dtype"], entry["shape"], first) == ("F64", list(wanted.shape), place)
        assert content[8 + length + first : 8 + length + last] == wanted.tobytes()
        place = last
    assert len(content) == 8 + length + place
    assert length % 8 == 0


@pytest.mark.parametrize(("at", "n"), [("start", 0), ("2:3", 6), ("2:3:delta:1:2", 6), (None, None), ("end", None)])
def test_the_weights_are_those_before_the_data_point(export, at, n):
    place = ["--at", at] if at else []
    assert export("xor", "--set", "training.epochs=9", *place, "--format", "npz", "--out", "w.npz")[0] == 0
    timeline = Timeline(replace(load("xor"), epochs=9))
    with np.load("w.npz") as arrays:
        assert arrays["W1"].tolist() == timeline.weights(len(timeline) if n is None else n)[0][:, 1:].tolist()


def test_toml_begins_with_these_weights(export):
    code, out, err = export("xor", "--at", "3:1", "--format", "toml")
    assert (code, err) == (0, "")
    again = scenario_from_text(out.decode(), "out")
    assert again.theta.tobytes() == Timeline(load("xor")).theta(8).tobytes()
    assert export("digits", "--at", "start", "--format", "toml", "--out", "d.toml") == (0, b"wrote d.toml\n", "")
    assert load("d.toml").theta.tobytes() == load("digits").theta.tobytes()


WRONG = [
    (("xor", "--format", "npz"), "--format npz is binary; expected --out FILE"),
    (("xor", "--format", "onnx"), "argument --format: invalid choice: 'onnx'"),
    (("xor", "--format", "toml", "--at", "9:9:9"), "--at: "),
    (("learning-rates", "--format", "pytorch"), "--format pytorch: weights or C after the last data point are inf or nan"),
    (("xor", "--format", "npz", "--out", "none/w.npz"), "none/w.npz: there is no such folder"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_cannot_be_exported(export, arguments, message):
    code, out, err = export(*arguments)
    assert (code, out) == (2, b"")
    assert err.startswith(f"nntui: {message}")


def test_a_file_that_is_there_is_not_touched(export, tmp_path):
    (tmp_path / "w.npz").write_text("mine")
    assert export("xor", "--at", "start", "--format", "npz", "--out", "w.npz")[0] == 2
    assert (tmp_path / "w.npz").read_text() == "mine"


# --- PyTorch


SCENARIOS = [
    "xor",
    "two-by-two",
    "softmax",
    "cross-entropy",
    "tanh-relu",
    "leaky-relu",
    "perceptron",
    "step-never-learns",
    "linear-regression",
    "no-bias",
    "iris",
]


def programs():
    for name in SCENARIOS:
        timeline = Timeline(load(name))
        for n in (0, min(7, len(timeline) - 1)):
            yield f"{name} {n}", state_before(timeline, n)
    softmax = load("softmax")
    uneven = softmax.y.copy()
    uneven[0] = (np.arange(len(uneven[0])) == 0) * (1 - 9e-10)
    yield "targets that do not add up to 1", state_before(Timeline(replace(softmax, y=uneven)), 0)
    two = load("two-by-two")
    for words in ("update_weights", "update_biases"):
        network = replace(two.network, cost="squared_error", **{words: False})
        yield f"{words} false", state_before(Timeline(replace(two, network=network)), 0)
    gate = load("perceptron")
    for name, at_zero in (("step", 0.0), ("sign", 1.0), ("sign", 0.0)):
        network = replace(gate.network, layers=(replace(gate.network.layers[0], activation=name),), at_zero=at_zero)
        yield f"{name} at zero {at_zero:g}", state_before(Timeline(replace(gate, network=network)), 0)
    for rule in ({"batch": 4}, {"batch": 3, "average": True, "momentum": 0.9}, {"momentum": 0.5, "update_weights": False}):
        xor = load("xor")
        timeline = Timeline(replace(xor, network=replace(xor.network, **rule)))
        for n in (0, 1, 6, 7, len(timeline)):
            yield f"{rule} {n}", state_before(timeline, n)
    yield "a title that is code", state_before(Timeline(replace(two, title='"""\nimport os\'\\')), 0)


def given(script):
    """The plain values that a script assigns, by name: read, not run."""
    values = {}
    for node in ast.parse(script).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Call) and ast.unparse(value.func) == "torch.tensor":
                value = value.args[0]
            try:
                values[node.targets[0].id] = ast.literal_eval(value)
            except ValueError:
                continue
    return values


@pytest.mark.parametrize(("name", "state"), programs(), ids=[name for name, _ in programs()])
def test_the_script_holds_the_numbers_of_the_run(name, state):
    script = network_bytes(state, "pytorch").decode()
    values = given(script)
    for key, matrices in (("", state.matrices), ("expected_", state.after)):
        assert [np.array(rows).tolist() for rows in values[f"{key}weights"]] == [matrix[:, 1:].tolist() for matrix in matrices]
        for layer, row, matrix in zip(state.scenario.network.layers, values[f"{key}biases"], matrices, strict=True):
            assert row == (matrix[:, 0].tolist() if layer.biases else None)
    assert values["x"] == state.made.x.tolist()
    assert values["y"] == state.made.y.tolist()
    assert values["eta"] == state.scenario.network.eta
    assert values["expected_cost"] == state.made.cost
    assert script.isascii()


def test_the_notebook_is_the_script_in_cells():
    state = state_before(Timeline(load("xor")), 3)
    notebook = json.loads(network_bytes(state, "ipynb"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = notebook["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    code = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert code + "\n" == network_bytes(state, "pytorch").decode()


@pytest.fixture(scope="session")
def torch_python(request):
    """A Python that has PyTorch: that of --torch, or our own."""
    return request.config.getoption("--torch") or sys.executable


@pytest.mark.torch
def test_torch_comes_to_the_same_numbers(torch_python, tmp_path):
    scripts = [network_bytes(state, "pytorch").decode() for _, state in programs()]
    (tmp_path / "all.json").write_text(json.dumps(scripts))
    run = "import json, sys\nfor script in json.load(open(sys.argv[1])):\n    exec(script, {})\n"
    done = subprocess.run(
        [torch_python, "-c", run, str(tmp_path / "all.json")], capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("are those of nntui, to 1e-12") == len(scripts)


# --- reading back


@pytest.mark.parametrize("name", [name for name, _ in bundled() if name != "digits"])
def test_what_is_written_is_read_back(name):
    scenario = load(name)
    state = state_before(Timeline(scenario), 0)
    for read, form in ((npz_arrays, "npz"), (safetensors_arrays, "safetensors")):
        arrays = read(network_bytes(state, form), "w")
        assert arrays["activations"] == [layer.activation for layer in scenario.network.layers]
        for number, matrix in enumerate(scenario.weights, start=1):
            assert arrays[f"W{number}"].tobytes() == np.ascontiguousarray(matrix[:, 1:]).tobytes()
