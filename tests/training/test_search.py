"""Searching: the same step as a slow look at every frame of the run finds, forward and back, from any step."""

from dataclasses import replace
from functools import cache, partial
from math import isfinite

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nntui.engine.arithmetic import quiet
from nntui.engine.iteration import forward
from nntui.files.library import load
from nntui.training.address import Moment
from nntui.training.classes import classes_of
from nntui.training.containers.series import Series
from nntui.training.edits.edit import read_edits
from nntui.training.segments.lineage import lineage
from nntui.training.timeline import Timeline
from nntui.training.until import search as search_module
from nntui.training.until.condition import AllClassified, AtStep, Compared, Misclassified, NotFinite, NumberOfRun, Rose, TurnOfRow
from nntui.training.until.parser import read_condition
from nntui.training.until.search import Search
from tests.counting import count_iterations, nothing_is_computed
from tests.scenes import neuron, wide
from tests.strategies import calm_numbers, examples, scenarios, wild_numbers
from tests.training.test_fork import edits_for
from tests.training.test_given import Weights
from tests.training.test_timeline import exploding

# --- the slow scan: every step, by its frame alone


def said(outputs, targets):
    """Which class a row of numbers says, in the plainest way; None where it says none."""
    if any(value != value for value in outputs):
        return None
    if len(outputs) == 1:
        return outputs[0] >= (min(targets) + max(targets)) / 2
    return max(range(len(outputs)), key=lambda k: (outputs[k], -k))


def all_right(scene, theta):
    """Whether every data row is classified right, one by one."""
    if classes_of(scene) is None:
        return False
    targets = [row[0] for row in scene.y.tolist()]
    with quiet():
        outputs = [forward(scene.network, theta, row)[1][-scene.network.outputs :].tolist() for row in scene.x]
    right = [said(a, targets) == said(y, targets) for a, y in zip(outputs, scene.y.tolist(), strict=True)]
    return all(right[row] for row in scene.trained_rows.tolist())


def means(timeline):
    costs = [timeline.iteration(n).cost for n in range(len(timeline))]
    points = timeline.course.points
    made = []
    for epoch in range(len(costs) // points):
        total = 0.0
        for cost in costs[epoch * points : (epoch + 1) * points]:
            total += cost
        made.append(total / points)
    return made


def number(frame, wanted):
    """The number of a condition that a step makes, or None."""
    if frame.moment != Moment(wanted.kind, wanted.layer, wanted.neuron):
        return None
    match wanted.kind:
        case "z" | "a" | "delta" | "cost":
            return frame.numbers(frame.moment)[0]
        case "gradient":
            return float(frame.gradient_row(wanted.layer, wanted.neuron)[wanted.sender])
        case "update":
            return float(frame.weights_after(wanted.layer)[wanted.neuron - 1, wanted.sender])


def slow(timeline, condition):
    """All steps at which a condition holds."""
    course, points = timeline.course, timeline.course.points
    begins = {line.origin.start if line.origin else 0 for line in lineage(timeline)}
    mean = cache(partial(means, timeline))
    holds = []
    for step in range(course.last + 1):
        frame = timeline.frame(step)
        scene, moment = frame.scenario, frame.moment
        ends_epoch = moment.kind == "cost" and (frame.number + 1) % points == 0
        epoch = frame.number // points
        begun = frame.m == 0 and frame.number in begins
        match condition:
            case Compared(number=NumberOfRun(kind="mean")):
                hit = ends_epoch and condition.holds(mean()[epoch])
            case Compared(number=wanted):
                value = number(frame, wanted)
                hit = value is not None and condition.holds(value)
                if wanted.kind == "update" and begun:
                    hit = condition.holds(float(frame.weights_before(wanted.layer)[wanted.neuron - 1, wanted.sender]))
            case Rose(times):
                rises = [mean()[e] > mean()[e - 1] for e in range(1, epoch + 1)]
                hit = ends_epoch and len(rises) >= times and all(rises[-times:])
            case NotFinite():
                hit = not all(isfinite(value) for value in frame.numbers(moment))
            case Misclassified():
                last = moment.kind == "a" and moment.layer == len(course.units) and moment.neuron == course.units[-1]
                targets = [row[0] for row in scene.y.tolist()]
                about = last and classes_of(scene) is not None
                layer = len(course.units)
                hit = about and said(frame.layer_a(layer).tolist(), targets) != said(frame.iteration.y.tolist(), targets)
            case AllClassified():
                hit = begun and all_right(scene, frame.iteration.before)
                hit = hit or (frame.m == course.length - 1 and all_right(scene, frame.iteration.after))
            case TurnOfRow(row):
                hit = moment.kind == "input" and frame.row == row
            case AtStep(there):
                hit = step == there
        if hit:
            holds.append(step)
    return holds


# --- any condition, any run


@st.composite
def conditions(draw, kinds, scene, timeline):
    """A condition of some kinds that a scenario can have, its bound near the numbers of the run."""
    network, course = scene.network, scene.course
    kind = draw(st.sampled_from(kinds))
    layer = draw(st.integers(1, len(network.layers)))
    block = network.blocks[layer - 1]
    neuron = draw(st.integers(1, block.units))
    sender = draw(st.integers(0 if block.biases else 1, block.inputs))
    match kind:
        case "rose":
            return Rose(draw(st.integers(1, 3)))
        case "nan":
            return NotFinite()
        case "row":
            return TurnOfRow(draw(st.sampled_from(scene.trained_rows.tolist())) + 1)
        case "at":
            return AtStep(draw(st.integers(0, course.last)), "somewhere")
        case "misclassified":
            return Misclassified()
        case "all":
            return AllClassified()
        case "cost":
            about = NumberOfRun("cost", len(network.layers))
        case "mean":
            about = NumberOfRun("mean")
        case "gradient" | "update":
            about = NumberOfRun(kind, layer, neuron, sender)
        case _:
            about = NumberOfRun(kind, layer, neuron)
    bound = draw(calm_numbers)
    if about.kind != "mean" and draw(st.booleans()):  # a number that occurs, so that < and <= are told apart
        n = draw(st.integers(0, course.iterations - 1))
        moment_m = course.start_of[about.kind, about.layer] + max(about.neuron - 1, 0)
        value = number(timeline.frame(n * course.length + moment_m), about)
        bound = value if value is not None and isfinite(value) else bound
    return Compared(about, draw(st.sampled_from(["<", "<=", ">", ">="])), bound, draw(st.booleans()))


@st.composite
def classifying(draw, scene):
    """The same run with targets that are classes, where its cost allows them."""
    if scene.network.softmax and scene.network.outputs == 1:
        return scene
    if scene.network.outputs == 1:
        y = np.array([[draw(st.sampled_from([0.0, 1.0]))] for _ in scene.x])
        y[0], y[-1] = 0.0, 1.0
    else:
        y = np.eye(scene.network.outputs)[[draw(st.integers(0, scene.network.outputs - 1)) for _ in scene.x]]
    y.flags.writeable = False
    return replace(scene, y=y)


@st.composite
def searches(draw, kinds):
    """A run or a fork, how much of it is computed, a condition, and places to search from."""
    classes = "all" in kinds
    numbers = wild_numbers if "nan" in kinds else calm_numbers
    scene = draw(scenarios(numbers=numbers, most_epochs=8 if classes else 20, most_layers=2, most_units=3))
    if classes:
        scene = draw(classifying(scene))
        assume(classes_of(scene) is not None)
    budget = draw(st.integers(1, 12)) * scene.theta.nbytes
    edits = draw(st.one_of(st.none(), edits_for(scene)))
    start = draw(st.integers(0, scene.course.iterations - 1))
    if classes and edits is not None:
        edits = [replace(edit, value=draw(st.sampled_from([0.0, 1.0]))) if edit.kind == "y" else edit for edit in edits]

    def run():
        timeline = Timeline(scene, budget=budget)
        return timeline.fork(start, edits) if edits is not None else timeline

    condition = draw(conditions(kinds, run().scenario, run()))
    known = draw(st.integers(0, scene.course.iterations))
    heres = draw(st.lists(st.integers(-1, scene.course.last + 1), min_size=2, max_size=8))
    return run, condition, known, heres, draw(st.sampled_from([1, 2, 7, 1 << 14])), draw(st.sampled_from([4, 1 << 20]))


def found(timeline, condition, here, onward):
    search = Search(timeline, condition, here, onward)
    for looked in search:
        assert 0 <= looked <= search.whole
    return search.found


def agrees(drawn):
    """Whether searches find what the slow scan finds."""
    run, condition, known, heres, block, kept = drawn
    holds = slow(run(), condition)
    before = search_module._FIRST_BLOCK, search_module._LARGEST_BLOCK
    search_module._FIRST_BLOCK, search_module._LARGEST_BLOCK = min(block, 64), block
    try:
        timeline = run()
        for line in lineage(timeline):
            line.segment.costs, line.segment.means = Series(kept), Series(kept)
        list(timeline.reach(known))
        for here in heres:
            after, earlier = [step for step in holds if step > here], [step for step in holds if step < here]
            onward, back = found(timeline, condition, here, True), found(timeline, condition, here, False)
            assert (onward and onward.step) == (after[0] if after else None)
            assert (back and back.step) == (earlier[-1] if earlier else None)
            for hit in (onward, back):
                if hit is not None and isinstance(condition, Compared):
                    assert condition.holds(hit.value)
    finally:
        search_module._FIRST_BLOCK, search_module._LARGEST_BLOCK = before


@examples(120)
@given(searches(("z", "a", "delta", "gradient", "update", "cost")))
def test_numbers_are_found_where_a_slow_scan_finds_them(drawn):
    agrees(drawn)


@examples(100)
@given(searches(("mean", "rose")))
def test_means_are_found_where_a_slow_scan_finds_them(drawn):
    agrees(drawn)


@examples(80)
@given(searches(("nan",)))
def test_inf_and_nan_are_found_where_a_slow_scan_finds_them(drawn):
    agrees(drawn)


@examples(120)
@given(searches(("misclassified", "all")))
def test_classes_are_found_where_a_slow_scan_finds_them(drawn):
    agrees(drawn)


@examples(40)
@given(searches(("row", "at")))
def test_rows_and_steps_are_found_where_a_slow_scan_finds_them(drawn):
    agrees(drawn)


# --- single cases


def test_classes_are_found_in_a_run_with_a_row_held_out():
    three = replace(neuron(epochs=3), x=np.array([[1.0], [-1.0], [2.0]]), y=np.array([[0.0], [0.0], [1.0]]))
    held = replace(three, trained=np.array([0, 2]), held_share=0.4)
    for condition in (Misclassified(), AllClassified(), TurnOfRow(3)):
        agrees((lambda: Timeline(held), condition, 0, [-1, 0, 9, held.course.last + 1], 1, 4))


def first(name, text, here=-1, onward=True):
    """The address that is found in a bundled run, and the number."""
    timeline = Timeline(load(name) if isinstance(name, str) else name)
    hit = found(timeline, read_condition(text, timeline.scenario), here, onward)
    return (str(timeline.course.address(hit.step)), hit.value) if hit else None


def test_the_initial_weights_are_judged_at_the_start():
    scene = load("two-by-two")
    assert first(scene, "w1.1.1 > 0.1") == ("1:1:input", scene.weights[0][0, 1])
    assert first(scene, "w1.1.1 > 0.1", here=0)[0] == "1:1:update:1:1"
    assert first(scene, "b2.2 < 1", here=1, onward=False) == ("1:1:input", 0.6)


def test_a_weight_that_is_changed_by_a_fork_is_judged_where_it_begins():
    timeline = Timeline(load("xor")).fork(6, read_edits("w1.2.1=40"))
    hit = found(timeline, read_condition("w1.2.1 > 39", timeline.scenario), -1, True)
    assert str(timeline.course.address(hit.step)) == "2:3:input"
    assert hit.value == 40.0


@pytest.mark.parametrize("start", [5, 13, 30])
def test_from_a_fork_on_its_data_say_what_is_right(start):
    scene = load("perceptron")
    timeline = Timeline(scene)
    list(timeline.reach(len(timeline)))
    row = timeline.row(start)
    forked = timeline.fork(start, read_edits(f"y1={1 - int(scene.y[row, 0])}"))
    for condition in (Misclassified(), AllClassified()):
        holds = slow(forked, condition)
        for here in range(-1, forked.course.last + 1, 17):
            after, earlier = [step for step in holds if step > here], [step for step in holds if step < here]
            onward, back = found(forked, condition, here, True), found(forked, condition, here, False)
            assert (onward and onward.step) == (after[0] if after else None)
            assert (back and back.step) == (earlier[-1] if earlier else None)


def test_weights_that_a_fork_sets_right_are_found_where_it_begins():
    trained = Timeline(load("perceptron"))
    rows = " ".join(f"w1.1.{j}={value!r}" for j, value in enumerate(trained.weights(len(trained))[0][0].tolist()))
    timeline = Timeline(replace(load("perceptron"), theta=load("perceptron").theta * 0.0 - 1.0))
    assert found(timeline, AllClassified(), -1, True).step > timeline.course.length
    forked = timeline.fork(1, read_edits(rows))
    assert found(forked, AllClassified(), -1, True).step == forked.course.length


def test_where_a_run_overflows_is_found_and_every_step_from_there_on():
    timeline = Timeline(exploding())
    hit = found(timeline, NotFinite(), -1, True)
    assert hit.step == timeline.diverged
    assert found(timeline, NotFinite(), hit.step, False) is None
    assert found(timeline, NotFinite(), timeline.course.last, False).step == timeline.course.last - 1


def test_a_row_is_found_without_computing_anything(monkeypatch):
    nothing_is_computed(monkeypatch)
    scene = replace(load("xor"), order="shuffled")
    timeline = Timeline(scene)
    for row in range(1, 5):
        hit = found(timeline, TurnOfRow(row), 5000 * timeline.course.length, True)
        assert timeline.row(hit.step // timeline.course.length) == row - 1
        assert 0 <= hit.step - 5000 * timeline.course.length <= 8 * timeline.course.length


def test_costs_that_are_known_are_not_computed_again(monkeypatch):
    timeline = Timeline(load("xor"))
    list(timeline.reach(8000))
    nothing_is_computed(monkeypatch)
    condition = read_condition("C < 0.01", timeline.scenario)
    hit = found(timeline, condition, -1, True)
    assert hit.value < 0.01
    assert found(timeline, condition, timeline.course.last, False).step > hit.step
    assert found(timeline, read_condition("mean C < -1", timeline.scenario), -1, True) is None
    assert found(timeline, read_condition("cost rose for 1000 epochs", timeline.scenario), -1, True) is None
    assert found(timeline, NotFinite(), -1, True) is None


@pytest.mark.usefixtures("numpy_alone")
def test_a_search_forward_computes_little_more_than_it_needs(monkeypatch):
    calls = count_iterations(monkeypatch)
    timeline = Timeline(load("xor"))
    hit = found(timeline, read_condition("C < 0.1", timeline.scenario), -1, True)
    n = hit.step // timeline.course.length
    assert n <= len(calls) <= n + 10 + timeline.stride


@pytest.mark.usefixtures("numpy_alone")
def test_a_search_back_looks_at_the_nearest_block_first(monkeypatch):
    timeline = Timeline(load("xor"))
    list(timeline.reach(8000))
    calls = count_iterations(monkeypatch)
    condition = read_condition("z1.1 < 1000", timeline.scenario)
    hit = found(timeline, condition, 7000 * timeline.course.length, False)
    assert hit.step // timeline.course.length == 6999
    assert len(calls) <= 64 + timeline.segment.keyframes.spacing


@pytest.mark.usefixtures("numpy_alone")
def test_a_search_can_be_dropped_and_what_is_computed_stays():
    timeline = Timeline(replace(load("xor"), epochs=250_000))
    search = Search(timeline, read_condition("C < 0", timeline.scenario), -1)
    looking = iter(search)
    while next(looking) < 1000:
        pass
    del looking
    assert search.found is None
    assert 1000 <= timeline.computed <= 1000 + 2 * timeline.slice


@pytest.mark.usefixtures("numpy_alone")
def test_slices_of_a_wide_network_are_small(monkeypatch):
    calls = count_iterations(monkeypatch)
    scene = wide(784, 300, 10)
    timeline = Timeline(scene)
    before = 0
    for _ in Search(timeline, AllClassified(), -1):
        assert len(calls) - before <= timeline.stride + 1  # a hopeful data point is made once more, whole
        before = len(calls)
    assert before > 0


@pytest.mark.parametrize("text", ["C < 0.2", "mean C < 0.13", "misclassified", "all classified", "cost rose for 2 epochs"])
def test_in_a_recorded_island_the_same_is_found(text):
    whole, island = Timeline(load("xor")), Timeline(load("xor"))
    island.learn(Weights(2000, whole.theta(2000)))
    condition = read_condition(text, whole.scenario)
    here = 2000 * whole.course.length
    for onward in (True, False):
        assert found(island, condition, here, onward) == found(whole, condition, here, onward)


@examples(40)
@given(scenarios(most_points=3, most_epochs=12))
def test_whether_all_right_is_the_first_and_lasts(scene):
    timeline = Timeline(scene)
    search = Search(timeline, AllClassified(), -1)
    for _ in search:
        pass
    length = timeline.course.length
    states = [all_right(scene, timeline.iteration(n).after) for n in range(len(timeline))]
    if search.found is None:
        assert not any(states)
        return
    span, at_start = search.span, search.found.step % length == 0
    after = search.found.step // length + (not at_start)  # the first state behind the one that was found
    ends = [n * length + length - 1 for n in range(len(states))]
    assert span is not None
    assert span.first == (not at_start and not any(states[: after - 1]))
    assert span.lost == next((ends[n] for n in range(after, len(states)) if not states[n]), None)
    if span.lost is not None:
        assert span.good == next((ends[n] for n in range(after, len(states)) if all(states[n:])), None)
