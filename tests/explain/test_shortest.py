"""Many numbers written at one go: byte for byte what `repr` gives of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.notation.shortest import in_full
from tests.strategies import examples, wild_numbers

MANY = 512  # written at one go; fewer take repr
rng = np.random.default_rng(20)


def same(numbers):
    """Each line of nine numbers is that of repr."""
    numbers = np.resize(numbers, max(-(-len(numbers) // 9) * 9, MANY // 9 * 9 + 9))
    texts = in_full(numbers, [9] * (len(numbers) // 9))
    assert texts == [", ".join(map(repr, row)) for row in numbers.reshape(-1, 9).tolist()]


@examples(200)
@given(st.lists(st.one_of(wild_numbers, st.decimals(-9, 9, places=4).map(float)), min_size=1, max_size=99))
def test_any_numbers_are_written_as_repr_writes_them(numbers):
    same(np.array(numbers))


KINDS = {
    "any bits": rng.integers(0, 1 << 64, 20_000, dtype=np.uint64).view(np.float64),
    "of a network": rng.normal(size=20_000),
    "of any size": rng.normal(size=20_000) * 10.0 ** rng.integers(-300, 20, 20_000),
    "of few digits": np.round(rng.normal(size=5_000), rng.integers(0, 9)),
    "too small for 53 bits": rng.integers(0, 1 << 52, 2_000, dtype=np.uint64).view(np.float64),
    "zeros": np.array([0.0, -0.0, 1.0, -0.1]),
    "powers of ten and their neighbours": np.array(
        [np.nextafter(10.0**e, way) for e in range(-300, 20) for way in (0, 10.0**e, 9e99)]
    ),
    "powers of two and their neighbours": np.array(
        [np.nextafter(2.0**e, way) for e in range(-990, 60) for way in (0, 2.0**e, 9e99)]
    ),
    "halves of the last of 17 digits": np.array([float(f"{d}5e{e}") for d in range(10**15, 10**15 + 300) for e in (-17, -20)]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_every_kind_are_written_as_repr_writes_them(kind):
    numbers = KINDS[kind]
    same(numbers[np.isfinite(numbers)])


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_among_numbers_that_are_not_finite_all_are_written_as_repr_writes_them(odd):
    same(np.array([0.1, odd, -2.5e-7]))


def test_lines_of_many_lengths_end_where_they_should_across_the_pieces_that_are_written_at_one_go():
    lengths = [1, 7000, 1, 1191, 1, 1, 8192, 20_000, 3, 1]
    numbers = rng.normal(size=sum(lengths))
    texts = [list(map(float, line.split(", "))) for line in in_full(numbers, lengths)]
    assert list(map(len, texts)) == lengths
    assert [value for line in texts for value in line] == numbers.tolist()
