"""The data points of a run in rising order, made on the way where they lie close together."""

from collections.abc import Iterator
from itertools import islice

from nntui.engine.iteration import Iteration
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline

NEAR = 64  # iterations that are made one after the other rather than jumped over


class FramesAhead:
    """Frames of data points, each asked for after those before it; `stop`: the iteration after the last of them.

    One data point after the other costs half of what looking at each by itself does.
    """

    def __init__(self, timeline: Timeline, stop: int) -> None:
        self._timeline = timeline
        self._stop = stop
        self._ahead: Iterator[Iteration] | None = None
        self._next = 0

    def first_step(self, number: int) -> Frame:
        """The frame of the first step of an iteration."""
        timeline, course = self._timeline, self._timeline.course
        skipped = number - self._next
        near = self._next > 0 and skipped <= NEAR
        self._next = number + 1
        if not near or timeline.origin is not None:
            self._ahead = None
            return timeline.frame(course.first(number))
        if self._ahead is None:
            self._ahead, skipped = timeline.iterations(number, self._stop), 0
        made = next(islice(self._ahead, skipped, None))
        return Frame(timeline.scenario, course, number, 0, timeline.row(number) + 1, made)
