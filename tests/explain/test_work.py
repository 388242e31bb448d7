"""A sheet followed number by number: no right sheet is marked wrong, one slip is one slip."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nntui.engine.arithmetic import quiet
from nntui.explain.grading.judge import judge
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import TABLE
from nntui.explain.marking.findings import grouped
from nntui.explain.marking.frames_ahead import FramesAhead
from nntui.explain.marking.report import MOST_TOLD, work_lines
from nntui.explain.marking.sheet import NotTheInput, TooMuch, follow_work
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.explain import student
from tests.scenes import wide
from tests.strategies import examples, scenarios, wild_numbers

ROUNDINGS = st.one_of(st.integers(2, 17).map(student.significant), st.integers(2, 17).map(student.decimals))


def truth(scenario, iterations=1, first=0):
    """Every number of some data points, as a trace has them."""
    timeline = Timeline(scenario)
    course = timeline.course
    sheet = {}
    for step in range(first * course.length, (first + iterations) * course.length):
        frame = timeline.frame(step)
        moment = frame.moment
        values = frame.numbers(moment)
        row = moment.kind in ("gradient", "update")
        start = 0 if not row or scenario.network.layers[moment.layer - 1].biases else 1
        if moment.kind != "input":
            sheet |= {(str(frame.address), j): value for j, value in enumerate(values, start=start)}
    return sheet


def followed(scenario, sheet):
    return follow_work(Timeline(scenario), student.answers(scenario, sheet))


def cell_of(scenario, key):
    address, sender = key
    moment = scenario.course.moment(scenario.course.parse(address) % scenario.course.length)
    return Cell(moment.kind, moment.layer, moment.neuron, sender)


@examples(80)
@given(scenarios(numbers=wild_numbers, most_points=3, most_epochs=3), ROUNDINGS, st.data())
def test_a_sheet_made_of_a_trace_is_never_wrong(scene, write, data):
    iterations = min(scene.course.iterations, 2)
    first = data.draw(st.integers(0, scene.course.iterations - iterations))
    sheet = {key: read_back(write, value) for key, value in truth(scene, iterations, first).items()}
    work = followed(scene, sheet)
    assert (work.wrong, work.follows, work.missing) == (0, 0, 0)
    assert work.right == len(sheet)


def read_back(write, value):
    """As a trace writes what is not finite; a rounding up beyond float64 stays unrounded."""
    text = write(value) if abs(value) < 1e308 else repr(value)
    return text if float(text) == float(text) and abs(float(text)) != float("inf") else repr(value)


@examples(80)
@given(scenarios(most_points=3, most_epochs=3), ROUNDINGS)
def test_who_rounds_every_number_and_goes_on_with_it_is_never_wrong(scene, write):
    sheet = student.work(scene, write, iterations=min(scene.course.iterations, 3))
    work = followed(scene, sheet)
    assert (work.wrong, work.follows, work.missing) == (0, 0, 0)


@examples(80)
@given(scenarios(most_points=3, most_epochs=3), st.integers(5, 17), st.data())
def test_unwritten_numbers_may_have_been_rounded(scene, digits, data):
    write = student.significant(digits)
    sheet = student.work(scene, write, iterations=min(scene.course.iterations, 3))
    given_up = data.draw(st.sets(st.sampled_from(sorted(sheet))))
    work = followed(scene, {key: "" if key in given_up else text for key, text in sheet.items()})
    assert (work.wrong, work.follows) == (0, 0)
    assert work.missing == len(given_up)


@examples(80)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2), st.data())
def test_any_numbers_at_all_are_counted_and_told(scene, data):
    sheet = truth(scene, min(scene.course.iterations, 2))
    texts = st.sampled_from(["", "0", "1e308", "-1e-300", "nan", "inf", "-inf", "0.5", "12", "-3.25"])
    sheet = {key: data.draw(texts) for key in sheet}
    work = followed(scene, sheet)
    lines = list(work_lines(work, scene.course, "a.csv"))
    assert work.answers + work.missing == len(sheet)
    groups = grouped(work.findings)
    assert sum(group.count for group in groups) == work.wrong
    assert len(lines) == min(len(groups), MOST_TOLD) + (len(groups) > MOST_TOLD) + 1


@st.composite
def slips(draw):
    """(scene, how numbers are written, place, slip, value): a slip of the table at a random place where it matters.

    Who copies digits wrongly writes all numbers with as many decimals; else all have as many digits that count.
    """
    scene = draw(scenarios(most_points=2, most_epochs=2))
    sheet = truth(scene)
    key = draw(st.sampled_from(sorted(sheet)))
    cell = cell_of(scene, key)
    frame = Timeline(scene).frame(0)
    slip = draw(st.sampled_from(TABLE[cell.kind]))
    digits = draw(st.integers(8, 12 if slip.family != "formula" else 17))
    write = student.significant(digits) if slip.family == "formula" else student.decimals(digits)
    context = SlipContext(ShownNumbers(frame), cell, digits)
    assume(slip.holds(context))
    with quiet():
        values = list(slip.values(context))
    assume(values)
    value = float(draw(st.sampled_from(values)))
    judged = judge(frame, cell, write(value))
    assume(not judged.right)
    assume(slip in judged.slips)  # else another slip is as near, or it may be chance
    return scene, write, key, slip, value, judged


@examples(100)
@given(slips(), st.booleans())
def test_one_slip_is_found_first_and_named_and_nothing_else_is_wrong(case, carried):
    scene, write, key, slip, value, judged = case
    iterations = min(scene.course.iterations, 2)
    sheet = student.work(scene, write, iterations, slip=(key, value), carried=carried)
    work = followed(scene, sheet)
    assert [finding.answer.line for finding in work.findings] == [list(sheet).index(key) + 1]
    finding = work.findings[0]
    assert work.wrong == 1
    assert slip in finding.slips or finding.slips
    assert finding.expected == pytest.approx(judged.expected, rel=1e-3, abs=1e-4)
    assert work.right + work.follows + 1 == len(sheet)
    if not carried:
        assert work.follows == 0


def test_a_slip_at_the_start_is_one_slip_and_the_rest_follows():
    scene = load("two-by-two")
    sheet = student.work(scene, student.decimals(4), slip=(("1:1:z:1:1", 0), 0.0275))
    work = followed(scene, sheet)
    assert (work.wrong, work.follows > 5, work.missing) == (1, True, 0)
    assert [slip.name for slip in work.findings[0].slips] == ["no bias"]
    assert work.findings[0].expected == pytest.approx(0.3775)


def test_a_second_slip_is_judged_by_the_numbers_before_it():
    scene = load("two-by-two")
    sheet = student.work(scene, student.decimals(6), slip=(("1:1:z:1:1", 0), 0.0275))
    sheet["1:1:a:2:1", 0] = sheet["1:1:z:2:1", 0]
    work = followed(scene, sheet)
    assert [finding.slips[0].name for finding in work.findings] == ["no bias", "no σ"]
    assert work.findings[1].expected == pytest.approx(1 / (1 + 2.718281828459045 ** -float(sheet["1:1:z:2:1", 0])), abs=1e-6)


def test_the_weights_of_a_slip_go_on_to_the_next_data_point_and_over_a_gap():
    scene = load("xor")
    key = ("1:1:update:2:1", 0)
    eta_missing = truth(scene)["1:1:update:2:1", 0] - 0.25
    sheet = student.work(scene, student.decimals(6), iterations=3, slip=(key, eta_missing))
    for kept in (sheet, {key: text for key, text in sheet.items() if not key[0].startswith("1:2:")}):
        work = followed(scene, kept)
        assert work.wrong == 1
        assert work.follows > 3


def test_forgotten_updates_are_recognised_at_the_next_data_point():
    scene = load("xor")
    frame = Timeline(scene).frame(0)
    sheet = truth(scene, 2)
    before, x = frame.weights_before(1)[0].tolist(), Timeline(scene).iteration(1).x.tolist()
    sheet["1:2:z:1:1", 0] = before[1] * x[0] + before[2] * x[1] + before[0]
    if abs(sheet["1:2:z:1:1", 0] - truth(scene, 2)["1:2:z:1:1", 0]) < 1e-3:
        scene = replace(scene, network=replace(scene.network, eta=20.0))
        sheet = truth(scene, 2)
        sheet["1:2:z:1:1", 0] = before[1] * x[0] + before[2] * x[1] + before[0]
    work = followed(scene, {key: repr(value) for key, value in sheet.items()})
    assert work.wrong == 1
    assert "weights not updated" in [slip.name for slip in work.findings[0].slips]


def test_far_apart_data_points_begin_with_the_true_weights():
    scene = load("xor")
    sheet = truth(scene) | truth(scene, first=4 * 1500)
    work = followed(scene, {key: repr(value) for key, value in sheet.items()})
    assert (work.wrong, work.right) == (0, len(sheet))


@pytest.mark.parametrize("numbers", [[0], [3, 4, 5, 70, 71, 900, 1000], [0, 2, 7, 71, 72], list(range(5, 400, 3))])
def test_frames_made_on_the_way_are_those_of_the_run(numbers):
    timeline, scene = Timeline(load("xor")), load("xor")
    ahead = FramesAhead(Timeline(scene), numbers[-1] + 1)
    for number in numbers:
        frame, same = ahead.first_step(number), timeline.frame(scene.course.first(number))
        assert (frame.number, frame.m, frame.row) == (same.number, same.m, same.row)
        assert frame.iteration.before.tobytes() == same.iteration.before.tobytes()
        assert frame.iteration.delta.tobytes() == same.iteration.delta.tobytes()


def test_what_is_not_written_for_long_does_not_make_everything_right():
    scene = load("xor")
    sheet = {(f"{epoch}:{point}:z:1:1", 0): "3.517" for epoch in range(1, 101) for point in range(1, 5)}
    assert followed(scene, sheet).wrong == 400


def test_a_correction_after_a_slip_is_right():
    scene = load("two-by-two")
    sheet = {key: f"{value:.4f}" for key, value in truth(scene).items()}
    sheet["1:1:z:1:1", 0] = "0.9999"
    work = followed(scene, sheet)
    assert (work.wrong, work.follows, work.right) == (1, 0, len(sheet) - 1)


def test_many_wrong_numbers_are_counted_and_a_few_told():
    scene = wide()
    sheet = dict.fromkeys(truth(scene), "12345.678")
    work = followed(scene, sheet)
    assert work.wrong > 100
    assert len(work.findings) == work.wrong
    lines = list(work_lines(work, scene.course, "a.csv"))
    assert len(lines) == MOST_TOLD + 2
    assert lines[-2].endswith(" more are wrong")


def test_an_input_of_another_scenario():
    scene = load("two-by-two")
    answer = student.answers(scene, {("1:1:input", 1): "0.06"})
    with pytest.raises(NotTheInput, match=r"input 1 of 1:1:input is 0.06; expected 0.05, as in the scenario"):
        follow_work(Timeline(scene), answer)
    assert follow_work(Timeline(scene), student.answers(scene, {("1:1:input", 1): "0.05"})).missing == 37


def test_too_large_a_network_is_refused(monkeypatch):
    monkeypatch.setattr("nntui.explain.marking.sheet.MOST_WEIGHTS", 10)
    with pytest.raises(TooMuch, match="; expected at most 10 weights"):
        followed(load("two-by-two"), {("1:1:cost", 0): "0.3"})
    monkeypatch.setattr("nntui.explain.marking.sheet.MOST_POINTS", 1)
    with pytest.raises(TooMuch, match="answers at 2 data points; expected at most 1"):
        followed(load("xor"), {("1:1:cost", 0): "0.3", ("2:1:cost", 0): "0.3"})


def test_cells_have_their_kinds():
    assert cell_of(load("xor"), ("1:1:update:1:2", 1)) == Cell("update", 1, 2, 1)
    assert cell_of(load("xor"), ("1:1:delta:1:2", 0)) == Cell("delta", 1, 2)


@examples(80)
@given(scenarios(most_points=3, most_epochs=3), st.integers(2, 9))
def test_who_cuts_every_number_and_goes_on_with_it_is_never_wrong(scene, digits):
    sheet = student.work(scene, student.cut(digits), iterations=min(scene.course.iterations, 3))
    work = followed(scene, sheet)
    assert (work.wrong, work.missing) == (0, 0)
