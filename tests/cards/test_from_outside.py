"""Activations and a cost that the package does not have, by a card each: everything works, and nothing untrue is said."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from nntui.cli import main
from nntui.draw.base.plain_text import plain
from nntui.draw.learned.panel import learned_block
from nntui.draw.panels.inspect import inspect_panel
from nntui.draw.screen import screen
from nntui.engine.activations import ACTIVATIONS
from nntui.engine.costs import COSTS
from nntui.engine.fold import NumpyFold
from nntui.engine.iteration import iterate
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.equations.cards.costs import COST_CARDS
from nntui.explain.equations.cards.register import register, unregister
from nntui.explain.equations.cells import known, value_of
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.differences import cells
from nntui.explain.equations.inspect import inspect, terms
from nntui.explain.gradient_check.report import report
from nntui.explain.grading.judge import judge
from nntui.explain.grading.slip_table import TABLE
from nntui.explain.learned.function import choices, weights_at_step
from nntui.explain.learned.survey import Survey
from nntui.explain.notation.numerals import full
from nntui.explain.predicting.prediction import asked, row_of
from nntui.explain.sentences.table import sentence
from nntui.explain.trace import FORMATS
from nntui.explain.warnings.of_scenario import scenario_facts
from nntui.explain.warnings.rules import warnings
from nntui.explain.warnings.warning import history_of
from nntui.files.library import load
from nntui.files.scenario.embedded import document_of, scenario_of
from nntui.files.schema.json_schema import json_schema
from nntui.training.edits.apply import apply_edits
from nntui.training.edits.edit import EditError, read_edits
from nntui.training.kinds import KIND_CARDS
from nntui.training.timeline import Timeline
from tests.cards.examples import HARD_TANH, QUARTIC, SOFTPLUS, SWISH
from tests.scenes import frame, neuron, scene, view

FILE = """\
format = 1
title = "From outside"
[network]
[[network.layer]]
units = 2
activation = "{hidden}"
weights = [[0.6, -1.5], [-7.0, 2.0]]
biases = [0.3, -0.2]
[[network.layer]]
units = 2
activation = "{output}"
weights = [[0.4, -0.7], [1.9, 0.8]]
biases = [0.1, -0.3]
[training]
eta = 0.1
epochs = 1
cost = "{cost}"
[data]
x = [[0.2, 0.9], [1.0, -0.5]]
y = [[0.3, 0.8], [0.9, 0.1]]
"""

# hidden, output, cost, and words that are true of other functions only
CASES = {
    "softplus": (
        "my_softplus",
        "my_softplus",
        "half_squared_error",
        r"sigmoid|tanh|relu|softmax|identity|between|squeez|fires|silent",
    ),
    "hard_tanh": (
        "my_hard_tanh",
        "my_hard_tanh",
        "squared_error",
        r"sigmoid|(?<!hard )(?<!hard_)tanh|relu|softmax|squeez|saturated",
    ),
    "swish": ("my_swish", "my_swish", "half_squared_error", r"sigmoid|tanh|relu|softmax|identity|between|squeez|fires|silent"),
    "quartic": ("sigmoid", "identity", "my_quartic", r"½|cross|ln |squar|softmax|\)²"),
    "all": ("my_softplus", "my_hard_tanh", "my_quartic", r"sigmoid|(?<!hard )(?<!hard_)tanh|relu|½|cross|softmax|squeez|\)²"),
}


OUTSIDE = (SOFTPLUS, HARD_TANH, SWISH, QUARTIC)


@pytest.fixture(autouse=True)
def cards():
    for card in OUTSIDE:
        register(card)
    yield
    for card in OUTSIDE:
        unregister(card)


ALONE = [pytest.param(name, marks=pytest.mark.sweep(usual=False)) for name in CASES if name != "all"]


@pytest.fixture(params=["all", *ALONE])
def case(request, tmp_path):
    hidden, output, cost, untrue = CASES[request.param]
    path = tmp_path / "outside.toml"
    path.write_text(FILE.format(hidden=hidden, output=output, cost=cost))
    return str(path), re.compile(untrue, re.IGNORECASE)


def true(text, untrue):
    found = untrue.search(text)
    assert found is None, f"{found[0]!r} in {text[max(found.start() - 80, 0) : found.end() + 40]!r}"
    return text


def test_show_of_every_step_and_traces_in_all_formats(case, capsys):
    path, untrue = case
    course = load(path).course
    for step in range(course.last + 1):
        assert main(["show", path, "--at", str(course.address(step)), "--width", "120"]) == 0
    pages = true(capsys.readouterr().out, untrue)
    assert pages.count("layer 1") >= course.last
    for form in FORMATS:
        assert main(["trace", path, "--to", "end", "--format", form]) == 0
        assert len(true(capsys.readouterr().out, untrue).splitlines()) > course.last


def test_the_gradient_check_agrees_with_it(case, capsys):
    path, untrue = case
    assert main(["check", path]) == 0
    out = true(capsys.readouterr().out, untrue)
    agree, judged = map(int, re.search(r"(\d+) of (\d+) gradients agree", out).groups())
    assert agree == judged >= 16


@pytest.mark.parametrize(
    "weights",
    [(-3.9, -2.3, -1.8, 3.3, 2.1, -2.7, 2.4, -2.9), (0.9, -3.0, -4.0, 3.0, -2.3, -2.3, 3.9, 3.0)],
    ids=["one", "other"],
)
def test_the_gradient_check_agrees_where_slopes_are_negative(weights):
    """Bounds on rounding are made of the sizes of slopes: with negative ones they would be too small."""
    first, second, third, x, y = weights[:2], weights[2:4], weights[4:6], weights[6], weights[7]
    run = scene([(1, "my_swish"), (1, "my_swish"), (1, "identity")], [[first], [second], [third]], [x], [y])
    assert not report(run).disagrees


@pytest.mark.parametrize("kind", ["a", "delta"])
def test_a_neuron_whose_slope_is_clearly_negative_is_not_called_flat(kind):
    falling, flat = (frame(neuron("my_swish", [z, 1.0], [0.0], [3.0]), f"1:1:{kind}") for z in (-5.0, -20.0))
    assert falling.slope(1, 1) < -0.02
    assert not re.search("flat|saturated|hundredth", sentence(falling))
    assert "hundredth" in sentence(flat)


def test_a_neuron_whose_slope_is_clearly_negative_is_not_warned_of_as_saturated():
    names = []
    for z in (-5.0, -20.0):
        timeline = Timeline(neuron("my_swish", [z, 1.0], [0.0], [3.0]))
        shown, step = timeline.frame(timeline.course.cost(0)), timeline.course.cost(0)
        names.append([one.name for one in warnings(shown, history_of(timeline, step, scenario_facts(timeline.scenario)))])
    assert [("saturated neuron" in one) for one in names] == [False, True]


def test_a_run_goes_far_with_it(case):
    """By NumPy, whatever is compiled: a new card needs no C. To the bits of one data point after the other."""
    scenario = replace(load(case[0]), epochs=400)
    timeline = Timeline(scenario)
    assert isinstance(timeline.segment.fold, NumpyFold)
    list(timeline.reach(len(timeline)))
    theta = scenario.theta
    for n in range(len(timeline)):
        row = timeline.row(n)
        theta = iterate(scenario.network, theta, scenario.x[row], scenario.y[row]).after
    assert timeline.theta(len(timeline)).tobytes() == theta.tobytes()


def test_a_cost_of_wrong_slope_disagrees(capsys, tmp_path, monkeypatch):
    path = tmp_path / "outside.toml"
    path.write_text(FILE.format(hidden="my_softplus", output="my_softplus", cost="half_squared_error"))
    wrong = np.array(1.001)
    object.__setattr__(SOFTPLUS.sigma, "slope", (right := SOFTPLUS.sigma.slope) and (lambda z, a: wrong * right(z, a)))
    try:
        assert main(["check", str(path)]) == 1
    finally:
        object.__setattr__(SOFTPLUS.sigma, "slope", right)
    assert "DISAGREE" in capsys.readouterr().out


def rounded(line, digits):
    """A line of a sheet with its value rounded; the header and the inputs as they are."""
    place, value = line.rsplit(",", 1)
    return line if value == "value" or ",input," in place else f"{place},{float(value):.{digits}f}"


def test_its_own_trace_is_right_work_and_a_slip_is_found(case, capsys, tmp_path):
    path, untrue = case
    assert main(["trace", path, "--to", "end", "--format", "csv"]) == 0
    sheet = tmp_path / "sheet.csv"
    text = capsys.readouterr().out
    sheet.write_text(text)
    assert main(["check-work", path, str(sheet)]) == 0
    assert " 0 wrong, 0 not answered" in capsys.readouterr().out
    for digits in (2, 4):
        sheet.write_text("\n".join(rounded(line, digits) for line in text.splitlines()) + "\n")
        assert main(["check-work", path, str(sheet)]) == 0
        assert " 0 wrong" in true(capsys.readouterr().out, untrue)
    wrong = re.sub(r"(?m)^(.*,a,1,1,,)(.*)$", lambda m: f"{m[1]}{float(m[2]) + 0.37:.4f}", text, count=1)
    sheet.write_text(wrong)
    assert main(["check-work", path, str(sheet)]) == 1
    out = true(capsys.readouterr().out, untrue)
    assert "the first wrong number, 1:1:a:1:1" in out


def test_every_number_is_predicted_and_judged(case):
    path, untrue = case
    timeline = Timeline(load(path))
    for step in range(timeline.course.last + 1):
        question = asked(timeline, step)
        if question is None:
            assert timeline.frame(step).moment.kind == "input"
            continue
        assert question.judged(full(value_of(question.frame, question.cell))).right
        row = KIND_CARDS[question.frame.moment.kind].row
        for cell in row_of(question.frame, question.cell) if row else [question.cell]:
            value = value_of(question.frame, cell)
            found = judge(question.frame, cell, full(value + 1.37))
            assert not found.right
            assert found.expected == value
            true(found.sentence, untrue)


def test_no_slip_has_a_number_of_another_function(case):
    """Every slip that is recognised is one of the table, and its number is not the right one."""
    path, untrue = case
    timeline = Timeline(load(path))
    for step in range(timeline.course.length):
        frame = timeline.frame(step)
        if frame.moment.kind == "input":
            continue
        cell = lit_cell(frame)
        for factor in (-1.0, 0.5, 2.0, 10.0):
            value = factor * value_of(frame, cell)
            judgement = judge(frame, cell, full(value))
            if not judgement.right:
                assert all(slip in TABLE[cell.kind] for slip in judgement.slips)
                true(judgement.sentence, untrue)


def test_every_picture_of_every_step(case):
    path, untrue = case
    timeline = Timeline(load(path))
    list(timeline.reach(timeline.course.iterations))
    survey = Survey()
    for step in range(timeline.course.last + 1):
        frame = timeline.frame(step)
        facts = scenario_facts(timeline.scenario)
        warned = warnings(frame, history_of(timeline, step, facts))
        for warning in warned:
            true(f"{warning.name}: {warning.sentence}", untrue)
        for cells_, height, graph in ((120, 40, False), (80, 24, True)):
            here = view(timeline, step, warnings=warned, graph=graph)
            block = screen(here, cells_, height, [])
            assert len(block) == height
            true(plain(block), untrue)
        now = weights_at_step(frame)
        for output in choices(timeline.scenario):
            true(plain(learned_block(view(timeline, step), now, output, survey.found(now), 120, 20)), untrue)


def test_every_number_is_inspected(case):
    path, untrue = case
    timeline = Timeline(load(path))
    for step in range(0, timeline.course.length, 3):
        frame = timeline.frame(step)
        for cell in cells(frame):
            found = inspect(frame, cell)
            assert found.known == known(frame, cell)
            assert set(terms(found)) <= set(cells(frame))
            if found.known and found.equation.rows and cell.kind not in ("input", "y"):
                assert found.equation.made[-1].value == found.value or found.value != found.value
            true(plain(inspect_panel(view(timeline, step, cursor=cell), found, 80, 14, 0)), untrue)


def test_it_can_be_changed_to_and_is_kept_in_a_recording():
    scenario = load("two-by-two")
    changed = apply_edits(scenario, 0, read_edits("activation1=my_softplus activation2=my_hard_tanh cost=my_quartic")).scenario
    assert [layer.activation for layer in changed.network.layers] == ["my_softplus", "my_hard_tanh"]
    assert changed.network.cost_function is QUARTIC.cost
    with pytest.raises(EditError, match="cross_entropy with my_softplus outputs; expected activation2=sigmoid"):
        apply_edits(scenario, 0, read_edits("activation2=my_softplus cost=cross_entropy"))
    back = scenario_of(json.loads(json.dumps(document_of(changed))), "a recording", 1)
    assert back.network == changed.network


def test_the_schema_and_the_errors_of_a_file_know_it(capsys, tmp_path):
    assert '"my_softplus"' in json.dumps(json_schema())
    path = tmp_path / "f.toml"
    path.write_text(FILE.format(hidden="my_softplos", output="sigmoid", cost="my_quartic"))
    assert main(["check", str(path)]) == 2
    assert "did you mean 'my_softplus'?" in capsys.readouterr().err


def test_a_name_that_is_taken_is_refused_and_what_was_added_can_go():
    with pytest.raises(ValueError, match="already a card for my_softplus"):
        register(SOFTPLUS)
    unregister(SOFTPLUS)
    assert "my_softplus" not in ACTIVATIONS
    assert "my_softplus" not in ACTIVATION_CARDS
    register(SOFTPLUS)


def test_the_tables_of_both_floors_have_the_same_names_in_the_same_order():
    assert list(ACTIVATIONS) == list(ACTIVATION_CARDS)
    assert all(ACTIVATIONS[name] is card.sigma and card.sigma.name == name for name, card in ACTIVATION_CARDS.items())
    assert list(COSTS) == list(COST_CARDS)
    assert all(COSTS[name] == tuple(card.cost for card in cards) for name, cards in COST_CARDS.items())
    assert all(cost.name == name for name, costs in COSTS.items() for cost in costs)
