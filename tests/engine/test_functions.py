"""exp, log and what is made of them, against mpmath over their whole range."""

# ruff: noqa: E501 - tables read better in one line

import math
import struct

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine import activations, arithmetic
from nntui.engine.arithmetic import quiet
from tests.strategies import examples

INF, NAN = math.inf, math.nan
mpmath.mp.prec = 200

# where exp, log, tanh are hard, or change their ways (measured, and from the literature)
HARD = [
    0.0, 5e-324, 1e-310, 2.2250738585072014e-308, 1e-300, 2.0**-54, 2.0**-53, 1e-16, 1e-10, 1e-4, 0.1, 0.25, 0.3, 0.34657359027997264,
    0.34657359027997270, 0.5, 0.693147180559945, 0.6931471805599453, 0.99, 1 - 2**-53, 1.0, 1 + 2**-52, 1.0397207708399179, 1.5, 2.0, math.pi, 10.0,
    18.7, 19.0625, 20.0, 22.0, 36.7368005696771, 36.7368005696772, 37.0, 40.0, 372.0, 518.8162059308901, 708.3964185322641, 708.3964185322642,
    709.0895657128241, 709.7827128933840, 709.7827128933841, 710.0, 744.4400719213812, 745.1332191019411, 745.1332191019412, 745.2, 746.0, 1e3,
    2.0**53, 1e100, 1.7976931348623157e308,
]  # fmt: skip


def ulps(got, truth):
    """How far `got` is from the exact `truth`, in units of the last place of the nearest float64."""
    nearest = float(truth)
    if math.isinf(nearest) or math.isinf(got):
        return 0.0 if got == nearest else INF
    return float(abs(mpmath.mpf(got) - truth) / mpmath.mpf(math.ulp(nearest)))


def spread(low, high, count=1500, seed=0):
    return np.random.default_rng(seed).uniform(low, high, count)


def over_exponents(count=3000, seed=1):
    """Positive float64 of every size, subnormals too."""
    raw = np.random.default_rng(seed).integers(1, 0x7FEFFFFFFFFFFFFF, count, dtype=np.uint64)
    return raw.view(np.float64)


def both_signs(values):
    values = np.asarray(values)
    return np.concatenate([values, -values])


def every(function, x):
    with quiet():
        return function(np.asarray(x, dtype=float))


def worst(function, truth, x):
    got = every(function, x)
    return max((ulps(g, truth(mpmath.mpf(v))), v) for g, v in zip(got.tolist(), np.asarray(x).tolist(), strict=True))


REDUCTION = both_signs([k * math.log(2) / 2 * (1 + e) for k in range(1, 40) for e in (-1e-15, 0, 1e-15)])
EXP_POINTS = np.concatenate(
    [both_signs(HARD), REDUCTION, spread(-746, 710), spread(-1, 1), spread(-745.2, -708, 500), both_signs(10.0 ** spread(-20, 0))]
)
LOG_POINTS = np.concatenate(
    [HARD[1:], over_exponents(), spread(0.5, 2, 3000), 1 + both_signs(10.0 ** spread(-16, -1)), 2.0 ** np.arange(-1074, 1024)]
)


def test_exp_is_within_one_ulp_of_the_truth():
    error, at = worst(arithmetic.exp, mpmath.exp, EXP_POINTS)
    assert error <= 1.0, f"{error} ulp at {at!r}"


def test_log_is_within_one_ulp_of_the_truth():
    error, at = worst(arithmetic.log, mpmath.log, LOG_POINTS)
    assert error <= 1.0, f"{error} ulp at {at!r}"


@examples(300)
@given(st.floats(-760, 720))
def test_exp_of_any_float(x):
    assert ulps(every(arithmetic.exp, [x])[0].item(), mpmath.exp(x)) <= 1.0


@examples(300)
@given(st.floats(min_value=5e-324, allow_infinity=False))
def test_log_of_any_float(x):
    assert ulps(every(arithmetic.log, [x])[0].item(), mpmath.log(x)) <= 1.0


@pytest.mark.parametrize(
    ("function", "truth", "x", "most"),
    [
        (arithmetic.log1p, mpmath.log1p, np.concatenate([HARD, 10.0 ** spread(-320, 308), spread(0, 1)]), 2.5),
        (arithmetic.exp_minus_one, mpmath.expm1, -np.concatenate([HARD, 10.0 ** spread(-320, 3), spread(0, 3)]), 1.5),
        (activations.sigmoid, lambda z: 1 / (1 + mpmath.exp(-z)), np.concatenate([both_signs(HARD), spread(-745, 745), spread(-3, 3)]), 3.0),
        (activations.tanh, mpmath.tanh, np.concatenate([both_signs(HARD), both_signs(10.0 ** spread(-320, 2)), spread(-3, 3)]), 2.5),
    ],
    ids=["log1p", "exp_minus_one", "sigmoid", "tanh"],
)  # fmt: skip
def test_what_is_made_of_them_keeps_its_digits(function, truth, x, most):
    error, at = worst(function, truth, x)
    assert error <= most, f"{error} ulp at {at!r}"


@pytest.mark.parametrize(
    ("function", "x", "expected"),
    [
        (arithmetic.exp, [0.0, -0.0, INF, -INF, NAN, 5e-324, 709.782712893384, 709.7827128933841], [1, 1, INF, 0, NAN, 1, 1.7976931348622732e308, INF]),
        (arithmetic.exp, [-745.1332191019411, -745.1332191019412, -1e308], [5e-324, 0.0, 0.0]),
        (arithmetic.log, [0.0, -0.0, 1.0, INF, -INF, -1.0, NAN, 5e-324], [-INF, -INF, 0.0, INF, NAN, NAN, NAN, -744.4400719213812]),
        (arithmetic.log1p, [0.0, 5e-324, INF, NAN], [0.0, 5e-324, INF, NAN]),
        (arithmetic.exp_minus_one, [0.0, -0.0, -INF, NAN, -5e-324], [0.0, 0.0, -1.0, NAN, -5e-324]),
        (activations.sigmoid, [0.0, -0.0, INF, -INF, NAN, 40.0, -746.0], [0.5, 0.5, 1.0, 0.0, NAN, 1.0, 0.0]),
        (activations.tanh, [0.0, -0.0, INF, -INF, NAN, 20.0, -5e-324], [0.0, -0.0, 1.0, -1.0, NAN, 1.0, -5e-324]),
        (activations.softmax, [INF, 0.0], [NAN, NAN]),
        (activations.softmax, [-INF, 0.0], [0.0, 1.0]),
        (activations.softmax, [1e308, -1e308], [1.0, 0.0]),
        (activations.softmax, [710.0], [1.0]),
    ],
)  # fmt: skip
def test_ends_of_the_range(function, x, expected):
    got = every(function, x)
    assert got.tolist() == pytest.approx(expected, rel=0, abs=0, nan_ok=True)
    for g, e in zip(got.tolist(), expected, strict=True):
        assert math.isnan(e) or math.copysign(1, g) == math.copysign(1, e)


@pytest.mark.parametrize(
    "function",
    [arithmetic.exp, arithmetic.log, arithmetic.log1p, arithmetic.exp_minus_one, activations.sigmoid, activations.tanh],
)
def test_an_element_has_the_same_bits_in_an_array_of_any_length(function):
    """Vector loops of the processor treat the last few elements in another way; the numbers must not tell."""
    x = np.concatenate([both_signs(HARD), [INF, -INF, NAN], spread(-50, 50, 60)])
    if function in (arithmetic.log, arithmetic.log1p):
        x = np.abs(x)
    if function is arithmetic.exp_minus_one:
        x = -np.abs(x)
    alone = np.concatenate([every(function, x[i : i + 1]) for i in range(len(x))])
    for length in (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 64, len(x)):
        for start in range(0, len(x) - length + 1, 7):
            part = every(function, x[start : start + length])
            np.testing.assert_array_equal(part.view(np.uint64), alone[start : start + length].view(np.uint64))


@examples(100)
@given(st.floats(), st.integers(1, 40))
def test_no_float_at_all_warns(x, length):
    """pytest turns warnings into errors; `quiet` is what the callers hold."""
    for function in (arithmetic.exp, arithmetic.log, activations.sigmoid, activations.tanh, activations.softmax):
        assert every(function, [x] * length).shape == (length,)
    for function in (arithmetic.log1p, arithmetic.exp_minus_one):
        every(function, [abs(x) if function is arithmetic.log1p else -abs(x)] * length)


def test_an_array_that_is_not_contiguous_gives_the_same_bits():
    x = spread(-10, 10, 40)
    np.testing.assert_array_equal(every(arithmetic.exp, x[::-3]), every(arithmetic.exp, x)[::-3])


def test_the_functions_leave_what_they_are_given_alone():
    x = spread(0.1, 10, 9)
    before = x.copy()
    for function in (
        arithmetic.exp,
        arithmetic.log,
        arithmetic.log1p,
        activations.sigmoid,
        activations.tanh,
        activations.softmax,
    ):
        function(x)
    arithmetic.exp_minus_one(-x)
    np.testing.assert_array_equal(x, before)


def test_canonical_gives_every_nan_one_pattern():
    odd = np.array(
        [struct.unpack("<d", struct.pack("<Q", p))[0] for p in (0xFFF8000000000000, 0x7FF8000000000001, 0x7FF8000000000000)]
        + [1.0]
    )
    got = arithmetic.canonical(odd)
    assert got.view(np.uint64).tolist() == [0x7FF8000000000000] * 3 + [0x3FF0000000000000]
    assert not got.flags.writeable
    whole = np.ones(3)
    assert arithmetic.canonical(whole) is whole


@pytest.mark.parametrize("name", [n for n in activations.ACTIVATIONS if n != "softmax"])
def test_sigma_and_slope_of_nan_are_nan(name):
    for step_slope in (0.0, 1.0):
        sigma = activations.activation(name, step_slope)
        z = np.array([NAN, 1.0, NAN, -1.0])
        with quiet():
            a = sigma.value(z)
            slope = sigma.slope(z, a)
        assert np.isnan(a).tolist() == np.isnan(slope).tolist() == [True, False, True, False]


def test_softmax_of_a_nan_is_nan_and_has_no_slope_of_its_own():
    assert np.isnan(every(activations.softmax, [NAN, 1.0])).all()
    with pytest.raises(ValueError, match="a − y"):
        activations.activation("softmax").slope(np.ones(2), np.ones(2))


@pytest.mark.parametrize(
    ("name", "z", "a", "slope"),
    [
        ("relu", [0.0, -0.0, 5e-324, -1.0], [0.0, 0.0, 5e-324, 0.0], [0.0, 0.0, 1.0, 0.0]),
        ("leaky_relu", [0.0, -1.0, 2.0, -0.5], [0.0, -0.01, 2.0, -0.005], [0.01, 0.01, 1.0, 0.01]),
        ("step", [0.0, -0.0, -5e-324, 3.0], [1.0, 1.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]),
        ("sign", [0.0, -0.0, -5e-324, 3.0], [1.0, 1.0, -1.0, 1.0], [0.0, 0.0, 0.0, 0.0]),
        ("identity", [0.0, -7.5, 1e308, 2.0], [0.0, -7.5, 1e308, 2.0], [1.0, 1.0, 1.0, 1.0]),
    ],
)
def test_corners_take_the_side_the_lecture_says(name, z, a, slope):
    sigma = activations.activation(name)
    got = sigma.value(np.array(z))
    assert got.tolist() == a
    assert sigma.slope(np.array(z), got).tolist() == slope


@pytest.mark.parametrize(("name", "low"), [("step", 0.0), ("sign", -1.0)])
def test_at_zero_takes_the_other_side_and_nothing_else(name, low):
    z = np.array([0.0, -0.0, 5e-324, -5e-324, NAN])
    upper, lower = (activations.activation(name, at_zero=at_zero).value(z) for at_zero in (1.0, 0.0))
    np.testing.assert_array_equal(upper, [1.0, 1.0, 1.0, low, NAN])
    np.testing.assert_array_equal(lower, [low, low, 1.0, low, NAN])


def test_the_perceptron_rule_is_a_declared_departure():
    assert activations.activation("step", 1.0).slope(np.array([-1.0, 0.0]), np.array([0.0, 1.0])).tolist() == [1.0, 1.0]
