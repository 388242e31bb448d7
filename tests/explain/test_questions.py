"""Questions: a label says how many answers are wanted and of what, help fades in, verdicts are true. All without a window."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.draw.base.plain_text import plain
from nntui.draw.base.view import View
from nntui.draw.panels.equation import equation_block
from nntui.explain.equations.cells import known, symbol_of, value_of
from nntui.explain.notation.numerals import FOUR
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.explain.predicting.fading import NEXT, STAGES, AskedStep
from nntui.explain.predicting.prediction import asked
from nntui.explain.predicting.question import asks_of_cost, cost_after
from nntui.files.library import load
from nntui.training.scenario import QUESTION_KINDS, Question
from nntui.training.timeline import Timeline
from tests import scenes
from tests.explain.sentence_readings import shows
from tests.explain.test_slips import FRAMES, NETS, in_a_batch
from tests.strategies import examples, scenarios

TWO = Timeline(load("two-by-two"))
VALUE, SIGN, LARGER = (Question("", kind) for kind in ("value", "sign", "larger"))
COST = Question("", "cost")


def at(timeline, address, question=None):
    return asked(timeline, timeline.course.parse(address), question)


# --- labels


@pytest.mark.parametrize(
    ("address", "question", "label"),
    [
        ("1:1:z:1:1", None, "z₁¹ = ?"),
        ("1:1:cost", VALUE, "C = ?"),
        ("1:1:delta:2:2", SIGN, "sign of δ₂²?"),
        ("2:1:a:2:1", LARGER, "is a₁² larger?"),
        ("1:1:gradient:1:2", None, "∂C/∂w⁰₂₁ = ?"),
        ("1:1:gradient:1:2", VALUE, "3 numbers: ∂C/∂w⁰₂₁ … w⁰₂₀ = ?"),
        ("1:1:gradient:1:2", SIGN, "3 signs: ∂C/∂w⁰₂₁ … w⁰₂₀?"),
        ("1:1:update:2:2", None, "new w¹₂₁ = ?"),
        ("1:1:update:2:2", VALUE, "2 numbers: new w¹₂₁, new w¹₂₂ = ?"),  # its bias stays fixed
        ("1:1:update:2:2", LARGER, "2 answers: new w¹₂₁, new w¹₂₂ larger?"),
        ("1:1:update:1:2", COST, "C rises or falls?"),
    ],
)
def test_a_label_says_how_many_answers_it_wants_and_of_what(address, question, label):
    assert at(TWO, address, question).label(LECTURE) == label


def test_where_weights_are_fixed_the_bias_is_asked_and_where_all_are_nothing():
    fixed = replace(NETS["classic"], network=replace(NETS["classic"].network, update_weights=False))
    assert at(Timeline(fixed), "1:1:update:1:1").label(LECTURE) == "new w⁰₁₀ = ?"
    none = replace(fixed, network=replace(fixed.network, update_biases=False))
    assert at(Timeline(none), "1:1:update:1:1") is None
    whole = at(Timeline(none), "1:1:update:1:1", VALUE)
    assert len(whole.cells) == 3
    assert whole.judged("0.15 -0.2 0.35").right
    assert "if training may change it" in AskedStep(whole).equation(LECTURE).formula


def test_a_row_of_hundreds_is_not_listed():
    wide = Timeline(scenes.wide(64, 32, 10))
    question = at(wide, "1:1:gradient:1:2", VALUE)
    assert question.label(LECTURE) == "65 numbers: ∂C/∂w⁰₂₁ … w⁰₂₀ = ?"
    assert question.wanted(LECTURE).count("∂C/∂") == 3


def of_cells(frame, question, words):
    """Reads what is to be typed, as a reader would; whether it is true of the question."""
    symbols = [symbol_of(cell, LECTURE) for cell in question.cells]
    found = re.fullmatch(
        r"Type (?:a number for (?P<one>\S.*?)|"
        r"(?P<many>\d+) (?:numbers|signs|answers)(?:, each [^:]*)?, in this order: (?P<list>.*?)|"
        r"(?P<choice>\+, − or 0|larger, smaller or same|rises, falls or same))\."
        r"(?P<rest>(?: Any number of digits will do\.| Compare .*\.)?)",
        words,
    )
    if found is None:
        return False
    count = int(found["many"] or 1)
    listed = re.findall(r"(?:new |∂C/∂)?[^\s,]+(?:,[^\s,]+)?", found["list"] or "")
    right_list = found["list"] is None or "…" in found["list"] or found["list"] == ", ".join(symbols)
    when = "before this update" if frame.moment.kind == "update" else "at this row's last turn"
    rest = {
        "value": "Any number of digits will do.",
        "sign": "",
        "larger": when,
        "cost": "Compare C of this row with the new weights and C as it was.",
    }[question.kind]
    return (
        count == len(symbols)
        and bool(listed or count == 1)
        and right_list
        and rest in found["rest"]
        and bool(found["rest"]) == bool(rest)
    )


@examples(60)
@given(scenarios(most_points=2, most_epochs=2), st.data())
def test_every_question_wants_as_many_answers_as_it_says_and_accepts_them(scene, data):
    timeline = Timeline(scene)
    step = data.draw(st.integers(1, scene.course.last))
    kind = data.draw(st.sampled_from([None, *QUESTION_KINDS]))
    frame = timeline.frame(step)
    if kind == "larger" and step < scene.course.points * scene.course.length and frame.moment.kind != "update":
        return
    question = asked(timeline, step, Question("", kind) if kind else None)
    if question is None:
        return
    label = question.label(LECTURE)
    count = int(found[1]) if (found := re.match(r"(\d+) (?:numbers|signs|answers): ", label)) else 1
    assert count == len(question.cells)
    assert all(symbol in label for symbol in [symbol_of(question.cells[0], LECTURE)] if kind != "cost")
    assert of_cells(frame, question, question.wanted(LECTURE)), question.wanted(LECTURE)
    words = {"value": ["0.1"], "sign": ["+"], "larger": ["same"], "cost": ["falls"]}[question.kind]
    question.judged(" ".join(words * count))
    with pytest.raises(ValueError, match="expected"):
        question.judged(" ".join(words * (count + 1)))
    for stage in STAGES:
        equation = AskedStep(question, stage).equation(data.draw(st.sampled_from([LECTURE, COMMON])))
        before = timeline.frame(step - 1)
        cells = [number.cell for row in equation.rows for number in row.numbers() if number.cell]
        assert all(known(before, cell) for cell in cells), stage
        assert all(number.value != number.value for number in equation.made)
        if stage != "numbers":
            assert all(number.given for row in equation.rows for number in row.numbers()), stage


# --- what is shown while it is asked


def picture(timeline, address, stage, question=None, notation=LECTURE):
    """The lines of the equation while a step is asked for."""
    step = timeline.course.parse(address)
    equation = AskedStep(asked(timeline, step, question), stage).equation(notation)
    view = View(timeline.frame(step - 1), notation=notation, asked=equation)
    return plain(equation_block(view, 140, 6)).split("\n")


@pytest.mark.parametrize(
    ("address", "question", "formula", "symbols", "numbers"),
    [  # a row is a line, as a table is read
        ("1:1:z:1:1", None,
         "z₁¹ = Σⱼ w⁰₁ⱼ aⱼ⁰ + w⁰₁₀", "w⁰₁₁·x₁ + w⁰₁₂·x₂ + w⁰₁₀",
         "0.1500·0.0500 + 0.2000·0.1000 + 0.3500"),
        ("1:1:a:1:1", None,
         "a₁¹ = σ(z₁¹)", "1 / (1 + e^(−z₁¹))",
         "1 / (1 + e^(−0.3775))"),
        ("1:1:cost", None,
         "C = ½ Σₖ (aₖ⁽²⁾ − yₖ)²", "½·((a₁⁽²⁾ − y₁)² + (a₂⁽²⁾ − y₂)²)",
         "½·((0.7514 − 0.0100)² + (0.7729 − 0.9900)²)"),
        ("1:1:delta:1:2", None,
         "δ₂¹ = (Σₘ δₘ² w¹ₘ₂) σ′(z₂¹)", "(δ₁⁽²⁾·w¹₁₂ + δ₂⁽²⁾·w¹₂₂) · σ′(z₂¹)",
         "(0.1385·0.4500 + (−0.0381)·0.5500) · 0.2406"),
        ("1:1:gradient:1:1", None,
         "= δ₁¹ a₁⁰", "δ₁¹ · x₁",
         "0.0088 · 0.0500"),
        ("1:1:update:2:2", LARGER,
         "w¹₂ⱼ ← w¹₂ⱼ − η ∂C/∂w¹₂ⱼ", "(w¹₂₁, w¹₂₂) − η · (∂C/∂w¹₂₁, ∂C/∂w¹₂₂)",
         "(0.5000, 0.5500) − 0.5 · (−0.0226, −0.0227)"),
        ("1:1:update:1:2", COST,
         "C(new w) − C(old w)", "C(a of new w) − C(a of old w)  with C = ½ Σₖ (aₖ⁽²⁾ − yₖ)²",
         "C(0.7421, 0.7753) − C(0.7514, 0.7729)"),
    ],
)  # fmt: skip
def test_the_formula_then_its_symbols_then_its_numbers(address, question, formula, symbols, numbers):
    shown = [picture(TWO, address, stage, question) for stage in STAGES]
    assert all(formula in lines[0] for lines in shown)
    assert [lines[1].strip() == "= ?" for lines in shown] == [True, False, False]
    assert symbols in shown[1][1]
    assert numbers in shown[2][1]
    assert all("?" in lines[1] for lines in shown)


def test_a_question_about_c_has_no_equation_number():
    assert [picture(TWO, "1:1:update:1:2", stage, COST)[0] for stage in STAGES] == ["  C(new w) − C(old w)"] * 3
    assert picture(TWO, "1:1:update:1:2", "formula", VALUE)[0].startswith(" (11)  ")


def test_what_a_batch_and_momentum_add_has_letters():
    frame = in_a_batch(3, momentum=0.9)
    timeline = Timeline(frame.scenario)
    lines = picture(timeline, "2:2:update:2:1", "symbols", VALUE)
    assert "(w¹₁₁, w¹₁₂, w¹₁₀) + (μ · (v, v, v) − η · ((G, G, G) + (∂C/∂w¹₁₁, ∂C/∂w¹₁₂, ∂C/∂w¹₁₀)))" in lines[1]
    waiting = picture(timeline, "1:1:update:2:1", "formula", VALUE)
    assert "w ← w − η G if its batch is complete, else w" in waiting[0]
    assert asked(timeline, timeline.course.parse("1:1:update:2:1")) is None
    assert "data point 1 of 2" in picture(timeline, "1:1:update:2:1", "numbers", VALUE)[1]


def test_softmax_has_a_letter_for_its_highest_z():
    lines = picture(Timeline(NETS["softmax"]), "1:1:a:2:2", "symbols")
    assert "e^(z₂⁽²⁾ − m) / (e^(z₁⁽²⁾−m) + e^(z₂⁽²⁾−m))" in lines[1]


def test_the_foot_says_what_comes_next_and_the_stages_end():
    assert [NEXT[stage] for stage in STAGES] == ["? shows every symbol", "? shows the numbers", "? shows the answer"]
    steps = [AskedStep(at(TWO, "1:1:z:1:1"), stage) for stage in STAGES]
    assert [step.further and step.further.stage for step in steps] == ["symbols", "numbers", None]
    assert [step.helps for step in steps] == [0, 1, 2]


def test_a_label_and_its_field_have_room_in_the_narrowest_window():
    for frame in FRAMES.values():
        timeline = Timeline(frame.scenario)
        for step in range(1, frame.course.length):
            for question in (None, VALUE, SIGN):
                one = asked(timeline, step, question)
                assert one is None or max(cell_len(one.label(n)) for n in (LECTURE, COMMON)) <= 42


# --- verdicts


@pytest.mark.parametrize(
    ("address", "question", "typed", "words"),
    [
        ("1:1:z:1:1", None, "0.4", "Right to 1 digit; in full 0.3775."),
        ("1:1:z:1:1", None, "0.378", "Right to 3 digits; in full 0.3775."),
        ("1:1:z:1:1", None, "0.3775", "Right."),
        ("1:1:update:2:2", VALUE, "0.51 0.561", "Right to 2 digits; in full 0.5113, 0.5614."),
        ("1:1:update:2:2", VALUE, "0.5113 0.5614", "Right."),
        ("1:1:gradient:1:1", None, "0.00", "Right as far as it goes; in full 4.4e-04."),
        ("1:1:update:2:2", VALUE, "0.51 0.6614", "new w¹₂₂: This is"),
        ("1:1:update:1:2", COST, "falls", "Right. C falls: it was 0.2984 and is now 0.2910."),
        ("1:1:update:1:2", COST, "rises", "This is not so."),
    ],
)
def test_a_verdict_says_how_far_it_is_right(address, question, typed, words):
    one = at(TWO, address, question)
    assert one.judged(typed).sentence.startswith(words)


def test_what_follows_from_rounded_numbers_is_not_said_to_be_right_to_all_its_digits():
    """z = 1.26212 of numbers with four decimals each, whose roundings may add up to 1.2622."""
    timeline = Timeline(load("pencil"))
    judged = asked(timeline, timeline.course.parse("1:2:z:2:1")).judged("1.2622")
    assert judged.right
    assert judged.sentence == "Right for the rounded numbers on the screen; in full 1.2621."


@pytest.mark.parametrize(
    ("address", "question", "typed", "words"),
    [
        ("1:1:z:1:1", None, "1 2", "2 numbers; expected one"),
        ("1:1:update:2:2", VALUE, "1", "1 number; expected 2 numbers: new w¹₂₁, new w¹₂₂"),
        ("1:1:update:2:2", LARGER, ">", "expected 2 answers, each larger, smaller or same: new w¹₂₁, new w¹₂₂"),
        ("1:1:delta:2:2", SIGN, "x", "expected +, − or 0"),
        ("1:1:update:1:2", COST, "up", "expected rises, falls or same"),
    ],
)
def test_what_was_expected_names_no_answer(address, question, typed, words):
    with pytest.raises(ValueError, match=re.escape(words) + "$"):
        at(TWO, address, question).judged(typed)


# --- C rises or falls


@examples(60)
@given(scenarios(most_points=1, most_epochs=3))
def test_c_after_the_last_update_is_that_of_the_same_row_at_its_next_turn(scene):
    if scene.course.iterations < 2:
        return
    timeline = Timeline(scene)
    frame = timeline.frame(scene.course.length - 1)
    found = cost_after(frame)
    assert np.array_equal(found.after, timeline.iteration(1).cost, equal_nan=True)
    question = asked(timeline, frame.step, COST)
    read = re.fullmatch(r"C (rises|falls|stays the same|is not known): it was (\S+) and is now (\S+)\.", question.answer(FOUR))
    before, after = timeline.iteration(0).cost, timeline.iteration(1).cost
    way = "rises" if after > before else "falls" if after < before else "stays the same" if after == before else "is not known"
    assert read[1] == way
    assert shows(read[2], before)
    assert shows(read[3], after)
    assert (read[2] == read[3]) == (way == "stays the same") or way == "is not known"


def test_c_is_asked_of_the_row_that_ends_its_batch():
    frames = [Timeline(load("batch")).frame((n + 1) * load("batch").course.length - 1) for n in range(4)]
    assert [asks_of_cost(frame) for frame in frames] == [False, False, False, True]
    assert asked(Timeline(load("batch")), frames[1].step, COST) is None
    assert not asks_of_cost(Timeline(load("xor")).frame(1))
    assert value_of(frames[3], asked(Timeline(load("batch")), frames[3].step, COST).cell) == frames[3].iteration.cost
