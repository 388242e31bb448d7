"""The words of the sentences that have more than one line of them; each is true where its guard in `table` holds."""

from collections.abc import Sequence

from nntui.explain.equations.cards.activation_card import Sentence
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.notation.names import given_name, neuron_name
from nntui.explain.notation.numerals import FOUR
from nntui.explain.notation.symbols import neuron_symbol
from nntui.explain.sentences.facts import (
    StepFacts,
    duplicate,
    earlier_neuron_with_error,
    has_bias,
    largest_at,
    parts_of_delta,
    parts_of_gradient,
    parts_of_z,
    right_class,
    sign_changes,
    would_be,
    z_would_be,
)

CHAIN = "The lecture has no equation for δ of an output; it follows by the chain rule, as in (12)."


def symbol(letter: str, f: StepFacts) -> str:
    """z₁² of the step's neuron."""
    return neuron_symbol(letter, f.layer, f.neuron)


def opening(f: StepFacts, layer: int, neuron: int) -> str:
    """The neuron at the beginning of a sentence: our own words get a capital, a name stays as it was given."""
    name = neuron_name(f.frame.scenario, layer, neuron)
    return name if given_name(f.frame.scenario, layer, neuron) else name[:1].upper() + name[1:]


def overflowed(what: str, value: float) -> str:
    """Of a number that is inf or nan."""
    return f"{what} = {FOUR.write(value)} is not a finite number: this run has overflowed."


def sender_name(f: StepFacts, j: int) -> str:
    """The sender j of the neuron's row; 0 is the bias."""
    return neuron_name(f.frame.scenario, f.layer - 1, j) if j else "the bias"


def duplicate_name(f: StepFacts) -> str:
    """The neuron that has the same weights."""
    return neuron_name(f.frame.scenario, f.layer, duplicate(f) or f.neuron)


def times(large: float, small: float) -> str:
    """How many times as large, in a word that is true of both: `12 times`, `over a million times`."""
    ratio = large / small
    return f"{ratio:.0f} times" if ratio < 1e6 else "over a million times"


def of_card(f: StepFacts) -> Sentence:
    """What is said of the σ of a neuron."""
    return next(entry for entry in f.card.sentences if entry[0](f))


def listed(names: Sequence[str]) -> str:
    """`a and b`."""
    return " and ".join(names)


def input_words(f: StepFacts) -> str:
    """The row, and its targets."""
    targets = ", ".join(f.numerals.brief(value) for value in f.frame.iteration.y[:4].tolist())
    more = ", …" if len(f.frame.iteration.y) > 4 else ""
    plural = "s are" if len(f.frame.iteration.y) > 1 else " is"
    return f"Row {f.frame.row} of the data is layer 0; the target{plural} {targets}{more}."


def bias_alone(f: StepFacts) -> str:
    """What z is where no signal adds anything."""
    return "z is the bias alone" if has_bias(f) else "z is 0"


def largest_part(f: StepFacts) -> str:
    """The terms of z that are largest in size, the bias among them; more than two are counted."""
    parts = parts_of_z(f)
    places = largest_at([value for _, value in parts])
    if len(places) > 2:
        return f"{len(places)} parts of z have the same size, {f.write(abs(parts[places[0]][1]))}; none is larger."
    names = [sender_name(f, parts[place][0]) for place in places]
    values = [f.write(parts[place][1]) for place in places]
    if len(names) == 1:
        return f"The largest part of z comes from {names[0]}: {values[0]}."
    return f"The largest parts of z come from {listed(names)}: {listed(values)}."


def class_words(f: StepFacts) -> str:
    """The share of the right class."""
    k, words = right_class(f) or 1, cost_card(f.frame.scenario.network).share_words
    assert words is not None
    return words(neuron_name(f.frame.scenario, f.top, k), f.frame.a(f.top, k))


def cost_words(f: StepFacts) -> str:
    """Which output misses its target by most."""
    misses = [f.frame.a(f.top, k) - f.frame.y(k) for k in range(1, f.frame.scenario.network.outputs + 1)]
    places = largest_at(misses)
    d, size = misses[places[0]], f.write(abs(misses[places[0]]))
    first = " By (10), C depends on every z." if f.frame.number == 0 else ""
    if len(places) > 1:
        which = "All outputs are" if len(places) == len(misses) else f"{len(places)} outputs are"
        return f"{which} furthest from their targets, by {size} each.{first}"
    most = "is furthest from its target" if len(misses) > 1 else "misses its target"
    return f"{opening(f, f.top, places[0] + 1)} {most}: too {'high' if d > 0.0 else 'low'} by {size}.{first}"


def zero_delta_words(f: StepFacts) -> str:
    """Why δ is 0."""
    if f.slope == 0.0:
        return "The neuron is saturated: σ′ is 0 to the last digit, and no error passes back."
    parts = [] if f.layer == f.top else parts_of_delta(f)
    if parts and not any(parts):
        return "No error comes back from the layer above, so δ is 0."
    total = 0.0
    for part in parts:
        total += part
    if parts and total == 0.0:
        return "The errors from the layer above cancel exactly, so δ is 0."
    return "The error is too small for a number of 64 bits, so δ becomes 0."


def output_words(f: StepFacts) -> str:
    """How an output misses its target, and what a larger z would do to C; a step has no such slope."""
    way = f"{opening(f, f.layer, f.neuron)} is too {'high' if f.a > f.y else 'low'} by {f.write(abs(f.a - f.y))}"
    if f.card.sigma.steps:
        return f"{way}; σ′ is taken as {f.slope:g}, so δ has the sign of that."
    return f"{way}: C {'rises' if f.delta > 0.0 else 'falls'} as its z rises."


def paths_words(f: StepFacts) -> str:
    """Whether the paths from above agree."""
    parts = parts_of_delta(f)
    carrying = [part for part in parts if part != 0.0]
    up, down = sum(part for part in carrying if part > 0.0), -sum(part for part in carrying if part < 0.0)
    if len(carrying) == 1:
        only = "One path leads back" if len(parts) == 1 else f"Only one of the {len(parts)} paths carries an error"
        return f"{only}: {f.write(carrying[0])}; times σ′ = {f.write(f.slope)}."
    if up and down:
        smaller, larger = sorted((up, down))
        return f"The paths have different signs: the weaker ones cancel {percent(smaller / larger)} of the stronger."
    which = "Both paths" if len(parts) == 2 else f"All {len(parts)} paths"
    if len(carrying) < len(parts):
        which = f"The {len(carrying)} paths that carry an error"
    return f"{which} have the same sign; σ′ = {f.write(f.slope)} scales their sum."


def percent(share: float) -> str:
    """A share above 0 and at most 1 in whole percent."""
    if share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1.0 else f"{share:.0%}"


def zero_signal_words(f: StepFacts) -> str:
    """Which signals were 0."""
    senders = [j for j, _, a in f.row if a == 0.0]
    if len(senders) == len(f.row):
        return "Every signal is 0: by (13) only the bias has a gradient."
    if len(senders) > 2:
        return f"{len(senders)} of {len(f.row)} signals are 0: by (13) their weights have the gradient 0."
    names = [opening(f, f.layer - 1, senders[0]), *(sender_name(f, j) for j in senders[1:])]
    whose = "its weight has" if len(senders) == 1 else "their weights have"
    return f"{listed(names)} sent 0: by (13) {whose} the gradient 0."


def same_signals_words(f: StepFacts) -> str:
    """What is another one than for the neuron before it: δ, and not the signals."""
    name = neuron_name(f.frame.scenario, f.layer, earlier_neuron_with_error(f) or f.neuron)
    return f"The same signals as for {name}, here times δ = {f.write(f.delta)}."


def largest_gradient_words(f: StepFacts) -> str:
    """The weight with the largest gradient of the row, in size."""
    parts = parts_of_gradient(f)
    places = largest_at([value for _, value in parts])
    if len(parts) == 1:
        return f"By (15) it is δ times the signal, {f.write(f.frame.a(f.layer - 1, parts[0][0]))}."
    if len(places) == len(parts):
        return "All gradients of this neuron have the same size."
    if len(places) > 2:
        return f"{len(places)} gradients of this neuron have the same size; none is larger."
    names = [sender_name(f, parts[place][0]) for place in places]
    whose = [name if name == "the bias" else f"the weight from {name}" for name in names]
    return f"The largest gradient{'s' if len(names) > 1 else ''} of this neuron: {listed(whose)}."


def overshot_words(f: StepFacts) -> str:
    """Where the output would go."""
    jump = f"from {f.write(f.a)} to {f.write(would_be(f))}"
    return f"Too large a step: with the same signals {f.name} would go {jump}, past its target {f.numerals.brief(f.y)}."


def turned_words(f: StepFacts) -> str:
    """The weight that changes its sign, or how many do."""
    senders = sign_changes(f)
    if len(senders) > 1:
        return f"{len(senders)} weights change sign here."
    j = senders[0]
    before, after = (float(w[f.neuron - 1, j]) for w in (f.frame.weights_before(f.layer), f.frame.weights_after(f.layer)))
    return f"The weight from {sender_name(f, j)} changes sign: {f.write(before)} becomes {f.write(after)}."


def moved_words(f: StepFacts) -> str:
    """What z would be with the new weights."""
    new = z_would_be(f)
    old, now = f.write(f.z), f.write(new)
    if new == f.z:
        return f"The weights change, but with the same signals z of {f.name} would stay {old}."
    if old == now:
        return f"With the same signals, z of {f.name} would {'rise' if new > f.z else 'fall'} by {f.write(abs(new - f.z))}."
    return f"With the same signals, z of {f.name} would now be {now}; it was {old}."
