"""The one way in which every move ends: keys, clicks, ticks of play, answers and a followed writer all come here."""

from collections.abc import Callable, Iterator

from nntui.session.destinations import Destinations
from nntui.session.movement.background import Background
from nntui.session.movement.jobs import Jobs
from nntui.session.movement.player import Player
from nntui.session.movement.status_line import StatusLine
from nntui.session.movement.window import LessonWindow
from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.session.recordings.recorders import Clock
from nntui.session.tools.workspace import Workspace
from nntui.session.views.lesson_view import LessonView

PROGRESS = 0.2  # seconds between two paints of a far jump


class Movement:
    """Takes the navigator to a position, at once or after computing, and has the window paint it."""

    def __init__(self, navigator: Navigator, workspace: Workspace, window: LessonWindow, clock: Clock) -> None:
        self.navigator, self.workspace, self.window = navigator, workspace, window
        self.jobs = Jobs(window)
        self.status = StatusLine(navigator, window, self.jobs)
        self.destinations = Destinations(navigator)
        self.view = LessonView(navigator, workspace, lambda: window.width, self.status.say)
        self.background = Background(navigator, workspace, window, self.jobs, self.status)
        self.player = Player(navigator, self.destinations, window, clock, self._go_on)

    @property
    def position(self) -> Position:
        """Where the viewer is."""
        return self.navigator.position

    def become(self, position: Position) -> None:
        """Goes to a position and paints it; what is far is computed first, in slices. A search ends with it."""
        self.jobs.stop("search")
        if self._aim(position):
            self.jobs.stop("jump")
            self.settle()
        else:
            self._compute()

    def jump(self, position: Position) -> None:
        """Goes to a position as `become` does; Backspace leads back to where the viewer is now."""
        self.destinations.remember()
        self.become(position)

    def rejoin(self, position: Position) -> None:
        """Goes to a position of a lesson as `become` does, and shows what the lesson shows there in place of the viewer's own."""
        self.view.rejoin()
        self.become(position)

    def adjust(self, change: Callable[[Position], Position]) -> None:
        """Changes the grain, the speed or play, also of the position that is still computed."""
        self.navigator.adjust(change)
        self.workspace.enter(self.navigator.timeline)
        if self.navigator.goal is None:
            self.view.follow()
            self.settle()
        else:
            self.window.paint_soon()

    def give_up(self) -> None:
        """Stays where the viewer is; what was computed for a far jump stays, play stops."""
        self.jobs.stop("jump")
        self.navigator.give_up()
        self.settle()

    def settle(self) -> None:
        """After a move, or a change of play."""
        self.status.moved()
        self.player.keep_time()
        self.background.fill()
        self.window.paint_soon()

    def _go_on(self, position: Position) -> bool:
        """A tick of play, which leaves at the foot what has gone wrong meanwhile."""
        if not self._aim(position):
            self._compute()
            return False
        self.status.tell_news()
        self.background.fill()
        self.window.paint_soon()
        return True

    def _aim(self, position: Position) -> bool:
        self.workspace.about.moved(position.place)
        self.workspace.path.moved(position.place)
        arrived = self.navigator.aim(position)
        self.workspace.enter(self.navigator.timeline)
        if arrived:
            self.view.follow()
        return arrived

    def _compute(self) -> None:
        self.jobs.start("jump", self._far_slices(), self._arrive, PROGRESS)

    def _far_slices(self) -> Iterator[str]:
        """Computes up to the goal; another key or Escape stops it and keeps what is computed."""
        whole = max(self.navigator.distance(), 1)
        for left in self.navigator.approach():
            yield f"computing {whole - left:,} of {whole:,} data points  {1 - left / whole:.0%}  Esc stops"

    def _arrive(self) -> None:
        self.navigator.arrive()
        self.workspace.enter(self.navigator.timeline)
        self.view.follow()
        self.settle()
