"""The one plain sentence of a step: each entry of the table speaks where it is true, and only there."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.notation.names import in_quotes
from nntui.explain.notation.numerals import FOUR
from nntui.explain.sentences.facts import StepFacts
from nntui.explain.sentences.loop_closed import loop_words
from nntui.explain.sentences.table import TABLE, sentence
from nntui.explain.sentences.words import CHAIN
from nntui.files.library import load
from nntui.training.rows.row_after_update import moves
from nntui.training.timeline import Timeline
from tests.docs.pages import complete
from tests.scenes import frame, neuron, scene
from tests.strategies import examples, scenarios, wild_numbers

HUGE = 1e308


def hidden(activation="identity", z=1.0, ways=(1.0,), y=None, **options):
    """One hidden neuron with this z, and an identity output at the end of each way."""
    upper = [[0.0, way] for way in ways]
    return scene([(1, activation), (len(ways), "identity")], [[[z, 0.0]], upper], [1.0], y or [0.0] * len(ways), **options)


def softmax():
    return scene([(2, "softmax")], [[[0.0, 0.0], [0.0, 0.0]]], [1.0], [1.0, 0.0], cost="cross_entropy")


TWO_OUTPUTS = scene([(2, "identity")], [[[0.0, 1.0], [0.0, 3.0]]], [1.0], [0.0, 5.0])
DUPLICATES = scene([(2, "sigmoid"), (1, "identity")], [[[0.1, 0.5]] * 2, [[0.0, 0.3, 0.3]]], [1.0], [1.0])
FIXED = neuron(update_weights=False, biases=False)

RISES = " C rose: a slope tells of small steps only, and η is too large."
# what became of C with the last update
LOOPS = [
    (neuron(), "With the new weights C of this row is 0.2463; it was 0.2672; (11) promised −0.0207."),
    (neuron(momentum=0.5), "With the new weights C of this row is 0.2463; it was 0.2672; the step promised −0.0207."),
    (neuron("step"), "No weight of the network changed, so C of this row stays 0.5000."),
    (neuron("step", step_slope=1.0), "With the new weights C of this row stays 0.5000."),
    (
        neuron("identity", y=[3.0], eta=2.0),
        "With the new weights C of this row is 18.0000; it was 2.0000; (11) promised −16.0000." + RISES,
    ),
    (
        neuron("identity", y=[3.0], eta=1.0),
        "With the new weights C of this row stays 2.0000; (11) promised −8.0000." + RISES.replace("rose", "did not fall"),
    ),
    (neuron(eta=1e-9), "With the new weights C of this row is 0.2672, lower by 4.1e-11 than before; (11) promised −4.1e-11."),
    (
        neuron(eta=1e-18, weights=[0.0, 1e-9]),
        "With the new weights C of this row stays 0.1250; (11) promised −3.1e-20. So small a change of C is lost in rounding.",
    ),
    (
        hidden("leaky_relu", z=0.0, ways=[1.0], y=[1.0], eta=0.5),
        "With the new weights C of this row is 0.1200; it was 0.5000; (11) promised −0.5001.",
    ),
    (neuron("identity", [0.0, 1e-200], [1e200]), "With the new weights C of this row is inf; it was 0.5000."),
    (neuron("identity", [HUGE, HUGE], [1.0]), ""),
]

# (scenario, address, which entry of the kind's table, the sentence)
CASES = [
    (neuron(momentum=0.5), "1:1:update", 4, "Momentum is added to (11): v keeps 0.5 of what it was"),
    (
        neuron("step", step_slope=1.0),
        "1:1:delta",
        6,
        "The output is too high by 1.0000; σ′ is taken as 1, so δ has the sign of that. The lecture has no equation for δ",
    ),
    (TWO_OUTPUTS, "1:1:delta:1:2", 6, "Output 2 is too low by 2.0000: C falls as its z rises."),
    (hidden(ways=[2.0, 1.0, 0.0]), "1:1:delta:1:1", 10, "The 2 paths that carry an error have the same sign; σ′ = 1.0000"),
    (hidden(ways=[1.0, 1.0], y=[0.0, 2.0]), "1:1:delta:1:1", 3, "The errors from the layer above cancel exactly, so δ is 0."),
    (
        neuron(weights=[0.3, 0.5, -0.5], x=[1.0, 1.0]),
        "1:1:z",
        5,
        "The largest parts of z come from input 1 and input 2: 0.5000 and −0.5000.",
    ),
    (neuron(weights=[0.5] * 3, x=[1.0, 1.0]), "1:1:z", 5, "3 parts of z have the same size, 0.5000; none is larger."),
    (neuron(weights=[0.5] * 3, x=[0.0, 0.0]), "1:1:gradient", 4, "Every signal is 0: by (13) only the bias has a gradient."),
    (
        neuron(weights=[0.5] * 5, x=[0.0, 0.0, 1.0, 0.0]),
        "1:1:gradient",
        4,
        "3 of 4 signals are 0: by (13) their weights have the gradient 0.",
    ),
    (neuron(x=[2.0]), "1:1:gradient", 5, "The largest gradient of this neuron: the weight from input 1."),
    (neuron("sigmoid", [0.01, 0.01, 0.01], [1.0, 1.0]), "1:1:update", 3, "2 weights change sign here."),
    (neuron(y=[0.25]), "1:1:input", 0, "Row 1 of the data is layer 0; the target is 0.25."),
    (TWO_OUTPUTS, "1:1:input", 0, "Row 1 of the data is layer 0; the targets are 0, 5."),
    (
        neuron("identity", [0, HUGE, HUGE], [10, -10]),
        "1:1:z",
        0,
        "z₁¹ = nan is not a finite number: this run has overflowed.",
    ),
    (neuron(weights=[0.3, 1.0], x=[0.0]), "1:1:z", 1, "Every signal is 0, so z is the bias alone."),
    (neuron(x=[0.0], biases=False), "1:1:z", 1, "Every signal is 0, so z is 0."),
    (
        neuron(weights=[0.3, 0.0, 1.0], x=[1.0, 0.0]),
        "1:1:z",
        2,
        "Every weight times its signal is 0, so z is the bias alone.",
    ),
    (neuron(), "1:1:z", 5, "The largest part of z comes from input 1: 1.0000."),
    (neuron(biases=False), "1:1:z", 4, "One signal, times its weight."),
    (
        neuron(weights=[0, 0.5, -2], x=[1, 1]),
        "1:1:z",
        5,
        "The largest part of z comes from input 2: −2.0000.",
    ),
    (neuron("identity", [0, HUGE, HUGE], [10, 10]), "1:1:a", 0, "a₁¹ = inf is not a finite number: this run has overflowed."),
    (
        softmax(),
        "1:1:a:1:2",
        ("softmax", 0),
        "Softmax shares 100% among the outputs: output 2 gets 50.0%.",
    ),
    (neuron("step"), "1:1:a", ("step", 1), "z is not negative, so the output fires."),
    (neuron("step", [0.0, -1.0]), "1:1:a", ("step", 1), "z is negative, so the output stays silent."),
    (neuron("step", [0.0, 0.0], at_zero=0.0), "1:1:a", ("step", 0), "z is exactly 0, where at_zero = 0 keeps the output silent."),
    (neuron("step", [0.0, 0.0]), "1:1:a", ("step", 1), "z is not negative, so the output fires."),
    (neuron("sign", [0.0, 0.0], at_zero=0.0), "1:1:a", ("sign", 0), "z is exactly 0, where at_zero = 0 makes the output say −1."),
    (neuron("sign"), "1:1:a", ("sign", 1), "z is not negative, so the output says 1."),
    (neuron("sign", [0.0, -1.0]), "1:1:a", ("sign", 1), "z is negative, so the output says −1."),
    (
        neuron("relu", [0.0, -1.0]),
        "1:1:a",
        ("relu", 0),
        "z is not above 0, so a = 0 and σ′ = 0: no error passes back through this neuron.",
    ),
    (neuron("relu"), "1:1:a", ("relu", 1), "a is z itself."),
    (neuron("identity"), "1:1:a", ("identity", 0), "a is z itself."),
    (neuron("leaky_relu"), "1:1:a", ("leaky_relu", 0), "a is z itself."),
    (neuron("tanh", [0.0, 0.0]), "1:1:a", ("tanh", 1), "a is 0, where tanh is steepest: σ′ = 1.0000."),
    (neuron("sigmoid", [0.0, 0.0]), "1:1:a", ("sigmoid", 1), "a is 0.5, where the sigmoid is steepest: σ′ = 0.2500."),
    (neuron("tanh", [0.0, -1.0]), "1:1:a", ("tanh", 2), "a is below 0, as z is below 0; the slope here is σ′ = 0.4200."),
    (neuron("leaky_relu", [0.0, 0.0]), "1:1:a", ("leaky_relu", 1), "z is 0, and so is a; at this corner σ′ is taken as 0.01."),
    (neuron("leaky_relu", [0.0, -1.0]), "1:1:a", ("leaky_relu", 2), "z is below 0: a is only a hundredth of it."),
    (
        neuron("sigmoid", [0.0, 8.0]),
        "1:1:a",
        ("sigmoid", 0),
        "The sigmoid is flat at z = 8.0000: σ′ = 3.4e-04 lets under a hundredth of an error back.",
    ),
    (
        neuron("tanh", [0.0, 8.0]),
        "1:1:a",
        ("tanh", 0),
        "tanh is flat at z = 8.0000: σ′ = 4.5e-07 lets under a hundredth of an error back.",
    ),
    (neuron("tanh"), "1:1:a", ("tanh", 2), "a is above 0, as z is above 0; the slope here is σ′ = 0.4200."),
    (neuron("sigmoid"), "1:1:a", ("sigmoid", 2), "a is above 0.5, as z is above 0; the slope here is σ′ = 0.1966."),
    (
        neuron("sigmoid", [0.0, 8.0], cost="cross_entropy"),
        "1:1:a",
        ("sigmoid", 2),
        "a is above 0.5, as z is above 0; the slope here is σ′ = 3.4e-04.",
    ),
    (neuron("identity", [0, HUGE]), "1:1:cost", 0, "C = inf is not a finite number: this run has overflowed."),
    (
        neuron("identity", y=[1.0]),
        "1:1:cost",
        1,
        "Every output is exactly on its target: there is nothing to learn from this data point.",
    ),
    (
        neuron("identity", y=[3.0]),
        "1:1:cost",
        3,
        "The output misses its target: too low by 2.0000. By (10), C depends on every z.",
    ),
    (TWO_OUTPUTS, "1:1:cost", 3, "Output 2 is furthest from its target: too low by 2.0000. By (10), C depends on every z."),
    (neuron("identity", [0, HUGE], [10.0]), "1:1:delta", 0, "δ₁¹ = inf is not a finite number: this run has overflowed."),
    (neuron("identity", y=[1.0]), "1:1:delta", 1, "The output is exactly on its target, so its δ is 0."),
    (
        neuron("step"),
        "1:1:delta",
        2,
        "The step function is flat: σ′ = 0, so δ = 0, and no error passes back through this neuron.",
    ),
    (hidden("relu", -1.0, y=[1.0]), "1:1:delta:1:1", 2, "z is not above 0, so σ′ = 0 and δ = 0: the ReLU stops the error."),
    (
        hidden(ways=[0.0], y=[1.0]),
        "1:1:delta:1:1",
        3,
        "No error comes back from the layer above, so δ is 0.",
    ),
    (
        neuron("sigmoid", [0.0, 8.0], cost="cross_entropy"),
        "1:1:delta",
        4,
        "The output is too high by 0.9997: C rises as its z rises.",
    ),
    (
        neuron("sigmoid", [0.0, 8.0]),
        "1:1:delta",
        5,
        "The neuron is saturated: σ′ = 3.4e-04, so less than a hundredth of the error passes back.",
    ),
    (neuron("identity", y=[3.0]), "1:1:delta", 6, "The output is too low by 2.0000: C falls as its z rises."),
    (hidden(ways=[2.0]), "1:1:delta:1:1", 10, "One path leads back: 4.0000; times σ′ = 1.0000."),
    (
        hidden(ways=[2.0, 1.0]),
        "1:1:delta:1:1",
        10,
        "Both paths have the same sign; σ′ = 1.0000 scales their sum.",
    ),
    (
        hidden(ways=[2.0, 1.0, 1.0]),
        "1:1:delta:1:1",
        10,
        "All 3 paths have the same sign; σ′ = 1.0000 scales their sum.",
    ),
    (
        hidden(ways=[2.0, 1.0], y=[0.0, 3.0]),
        "1:1:delta:1:1",
        10,
        "The paths have different signs: the weaker ones cancel 50% of the stronger.",
    ),
    (
        neuron("identity", [0, HUGE], [10.0]),
        "1:1:gradient",
        0,
        "A gradient = inf is not a finite number: this run has overflowed.",
    ),
    (neuron("identity", y=[1.0]), "1:1:gradient", 1, "δ is 0, so every gradient of this neuron is 0."),
    (
        neuron("sigmoid", x=[0.0], biases=False),
        "1:1:gradient",
        2,
        "Every signal is 0, so every gradient of this neuron is 0.",
    ),
    (load("two-by-two"), "1:1:gradient:2:2", 3, "The same signals as for output 1, here times δ = −0.0381."),
    (neuron(biases=False), "1:1:gradient", 5, "By (15) it is δ times the signal, 1.0000."),
    (neuron(), "1:1:gradient", 5, "All gradients of this neuron have the same size."),
    (
        neuron("identity", [0, HUGE], [10.0]),
        "1:1:update",
        1,
        "A new weight = −inf is not a finite number: this run has overflowed.",
    ),
    (
        FIXED,
        "1:1:update",
        0,
        "Nothing changes here: `update` of this scenario keeps these weights as they are.",
    ),
    (neuron(), "1:1:update", 5, "With the same signals, z of the output would now be 0.8563; it was 1.0000."),
    (neuron(y=[2.0]), "1:1:update", 5, "With the same signals, z of the output would now be 1.2495; it was 1.0000."),
    (
        DUPLICATES,
        "1:1:z:1:2",
        3,
        "The same weights as neuron 1 of layer 1, so the same z.",
    ),
    (
        neuron(weights=[3.0, 0.5, 1.0], x=[1.0, -0.5]),
        "1:1:z",
        5,
        "The largest part of z comes from the bias: 3.0000.",
    ),
    (neuron(weights=[-3.0, 1.0]), "1:1:z", 5, "The largest part of z comes from the bias: −3.0000."),
    (softmax(), "1:1:cost", 2, "The right class, output 1, gets 50.0%; C is −ln of that share."),
    (
        DUPLICATES,
        "1:1:delta:1:2",
        7,
        "The same weights in and out as neuron 1 of layer 1, so the same δ: the two stay alike.",
    ),
    (
        hidden(ways=[0.004], y=[2.0]),
        "1:1:delta:1:1",
        8,
        "δ is small here: the largest δ of the layer above is 250 times as large.",
    ),
    (
        hidden(ways=[1e-9], y=[2.0]),
        "1:1:delta:1:1",
        8,
        "δ is small here: the largest δ of the layer above is over a million times as large.",
    ),
    (hidden(ways=[20.0]), "1:1:delta:1:1", 9, "δ grows on its way back: it is 20 times as large as the largest δ above it."),
    (
        neuron(weights=[0.3, 0.5, 1.0], x=[0.0, 1.0]),
        "1:1:gradient",
        4,
        "Input 1 sent 0: by (13) its weight has the gradient 0.",
    ),
    (
        neuron(weights=[0.3, 0.5, 1.0, 1.0], x=[0.0, 1.0, 0.0]),
        "1:1:gradient",
        4,
        "Input 1 and input 3 sent 0: by (13) their weights have the gradient 0.",
    ),
    (
        neuron("identity", y=[3.0], eta=2.0),
        "1:1:update",
        2,
        "Too large a step: with the same signals the output would go from 1.0000 to 9.0000, past its target 3.",
    ),
    (
        neuron("sigmoid", [0.0, 0.01], eta=0.5),
        "1:1:update",
        3,
        "The weight from input 1 changes sign: 0.0100 becomes −0.0528.",
    ),
]


@pytest.mark.parametrize(("scenario", "address", "entry", "words"), CASES)
def test_the_sentence_of_a_step(scenario, address, entry, words):
    shown = frame(scenario, address)
    own = sentence(shown) if shown.moment.kind != "update" else TABLE["update"][entry][1](facts_of(shown))
    assert own.startswith(words)
    assert entry_of(shown) == entry


@pytest.mark.parametrize(("scenario", "address", "entry", "words"), [case for case in CASES if ":update" in case[1]])
def test_at_the_last_update_what_became_of_c_comes_first(scenario, address, entry, words):
    shown = frame(scenario, address)
    said, closed = sentence(shown), loop_words(shown, FOUR)
    assert bool(closed) == (shown.m == shown.course.length - 1 and math.isfinite(shown.iteration.cost))
    assert (said.startswith if moves(shown) else said.endswith)(closed)
    rest = said.replace(closed, "").strip()
    assert rest.startswith(words) or (closed and not rest and entry == len(TABLE["update"]) - 1)


def facts_of(shown):
    moment = shown.moment
    return StepFacts(shown, moment.kind, moment.layer, moment.neuron)


def entry_of(shown):
    """Which entry of the table speaks; of the step that makes a, which one of the activation's card, if it is one of these."""
    facts = facts_of(shown)
    at = first_that_holds(TABLE[facts.kind], facts)
    if facts.kind == "a" and at == 1:
        return facts.card.sigma.name, first_that_holds(facts.card.sentences, facts)
    return at


def first_that_holds(entries, facts):
    return next(index for index, (holds, _) in enumerate(entries) if holds(facts))


def test_every_sentence_has_a_case_for_it_and_one_against_it():
    spoken = {(address.split(":")[2], entry) for _, address, entry, _ in CASES}
    in_table = {(kind, index) for kind, entries in TABLE.items() for index in range(len(entries)) if (kind, index) != ("a", 1)}
    on_cards = {("a", (name, index)) for name, card in ACTIVATION_CARDS.items() for index in range(len(card.sentences))}
    complete("CASES of this test", spoken, in_table | on_cards)
    every = [facts_of(frame(scenario, address)) for scenario, address, _, _ in CASES]
    lists = [(entries, [f for f in every if f.kind == kind]) for kind, entries in TABLE.items()]
    lists += [
        (card.sentences, [f for f in every if f.kind == "a" and f.card is card and math.isfinite(f.a)])
        for card in ACTIVATION_CARDS.values()
    ]
    for entries, facts in lists:
        for holds, _ in entries[:-1]:
            assert {bool(holds(each)) for each in facts} == {True, False}
        assert all(entries[-1][0](each) for each in facts), "the last guard of a kind always holds"


@pytest.mark.parametrize(("scenario", "words"), LOOPS)
def test_what_became_of_c(scenario, words):
    shown = frame(scenario, "1:1:update:1")
    assert loop_words(shown, FOUR) == words
    assert not loop_words(frame(scenario, "1:1:cost"), FOUR)


@examples(50)
@given(scenarios(numbers=wild_numbers, most_points=1, most_epochs=2))
def test_every_step_has_one_whatever_its_numbers(scene):
    timeline = Timeline(scene)
    for step in range(timeline.course.last + 1):
        words, closed = sentence(timeline.frame(step)), loop_words(timeline.frame(step), FOUR)
        assert words.endswith(".")
        assert not re.search("[wWb][⁰¹²³⁴⁵⁶⁷⁸⁹]", words), "a sentence names a weight by its ends: notations write it in two ways"
        assert "\n" not in words
        assert len(closed) < 200
        assert len(words.removesuffix(CHAIN)) < 160 + len(closed)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("low", "'low'"),
        ("low tide", "'low tide'"),
        ("7", "'7'"),
        ("40-49", "'40-49'"),
        ("a", "a"),
        ("h1", "h1"),
        ("x₁", "x₁"),
        ("p07", "p07"),
    ],
)
def test_a_name_that_could_be_a_word_or_a_number_is_in_quotes(name, written):
    assert in_quotes(name) == written


def test_the_classes_of_the_digits_are_no_numbers_in_a_sentence():
    timeline = Timeline(load("digits"))
    said = [sentence(timeline.frame(timeline.course.parse(at))) for at in ("1:1:cost", "1:1:delta:2:1", "1:1:update:2:2")]
    assert said == [
        "The right class, '0', gets 7.4%; C is −ln of that share.",
        "'0' is too low by 0.9262: C falls as its z rises.",
        "With the same signals, z of '1' would now be −0.0240; it was −0.0132.",
    ]


def updates(scenario, point):
    """The sentences of all updates of a data point, in reading order, without what became of C."""
    timeline, course = Timeline(scenario), scenario.course
    frames = [timeline.frame((point - 1) * course.length + m) for m in range(course.length)]
    shown = [each for each in frames if each.moment.kind == "update"]
    return [sentence(each).replace(loop_words(each, FOUR), "").strip() for each in shown]


def three_rows(**rule):
    """2-3-2, of which the third hidden neuron gets no error; two data points."""
    made = scene(
        [(3, "sigmoid", True), (2, "sigmoid", True)],
        [[[0.3, 0.2, 0.1], [0.1, 0.4, 0.2], [0.2, 0.3, 0.3]], [[0.2, 0.5, 0.4, 0.0], [0.3, 0.6, 0.2, 0.0]]],
        [1.0, 0.5],
        [0.0, 1.0],
        **rule,
    )
    return replace(made, x=np.array([[1.0, 0.5], [0.5, 1.0]]), y=np.array([[0.0, 1.0], [0.0, 1.0]]))


def test_that_the_weights_wait_is_said_once_in_a_data_point():
    waits, *others = updates(three_rows(batch=2, eta=0.1), 1)
    assert waits.startswith("The weights wait: this is data point 1 of 2 of its batch. Its gradient is added to the sum G")
    assert others[0].startswith("The weights into output 2 wait, too; the largest gradient that goes into G is 0.0")
    assert [words.partition(" wait, too; the largest")[0] for words in others[1:3]] == [
        f"The weights into neuron {k} of layer 1" for k in (1, 2)
    ]
    assert others[3] == "The weights into neuron 3 of layer 1 wait, too; every gradient is 0, so G stays."


def test_the_rule_that_moves_the_weights_is_said_once_in_a_data_point():
    for scenario, point, rule in (
        (three_rows(batch=2, eta=0.1), 2, "The batch of 2 is complete"),
        (three_rows(momentum=0.5, eta=0.1), 2, "Momentum is added to (11)"),
    ):
        said = updates(scenario, point)
        assert [words.startswith(rule) for words in said] == [True, False, False, False, False]
        assert said[1].startswith("With the same signals, z of output 2 would now be")


def test_the_rule_is_said_at_the_first_row_of_which_nothing_special_is():
    made = three_rows(momentum=0.5, eta=20.0)
    said = updates(made, 1)
    assert "change sign" in said[0] or "Too large a step" in said[0]
    assert [words.startswith("Momentum is added to (11)") for words in said].count(True) == 1
