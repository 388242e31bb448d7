"""What is computed in slices while the viewer may press keys, one of each kind at a time, and how far it has come."""

from collections.abc import Callable, Generator, Iterator

from nntui.session.movement.window import Job, LessonWindow


class Jobs:
    """The jobs that are running. A job ends by itself, is stopped, or is replaced by another of its kind."""

    def __init__(self, window: LessonWindow) -> None:
        self._window = window
        self._progress: dict[Job, str] = {}

    @property
    def progress(self) -> str:
        """How far a job has come, in words; empty where none tells it."""
        return next(filter(None, self._progress.values()), "")

    def is_running(self, job: Job) -> bool:
        """Whether such a job is under way."""
        return job in self._progress

    def start(self, job: Job, slices: Iterator[str], then: Callable[[], object], repaint: float, delay: float = 0.0) -> None:
        """Begins a job; it replaces one of its kind.

        slices: do a few milliseconds of work for each item, which says how far it is (or nothing). then: called when they
        are done, not when the job is stopped. repaint: seconds between two paints meanwhile. delay: seconds to wait first.
        """
        self._progress[job] = ""
        self._window.run_in_slices(job, self._run(job, slices, then, repaint), delay)

    def stop(self, job: Job) -> bool:
        """Stops a job; whether there was one."""
        if self._progress.pop(job, None) is None:
            return False
        self._window.stop_slices(job)
        self._window.paint_soon()
        return True

    def _run(self, job: Job, slices: Iterator[str], then: Callable[[], object], repaint: float) -> Generator[None, None, None]:
        painter = self._window.every(repaint, self._window.paint_soon)
        try:
            for words in slices:
                self._progress[job] = words
                yield
        finally:
            painter.stop()
        del self._progress[job]
        then()
