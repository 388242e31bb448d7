"""One plain sentence for each step, true of its numbers: a table of guards, of which the first that holds decides.

What is said of one activation or one cost only is on its card (`nntui.explain.equations.cards`).
"""

from collections.abc import Callable

from nntui.explain.equations.cards.activation_card import FLAT, Sentence
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.notation.names import given_name, neuron_name
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import neuron_symbol
from nntui.explain.sentences.facts import (
    StepFacts,
    above,
    bias,
    dead_senders,
    duplicate,
    duplicate_out,
    finite,
    first_dead,
    fixed_all,
    has_bias,
    incoming,
    on_target,
    overshoots,
    right_class,
    sum_in,
    turned,
    would_be,
)
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.training.steps import Kind

FADES, GROWS = 0.01, 10.0  # |δ| against the largest |δ| of the layer above
DECIDES = 2.0  # a bias this many times as large as the sum of all signals


Guard = Callable[[StepFacts], bool]
Words = Callable[[StepFacts], str]


def _largest(f: StepFacts) -> str:
    """Names the sender with the largest share of z."""
    j, w, a = max(f.row, key=lambda term: abs(term[1] * term[2]))
    share = "lifts" if w * a > 0.0 else "lowers"
    return f"{neuron_name(f.frame.scenario, f.layer - 1, j)} {share} it most, by {f.write(abs(w * a))}"


def _duplicate_name(f: StepFacts) -> str:
    return neuron_name(f.frame.scenario, f.layer, duplicate(f) or f.neuron)


def _times(large: float, small: float) -> str:
    """How many times as large, in a word that is true of both: `12 times`, `over a million times`."""
    ratio = large / small
    return f"{ratio:.0f} times" if ratio < 1e6 else "over a million times"


def _always(f: StepFacts) -> bool:
    return True


def _input_words(f: StepFacts) -> str:
    targets = ", ".join(f.numerals.brief(value) for value in f.frame.iteration.y[:4].tolist())
    more = ", …" if len(f.frame.iteration.y) > 4 else ""
    plural = "s are" if len(f.frame.iteration.y) > 1 else " is"
    return f"Row {f.frame.row} of the data goes in as layer 0; the target{plural} {targets}{more}."


def _class_words(f: StepFacts) -> str:
    k, words = right_class(f) or 1, cost_card(f.frame.scenario.network).share_words
    assert words is not None
    return words(neuron_name(f.frame.scenario, f.top, k), f.frame.a(f.top, k))


def _of_card(f: StepFacts) -> Sentence:
    """What is said of the σ of a neuron."""
    return next(entry for entry in f.card.sentences if entry[0](f))


def _cost_words(f: StepFacts) -> str:
    outputs = range(1, f.frame.scenario.network.outputs + 1)
    k = max(outputs, key=lambda k: abs(f.frame.a(f.top, k) - f.frame.y(k)))
    d = f.frame.a(f.top, k) - f.frame.y(k)
    name = _opening(f.frame.scenario, f.top, k)
    most = "is the furthest off" if len(outputs) > 1 else "misses its target"
    return f"{name} {most}: too {'high' if d > 0.0 else 'low'} by {f.write(abs(d))}. By (10) C hangs on every z."


def _paths_words(f: StepFacts) -> str:
    upper = f.layer + 1
    deltas = f.frame.layer_delta(upper).tolist()
    column = f.frame.weights_before(upper)[:, f.neuron].tolist()
    shares = [d * w for d, w in zip(deltas, column, strict=True)]
    up, down = sum(s for s in shares if s > 0.0), -sum(s for s in shares if s < 0.0)
    carrying = [w for w, share in zip(column, shares, strict=True) if share != 0.0]
    if len(carrying) == 1:
        only = "One path leads" if len(shares) == 1 else "Only one path carries anything"
        return f"{only} back, through a weight of {f.write(carrying[0])}; σ′ = {f.write(f.slope)} scales it."
    if up and down:
        smaller, larger = sorted((up, down))
        return (
            f"The paths disagree, {_percent(smaller / larger)} of the stronger is cancelled; σ′ = {f.write(f.slope)} scales it."
        )
    all_paths = "Both paths" if len(carrying) == 2 else f"All {len(carrying)} paths that carry anything"
    all_paths = f"All {len(shares)} paths" if len(carrying) == len(shares) > 2 else all_paths
    return f"{all_paths} back agree in sign; σ′ = {f.write(f.slope)} scales their sum."


def _percent(share: float) -> str:
    return "under 1%" if share < 0.01 else f"{share:.0%}"


def _gradient_words(f: StepFacts) -> str:
    bias = ", 1 for the bias" if has_bias(f) else ""
    return f"By (13) each weight answers for the signal it carried: δ times that{bias}."


def _ruled(f: StepFacts) -> bool:
    """Whether a weight is moved by more than the gradient of its own data point: a batch, or momentum."""
    network = f.frame.scenario.network
    return network.batched or network.moving


def _no_gradient(f: StepFacts) -> str:
    return "the gradient of every weight into this neuron is 0" if _ruled(f) else "no weight into this neuron will change"


def _dead_words(f: StepFacts) -> str:
    senders = [j for j, _, a in f.row if a == 0.0]
    name = _opening(f.frame.scenario, f.layer - 1, senders[0])
    more = f" and {len(senders) - 1} more" if len(senders) > 1 else ""
    whose = "their weights answer" if len(senders) > 1 else "its weight answers"
    return f"{name}{more} sent 0, so by (13) {whose} for nothing; the rest for what they carried."


def _output_words(f: StepFacts) -> str:
    off = f"too {'high' if f.a > f.y else 'low'} by {f.write(abs(f.a - f.y))}"
    return f"{_opening(f.frame.scenario, f.layer, f.neuron)} is {off}: C {'rises' if f.delta > 0.0 else 'falls'} as its z rises."


def _unchanged_words(f: StepFacts) -> str:
    place = f.frame.iteration.batch_place
    if place.closes:
        what = "step" if _ruled(f) else "gradient"
        return f"Nothing changes: the {what} is too small to move any of these weights, or they are kept fixed."
    return (
        f"The weights wait: this is data point {place.number} of {place.size} of its batch. "
        "Its gradient is added to the sum G, which the note does not have."
    )


def _rule_words(f: StepFacts) -> str:
    """What moves the weights where it is more than the gradient of this data point."""
    network, place = f.frame.scenario.network, f.frame.iteration.batch_place
    if not network.batched:
        kept = f.numerals.brief(network.momentum)
        return f"Momentum is added to (11): v keeps {kept} of what it was, less η times the gradient, and moves the weights."
    what = f"mean G / {place.size}" if network.average and place.size > 1 else "sum G"
    batch = f"The batch of {place.size} is complete" if place.size > 1 else "The batch ends with one data point"
    return f"{batch}: (11) is applied once, with the {what} of its gradients{' and with v' if network.moving else ''}."


def _update_words(f: StepFacts) -> str:
    if _ruled(f):
        return _rule_words(f)
    delta = f.delta
    way = "less" if delta > 0.0 else "more"
    return f"δ {'>' if delta > 0.0 else '<'} 0: the weights move so that {f.name} sums to {way} here."


def _overshot_words(f: StepFacts) -> str:
    jump = f"from {f.write(f.a)} to {f.write(would_be(f))}"
    return f"It overshoots: with the same signals {f.name} goes {jump}, past its target {f.numerals.brief(f.y)}."


def _turned_words(f: StepFacts) -> str:
    j = turned(f) or 1
    before, after = (float(w[f.neuron - 1, j]) for w in (f.frame.weights_before(f.layer), f.frame.weights_after(f.layer)))
    name = neuron_name(f.frame.scenario, f.layer - 1, j)
    return f"The weight from {name} crosses 0, {f.write(before)} becomes {f.write(after)}: its signal now pulls the other way."


def _opening(scenario: Scenario, layer: int, neuron: int) -> str:
    """The neuron at the beginning of a sentence: our own words get a capital, a name stays as it was given."""
    name = neuron_name(scenario, layer, neuron)
    return name if given_name(scenario, layer, neuron) else name[:1].upper() + name[1:]


def _symbol(letter: str, f: StepFacts) -> str:
    return neuron_symbol(letter, f.layer, f.neuron)


# kind → (guard, sentence), in order; the last guard of a kind always holds.
TABLE: dict[Kind, tuple[tuple[Guard, Words], ...]] = {
    "input": ((_always, _input_words),),
    "z": (
        (
            lambda f: not finite(f),
            lambda f: f"{_symbol('z', f)} = {f.z}: the sum is no finite number any more, the run has overflowed.",
        ),
        (
            lambda f: all(a == 0.0 for _, _, a in f.row),
            lambda f: f"Every incoming signal is 0, {_left_over(f)}.",
        ),
        (
            lambda f: all(w * a == 0.0 for _, w, a in f.row),
            lambda f: f"Every weight times its signal is 0, {_left_over(f)}.",
        ),
        (
            lambda f: duplicate(f) is not None,
            lambda f: f"The same weights as {_duplicate_name(f)}, so the same z: two neurons do the work of one here.",
        ),
        (
            lambda f: abs(bias(f)) > DECIDES * incoming(f),
            lambda f: f"The bias decides: {f.write(bias(f))}, and all that comes in adds {f.write(sum_in(f))}.",
        ),
        (lambda f: len(f.row) == 1, lambda f: f"One signal comes in, times its weight{_bias_words(f)}."),
        (_always, lambda f: f"Signals times weights{_bias_words(f)}: {_largest(f)}."),
    ),
    "a": (
        (lambda f: not finite(f), lambda f: "No finite number comes out: the run has overflowed."),
        (_always, lambda f: _of_card(f)[1](f)),
    ),
    "cost": (
        (lambda f: not finite(f), lambda f: f"The cost is {f.frame.iteration.cost}: this run has overflowed."),
        (
            on_target,
            lambda f: "Every output is exactly on its target: nothing to learn from this data point.",
        ),
        (lambda f: right_class(f) is not None, _class_words),
        (_always, _cost_words),
    ),
    "delta": (
        (lambda f: not finite(f), lambda f: "δ is no finite number any more: the run has overflowed."),
        (
            lambda f: f.layer == f.top and f.a == f.y,
            lambda f: f"{_opening(f.frame.scenario, f.layer, f.neuron)} is on its target: no error starts here.",
        ),
        (lambda f: f.slope == 0.0 and bool(f.card.no_slope), lambda f: f.card.no_slope),
        (lambda f: f.delta == 0.0, lambda f: "δ is 0: at this point C does not depend on this neuron's z."),
        (lambda f: not f.slope_counts, _output_words),
        (
            lambda f: f.slope < FLAT and f.card.sigma.saturates,
            lambda f: f"σ′ = {f.write(f.slope)}: the neuron is saturated, and hardly any of the error passes.",
        ),
        (
            lambda f: f.layer == f.top,
            _output_words,
        ),
        (
            lambda f: duplicate_out(f) is not None,
            lambda f: f"As {_duplicate_name(f)}: the same weights in and out, so the same δ; the two can never part.",
        ),
        (
            lambda f: abs(f.delta) < FADES * above(f),
            lambda f: (
                f"Little arrives: the largest δ above is {_times(above(f), abs(f.delta))} as large; σ′ = {f.write(f.slope)} here."
            ),
        ),
        (
            lambda f: 0.0 < GROWS * above(f) < abs(f.delta),
            lambda f: f"The error grows on its way back: δ is {_times(abs(f.delta), above(f))} as large as any above it.",
        ),
        (_always, _paths_words),
    ),
    "gradient": (
        (lambda f: not finite(f), lambda f: "The gradient is no finite number any more: the run has overflowed."),
        (lambda f: f.delta == 0.0, lambda f: f"δ is 0, so {_no_gradient(f)}."),
        (dead_senders, lambda f: f"Every signal that came in was 0, so {_no_gradient(f)}."),
        (lambda f: first_dead(f) is not None, _dead_words),
        (_always, _gradient_words),
    ),
    "update": (
        (lambda f: not finite(f), lambda f: "The new weights are no finite numbers: this run is lost."),
        (
            fixed_all,
            _unchanged_words,
        ),
        (overshoots, _overshot_words),
        (lambda f: turned(f) is not None, _turned_words),
        (_always, _update_words),
    ),
}


def _bias_words(f: StepFacts) -> str:
    return ", plus the bias" if has_bias(f) else ""


def _left_over(f: StepFacts) -> str:
    biases = f.frame.scenario.network.layers[f.layer - 1].biases
    return "so only the bias is left of the sum" if biases else "and so is the sum"


def sentence(frame: Frame, numerals: Numerals = FOUR) -> str:
    """The sentence of the frame's step."""
    moment = frame.moment
    facts = StepFacts(frame, moment.kind, moment.layer, moment.neuron, numerals)
    return next(words(facts) for holds, words in TABLE[moment.kind] if holds(facts))
