"""docs/arithmetic.md: its Python gives the engine's bits, its tables name what there is."""

import re
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine import arithmetic
from nntui.files.schema.keys import TABLES
from tests.docs.pages import DOCS, blocks, section
from tests.strategies import examples

PAGE = DOCS / "arithmetic.md"


@pytest.fixture(scope="module")
def recipes():
    """The functions of the page."""
    names = {}
    [block] = [block for block in blocks(PAGE, "python") if block.argument == "functions"]
    exec(compile(block.text, str(PAGE), "exec"), names)
    return names


def words(table, name):
    """The words that a key of the scenario language can have."""
    return next(key.kind.options for key in TABLES[table] if key.name == name)


def bits(value):
    return struct.pack("<d", float("nan") if value != value else value)


def engine(name, x):
    with arithmetic.quiet():
        return float(getattr(arithmetic, name)(np.array([x]))[0])


@examples(300)
@given(st.floats())
def test_exp_and_log_of_the_page_have_the_bits_of_the_engine(recipes, x):
    for name in ("exp", "log"):
        assert bits(recipes[name](x)) == bits(engine(name, x))


@examples(300)
@given(st.floats(min_value=0.0))
def test_log1p_and_exp_minus_one_of_the_page_have_the_bits_of_the_engine(recipes, x):
    assert bits(recipes["log1p"](x)) == bits(engine("log1p", x))
    assert bits(recipes["exp_minus_one"](-x)) == bits(engine("exp_minus_one", -x))


@examples(300)
@given(st.floats(-750, 715))
def test_exp_of_the_page_has_the_bits_of_the_engine_where_it_is_not_0_or_infinite(recipes, x):
    assert bits(recipes["exp"](x)) == bits(engine("exp", x))


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("## Activations", words("layer", "activation")),
        ("## One data point", words("training", "cost")),
        ("## Numbers drawn from a seed", (*words("network", "init"), *words("data", "generate"))),
    ],
)
def test_every_name_has_its_row(header, names):
    rows = re.findall(r"^\| `(\w+)`", section(PAGE, header), re.MULTILINE)
    lacking = [name for name in names if name not in rows]
    assert not lacking, f"docs/arithmetic.md, {header!r}, lacks a row for {', '.join(lacking)}"
