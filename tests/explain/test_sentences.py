"""The one plain sentence of a step: each entry of the table speaks where it is true, and only there."""

import math

import pytest
from hypothesis import given

from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.sentences.facts import StepFacts
from nntui.explain.sentences.table import TABLE, sentence
from nntui.training.timeline import Timeline
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

# (scenario, address, the sentence); one for each entry of the table and of the cards
CASES = [
    (neuron(y=[0.25]), "1:1:input", "Row 1 of the data goes in as layer 0; the target is 0.25."),
    (TWO_OUTPUTS, "1:1:input", "Row 1 of the data goes in as layer 0; the targets are 0, 5."),
    (
        neuron("identity", [0, HUGE, HUGE], [10, -10]),
        "1:1:z",
        "z₁¹ = nan: the sum is no finite number any more, the run has overflowed.",
    ),
    (neuron(weights=[0.3, 1.0], x=[0.0]), "1:1:z", "Every incoming signal is 0, so only the bias is left of the sum."),
    (neuron(x=[0.0], biases=False), "1:1:z", "Every incoming signal is 0, and so is the sum."),
    (
        neuron(weights=[0.3, 0.0, 1.0], x=[1.0, 0.0]),
        "1:1:z",
        "Every weight times its signal is 0, so only the bias is left of the sum.",
    ),
    (neuron(), "1:1:z", "One signal comes in, times its weight, plus the bias."),
    (neuron(biases=False), "1:1:z", "One signal comes in, times its weight."),
    (
        neuron(weights=[0, 0.5, -2], x=[1, 1]),
        "1:1:z",
        "Signals times weights, plus the bias: input 2 lowers it most, by 2.0000.",
    ),
    (neuron("identity", [0, HUGE, HUGE], [10, 10]), "1:1:a", "No finite number comes out: the run has overflowed."),
    (
        softmax(),
        "1:1:a:1:2",
        "Softmax looks at all the z of the layer: output 2 gets 50.0% of the whole.",
    ),
    (neuron("step"), "1:1:a", "z is not negative, so the output fires."),
    (neuron("step", [0.0, -1.0]), "1:1:a", "z is negative, so the output stays silent."),
    (neuron("step", [0.0, 0.0], at_zero=0.0), "1:1:a", "z is exactly 0, where at_zero = 0 keeps the output silent."),
    (neuron("step", [0.0, 0.0]), "1:1:a", "z is not negative, so the output fires."),
    (neuron("sign", [0.0, 0.0], at_zero=0.0), "1:1:a", "z is exactly 0, where at_zero = 0 makes the output say −1."),
    (neuron("sign"), "1:1:a", "z is not negative, so the output says 1."),
    (neuron("sign", [0.0, -1.0]), "1:1:a", "z is negative, so the output says −1."),
    (
        neuron("relu", [0.0, -1.0]),
        "1:1:a",
        "z is not above 0: the neuron is silent, and σ′ = 0 lets no error back through it.",
    ),
    (neuron("relu"), "1:1:a", "z passes through as it is."),
    (neuron("identity"), "1:1:a", "z passes through as it is."),
    (neuron("leaky_relu"), "1:1:a", "z passes through as it is."),
    (neuron("tanh", [0.0, 0.0]), "1:1:a", "z passes through as it is."),
    (neuron("leaky_relu", [0.0, -1.0]), "1:1:a", "z is not above 0: only a hundredth of it passes."),
    (
        neuron("sigmoid", [0.0, 8.0]),
        "1:1:a",
        "z = 8.0000 lies where sigmoid is flat: σ′ = 3.4e-04, hardly any error passes.",
    ),
    (
        neuron("tanh", [0.0, 8.0]),
        "1:1:a",
        "z = 8.0000 lies where tanh is flat: σ′ = 4.5e-07, hardly any error passes.",
    ),
    (neuron("tanh"), "1:1:a", "Tanh squeezes z between −1 and 1; its slope here is 0.4200."),
    (neuron("sigmoid"), "1:1:a", "The sigmoid squeezes z between 0 and 1; its slope here is 0.1966."),
    (neuron("sigmoid", [0.0, 8.0], cost="cross_entropy"), "1:1:a", "The sigmoid squeezes"),
    (neuron("identity", [0, HUGE]), "1:1:cost", "The cost is inf: this run has overflowed."),
    (neuron("identity", y=[1.0]), "1:1:cost", "Every output is exactly on its target: nothing to learn from this data point."),
    (
        neuron("identity", y=[3.0]),
        "1:1:cost",
        "The output misses its target: too low by 2.0000. By (10) C hangs on every z.",
    ),
    (TWO_OUTPUTS, "1:1:cost", "Output 2 is the furthest off: too low by 2.0000. By (10) C hangs on every z."),
    (neuron("identity", [0, HUGE], [10.0]), "1:1:delta", "δ is no finite number any more: the run has overflowed."),
    (neuron("identity", y=[1.0]), "1:1:delta", "The output is on its target: no error starts here."),
    (
        neuron("step"),
        "1:1:delta",
        "The step function has no slope: σ′ = 0, and by (14) nothing into or under this neuron learns.",
    ),
    (hidden("relu", -1.0, y=[1.0]), "1:1:delta:1:1", "The ReLU is silent here: σ′ = 0 stops the error."),
    (
        hidden(ways=[0.0], y=[1.0]),
        "1:1:delta:1:1",
        "δ is 0: at this point C does not depend on this neuron's z.",
    ),
    (
        neuron("sigmoid", [0.0, 8.0], cost="cross_entropy"),
        "1:1:delta",
        "The output is too high by 0.9997: C rises as its z rises.",
    ),
    (
        neuron("sigmoid", [0.0, 8.0]),
        "1:1:delta",
        "σ′ = 3.4e-04: the neuron is saturated, and hardly any of the error passes.",
    ),
    (neuron("identity", y=[3.0]), "1:1:delta", "The output is too low by 2.0000: C falls as its z rises."),
    (hidden(ways=[2.0]), "1:1:delta:1:1", "One path leads back, through a weight of 2.0000; σ′ = 1.0000 scales it."),
    (
        hidden(ways=[2.0, 1.0]),
        "1:1:delta:1:1",
        "Both paths back agree in sign; σ′ = 1.0000 scales their sum.",
    ),
    (
        hidden(ways=[2.0, 1.0, 1.0]),
        "1:1:delta:1:1",
        "All 3 paths back agree in sign; σ′ = 1.0000 scales their sum.",
    ),
    (
        hidden(ways=[2.0, 1.0], y=[0.0, 3.0]),
        "1:1:delta:1:1",
        "The paths disagree, 50% of the stronger is cancelled; σ′ = 1.0000 scales it.",
    ),
    (
        neuron("identity", [0, HUGE], [10.0]),
        "1:1:gradient",
        "The gradient is no finite number any more: the run has overflowed.",
    ),
    (neuron("identity", y=[1.0]), "1:1:gradient", "δ is 0, so no weight into this neuron will change."),
    (
        neuron("sigmoid", x=[0.0], biases=False),
        "1:1:gradient",
        "Every signal that came in was 0, so no weight into this neuron will change.",
    ),
    (neuron(biases=False), "1:1:gradient", "By (13) each weight answers for the signal it carried: δ times that."),
    (neuron(), "1:1:gradient", "By (13) each weight answers for the signal it carried: δ times that, 1 for the bias."),
    (
        neuron("identity", [0, HUGE], [10.0]),
        "1:1:update",
        "The new weights are no finite numbers: this run is lost.",
    ),
    (
        FIXED,
        "1:1:update",
        "Nothing changes: the gradient is too small to move any of these weights, or they are kept fixed.",
    ),
    (neuron(), "1:1:update", "δ > 0: the weights move so that the output sums to less here."),
    (neuron(y=[2.0]), "1:1:update", "δ < 0: the weights move so that the output sums to more here."),
    (
        DUPLICATES,
        "1:1:z:1:2",
        "The same weights as neuron 1 of layer 1, so the same z: two neurons do the work of one here.",
    ),
    (
        neuron(weights=[3.0, 0.5, 1.0], x=[1.0, -0.5]),
        "1:1:z",
        "The bias decides: 3.0000, and all that comes in adds 0",
    ),
    (neuron(weights=[-3.0, 1.0]), "1:1:z", "The bias decides: −3.0000, and all that comes in adds 1.0000."),
    (softmax(), "1:1:cost", "The right class, output 1, gets 50.0% of the whole; C is −ln of that share."),
    (
        DUPLICATES,
        "1:1:delta:1:2",
        "As neuron 1 of layer 1: the same weights in and out, so the same δ; the two can never part.",
    ),
    (
        hidden(ways=[0.004], y=[2.0]),
        "1:1:delta:1:1",
        "Little arrives: the largest δ above is 250 times as large; σ′ = 1.0000 here.",
    ),
    (
        hidden(ways=[1e-9], y=[2.0]),
        "1:1:delta:1:1",
        "Little arrives: the largest δ above is over a million times as large; σ′ = 1.0000 here.",
    ),
    (hidden(ways=[20.0]), "1:1:delta:1:1", "The error grows on its way back: δ is 20 times as large as any above it."),
    (
        neuron(weights=[0.3, 0.5, 1.0], x=[0.0, 1.0]),
        "1:1:gradient",
        "Input 1 sent 0, so by (13) its weight answers for nothing; the rest for what they carried.",
    ),
    (
        neuron(weights=[0.3, 0.5, 1.0, 1.0], x=[0.0, 1.0, 0.0]),
        "1:1:gradient",
        "Input 1 and 1 more sent 0, so by (13) their weights answer for nothing; the rest for what they carried.",
    ),
    (
        neuron("identity", y=[3.0], eta=2.0),
        "1:1:update",
        "It overshoots: with the same signals the output goes from 1.0000 to 9.0000, past its target 3.",
    ),
    (
        neuron("sigmoid", [0.0, 0.01], eta=0.5),
        "1:1:update",
        "The weight from input 1 crosses 0, 0.0100 becomes −0.0528: its signal now pulls the other way.",
    ),
]


@pytest.mark.parametrize(("scenario", "address", "words"), CASES)
def test_the_sentence_of_a_step(scenario, address, words):
    assert sentence(frame(scenario, address)).startswith(words)


def facts_of(shown):
    moment = shown.moment
    return StepFacts(shown, moment.kind, moment.layer, moment.neuron)


def entry_of(facts):
    """Which entry of the table speaks; of the step that makes a, which one of the activation's card, if it is one of these."""
    at = first_that_holds(TABLE[facts.kind], facts)
    if facts.kind == "a" and at == 1:
        return facts.card.sigma.name, first_that_holds(facts.card.sentences, facts)
    return at


def first_that_holds(entries, facts):
    return next(index for index, (holds, _) in enumerate(entries) if holds(facts))


def test_every_sentence_has_a_case_for_it_and_one_against_it():
    every = [facts_of(frame(scenario, address)) for scenario, address, _ in CASES]
    spoken = {(facts.kind, entry_of(facts)) for facts in every}
    in_table = {(kind, index) for kind, entries in TABLE.items() for index in range(len(entries)) if (kind, index) != ("a", 1)}
    on_cards = {("a", (name, index)) for name, card in ACTIVATION_CARDS.items() for index in range(len(card.sentences))}
    assert spoken == in_table | on_cards
    lists = [(entries, [f for f in every if f.kind == kind]) for kind, entries in TABLE.items()]
    lists += [
        (card.sentences, [f for f in every if f.kind == "a" and f.card is card and math.isfinite(f.a)])
        for card in ACTIVATION_CARDS.values()
    ]
    for entries, facts in lists:
        for holds, _ in entries[:-1]:
            assert {bool(holds(each)) for each in facts} == {True, False}
        assert all(entries[-1][0](each) for each in facts), "the last guard of a kind always holds"


@examples(50)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2, rules=True))
def test_every_step_has_one_whatever_its_numbers(scene):
    timeline = Timeline(scene)
    for step in range(timeline.course.last + 1):
        words = sentence(timeline.frame(step))
        assert words.endswith(".")
        assert "\n" not in words
        assert len(words) < 160
