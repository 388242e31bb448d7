"""Every number can say where it comes from: its step, its equation, the partial derivatives, and its neighbours in the sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.equations.cells import exists, known, symbol_of, value_of
from nntui.explain.equations.dependencies import fed_by, feeds
from nntui.explain.equations.equation import Terms
from nntui.explain.equations.inspect import derivation, inspect, origin, terms
from nntui.explain.notation.numerals import ALL_DIGITS, FOUR
from nntui.explain.notation.symbols import COMMON
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.explain import test_rows
from tests.explain.arithmetic import worked_out
from tests.explain.row_text import written
from tests.explain.test_rows import same
from tests.scenes import frame, neuron, scene, wide
from tests.strategies import examples, scenarios, wild_numbers

TWO = load("two-by-two")
SOFTMAX = scene([(2, "softmax")], [[[0.0, 1.0], [0.0, -1.0]]], [1.0], [1.0, 0.0], cost="cross_entropy")
LOGISTIC = neuron(cost="cross_entropy")
FIXED = neuron(update_weights=False, epochs=3)
KINDS = ("input", "y", "z", "a", "slope", "cost", "delta", "weight", "gradient", "update", "sum", "velocity")
PROMISED = (
    "(11) promised: Σ ∂C/∂w · Δw,  Δw = −η ∂C/∂w ≈ 4.4e-04·(−2.2e-04) + 5.0e-04·(−2.5e-04) + 8.8e-04·(−4.4e-04)"
    " + 1.0e-03·(−5.0e-04) + 0.0822·(−0.0411) + (−0.0226)·0.0113 + 0.0827·(−0.0413) + (−0.0227)·0.0114 ≈ −0.0073"
)


def all_cells(shown):
    """Every cell of a network, by trying."""
    sizes = shown.scenario.network.sizes
    most = max(sizes) + 1
    tried = (
        Cell(kind, layer, k, j)
        for kind in KINDS
        for layer in range(len(sizes) + 1)
        for k in range(most + 1)
        for j in range(most + 1)
    )
    return [cell for cell in tried if exists(shown, cell)]


def lines(equations, numerals=FOUR):
    return [
        " ".join([e.label, e.formula, *(f"{row.sign(numerals)} {written(row, numerals, 10**9)}" for row in e.rows)]).strip()
        for e in equations
    ]


def check(scene_, number, data):
    timeline = Timeline(scene_)
    last = timeline.frame(min(number, scene_.points * scene_.epochs) * timeline.course.length - 1)
    cells = all_cells(last)
    for cell in cells:
        value = value_of(last, cell)
        assert same([value], [test_rows.value_of(last, cell)])
        found = inspect(last, cell)
        assert found.known
        equation = derivation(last, cell)
        assert [number.cell for number in equation.made] == [cell]
        assert list(equation.rows[-1].numbers()) == list(equation.made)
        assert equation.sources <= set(found.fed_by)
        assert set(found.fed_by) <= set(cells)
        assert set(found.feeds) <= set(cells)
        for row in (row for made in (equation, *found.partials) for row in (*made.rows, *made.computed)):
            for one in row.numbers():
                assert one.cell is None or same([one.value], [value_of(last, one.cell)])
            text = written(row, ALL_DIGITS, 10**9)
            if row in (*equation.rows, *equation.computed) and "σ′" not in text and "kept" not in text:
                assert same(worked_out(text), [value]) != row.about, (cell, text)
        for partial in (one for one in found.partials if one.made):
            values = [value_ for text in rows_of(partial) for value_ in worked_out(text)]
            assert same(values, [partial.made[0].value] * len(values)), (cell, partial)
        assert all(cell in feeds(last, source) for source in found.fed_by), cell
        assert all(cell in fed_by(last, receiver) for receiver in found.feeds), cell
        assert cell not in terms(found)
        assert set(terms(found)) <= set(cells)


def rows_of(partial):
    texts = [written(row, ALL_DIGITS, 10**9) for row in partial.rows if not row.about]
    return [text for text in texts if "σ′" not in text]


@examples(40)
@given(scenarios(most_points=2, most_epochs=2, rules=True), st.integers(1, 3), st.data())
def test_every_number_is_derived_and_the_arrows_agree_from_both_ends(scene_, number, data):
    check(scene_, number, data)


@examples(20)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2, rules=True), st.integers(1, 3), st.data())
def test_of_runs_that_overflow_too(scene_, number, data):
    check(scene_, number, data)


@pytest.mark.parametrize(
    ("scenario", "cell", "label", "formula", "partials"),
    [
        (
            TWO,
            Cell("delta", 1, 2),
            "(14)",
            "δ₂¹ = (Σₘ δₘ² w¹ₘ₂) σ′(z₂¹)",
            [
                "(9) ∂C/∂z₂¹ = Σₘ ∂C/∂zₘ² · ∂zₘ²/∂z₂¹ ≈ 0.1385·0.1083 + (−0.0381)·0.1323 ≈ 0.0100",
                "(14) ∂C/∂z₁² = δ₁² ≈ 0.1385",
                "(6) ∂z₁²/∂a₂¹ = w¹₁₂ = 0.4500",
                "(7) ∂z₁²/∂z₂¹ = w¹₁₂ σ′(z₂¹) ≈ 0.4500 · 0.2406 ≈ 0.1083",
                "(14) ∂C/∂z₂² = δ₂² ≈ −0.0381",
                "(6) ∂z₂²/∂a₂¹ = w¹₂₂ = 0.5500",
                "(7) ∂z₂²/∂z₂¹ = w¹₂₂ σ′(z₂¹) ≈ 0.5500 · 0.2406 ≈ 0.1323",
                "(5) ∂a₂¹/∂z₂¹ = σ′(z₂¹) = a₂¹ (1 − a₂¹) ≈ 0.5969·(1 − 0.5969) ≈ 0.2406",
            ],
        ),
        (
            TWO,
            Cell("delta", 2, 1),
            "chain rule",
            "δ₁² = ∂C/∂a₁⁽²⁾ · σ′(z₁²) = (a₁⁽²⁾ − y₁) · σ′(z₁²)",
            [
                "half squared error ∂C/∂a₁² = a₁⁽²⁾ − y₁ ≈ 0.7514 − 0.0100 ≈ 0.7414",
                "(5) ∂a₁²/∂z₁² = σ′(z₁²) = a₁⁽²⁾ (1 − a₁⁽²⁾) ≈ 0.7514·(1 − 0.7514) ≈ 0.1868",
            ],
        ),
        (
            TWO,
            Cell("gradient", 2, 1, 2),
            "(12)(15)",
            "∂C/∂w¹₁₂ = ∂C/∂z₁² · ∂z₁²/∂w¹₁₂ = δ₁² a₂¹",
            ["(14) ∂C/∂z₁² = δ₁² ≈ 0.1385", "(8)(13) ∂z₁²/∂w¹₁₂ = a₂¹ ≈ 0.5969"],
        ),
        (
            TWO,
            Cell("gradient", 2, 1, 0),
            "(12)(15)",
            "∂C/∂w¹₁₀ = ∂C/∂z₁² · ∂z₁²/∂w¹₁₀ = δ₁²",
            ["(14) ∂C/∂z₁² = δ₁² ≈ 0.1385", "(8)(13) ∂z₁²/∂w¹₁₀ = a₀¹ = 1"],
        ),
        (
            TWO,
            Cell("update", 2, 1, 2),
            "(11)",
            "w¹₁₂ ← w¹₁₂ − η ∂C/∂w¹₁₂",
            ["(12)(15) ∂C/∂w¹₁₂ = ∂C/∂z₁² · ∂z₁²/∂w¹₁₂ = δ₁² a₂¹ ≈ 0.1385 · 0.5969 ≈ 0.0827", PROMISED],
        ),
        (TWO, Cell("slope", 1, 1), "(5)", "σ′(z₁¹) = a₁¹ (1 − a₁¹)", []),
        (TWO, Cell("input", 0, 2), "", "a₂⁰ = x₂", []),
        (TWO, Cell("y", 2, 2), "", "y₂", []),
        (TWO, Cell("weight", 1, 2, 1), "", "w⁰₂₁", []),
        (
            LOGISTIC,
            Cell("delta", 1, 1),
            "chain rule",
            "δ₁¹ = ∂C/∂z₁¹ = a₁¹ − y₁",
            [
                "cross-entropy ∂C/∂a₁¹ = (a₁¹ − y₁) / (a₁¹ (1 − a₁¹)) ≈ (0.7311 − 0) / (0.7311·(1 − 0.7311)) ≈ 3.7183",
                "(5) ∂a₁¹/∂z₁¹ = σ′(z₁¹) = a₁¹ (1 − a₁¹) ≈ 0.7311·(1 − 0.7311) ≈ 0.1966",
            ],
        ),
        (
            SOFTMAX,
            Cell("delta", 1, 2),
            "beyond (5)",
            "δ₂¹ = ∂C/∂z₂¹ = a₂¹ − y₂",
            [
                "cross-entropy ∂C/∂a₁¹ = −y₁ / a₁¹ ≈ −1.0000 / 0.8808 ≈ −1.1353",
                "beyond (5) ∂a₁¹/∂z₂¹ = −a₁¹ a₂¹ ≈ −0.8808·0.1192 ≈ −0.1050",
            ],
        ),
        (FIXED, Cell("update", 1, 1, 1), "(11)", "w⁰₁₁ ← w⁰₁₁", []),
    ],
)
def test_equation_and_partials(scenario, cell, label, formula, partials):
    timeline = Timeline(scenario)
    found = inspect(timeline.frame(timeline.course.length - 1), cell)
    assert (found.equation.label, found.equation.formula) == (label, formula)
    assert lines(found.partials) == partials


def test_the_partials_of_a_hidden_delta_come_to_it():
    """(9): Σ over the receivers of δ times (7)."""
    shown = frame(TWO, "1:1:update:1:2")
    made = [partial.made[0].value for partial in inspect(shown, Cell("delta", 1, 1)).partials[1:]]
    assert made[0] * made[2] + made[3] * made[5] == pytest.approx(shown.delta(1, 1), rel=1e-14)


@pytest.mark.parametrize(
    ("address", "cell", "words", "at"),
    [
        ("1:1:delta:1:2", Cell("delta", 1, 1), "made at 1:1:delta:1:1", "1:1:delta:1:1"),
        ("1:1:delta:1:2", Cell("slope", 1, 1), "made at 1:1:a:1:1", "1:1:a:1:1"),
        ("1:1:delta:1:2", Cell("cost", 2), "made at 1:1:cost", "1:1:cost"),
        ("1:1:z:1:1", Cell("update", 1, 2, 1), "made at 1:1:update:1:2", "1:1:update:1:2"),
        ("1:1:z:1:1", Cell("weight", 1, 2, 1), "an initial weight", None),
        ("2:1:z:1:1", Cell("weight", 1, 2, 1), "made at 1:1:update:1:2", "1:1:update:1:2"),
        ("2:1:z:1:1", Cell("input", 0, 1), "row 1 of the data", "2:1:input"),
        ("2:1:z:1:1", Cell("y", 2, 1), "row 1 of the data", "2:1:input"),
    ],
)
def test_where_a_number_was_made(address, cell, words, at):
    found = origin(frame(TWO, address), cell)
    assert (found.words, found.address and str(found.address)) == (words, at)
    assert found.cell == (Cell("update", 1, 2, 1) if cell.kind == "weight" and at else cell)


def test_a_weight_is_the_new_one_of_the_step_it_says():
    timeline = Timeline(load("xor"))
    cell = Cell("weight", 1, 2, 1)
    for iteration in (1, 4, 9):
        shown = timeline.frame(iteration * timeline.course.length)
        found = origin(shown, cell)
        assert value_of(timeline.frame(timeline.course.step(found.address)), found.cell) == value_of(shown, cell)


def test_a_weight_that_may_not_change_is_an_initial_one_for_ever():
    timeline = Timeline(FIXED)
    shown = timeline.frame(timeline.course.last)
    assert origin(shown, Cell("weight", 1, 1, 1)).address is None
    assert origin(shown, Cell("weight", 1, 1, 0)).address is not None


def test_what_is_not_known_yet_keeps_its_numbers():
    shown = frame(TWO, "1:1:z:2:1")
    found = inspect(shown, Cell("delta", 1, 2))
    assert not found.known
    assert lines([found.equation]) == ["(14) δ₂¹ = (Σₘ δₘ² w¹ₘ₂) σ′(z₂¹)"]
    assert lines(found.partials)[1:3] == ["(14) ∂C/∂z₁² = δ₁²", "(6) ∂z₁²/∂a₂¹ = w¹₁₂"]
    assert set(terms(found)) == set(found.fed_by) | set(found.feeds)


def test_a_number_is_known_from_its_step_on():
    timeline = Timeline(TWO)
    course = timeline.course
    for cell in all_cells(timeline.frame(0)):
        address = inspect(timeline.frame(0), cell).origin.address
        made = 0 if address is None else course.step(address)
        assert [known(timeline.frame(step), cell) for step in range(course.length)] == [
            step >= made for step in range(course.length)
        ]


def test_a_new_weight_leads_to_everything_that_went_into_it():
    shown = frame(TWO, "1:1:update:1:2")
    seen, waiting = set(), [Cell("update", 1, 1, 1)]
    while waiting:
        cell = waiting.pop()
        if cell not in seen:
            seen.add(cell)
            waiting += [term for term in terms(inspect(shown, cell)) if term in inspect(shown, cell).fed_by]
    assert {cell.kind for cell in seen} == {"update", "weight", "gradient", "delta", "input", "slope", "a", "z", "y"}


def test_terms_are_in_reading_order():
    found = inspect(frame(TWO, "1:1:update:1:2"), Cell("delta", 1, 2))
    names = [symbol_of(cell) for cell in terms(found)]
    assert names == ["δ₁²", "w¹₁₂", "δ₂²", "w¹₂₂", "σ′(z₂¹)", "a₂¹", "∂C/∂w⁰₂₁", "∂C/∂w⁰₂₂", "∂C/∂w⁰₂₀"]


def test_what_an_activation_feeds():
    shown = frame(TWO, "1:1:update:1:2")
    fed = [symbol_of(cell) for cell in feeds(shown, Cell("a", 1, 2))]
    assert fed == ["σ′(z₂¹)", "z₁²", "z₂²", "∂C/∂w¹₁₂", "∂C/∂w¹₂₂"]
    assert [symbol_of(cell) for cell in feeds(shown, Cell("weight", 2, 1, 2))] == ["z₁²", "δ₂¹", "new w¹₁₂"]


def test_long_sums_have_the_largest_first_and_the_rest_counted_and_summed():
    shown = frame(wide(), "1:1:update:1:32")
    found = inspect(shown, Cell("z", 1, 5), most=6)
    (part,) = found.equation.rows[0].parts
    assert isinstance(part, Terms)
    assert len(part.terms) == 7
    assert part.left == 65 - 6
    sizes = [abs(value) for value in part.values[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert written(found.equation.rows[0], FOUR, 99).split(" + ")[-1] == f"… 59 more, together {FOUR.write(part.values[-1])}"
    assert sum(part.values) == pytest.approx(shown.z(1, 5), rel=1e-12)
    assert found.equation.rows[0].sign(ALL_DIGITS) == "≈", "in another order a sum is rounded otherwise"
    whole = inspect(shown, Cell("z", 1, 5), most=10**9)
    assert len(whole.equation.rows[0].parts[0].terms) == 65
    assert len(terms(whole)) == 64 * 2 + 1 + 2


def test_the_paths_of_a_wide_layer_too():
    shown = frame(wide(), "1:1:update:1:32")
    k = next(k for k in range(1, 33) if shown.delta(1, k))
    found = inspect(shown, Cell("delta", 1, k), most=4)
    texts = lines(found.partials)
    assert len(texts) == 3 * 4 + 3
    assert texts[-2].startswith("… 6 more paths, together ")
    assert texts[0].startswith("(9) ")
    assert "… 6 more, together" in texts[0]
    carried = [d.made[0].value * w.made[0].value for d, w in zip(found.partials[1:13:3], found.partials[2:13:3], strict=True)]
    assert [abs(share) for share in carried] == sorted((abs(share) for share in carried), reverse=True)
    assert sum(carried) + found.partials[-2].made[0].value == pytest.approx(shown.delta(1, k), rel=1e-12)


def test_in_the_common_notation():
    shown = frame(TWO, "1:1:update:1:2")
    assert inspect(shown, Cell("update", 1, 1, 0), COMMON).symbol == "new b¹₁"
    assert inspect(shown, Cell("gradient", 1, 1, 0), COMMON).equation.formula == "∂C/∂b¹₁ = ∂C/∂z₁¹ · ∂z₁¹/∂b¹₁ = δ₁¹"
    assert inspect(shown, Cell("delta", 1, 2), COMMON).equation.formula == "δ₂¹ = (Σₘ δₘ² W²ₘ₂) σ′(z₂¹)"


def test_a_cost_shows_the_chain_from_the_inside_out():
    """(10)."""
    found = inspect(frame(TWO, "1:1:cost"), Cell("cost", 2))
    assert lines(found.partials) == [
        "(10) C = C(z²(z¹(x)))",
        "x = (0.0500, 0.1000)",
        "→ z¹ ≈ (0.3775, 0.3925)",
        "→ z² ≈ (1.1059, 1.2249)",
        "→ C ≈ 0.2984",
    ]
    deep = scene([(1, "identity")] * 7, [[[0.0, 1.0]]] * 7, [1.0], [0.0])
    assert lines(inspect(frame(deep, "1:1:cost"), Cell("cost", 7)).partials)[0] == "(10) C = C(z⁷(z⁶(…z¹(x)…)))"


@pytest.mark.parametrize(
    ("scenario", "cell", "remark"),
    [
        (TWO, Cell("z", 1, 1), "(4) as printed has no bias"),
        (TWO, Cell("delta", 2, 1), "The lecture has no equation for δ of an output. It follows by the chain rule, as in (12)"),
        (LOGISTIC, Cell("delta", 1, 1), "a (1 − a) cancels"),
        (SOFTMAX, Cell("delta", 1, 2), "The lecture has no softmax."),
        (LOGISTIC, Cell("a", 1, 1), ""),
    ],
)
def test_what_the_lecture_leaves_out_is_said(scenario, cell, remark):
    timeline = Timeline(scenario)
    found = inspect(timeline.frame(timeline.course.length - 1), cell)
    assert (remark in found.remark) and bool(remark) == bool(found.remark)


@pytest.mark.parametrize(
    ("activation", "z", "computed"),
    [("sigmoid", -0.5, 1), ("sigmoid", 0.5, 0), ("tanh", 0.5, 1), ("relu", 0.5, 0)],
)
def test_the_form_that_is_computed_is_one_line(activation, z, computed):
    shown = frame(neuron(activation, [0.0, z]), "1:1:a")
    equation = inspect(shown, Cell("a", 1, 1)).equation
    assert len(equation.computed) == computed
    if computed:
        text = written(equation.computed[0], ALL_DIGITS, 99)
        assert same(worked_out(text), [shown.a(1, 1)]), text


def test_what_the_update_promised_is_a_sum_at_the_last_update_only():
    """Σ ∂C/∂w · Δw of the weights that changed."""
    shown = frame(neuron("identity", [0.5, 1.0], [2.0], [0.0], eta=0.1), "1:1:update")  # a = 2.5, ∂C/∂w 2.5 and 5
    promised = "(11) promised: Σ ∂C/∂w · Δw,  Δw = −η ∂C/∂w = 2.5000·(−0.2500) + 5.0000·(−0.5000) = −3.1250"
    for cell in (Cell("cost", 1), Cell("update", 1, 1, 1)):
        assert lines(inspect(shown, cell).partials)[-1] == promised
        assert "promised" not in str(lines(inspect(frame(shown.scenario, "1:1:gradient"), cell).partials))
    shown = frame(TWO, "1:1:update:1:2")  # its biases are kept
    many = inspect(shown, Cell("cost", 2), most=3).partials[-1]
    assert "… 5 more, together" in lines([many])[0]
    squares = [g * g for layer in (1, 2) for k in (1, 2) for g in shown.gradient_row(layer, k)[1:].tolist()]
    assert many.made[0].value == pytest.approx(-0.5 * sum(squares), rel=1e-9)
    assert "promised" not in str(lines(inspect(frame(neuron("step"), "1:1:update"), Cell("cost", 1)).partials))
