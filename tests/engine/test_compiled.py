"""The compiled fold against NumPy and against the plain loop, to the last bit; and that without it nothing changes."""

import platform
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine import arithmetic
from nntui.engine.arithmetic import canonical, quiet
from nntui.engine.compiled import choice, compiled_fold, library
from nntui.engine.compiled.choice import ComparedFold, agree, fold_of, passes, usable
from nntui.engine.compiled.compiled_fold import CompiledFold
from nntui.engine.compiled.object_name import SOURCE, object_name
from nntui.engine.fold import NumpyFold, Wanted
from nntui.engine.network import starting_state, to_matrices
from nntui.training.timeline import Timeline
from tests import reference
from tests.scenes import wide
from tests.strategies import HIDDEN, data_points, examples, wild_numbers
from tests.training import golden

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from compile_fold import compile_fold, compiler, fused_multiply_adds  # noqa: E402

COMMAND = compiler()
needs_compiler = pytest.mark.skipif(not COMMAND, reason="no C compiler on this machine")
ARRAYS = ("theta", "costs", "z", "a", "delta", "largest", "weight", "outputs")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """The object of the present source, compiled on the spot."""
    made = compile_fold(tmp_path_factory.mktemp("fold"), COMMAND)
    assert made is not None
    return library.load(made)


def same(one, other):
    return canonical(one.ravel().copy()).tobytes() == canonical(other.ravel().copy()).tobytes()


# --- functions of one number

EDGES = [0.0, 5e-324, 1e-310, 2.2250738585072014e-308, 1e-16, 0.5, 1.0, 36.75, 708.4, 709.79, 710.0, 745.13, 745.14, 746.0, 1e300]


def inputs(seed):
    """More than 100,000 numbers: of any bits, of any size, and where functions change their ways."""
    rng = np.random.default_rng(seed)
    edges = np.array([*EDGES, np.inf, np.nan])
    return np.concatenate(
        [
            edges,
            -edges,
            rng.integers(0, 2**64, 60_000, dtype=np.uint64).view(float),
            rng.uniform(-750, 715, 30_000),
            rng.normal(size=10_000) * 10.0 ** rng.uniform(-320, 2, 10_000),
        ]
    )


@needs_compiler
@pytest.mark.parametrize(
    ("number", "function", "domain"),
    [
        pytest.param(0, arithmetic.exp, lambda x: x, id="exp"),
        pytest.param(1, arithmetic.exp_minus_one, lambda x: -np.abs(x), id="exp_minus_one"),
        pytest.param(2, arithmetic.log, lambda x: x, id="log"),
        pytest.param(3, arithmetic.log1p, np.abs, id="log1p"),
    ],
)
def test_functions_have_the_same_bits(compiled, number, function, domain):
    x = domain(inputs(number))
    result = np.empty_like(x)
    compiled.nntui_function(number, x.ctypes.data, result.ctypes.data, len(x))
    with quiet():
        assert same(result, function(x))


# --- whole data points

KNOWN = tuple(name for name in HIDDEN if name in compiled_fold.ACTIVATIONS)  # a new activation needs no C


@st.composite
def stretches(draw):
    """(network, theta, x, y, rows): a few data rows of any size, and the order in which they come."""
    network, theta, x, y = draw(data_points(numbers=wild_numbers, hidden=KNOWN, step_slopes=(0.0, 1.0, 0.3), rules=True))
    if draw(st.booleans()):
        size = 10.0 ** draw(st.integers(-160, 160))
        with quiet():
            theta = arithmetic.frozen(np.clip(theta * size, -1e308, 1e308))  # nan stays
    if draw(st.integers(0, 3)) == 0:
        network = replace(network, eta=draw(st.sampled_from([1e-300, 1e10, 1e300])))
    rows = np.array(draw(st.lists(st.integers(0, 1), min_size=1, max_size=20)))
    points = draw(st.integers(2, 3))
    return network, starting_state(network, theta), np.array([x, -x[::-1], x])[:points], np.array([y, y, y])[:points], rows


@needs_compiler
@given(stretches(), st.integers(0, 1))
@examples(200)
def test_random_networks_have_the_same_bits(compiled, stretch, point):
    network, theta, x, y, rows = stretch
    ours, by_numpy = CompiledFold(compiled, network, x, y), NumpyFold(network, x, y)
    wanted = Wanted(True, True, len(theta) // 2, np.array([1, 0]), at_ends=bool(len(rows) % 2))
    made, expected = ours.folded(theta, rows, point, wanted), by_numpy.folded(theta, rows, point, wanted)
    for name in ARRAYS:
        assert getattr(made, name).shape == getattr(expected, name).shape, name
        assert same(getattr(made, name), getattr(expected, name)), name
    alone = ours.folded(theta, rows, point)
    assert same(alone.theta, made.theta)
    assert same(alone.costs, made.costs)
    assert same(ours.outputs(theta, rows), by_numpy.outputs(theta, rows))


@needs_compiler
@given(stretches())
@examples(60)
def test_random_networks_have_the_bits_of_the_plain_loop(compiled, stretch):
    network, theta, x, y, rows = stretch
    made = CompiledFold(compiled, network, x, y).folded(theta, rows)
    points, last = reference.train(network, to_matrices(network, theta), x, y, rows.tolist())
    assert reference.bits(made.costs.tolist()) == reference.bits(point.cost for point in points)
    weights = [value for matrix in to_matrices(network, made.theta) for value in matrix.ravel().tolist()]
    assert reference.bits(weights) == reference.bits(reference.flat(last))


@needs_compiler
@given(stretches())
@examples(100)
def test_no_number_that_is_not_finite_is_missed(compiled, stretch):
    network, theta, x, y, rows = stretch
    made = CompiledFold(compiled, network, x, y).folded(theta, rows, 0, Wanted(numbers=True))
    with quiet():
        products = np.abs(made.a).max(axis=1) * np.abs(made.delta).max(axis=1)
        numbers = np.concatenate([made.z, made.a, made.delta, made.costs[:, None], products[:, None]], axis=1)
        surely = np.abs(numbers).max(axis=1) < np.inf
    assert surely[: made.calm_until].all(), "what comes before the first that may be wild is finite"


@needs_compiler
@pytest.mark.parametrize(("engine", "pure"), [("compiled", False), ("numpy", True)])
def test_goldens_have_their_bits_under_both_engines(compiled, monkeypatch, engine, pure):
    monkeypatch.setattr(choice, "installed", lambda: compiled)
    monkeypatch.setattr(choice.SWITCH, "pure", pure)
    folded_so_far = []
    folded = CompiledFold.folded
    monkeypatch.setattr(CompiledFold, "folded", lambda self, *rest: folded_so_far.append(1) or folded(self, *rest))
    assert golden.lines() == (ROOT / "tests" / "golden" / "weights.txt").read_text(encoding="ascii").splitlines()
    assert bool(folded_so_far) != pure


# --- batches and momentum, from their definition


def batched(network, theta, x, y, rows, point, batch, average, momentum):
    """Theta after some data points whose gradients are added up, or averaged, over batches."""
    total, velocity, points = np.zeros_like(theta), np.zeros_like(theta), len(x)
    for row in rows:
        begun = point % batch
        plain = replace(network, eta=1.0, update_weights=True, update_biases=True)
        made = arithmetic_gradient(plain, theta, x[row], y[row])
        total = (np.zeros_like(theta) if begun == 0 else total) + made
        if begun + 1 == batch or point + 1 == points:
            g = total / (begun + 1) if average and begun else total
            velocity = momentum * velocity - g * network.eta
            theta = theta + velocity if momentum else theta - g * network.eta
        point = (point + 1) % points
    return theta


def arithmetic_gradient(network, theta, x, y):
    from nntui.engine.iteration import gradient, iterate

    made = iterate(network, theta, x, y)
    return gradient(network, made.a, made.delta)


@needs_compiler
@pytest.mark.parametrize("batch", [2, 3, 5])
@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_batches_and_momentum(compiled, batch, average, momentum):
    scene = golden.scenarios()["tanh-relu"]
    x, y, theta, network = scene.x[:5], scene.y[:5], scene.theta, scene.network
    fold = CompiledFold(compiled, network, x, y)
    fold._c.batch, fold._c.average, fold._c.momentum = batch, average, momentum
    rows = np.arange(17) % 5
    expected = batched(network, theta, x, y, rows.tolist(), 0, batch, average, momentum)
    total, velocity, changed, costs = np.zeros_like(theta), np.zeros_like(theta), theta.copy(), np.empty(17)
    record = library.CRecord(costs=costs.ctypes.data)
    pointers = (changed, total, velocity, x, y, rows)
    compiled.nntui_fold(
        fold._network_at,
        *(np.ascontiguousarray(array).ctypes.data for array in pointers),
        17,
        0,
        fold._scratch_at,
        library.ctypes.addressof(record),
    )
    assert same(changed, expected)
    assert not same(changed, theta)


@needs_compiler
@pytest.mark.parametrize(
    ("number", "at_zero", "values"),
    [(0, 1.0, [0, 1, 1, 1]), (0, 0.0, [0, 0, 0, 1]), (1, 1.0, [-1, 1, 1, 1]), (1, 0.0, [-1, -1, -1, 1])],
)
def test_step_and_sign_at_zero(compiled, number, at_zero, values):
    """z = −2, −0, +0, 3 of one neuron."""
    scene = golden.scenarios()["perceptron"]
    network = replace(scene.network, inputs=1)
    x = np.array([[-2.0], [-0.0], [0.0], [3.0]])
    fold = CompiledFold(compiled, network, x, np.zeros((4, 1)))
    fold._layers[0].activation, fold._c.at_zero = number, at_zero
    outputs = fold.outputs(np.array([-0.0, 1.0]), np.arange(4))
    assert outputs.ravel().tolist() == values


# --- which of the two is used


@needs_compiler
def test_the_object_passes_its_comparison(compiled):
    assert passes(compiled)


@needs_compiler
def test_an_object_that_makes_another_bit_is_not_used(compiled, monkeypatch, tmp_path):
    """A planted difference: 0.01 of leaky_relu is another number."""
    source = SOURCE.read_text(encoding="utf-8").replace("0.01 * z[k]", "0.0100000000000001 * z[k]")
    assert source != SOURCE.read_text(encoding="utf-8")
    (tmp_path / "fold.c").write_text(source, encoding="utf-8")
    monkeypatch.setattr("compile_fold.SOURCE", tmp_path / "fold.c")
    other = library.load(compile_fold(tmp_path, COMMAND))
    assert other is not None
    assert not passes(other)
    monkeypatch.setattr(choice.SWITCH, "pure", False)
    monkeypatch.setattr(choice, "installed", lambda: other)
    assert usable() is None
    scene = golden.scenarios()["leaky"]
    fold = fold_of(scene.network, scene.x, scene.y)
    assert isinstance(fold, ComparedFold)
    assert agree(fold, NumpyFold(scene.network, scene.x, scene.y), scene.theta, np.arange(4))
    assert golden.digest(scene) in (ROOT / "tests" / "golden" / "weights.txt").read_text(encoding="ascii")


@needs_compiler
def test_a_network_whose_first_points_differ_runs_on_numpy(compiled, monkeypatch):
    """As of a kind that NumPy has learnt since and the object does not know."""
    scene = golden.scenarios()["xor"]
    other = CompiledFold(compiled, replace(scene.network, eta=0.25), scene.x, scene.y)
    fold = ComparedFold(compiled, other, NumpyFold(scene.network, scene.x, scene.y))
    rows = np.arange(40) % 4
    made = fold.folded(scene.theta, rows)
    assert same(made.theta, NumpyFold(scene.network, scene.x, scene.y).folded(scene.theta, rows).theta)
    assert fold.stride == NumpyFold(scene.network, scene.x, scene.y).stride


@needs_compiler
@pytest.mark.parametrize("what", ["activation", "cost"])
def test_what_the_c_file_lacks_runs_on_numpy(compiled, monkeypatch, what):
    monkeypatch.setattr(choice.SWITCH, "pure", False)
    monkeypatch.setattr(choice, "installed", lambda: compiled)
    scene = golden.scenarios()["xor"]
    assert isinstance(fold_of(scene.network, scene.x, scene.y), ComparedFold)
    known = {"activation": compiled_fold.ACTIVATIONS, "cost": compiled_fold.COSTS}[what]
    name = {"activation": "sigmoid", "cost": "half_squared_error"}[what]
    monkeypatch.delitem(known, name)
    assert isinstance(fold_of(scene.network, scene.x, scene.y), NumpyFold)
    assert golden.digest(scene) in (ROOT / "tests" / "golden" / "weights.txt").read_text(encoding="ascii")


@needs_compiler
def test_an_object_of_another_source_is_never_loaded(tmp_path, monkeypatch):
    made = compile_fold(tmp_path, COMMAND)
    assert library.object_path(tmp_path) == made
    changed = tmp_path / "fold.c"
    changed.write_bytes(SOURCE.read_bytes() + b"\n")
    monkeypatch.setattr(library, "SOURCE", changed)
    assert library.object_path(tmp_path).name == object_name(changed.read_bytes())
    assert library.load(library.object_path(tmp_path)) is None


@needs_compiler
@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_an_object_that_was_cut_is_not_loaded(tmp_path, share):
    """As a copy that was interrupted leaves it: to map it would end the process."""
    whole = compile_fold(tmp_path, COMMAND).read_bytes()
    (tmp_path / "cut.so").write_bytes(whole[: int(share * len(whole))])
    assert library.load(tmp_path / "cut.so") is None
    (tmp_path / "whole.so").write_bytes(whole)
    assert library.load(tmp_path / "whole.so") is not None


@pytest.mark.parametrize("kind", [b"\x01\x01", b"\x02\x02"], ids=["32 bits", "the upper byte first"])
def test_of_an_object_for_another_kind_of_machine_only_the_loader_judges(tmp_path, kind):
    """Its header has its numbers in other places."""
    (tmp_path / "other.so").write_bytes(b"\x7fELF" + kind + b"\xff" * 58)
    assert library._is_whole(tmp_path / "other.so")


def test_without_its_source_no_object_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "SOURCE", tmp_path / "fold.c")
    library.installed.cache_clear()
    try:
        assert library.installed() is None
    finally:
        library.installed.cache_clear()


def test_what_is_no_object_is_not_loaded(tmp_path):
    (tmp_path / "broken.so").write_bytes(b"not an object")
    assert library.load(tmp_path / "broken.so") is None
    assert library.load(tmp_path / "missing.so") is None


def test_without_a_compiler_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    assert compiler() == []
    assert compile_fold(tmp_path / "made", compiler()) is None
    assert list(tmp_path.iterdir()) == []


def test_the_compiler_that_is_asked_for_comes_first(tmp_path, monkeypatch):
    (tmp_path / "mine").write_text("#!/bin/sh\n")
    (tmp_path / "mine").chmod(0o755)
    monkeypatch.setenv("CC", f"{tmp_path}/mine -m64")
    assert compiler() == [f"{tmp_path}/mine", "-m64"]


def test_where_a_compiler_fails_nothing_is_left(tmp_path):
    assert compile_fold(tmp_path, ["false"]) is None
    assert compile_fold(tmp_path, ["no-such-compiler-anywhere"]) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("numpy_alone")
def test_pure_means_numpy():
    scene = golden.scenarios()["xor"]
    assert isinstance(fold_of(scene.network, scene.x, scene.y), NumpyFold)
    assert usable() is None
    assert isinstance(Timeline(scene).segment.fold, NumpyFold)


@needs_compiler
def test_the_object_holds_no_fused_multiply_add(tmp_path):
    if shutil.which("objdump") is None:
        pytest.skip("no objdump on this machine")
    assert fused_multiply_adds(compile_fold(tmp_path, COMMAND)) == []


@needs_compiler
def test_one_that_does_is_found(tmp_path, monkeypatch):
    if shutil.which("objdump") is None or platform.machine() != "x86_64":
        pytest.skip("no objdump on this machine, or another processor")
    monkeypatch.setattr("compile_fold.FLAGS", ("-std=c11", "-O3", "-fPIC", "-shared", "-mfma", "-ffp-contract=fast"))
    assert fused_multiply_adds(compile_fold(tmp_path, COMMAND)) != []


def test_wide_networks_take_shorter_strides():
    scene = wide(784, 300, 10)
    narrow = golden.scenarios()["xor"]
    assert fold_of(scene.network, scene.x, scene.y).stride < fold_of(narrow.network, narrow.x, narrow.y).stride
