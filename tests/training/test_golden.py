"""The same bits under every BLAS kernel and set of processor features; and the bits of the year this was written."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nntui.training.timeline import Timeline
from tests import reference
from tests.training import golden

ROOT = Path(__file__).parents[2]
KEPT = (ROOT / "tests" / "golden" / "weights.txt").read_text(encoding="ascii").splitlines()


def features():
    """What NumPy chose for this processor beyond its baseline, by the names this version of NumPy has for it."""
    try:
        from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
    except ImportError:
        return []
    return [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


def environments():
    yield "one BLAS thread", {"OPENBLAS_NUM_THREADS": "1"}
    for core in ("Prescott", "Haswell"):
        yield f"OpenBLAS as on {core}", {"OPENBLAS_CORETYPE": core}
    found = features()
    for i in range(len(found)):  # an older processor has neither this feature nor the ones that build on it
        yield "without " + " ".join(found[i:]), {"NPY_DISABLE_CPU_FEATURES": " ".join(found[i:])}
    yield "with another hash seed", {"PYTHONHASHSEED": "7"}


def test_trained_weights_have_the_bits_they_always_had():
    assert golden.lines() == KEPT


@pytest.mark.parametrize("changes", [pytest.param(change, id=name) for name, change in environments()])
def test_another_processor_makes_the_same_bits(changes):
    done = subprocess.run(
        [sys.executable, "-m", "tests.training.golden"],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default", **changes},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == KEPT


@pytest.mark.parametrize("name", ["xor", "perceptron", "no-biases", "weights-alone", "diverging"])
def test_the_plain_loop_makes_the_same_weights(name):
    """So that the hashes are those of the lecture, and not only those of yesterday."""
    scene = golden.scenarios()[name]
    rows = [row for _ in range(scene.epochs) for row in range(scene.points)]
    points, last = reference.train(scene.network, scene.weights, scene.x, scene.y, rows)
    everything = reference.bits(reference.flat(last)) + reference.bits(point.cost for point in points)
    assert f"{name} {hashlib.sha256(everything).hexdigest()}" in KEPT


def test_the_runs_are_what_they_say():
    """Golden hashes of runs that do nothing would prove little."""
    runs = {name: Timeline(scene) for name, scene in golden.scenarios().items()}
    for name, timeline in runs.items():
        last = timeline.weights(len(timeline))
        assert any((a != b).any() for a, b in zip(last, timeline.weights(0), strict=True)), name
        assert (timeline.diverged is not None) == (name == "diverging")
    assert np.isnan(runs["diverging"].weights(400)[0]).all()
    assert runs["xor"].costs(1999, 2000)[0] != runs["xor"].costs(3, 4)[0]
