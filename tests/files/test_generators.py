"""Made-up points: the same everywhere and for ever, in about ±1, balanced, rounded to 6 decimals."""

import math

import numpy as np
import pytest

from nntui.training.draws.generators import GENERATOR_NAMES, generate

# The first four points with noise 0.1 and seed 7. If these change, every scenario that generates its data changes.
GOLDEN = {
    "xor": ([[0.617337, 0.911484], [-0.685351, 1.011207], [-0.154534, -0.347262], [0.601705, -0.309279]], [0.0, 1.0, 0.0, 1.0]),
    "circles": (
        [[-0.706717, -0.71052], [-0.623693, 0.041556], [-0.62329, 0.680706], [0.370125, -0.592989]],
        [0.0, 1.0, 0.0, 1.0],
    ),
    "gaussians": (
        [[-0.534173, -0.474463], [0.597668, 0.393396], [-0.625342, -0.230395], [0.778759, 0.318999]],
        [0.0, 1.0, 0.0, 1.0],
    ),
    "spiral": ([[0.2173, -0.609039], [0.12211, 0.566988], [-0.372407, -0.063734], [-0.691591, -0.523313]], [0.0, 1.0, 0.0, 1.0]),
    "moons": ([[-0.588675, 0.446187], [0.238626, -0.411009], [-0.031645, 0.352953], [1.011474, -0.324729]], [0.0, 1.0, 0.0, 1.0]),
    "sine": ([[0.250191], [-0.109847], [-0.067588], [-0.691078]], [0.707496, -0.334294, -0.300237, -0.739416]),
}


@pytest.mark.parametrize("name", GENERATOR_NAMES)
def test_golden(name):
    x, y = generate(name, 4, 0.1, 7)
    assert (x.tolist(), y.ravel().tolist()) == GOLDEN[name]


@pytest.mark.parametrize("name", GENERATOR_NAMES)
def test_shape_range_balance_and_rounding(name):
    x, y = generate(name, 1001, 0.0, 3)
    assert x.shape == (1001, 1 if name == "sine" else 2)
    assert y.shape == (1001, 1)
    assert np.abs(x).max() <= (1.3 if name == "gaussians" else 1.0)
    assert x.tolist() == [[float(f"{v:.6f}") for v in row] for row in x.tolist()]
    assert not np.signbit(x[x == 0.0]).any()
    if name != "sine":
        assert y.ravel().tolist() == [n % 2 for n in range(1001)]


@pytest.mark.parametrize("name", GENERATOR_NAMES)
def test_the_first_points_of_a_larger_set_are_a_smaller_set(name):
    small, large = generate(name, 10, 0.2, 5), generate(name, 40_000, 0.2, 5)
    assert [a.tolist() for a in small] == [a[:10].tolist() for a in large]


@pytest.mark.parametrize("name", GENERATOR_NAMES)
def test_seeds_make_other_points(name):
    assert generate(name, 10, 0.0, 1)[0].tolist() != generate(name, 10, 0.0, 2)[0].tolist()
    generate(name, 1, 0.0, 2**53 - 1)


@pytest.mark.parametrize("name", GENERATOR_NAMES)
def test_noise_moves_points_by_its_deviation(name):
    still, moved = generate(name, 20_000, 0.0, 1), generate(name, 20_000, 0.25, 1)
    number = 1 if name == "sine" else 0
    shift = moved[number] - still[number]
    assert abs(shift.mean()) < 0.01
    assert abs(shift.std() - 0.25) < 0.01


def test_xor_points_have_class_1_where_the_signs_differ():
    x, y = generate("xor", 400)
    assert ((x[:, 0] * x[:, 1] < 0) == (y[:, 0] == 1)).all()


def test_circles_lie_on_their_radii():
    x, y = generate("circles", 400)
    assert np.allclose(np.hypot(x[:, 0], x[:, 1]), np.where(y[:, 0] == 1, 0.5, 1.0), atol=2e-6)


def test_spiral_arms_are_half_a_turn_apart():
    x, y = generate("spiral", 400)
    radius = np.hypot(x[:, 0], x[:, 1])
    angle = 2 * math.pi * (1.25 * radius + 0.5 * y[:, 0])
    assert np.allclose(x, np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1), atol=2e-5)


def test_moons_are_two_half_circles():
    x, y = generate("moons", 400)
    upper = x[y[:, 0] == 0] * 1.5 + [0.5, 0.25]
    assert np.allclose(np.hypot(upper[:, 0], upper[:, 1]), 1.0, atol=4e-6)
    assert (upper[:, 1] >= -1e-5).all()
    lower = x[y[:, 0] == 1] * 1.5 + [0.5, 0.25]
    assert np.allclose(np.hypot(lower[:, 0] - 1.0, lower[:, 1] - 0.5), 1.0, atol=4e-6)


def test_sine_is_the_sine_of_the_x_one_sees():
    x, y = generate("sine", 400)
    assert np.allclose(y, np.sin(math.pi * x), atol=5.1e-7)


def test_gaussians_have_their_centres_and_deviation():
    x, y = generate("gaussians", 20_000)
    for value, centre in ((0, -0.5), (1, 0.5)):
        cloud = x[y[:, 0] == value]
        assert np.allclose(cloud.mean(axis=0), centre, atol=0.01)
        assert np.allclose(cloud.std(axis=0), 0.2, atol=0.01)


def test_a_huge_noise_is_not_rounded_and_does_not_warn():
    x, _ = generate("xor", 10, 1e300)
    assert np.isfinite(x).all()
    assert not np.isfinite(generate("xor", 1000, 1e308)[0]).all()
