"""What an update of one weight is made of where it is more than (11) with its own gradient: a batch, or momentum."""

from nntui.explain.grading.recompute import added, applied
from nntui.explain.grading.slip_context import SlipContext
from nntui.training.frame import only


def applied_gradient(f: SlipContext) -> float:
    """What (11) multiplies with η: ∂C/∂w_kj, or G of a batch that is complete, or the mean."""
    return float(applied(f.numbers, f.layer, only(f.k)).mid[f.j, 0])


def summed_gradient(f: SlipContext) -> float:
    """G with this data point."""
    return float(added(f.numbers, f.layer, only(f.k)).mid[f.j, 0])


def kept_velocity(f: SlipContext) -> float:
    """μ v, with v as it was; 0 without momentum."""
    if not f.network.moving:
        return 0.0
    return f.network.momentum * float(f.numbers.velocities(f.layer, only(f.k)).mid[f.j, 0])


def step_of(f: SlipContext) -> float:
    """η ∂C/∂w, or η G − μ v: what w is lessened by."""
    return f.network.eta * applied_gradient(f) - kept_velocity(f)


def new_weight(f: SlipContext, gradient: float) -> float:
    """w + μ v − η g: the new weight with another number in place of the gradient that is applied."""
    return f.before + kept_velocity(f) - f.network.eta * gradient
