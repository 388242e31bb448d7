"""`nntui new --weights`: files of other programs, sound and hostile; nothing they hold is run."""

import io
import json
import pickle
import struct
import zipfile

import numpy as np
import pytest

from nntui.cli import main
from nntui.files.io.errors import InputError
from nntui.files.library import load
from nntui.files.networks.weights import scenario_of_weights

W1, B1 = np.array([[0.5, -1.0, 2.0], [0.25, 1e-7, -3.0]]), np.array([0.1, -0.1])
W2, B2 = np.array([[1.0, -2.0]]), np.array([0.5])


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["new", "s.toml", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def tensors(values, kind="F64", **more):
    header, body = {}, b""
    for name, array in values.items():
        raw = array.tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header | more).encode()
    return struct.pack("<Q", len(text)) + text + body


def test_npz_as_numpy_saves_it(new, tmp_path):
    np.savez(tmp_path / "w.npz", W1=W1, b1=B1, W2=W2, b2=B2)
    code, out, err = new("--weights", "w.npz", "--activations", "tanh,sigmoid")
    assert (code, err) == (0, "")
    assert out.startswith("wrote s.toml\n")
    scenario = load("s.toml")
    assert [layer.activation for layer in scenario.network.layers] == ["tanh", "sigmoid"]
    assert scenario.weights[0].tolist() == np.column_stack((B1, W1)).tolist()
    assert scenario.weights[1].tolist() == np.column_stack((B2, W2)).tolist()
    assert main(["check", "s.toml"]) == 0


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("kind", ["<f4", ">f8", "<f2", "<i4"])
def test_other_kinds_of_numbers_without_biases(new, tmp_path, save, kind):
    save(tmp_path / "w.npz", W1=np.asfortranarray(W1.round()).astype(kind), W2=W2.astype(kind))
    assert new("--weights", "w.npz", "--activations", "relu,softmax")[0] == 0
    scenario = load("s.toml")
    assert scenario.weights[0][:, 1:].tolist() == W1.round().tolist()
    assert not any(layer.biases for layer in scenario.network.layers)


def test_a_state_dict_of_pytorch_as_safetensors(new, tmp_path):
    names = {"0.weight": W1, "0.bias": B1, "10.weight": np.array([[4.0]]), "2.weight": W2, "2.bias": B2}
    (tmp_path / "w.safetensors").write_bytes(tensors(names))
    assert new("--weights", "w.safetensors", "--activations", "tanh,relu,identity")[0] == 0
    scenario = load("s.toml")
    assert scenario.network.sizes == (3, 2, 1, 1)
    assert scenario.weights[2][0, 1] == 4.0
    assert [layer.biases for layer in scenario.network.layers] == [True, True, False]


def test_half_precision_of_both_kinds(tmp_path):
    path = tmp_path / "w.safetensors"
    path.write_bytes(tensors({"a.weight": W2.astype("<f2")}, "F16"))
    assert scenario_of_weights(path, ["tanh"]).weights[0][:, 1:].tolist() == W2.tolist()
    path.write_bytes(tensors({"a.weight": (W2.astype("<f4").view("<u4") >> 16).astype("<u2")}, "BF16"))
    assert scenario_of_weights(path, ["tanh"]).weights[0][:, 1:].tolist() == W2.tolist()


def test_what_export_writes_needs_no_activations(new):
    assert main(["export", "iris", "--at", "2:1", "--format", "safetensors", "--out", "w.safetensors"]) == 0
    assert new("--weights", "w.safetensors")[0] == 0
    assert [layer.activation for layer in load("s.toml").network.layers] == [
        layer.activation for layer in load("iris").network.layers
    ]


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("_", "."), raw)
    return content.getvalue()


def npy(header, body=b""):
    text = header.encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


class Trap:
    def __reduce__(self):
        return (exec, ("raise SystemExit('run!')",))


def objects():
    content = io.BytesIO()
    np.save(content, np.array([[Trap()]], dtype=object), allow_pickle=True)
    return content.getvalue()


SMALL = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }"
HOSTILE = [
    (b"", "is no npz file, or damaged"),
    (b"PK\x03\x04" + b"\0" * 60, "is no npz file, or damaged"),
    (pickle.dumps({"W1": [[1.0]]}), "is no npz file, or damaged"),
    (zipped(W1_npy=objects()), "array 'W1' has no header that can be read"),
    (zipped(W1_pkl=b"cos\nsystem\n(S'x'\ntR."), "holds 'W1.pkl'; expected arrays only"),
    (zipped(W1_npy=npy("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1), }")), "array 'W1' has no header"),
    (zipped(W1_npy=npy("__import__('os')")), "array 'W1' has no header that can be read"),
    (zipped(W1_npy=npy("[" * 4000)), "array 'W1' has no header that can be read"),
    (zipped(W1_npy=npy(SMALL % "99999999999, 99999999999")), "array 'W1' has not the length"),
    (zipped(W1_npy=npy(SMALL % "2, 2", b"\0" * 31)), "array 'W1' has not the length"),
    (zipped(W1_npy=npy(SMALL % "0, 2")), "W1 has the shape (0, 2); expected two sizes"),
    (zipped(W1_npy=npy(SMALL % "2,", b"\0" * 16)), "W1 has the shape (2,); expected two sizes"),
    (lambda: zipped(W1_npy=b"\0" * (400 << 20)), "holds more than"),  # made when it is wanted
    (zipped(W2_npy=npy(SMALL % "1, 1", b"\0" * 8)), "has no W1, or a gap behind it"),
    (zipped(W1_npy=npy(SMALL % "1, 1", b"\0" * 8), X_npy=npy(SMALL % "1, 1", b"\0" * 8)), "holds 'X'; expected W1, b1"),
    (zipped(W1_npy=npy(SMALL % "1, 1", struct.pack("<d", float("nan")))), "W1 holds inf or nan"),
    (zipped(W1_npy=npy(SMALL % "1, 1", b"\0" * 8), b1_npy=npy(SMALL % "2,", b"\0" * 16)), "b1 has 2 numbers, but W1 has 1 row"),
]


@pytest.mark.parametrize(("content", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_npz(new, tmp_path, content, message):
    (tmp_path / "w.npz").write_bytes(content() if callable(content) else content)
    code, out, err = new("--weights", "w.npz", "--activations", "tanh")
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: w.npz: {message}")
    assert not (tmp_path / "s.toml").exists()


def headed(text):
    raw = text if isinstance(text, bytes) else text.encode()
    return struct.pack("<Q", len(raw)) + raw


ENTRY = '{"dtype":"F64","shape":%s,"data_offsets":%s}'
HOSTILE_TENSORS = [
    (b"", "is no safetensors file"),
    (b"\xff" * 16, "is no safetensors file"),
    (headed("[" * 100_000), "has a header that is no JSON object"),
    (headed("[]"), "has no table of tensors"),
    (headed('{"a.weight":1,"a.weight":1}'), "has a header that is no JSON object with each name once"),
    (headed('{"a.weight":1}'), "tensor 'a.weight' has no dtype, shape and place that are known"),
    (headed('{"a.what":1}'), "tensor 'a.what' is neither a weight nor a bias"),
    (headed('{"a.weight":' + ENTRY % ("[1,1]", "[0,8]") + "}"), "tensor 'a.weight' lies outside the file"),
    (headed('{"a.weight":' + ENTRY % ("[1,1]", "[-8,0]") + "}"), "tensor 'a.weight' lies outside the file"),
    (headed('{"a.weight":' + ENTRY % ("[4000000,4000000]", "[0,8]") + "}"), "tensor 'a.weight' has the shape"),
    (headed('{"a.weight":' + ENTRY % ("[1,1,1]", "[0,8]") + "}"), "tensor 'a.weight' has the shape"),
    (headed('{"a.weight":' + ENTRY % ("[true,1]", "[0,8]") + "}"), "tensor 'a.weight' has the shape"),
    (headed("{}"), "has no W1, or a gap behind it"),
]


@pytest.mark.parametrize(("content", "message"), HOSTILE_TENSORS, ids=range(len(HOSTILE_TENSORS)))
def test_hostile_safetensors(new, tmp_path, content, message):
    (tmp_path / "w.safetensors").write_bytes(content)
    code, out, err = new("--weights", "w.safetensors", "--activations", "tanh")
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: w.safetensors: {message}")


def test_every_cut_and_every_flipped_byte_is_an_error_or_a_network(tmp_path):
    np.savez(tmp_path / "w.npz", W1=W1, b1=B1)
    (tmp_path / "w.safetensors").write_bytes(tensors({"a.weight": W1, "a.bias": B1}))
    for name in ("w.npz", "w.safetensors"):
        whole = (tmp_path / name).read_bytes()
        for at in range(0, len(whole), 3):
            for changed in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]):
                (tmp_path / name).write_bytes(changed)
                try:
                    scenario = scenario_of_weights(tmp_path / name, ["tanh"])
                except InputError:
                    continue
                assert all(np.isfinite(matrix[:, 1:]).all() for matrix in scenario.weights)


WRONG = [
    (("--activations", "tanh"), "--activations: 1 activation, but 'w.npz' has 2 layers; expected one for each"),
    (("--activations", "logistic,tanh"), "--activations: 'logistic' is no activation; did you mean 'sigmoid'?"),
    (("--activations", "softmax,tanh"), "--activations: softmax in layer 1 of 2; expected in the last only"),
    ((), "w.npz: names no activations; expected --activations with 2 names, such as tanh"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_activations_that_do_not_fit(new, tmp_path, options, message):
    np.savez(tmp_path / "w.npz", W1=W1, W2=W2)
    assert new("--weights", "w.npz", *options)[2] == f"nntui: {message}\n"


def test_a_transposed_matrix(new, tmp_path):
    np.savez(tmp_path / "w.npz", W1=W1, W2=W2.T)
    assert new("--weights", "w.npz", "--activations", "tanh,tanh")[2] == (
        "nntui: w.npz: W2 has 1 column, but layer 1 has 2 neurons; expected a column for each "
        "(it looks transposed: W.T is receiver × sender)\n"
    )


def test_another_kind_of_file(new, tmp_path):
    (tmp_path / "w.pt").write_bytes(b"")
    assert new("--weights", "w.pt")[2] == "nntui: w.pt: has a name that ends in '.pt'; expected .npz or .safetensors\n"
    assert new("--activations", "tanh")[0] == 2
