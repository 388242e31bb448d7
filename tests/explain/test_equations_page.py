"""The page of the lecture's equations: each is seen where the page says."""

import pytest

from nntui.explain.derive import derive
from nntui.explain.equations.inspect import inspect
from nntui.explain.equations_page import EQUATIONS, equation_lines, equation_rows
from nntui.files.library import load
from tests.scenes import frame


def test_there_are_fifteen_in_the_order_of_the_note():
    assert [one.number for one in EQUATIONS] == list(range(1, 16))
    text = "\n".join(equation_lines())
    assert all(f"{one.label:<6}{one.formula}" in text and one.where in text and one.scenario in text for one in EQUATIONS)
    assert [label for label, _ in equation_rows()] == [one.label for one in EQUATIONS]


@pytest.mark.parametrize("one", EQUATIONS, ids=lambda one: one.label)
def test_each_is_seen_where_the_page_says(one):
    scenario = load(one.scenario)
    if one.cell is None:
        assert one.label in derive(frame(scenario, one.address)).label
        return
    found = inspect(frame(scenario, one.address), one.cell)
    assert found.known
    assert any(one.label in equation.label for equation in (found.equation, *found.partials))
