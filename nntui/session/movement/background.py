"""What is computed while nothing is pressed: the costs that the plot lacks, and what an open tool lacks."""

from collections.abc import Iterator

from nntui.session.movement.jobs import Jobs
from nntui.session.movement.status_line import StatusLine
from nntui.session.movement.window import LessonWindow
from nntui.session.navigator import Navigator
from nntui.session.tools.workspace import Workspace
from nntui.training.timeline import Timeline

FILLING = 0.5  # seconds between two paints meanwhile, and before the plot is filled: the place itself is painted first


class Background:
    """Begins such a job where something is missing."""

    def __init__(self, navigator: Navigator, workspace: Workspace, window: LessonWindow, jobs: Jobs, status: StatusLine) -> None:
        self._navigator, self._workspace = navigator, workspace
        self._window, self._jobs, self._status = window, jobs, status

    def fill(self) -> None:
        """Computes what is drawn and not known."""
        self.fill_plot()
        self.complete_tool()

    def fill_plot(self) -> None:
        """Computes the costs that the plot lacks: those that a recording let the viewer pass over, and of other runs."""
        if self._incomplete_run is not None and not self._jobs.is_running("plot"):
            self._jobs.start("plot", self._plot_slices(), self._plot_filled, FILLING, delay=FILLING)

    def complete_tool(self) -> None:
        """Computes what the open tool lacks; what an earlier one lacked is not computed any more."""
        tool = self._workspace.tool
        slices = tool.work(self._navigator) if tool is not None else None
        if slices is None:
            self._jobs.stop("tool")
        else:
            self._jobs.start("tool", ("" for _ in slices), self._window.paint_soon, FILLING)

    @property
    def _incomplete_run(self) -> tuple[Timeline, int] | None:
        """A run that the plot shows and that is not computed so far, and how many of its iterations the plot shows."""
        navigator = self._navigator
        here = navigator.position.chapter
        drawn = ((here, navigator.timeline), *((run.number, run.timeline) for run in navigator.runs.beside(here)))
        shown = ((timeline, self._shown(number, timeline)) for number, timeline in drawn)
        return next(((timeline, most) for timeline, most in shown if timeline.computed < most), None)

    def _shown(self, number: int, timeline: Timeline) -> int:
        """As far as the viewer has been in the run where they are, or in that one."""
        return min(max(self._navigator.position.farthest, self._navigator.visited(number)) + 1, len(timeline))

    def _plot_slices(self) -> Iterator[str]:
        while (lacks := self._incomplete_run) is not None:
            timeline, most = lacks
            for _ in timeline.reach(min(timeline.computed + timeline.stride, most)):
                yield ""

    def _plot_filled(self) -> None:
        self._status.tell_news()
        self.complete_tool()  # which may need what was just computed
        self._window.paint_soon()
