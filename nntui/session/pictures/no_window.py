"""A window that nobody sees."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from nntui.session.movement.window import Job
from nntui.session.text_request import TextRequest


@dataclass(slots=True)
class NoTimer:
    """A timer that never rings."""

    def stop(self) -> None:
        """Nothing is to be ended."""


class NoWindow:
    """A `LessonWindow` that nobody sees: what it is given to compute waits until `finish` computes it all."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._waiting: dict[Job, Generator[object, None, None]] = {}

    def paint_soon(self) -> None:
        """A picture is made when it is asked for."""

    def ask(self, request: TextRequest) -> None:
        """Nobody answers."""

    def open_file(self, path_or_name: str) -> None:
        """No other lesson is opened."""

    def copy(self, text: str) -> None:
        """There is no clipboard."""

    def run_in_slices(self, job: Job, slices: Generator[object, None, None], delay: float = 0.0) -> None:
        """Keeps a generator, in the place of one of the same job."""
        self.stop_slices(job)
        self._waiting[job] = slices

    def stop_slices(self, job: Job) -> None:
        """Closes the generator of a job, if there is one."""
        if (slices := self._waiting.pop(job, None)) is not None:
            slices.close()

    def every(self, seconds: float, call: Callable[[], object], /) -> NoTimer:
        """Time does not pass."""
        return NoTimer()

    after = every

    def finish(self) -> None:
        """Computes all that waits, and what that adds."""
        while self._waiting:
            job, slices = next(iter(self._waiting.items()))
            for _ in slices:
                pass
            if self._waiting.get(job) is slices:
                del self._waiting[job]
