"""One plain sentence for each step, true of its numbers: a table of guards, of which the first that holds decides.

What is said of one activation or one cost only is on its card (`nntui.explain.equations.cards`). A sentence says what is
special in the numbers of its step; what always holds is said by the equation above it.
"""

from collections.abc import Callable
from math import isfinite

from nntui.explain.equations.cards.activation_card import FLAT
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.sentences.facts import (
    StepFacts,
    dead_senders,
    delta_above,
    duplicate,
    duplicate_out,
    earlier_neuron_with_error,
    finite,
    first_dead,
    has_bias,
    on_target,
    overshoots,
    right_class,
    row_unchanged,
    sign_changes,
)
from nntui.explain.sentences.loop_closed import loop_words
from nntui.explain.sentences.update_words import rule_words, tells_rule, unchanged_words
from nntui.explain.sentences.words import (
    CHAIN,
    bias_alone,
    class_words,
    cost_words,
    duplicate_name,
    input_words,
    largest_gradient_words,
    largest_part,
    moved_words,
    of_card,
    opening,
    output_words,
    overflowed,
    overshot_words,
    paths_words,
    same_signals_words,
    symbol,
    times,
    turned_words,
    zero_delta_words,
    zero_signal_words,
)
from nntui.training.frame import Frame
from nntui.training.kinds import Kind
from nntui.training.rows.row_after_update import moves

FADES, GROWS = 0.01, 10.0  # |δ| against the largest |δ| of the layer above


Guard = Callable[[StepFacts], bool]
Words = Callable[[StepFacts], str]


def _always(f: StepFacts) -> bool:
    return True


# kind → (guard, sentence), in order; the last guard of a kind always holds.
TABLE: dict[Kind, tuple[tuple[Guard, Words], ...]] = {
    "input": ((_always, input_words),),
    "z": (
        (lambda f: not finite(f), lambda f: overflowed(symbol("z", f), f.z)),
        (lambda f: all(a == 0.0 for _, _, a in f.row), lambda f: f"Every signal is 0, so {bias_alone(f)}."),
        (
            lambda f: all(w * a == 0.0 for _, w, a in f.row),
            lambda f: f"Every weight times its signal is 0, so {bias_alone(f)}.",
        ),
        (lambda f: duplicate(f) is not None, lambda f: f"The same weights as {duplicate_name(f)}, so the same z."),
        (lambda f: len(f.row) == 1 and not has_bias(f), lambda f: "One signal, times its weight."),
        (_always, largest_part),
    ),
    "a": (
        (lambda f: not finite(f), lambda f: overflowed(symbol("a", f), f.a)),
        (_always, lambda f: of_card(f)[1](f)),
    ),
    "cost": (
        (lambda f: not finite(f), lambda f: overflowed("C", f.frame.iteration.cost)),
        (on_target, lambda f: "Every output is exactly on its target: there is nothing to learn from this data point."),
        (lambda f: right_class(f) is not None, class_words),
        (_always, cost_words),
    ),
    "delta": (
        (lambda f: not finite(f), lambda f: overflowed(symbol("δ", f), f.delta)),
        (
            lambda f: f.layer == f.top and f.a == f.y,
            lambda f: f"{opening(f, f.layer, f.neuron)} is exactly on its target, so its δ is 0.",
        ),
        (lambda f: f.slope == 0.0 and bool(f.card.no_slope), lambda f: f.card.no_slope),
        (lambda f: f.delta == 0.0, zero_delta_words),
        (lambda f: not f.slope_counts, output_words),
        (
            lambda f: abs(f.slope) < FLAT and f.card.sigma.saturates,
            lambda f: f"The neuron is saturated: σ′ = {f.write(f.slope)}, so less than a hundredth of the error passes back.",
        ),
        (lambda f: f.layer == f.top, output_words),
        (
            lambda f: duplicate_out(f) is not None,
            lambda f: f"The same weights in and out as {duplicate_name(f)}, so the same δ: the two stay alike.",
        ),
        (
            lambda f: abs(f.delta) < FADES * delta_above(f),
            lambda f: f"δ is small here: the largest δ of the layer above is {times(delta_above(f), abs(f.delta))} as large.",
        ),
        (
            lambda f: 0.0 < GROWS * delta_above(f) < abs(f.delta),
            lambda f: f"δ grows on its way back: it is {times(abs(f.delta), delta_above(f))} as large as the largest δ above it.",
        ),
        (_always, paths_words),
    ),
    "gradient": (
        (
            lambda f: not finite(f),
            lambda f: overflowed("A gradient", next(v for v in f.frame.numbers(f.frame.moment) if not isfinite(v))),
        ),
        (lambda f: f.delta == 0.0, lambda f: "δ is 0, so every gradient of this neuron is 0."),
        (dead_senders, lambda f: "Every signal is 0, so every gradient of this neuron is 0."),
        (lambda f: earlier_neuron_with_error(f) is not None, same_signals_words),
        (lambda f: first_dead(f) is not None, zero_signal_words),
        (_always, largest_gradient_words),
    ),
    "update": (
        (row_unchanged, unchanged_words),
        (
            lambda f: not finite(f),
            lambda f: overflowed("A new weight", next(v for v in f.frame.numbers(f.frame.moment) if not isfinite(v))),
        ),
        (overshoots, overshot_words),
        (lambda f: bool(sign_changes(f)), turned_words),
        (tells_rule, rule_words),
        (_always, moved_words),
    ),
}


def sentence(frame: Frame, numerals: Numerals = FOUR) -> str:
    """The sentence of the frame's step; at the first δ of the run, also where the δ of an output comes from.

    At the last update of a data point what became of C comes first, in place of what is said of any other update; it comes
    last where no weight changes.
    """
    moment = frame.moment
    facts = StepFacts(frame, moment.kind, moment.layer, moment.neuron, numerals)
    said = next(words for holds, words in TABLE[moment.kind] if holds(facts))
    closed = loop_words(frame, numerals)
    if closed and said is moved_words:
        return closed
    words = said(facts)
    if closed:
        return f"{closed} {words}" if moves(frame) else f"{words} {closed}"
    first = frame.number == 0 and moment.kind == "delta" and (moment.layer, moment.neuron) == (facts.top, 1)
    return f"{words} {CHAIN}" if first and facts.card.sigma.each else words
