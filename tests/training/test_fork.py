"""What if: a fork shares what lies before it, is a run of its own from there on, and leaves the original as it was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import canonical
from nntui.engine.batch_place import batch_place_of
from nntui.engine.iteration import iterate
from nntui.files.library import load
from nntui.training.edits.apply import apply_edits
from nntui.training.edits.edit import Edit, EditError, read_edits
from nntui.training.segments.lineage import owner, parting
from nntui.training.timeline import Timeline
from tests.counting import count_iterations
from tests.strategies import calm_numbers, examples, scenarios
from tests.training.test_timeline import canonical_bits, raw, record_bits, rows, segment


@st.composite
def edits_for(draw, scene):
    """One or a few changes that fit the scenario."""
    network = scene.network
    layer = draw(st.integers(1, len(network.layers)))
    block = network.blocks[layer - 1]
    number = draw(calm_numbers) + 0.0
    kinds = ["eta", "weight", "x"] + (["y"] if network.cost != "cross_entropy" else [])
    kinds += ["activation"] if layer < len(network.layers) or network.cost != "cross_entropy" else []
    made = {}
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3)):
        match kind:
            case "eta":
                made[kind] = Edit("eta", draw(st.sampled_from([0.01, 0.5, 2.0])))
            case "weight":
                sender = draw(st.integers(0 if block.biases else 1, block.inputs))
                made[kind] = Edit("weight", number, layer, draw(st.integers(1, block.units)), sender)
            case "x":
                made[kind] = Edit("x", number, 0, draw(st.integers(1, network.inputs)))
            case "y":
                made[kind] = Edit("y", number, 0, draw(st.integers(1, network.outputs)))
            case "activation":
                made[kind] = Edit("activation", draw(st.sampled_from(["tanh", "relu", "identity"])), layer)
    return tuple(made.values())


def forked_segment(states, scene, n, edits):
    """The run from iteration n on, with the changes made in the plainest way; `states` is the state before each iteration."""
    order = list(rows(scene))
    network, theta, x, y = scene.network, states[n].copy(), scene.x.copy(), scene.y.copy()
    for edit in edits:
        match edit.kind:
            case "eta":
                network = replace(network, eta=edit.value)
            case "weight":
                network.blocks[edit.layer - 1].matrix(theta)[edit.sender, edit.neuron - 1] = edit.value
            case "x":
                x[order[n], edit.neuron - 1] = edit.value
            case "y":
                y[order[n], edit.neuron - 1] = edit.value
            case "activation":
                layers = list(network.layers)
                layers[edit.layer - 1] = replace(layers[edit.layer - 1], activation=edit.value)
                network = replace(network, layers=tuple(layers))
    changed = replace(scene, network=network, x=x, y=y)
    made, after = [], [theta]
    for number, row in enumerate(order[n:], n):
        made.append(iterate(network, after[-1], x[row], y[row], batch_place_of(network.batch, number % len(x), len(x))))
        after.append(made[-1].after)
    return changed, made, [*states[:n], *after]


@st.composite
def families(draw):
    """A run, forks of it and of its forks, and seeks in all of them."""
    scene = draw(scenarios(most_epochs=40, most_layers=2, most_units=3, rules=True, held=False))
    n = scene.course.iterations
    places = st.integers(0, n - 1)
    forks = draw(st.lists(st.tuples(st.integers(0, 3), places), min_size=1, max_size=4))
    looks = draw(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("iwcfam"), places), min_size=1, max_size=30))
    return scene, forks, looks, draw(st.integers(1, 12))


@examples(120)
@given(families(), st.data())
def test_any_order_of_seeks_in_a_family_gives_the_bits_of_one_pass_of_each(family, data):
    scene, forks, looks, kept = family
    made, states = segment(scene)
    runs = [(Timeline(scene, budget=kept * scene.theta.nbytes), scene, made, states)]
    for parent, n in forks:
        timeline, _, before, known = runs[min(parent, len(runs) - 1)]
        maker = owner(timeline, n)
        edits = data.draw(edits_for(maker.scenario))
        start = next(run for run in runs if run[0] is maker)
        changed, after, states = forked_segment(known, start[1], n, edits)
        runs.append((timeline.fork(n, edits), changed, [*before[:n], *after], states))
    for number, what, n in looks:
        timeline, _, made, states = runs[min(number, len(runs) - 1)]
        match what:
            case "i":
                assert record_bits(timeline.iteration(n)) == canonical_bits(made[n])
            case "w":
                assert timeline.state(n).tobytes() == canonical(states[n]).tobytes()
            case "c":
                assert raw(timeline.costs(0, n)) == raw(canonical(np.array([one.cost for one in made[:n]])))
            case "f":
                frame = timeline.frame(n * timeline.course.length)
                assert frame.scenario.network.eta == owner(timeline, n).scenario.network.eta
                assert record_bits(frame.iteration) == canonical_bits(made[n])
            case "a":
                assert list(timeline.approach(n))[-1:] in ([0], [])
                assert timeline.distance(n) == 0
            case "m":
                shown = [canonical_bits(one) for one in timeline.iterations(n, len(made))]
                assert shown == [canonical_bits(one) for one in made[n:]]
    for timeline, changed, made, states in runs:
        end, points = len(timeline), scene.points
        assert raw(timeline.state(end)) == raw(canonical(states[-1]))
        costs = canonical(np.array([one.cost for one in made]))
        assert raw(timeline.costs(0, end)) == raw(canonical(timeline.costs_seen.exact(0, end))) == raw(costs)
        means = [timeline.mean(epoch) for epoch in range(end // points)]
        assert raw(canonical(timeline.epoch_means.exact(0, end // points))) == raw(canonical(np.array(means)))
        assert timeline.scenario.network == changed.network


def xor(**options):
    return replace(load("xor"), **options)


@pytest.mark.usefixtures("numpy_alone")
def test_a_fork_computes_nothing_of_what_it_shares(monkeypatch):
    timeline = Timeline(xor())
    timeline.costs(0, 4000)
    keys = timeline.segment.keyframes.states
    calls = count_iterations(monkeypatch)
    forked = timeline.fork(4000, read_edits("eta=0.1"))
    assert calls == []
    forked.iteration(4000)
    assert len(calls) == 1
    forked.costs(0, 4100)
    assert len(calls) == 100
    assert forked.costs_seen.exact(0, 4000).tolist() == timeline.costs_seen.exact(0, 4000).tolist()
    assert [key is before for key, before in zip(timeline.segment.keyframes.states, keys, strict=True)] == [True] * len(keys)
    assert len(forked.segment.keyframes.states) == 2  # its own beginning, and 64 iterations on: none of the origin's is copied
    assert timeline.computed == 4000


def test_a_step_back_over_the_fork_is_undoing_it():
    timeline = Timeline(xor())
    forked = timeline.fork(100, read_edits("w1.1.1=3"))
    assert forked.weights(100)[0][0, 1] == 3.0
    last = 100 * timeline.course.length - 1
    assert forked.frame(last).iteration is timeline.frame(last).iteration
    assert forked.frame(last + 1).weights_before(1)[0, 1] == 3.0
    assert timeline.frame(last + 1).weights_before(1)[0, 1] == timeline.weights(100)[0][0, 1] != 3.0


def test_a_fork_from_before_a_fork_is_one_of_the_original():
    timeline = Timeline(xor())
    first = timeline.fork(100, read_edits("eta=0.1"))
    second = first.fork(50, read_edits("eta=2"))
    assert second.origin.timeline is timeline
    assert second.scenario.network.eta == 2.0


def test_where_two_runs_part():
    timeline = Timeline(xor())
    a, b = timeline.fork(100, read_edits("eta=0.1")), timeline.fork(60, read_edits("eta=2"))
    c = a.fork(140, read_edits("w1.1.1=0"))
    assert parting(timeline, a) == parting(a, timeline) == 100
    assert parting(a, b) == parting(b, c) == 60
    assert parting(c, a) == 140
    assert parting(c, timeline) == 100
    assert parting(c, c) == len(c)
    assert parting(timeline, Timeline(xor())) is None


def test_before_a_fork_is_reached_its_costs_are_those_of_the_original():
    timeline = Timeline(xor())
    timeline.costs(0, 40)
    forked = timeline.fork(100, read_edits("eta=0.1"))
    assert forked.computed == 40
    assert forked.costs_seen is timeline.costs_seen
    assert list(forked.reach(130))[-1] == 130
    assert forked.computed == 130
    assert forked.costs_seen.length == 130


def test_costs_of_a_fork_of_a_run_too_long_for_each_of_its_costs():
    timeline = Timeline(xor())
    timeline.segment.costs = type(timeline.costs_seen)(capacity=50)
    timeline.segment.means = type(timeline.costs_seen)(capacity=20)
    timeline.costs(0, 1000)
    forked = timeline.fork(777, read_edits("eta=0.1"))
    plain = Timeline(xor()).fork(777, read_edits("eta=0.1"))
    assert forked.costs(0, 900).tolist() == plain.costs(0, 900).tolist()
    low, high = forked.costs_seen.columns(900, 10, 0, 900)
    exact = plain.costs(0, 900)
    assert (low.min(), high.max()) == (exact.min(), exact.max())
    assert forked.epoch_means.length == plain.epoch_means.length == 225


def test_an_overflow_of_the_fork_is_not_the_original_s():
    timeline = Timeline(load("linear-regression"))
    forked = timeline.fork(7, read_edits("eta=1e200"))
    list(forked.reach(len(forked)))
    assert forked.diverged is not None
    assert forked.diverged >= 7 * forked.course.length
    assert timeline.diverged is None
    beyond = forked.fork(len(forked) - 1, read_edits("eta=0.1"))
    assert beyond.diverged == forked.diverged


# --- what can be changed


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("eta=0.1", "eta=0.1"),
        ("η = 1e-3, w1.2.1=−0.5 b1.2=0", "eta=0.001 w1.2.1=-0.5 w1.2.0=0.0"),
        ("x1=3 y1=-0", "x1=3.0 y1=0.0"),
        ("σ1=tanh", "activation1=tanh"),
        ("sigma1=relu activation.2=identity", "activation1=relu activation2=identity"),
        ("C=squared_error", "cost=squared_error"),
    ],
)
def test_edits_are_read_and_written(text, back):
    edits = read_edits(text)
    assert " ".join(map(str, edits)) == back
    assert read_edits(back) == edits


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is set"),
        ("eta", "'eta' has no value; expected a number above 0"),
        ("eta=0.1 w", "character 9: 'w' sets nothing"),
        ("eta=", "'eta=' has no value; expected a number above 0"),
        ("eta=fast", "'fast' is no number"),
        ("eta=nan", "expected a finite number"),
        ("eta=1e999", "beyond what float64 can hold"),
        ("eta=1 η=2", "eta is set twice"),
        ("w1.2=3", "'w1.2' names no place"),
        ("q=1", "'q' is nothing that can be changed"),
        ("activation1=sigmoyd", "'sigmoyd' is no activation"),
        ("cost=mse", "'mse' is no cost"),
        ("x1=1 " * 800, "expected at most 2000"),
        ("\x1b[2J=1", "is nothing that can be changed"),
    ],
)
def test_what_cannot_be_read_is_told(text, why):
    with pytest.raises(EditError) as told:
        read_edits(text)
    assert why in str(told.value)
    assert "\x1b" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("xor", "eta=0", "expected a number above 0"),
        ("xor", "w3.1.1=0", "w3.1.1 names layer 3, of 2; expected 1 to 2"),
        ("xor", "w1.3.1=0", "names neuron 3, of 2"),
        ("xor", "w1.1.3=0", "expected 0 (the bias) to 2"),
        ("xor", "x3=0", "names input 3, of 2"),
        ("xor", "y2=0", "names output 2, of 1"),
        ("xor", "activation1=softmax", "softmax in layer 1 of 2; expected it in the last only"),
        ("xor", "activation2=softmax", "softmax outputs with cost half_squared_error"),
        ("xor", "activation2=tanh cost=cross_entropy", "cross_entropy with tanh outputs"),
        ("no-bias", "b1.1=0", "b1.1 is a bias, and layer 1 has none"),
        ("cross-entropy", "y1=2", "a target of 2 with cross_entropy"),
        ("softmax", "y1=0.5", "sum to 0.5 with softmax; expected 1"),
    ],
)
def test_what_does_not_fit_is_told(name, text, why):
    with pytest.raises(EditError) as told:
        Timeline(load(name)).fork(0, read_edits(text))
    assert why in str(told.value)


def test_targets_of_a_softmax_are_changed_together():
    forked = Timeline(load("softmax")).fork(0, read_edits("y1=0.25 y2=0.5 y3=0.25"))
    assert forked.frame(0).iteration.y.tolist() == [0.25, 0.5, 0.25]


def test_only_what_is_changed_is_copied():
    scene = load("digits")
    made = apply_edits(scene, 5, read_edits("eta=0.2 w1.1.1=0"))
    assert made.scenario.x is scene.x
    assert made.scenario.y is scene.y
    changed = apply_edits(scene, 5, read_edits("x1=0.5"))
    assert changed.scenario.x is not scene.x
    assert changed.scenario.y is scene.y
    assert not changed.scenario.x.flags.writeable
    assert scene.x[5, 0] != 0.5


def test_edits_may_be_typed():
    timeline = Timeline(xor())
    typed = timeline.fork(3, "eta=2 w1.1.1=0.5")
    assert typed.origin.edits == read_edits("eta=2 w1.1.1=0.5")
    with pytest.raises(EditError):
        timeline.fork(3, "fast")


def test_a_fork_outside_the_run():
    timeline = Timeline(xor())
    for n in (-1, len(timeline)):
        with pytest.raises(IndexError):
            timeline.fork(n, read_edits("eta=1"))


@pytest.mark.parametrize("apart", [0, 1])
def test_hundreds_of_forks_each_of_the_one_before(apart):
    """As a recording may have them: looking at the last one goes through all of them, however deep that is."""
    line = [Timeline(load("xor"))]
    for number in range(500):
        line.append(line[-1].fork(3 + apart * number, [Edit("eta", 0.1 + number / 1000)]))
    last = line[-1]
    assert last.computed == 0
    assert last.costs_seen.length == 0
    start = last.origin.start
    assert last.root is line[0]
    assert last.frame(start * last.course.length).scenario.network.eta == 0.1 + 499 / 1000
    assert last.computed == start + 1
    assert (last.diverged, last.differs) == (None, None)
    every = [made.cost for made in last.iterations(0, start + 2)]
    assert np.array(every).tobytes() == last.costs(0, start + 2).tobytes()
    before = Timeline(load("xor"))
    assert every[:3] == before.costs(0, 3).tolist()
