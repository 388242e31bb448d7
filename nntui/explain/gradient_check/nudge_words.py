"""What the difference quotients of a weight show over h, in a sentence or two that are true of its numbers."""

from nntui.explain.gradient_check.nudge import Nudge, NudgedWeight, shared_digits
from nntui.explain.notation.symbols import neuron_symbol
from nntui.training.frame import Frame

_NO_NEAR = 0.01  # of the larger of the two: a smallest difference above it is no agreement


def nudge_words(frame: Frame, found: NudgedWeight) -> str:
    """Why the quotient is where it is beside ∂C/∂w: corners first, then what large and small h do."""
    if found.by_rule:
        return "`step_slope` stands for the σ′ of a step here, so ∂C/∂w is a rule and not what C does when the weight is moved."
    corner = _corner_words(frame, found)
    nearest = found.nearest
    if nearest is None:
        return corner or "C is not a finite number here, so there is no quotient."
    return f"{corner} {_over_h(found, nearest)}".strip()


def _corner_words(frame: Frame, found: NudgedWeight) -> str:
    crossed = [nudge.crossed for nudge in found.nudges if nudge.crossed is not None]
    if not crossed:
        return ""
    layer, neuron = crossed[0]
    name, sigma = frame.scenario.network.layers[layer - 1].activation, frame.scenario.network.blocks[layer - 1].sigma
    z, what = neuron_symbol("z", layer, neuron), "jump" if sigma.steps else "corner"
    called = name.replace("_", " ")
    if len(crossed) == len(found.nudges):
        return f"{z} lies on the {what} of {called}, or crosses it for every h here: C has no slope to compare with."
    mixed = "C jumps there, and the quotient is no slope" if sigma.steps else "the quotient mixes the slopes of both sides"
    return f"Where × stands, {z} crosses the {what} of {called} between w − h and w + h: {mixed}."


def _over_h(found: NudgedWeight, nearest: Nudge) -> str:
    """What the errors do on both sides of the nearest h."""
    if all(found.error(nudge) == 0.0 for nudge in found.smooth):
        moves = found.backprop != 0.0
        return "Every quotient is ∂C/∂w to the last digit." if moves else "C does not change with this weight: all is 0."
    if all(nudge.up == nudge.down for nudge in found.smooth):
        return "Every h here is too small to move a weight of this size: w + h is w."
    if found.error(nearest) > _NO_NEAR * max(abs(found.backprop), abs(nearest.quotient)):
        hidden = found.error(nearest) <= nearest.rounding
        return f"No h brings the quotient near ∂C/∂w{': it is so small that rounding hides it' if hidden else ''}."
    larger = [n for n in found.smooth if n.exponent < nearest.exponent and found.error(n) > n.rounding]
    smaller = [n for n in found.smooth if n.exponent > nearest.exponent and found.error(n) <= n.rounding]
    parts = [f"Nearest at h = 1e-{nearest.exponent}."]
    if larger:
        parts.append("Larger h: C curves in between.")
    if smaller:
        shared = max(shared_digits(n.c_up, n.c_down) for n in smaller)
        parts.append(f"Smaller h: the two C agree in up to {shared} of 17 digits, so their difference is mostly rounding.")
    return " ".join(parts)
