"""The data points of a run in rising order, made on the way where that is the quickest."""

from collections.abc import Iterator
from itertools import islice

from nntui.engine.iteration import Iteration
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline, frame_of

NEAR = 64  # iterations that are made one after the other rather than jumped over
_MUCH = 8  # times as quick as making all numbers of an iteration is a compiled engine at least


class FramesAhead:
    """Frames of data points, each asked for after those before it; `stop`: the iteration after the last of them.

    Where a compiled engine computes ahead, the run is computed once and each data point is read by itself. Else those that
    lie close together are made one after the other, which costs half of that.
    """

    def __init__(self, timeline: Timeline, stop: int) -> None:
        self._timeline = timeline
        self._stop = stop
        self._ahead: Iterator[Iteration] | None = None
        self._next = 0
        self._each_by_itself = timeline.stride > _MUCH * timeline.slice or timeline.origin is not None

    def first_step(self, number: int) -> Frame:
        """The frame of the first step of an iteration."""
        timeline, course = self._timeline, self._timeline.course
        skipped = number - self._next
        near = self._next > 0 and skipped <= NEAR
        self._next = number + 1
        if self._each_by_itself or not near:
            self._ahead = None
            if near:
                timeline.run_to(self._stop - 1)  # in one go; nothing where it is known already
            return timeline.frame(course.first(number))
        if self._ahead is None:
            self._ahead, skipped = timeline.iterations(number, self._stop), 0
        made = next(islice(self._ahead, skipped, None))
        return frame_of(timeline, number, made)
