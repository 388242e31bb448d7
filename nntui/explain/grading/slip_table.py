"""The slips that nntui knows, a row each. The table is closed: what is not here is not recognised."""

from nntui.explain.grading.slip_context import Answerable
from nntui.explain.grading.slips import backward_table as backward
from nntui.explain.grading.slips import forward_table as forward
from nntui.explain.grading.slips.slip import Slip

TABLE: dict[Answerable, tuple[Slip, ...]] = {
    "z": forward.Z,
    "a": forward.A,
    "cost": forward.COST,
    "delta": backward.DELTA,
    "gradient": backward.GRADIENT,
    "update": backward.UPDATE,
}
