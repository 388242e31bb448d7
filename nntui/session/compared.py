"""What the present step is shown beside: the other runs of the plot, and the earlier frame that numbers are compared with."""

from nntui.draw.base.view import OtherRun
from nntui.explain.notation.symbols import Notation
from nntui.session.display_options import Since
from nntui.session.navigator import Navigator
from nntui.training.frame import Frame
from nntui.training.segments.lineage import parting


def other_runs(navigator: Navigator, frame: Frame, notation: Notation) -> tuple[OtherRun, ...]:
    """The runs that are drawn beside the present one, as far as either was visited and they are computed.

    Of the present data point no more than of the run itself: C of both may be the same number.
    """
    beside = navigator.runs.beside(navigator.position.chapter)
    if not beside:
        return ()
    from nntui.training.rows.axis import shown_points

    others = []
    for run in beside:
        start = parting(navigator.timeline, run.timeline)
        if start is not None:
            visited = max(navigator.visited(run.number), navigator.position.farthest) + 1
            seen = min(shown_points(frame, visited), run.timeline.computed)
            timeline = run.timeline
            others.append(OtherRun(run.called(notation), timeline.costs_seen, timeline.epoch_means, start, max(seen - start, 0)))
    return tuple(others)


def earlier_frame(navigator: Navigator, frame: Frame, since: Since) -> Frame | None:
    """The frame that the numbers of a frame are compared with; None if there is none, or if it is far to compute."""
    from nntui.explain.equations.differences import last_visit

    orders, before = navigator.timeline.orders, None
    match since:
        case "step" if frame.step > 0:
            return navigator.timeline.frame(frame.step - 1)
        case "visit":
            before = last_visit(frame, orders)
        case "start":
            before = orders.turn_of(frame.row - 1, 0) * frame.course.length + frame.m
    return navigator.timeline.frame(before) if before is not None and navigator.is_near(before) else None


def first_frame(navigator: Navigator) -> Frame | None:
    """The first frame of the run; None if it is far to compute."""
    return navigator.timeline.frame(0) if navigator.is_near(0) else None
