"""A data point with a student's own numbers in it, so that an equation can be shown with them."""

from dataclasses import replace

from nntui.engine.arithmetic import Array, frozen
from nntui.explain.grading.ball_arithmetic import Ball
from nntui.explain.marking.student_account import StudentAccount
from nntui.training.frame import Frame
from nntui.training.kinds import Kind
from nntui.training.steps import Group


def students_frame(frame: Frame, account: StudentAccount, group: Group, made: Ball, neuron: int) -> Frame:
    """The frame of one step: before it the numbers of the account, at it what follows from them, after it the true ones."""
    network, true = frame.scenario.network, frame.iteration
    z, a, delta, before, after = (array.copy() for array in (true.z, true.a, true.delta, true.before, true.after))
    for layer, block in enumerate(network.blocks, start=1):
        block.matrix(before)[:] = account.weights(layer).mid
        parts: tuple[tuple[Array, Kind, slice], ...] = (
            (z, "z", block.neurons),
            (a, "a", block.outputs),
            (delta, "delta", block.neurons),
        )
        for target, kind, place in parts:
            ball = made if (group.kind, group.layer) == (kind, layer) else account.known(kind, layer)
            if ball is not None:
                target[place] = ball.mid
    cost = true.cost
    if group.kind == "cost":
        cost = float(made.mid[0])
    if group.kind == "update":
        _put_rows(network.blocks[group.layer - 1].matrix(after), made)
    z, a, delta, before, after = (frozen(array) for array in (z, a, delta, before, after))
    iteration = replace(true, z=z, a=a, delta=delta, before=before, after=after, cost=cost)
    return replace(frame, m=group.start + max(neuron - 1, 0), iteration=iteration)


def _put_rows(matrix: Array, made: Ball) -> None:
    matrix[:] = made.mid
