"""All controllers of a lesson, and the one table of which of them answers which action of the key table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nntui.session.controllers.checks import CheckController
from nntui.session.controllers.copying import CopyController
from nntui.session.controllers.display import DisplayController
from nntui.session.controllers.forking import ForkController
from nntui.session.controllers.jumps import JumpController
from nntui.session.controllers.playback import PlaybackController
from nntui.session.controllers.prediction import PredictionController
from nntui.session.controllers.recording import RecordingController
from nntui.session.controllers.reloading import ReloadController
from nntui.session.controllers.search import SearchController
from nntui.session.controllers.tools import ToolController
from nntui.session.display_options import DisplayOptions
from nntui.session.movement.following import Following
from nntui.session.movement.movement import Movement
from nntui.session.movement.page_keys import PageKeys
from nntui.session.movement.window import LessonWindow
from nntui.session.navigator import Navigator
from nntui.session.opening import Opening
from nntui.session.runs import RunRegistry
from nntui.session.session import Session
from nntui.session.tools.workspace import Workspace

if TYPE_CHECKING:
    from nntui.session.walkthrough import Walkthrough

Action = Callable[..., None]
"""What a key does; its arguments are those that the key table writes behind the action's name."""


class LessonControllers:
    """A lesson without its window: the navigator, the workspace, and the controllers that move and change them."""

    def __init__(
        self, opening: Opening, session: Session, window: LessonWindow, display: DisplayOptions | None = None, condition: str = ""
    ) -> None:
        """display, condition: the display options of the lesson before, and the condition that was last run to there."""
        runs = opening.runs or (
            RunRegistry.of(opening.timeline) if opening.replay is None else RunRegistry({}, replay=opening.replay)
        )
        self._begin, self._looked_at = opening.position, opening.looked_at
        self.navigator = Navigator(runs, opening.position, session.recorders, opening.replay, opening.remarks, opening.visited)
        self.workspace = Workspace(self.navigator.timeline, display)
        self.workspace.predictor.recall(opening.scores, opening.timeline.course, self.navigator.questions)
        self.workspace.about.offers_tour = session.history is not None and session.history.is_first
        self.movement = Movement(self.navigator, self.workspace, window, session.clock)
        self.following = Following(self.movement, session.clock)
        self.prediction = PredictionController(self.movement)
        self.jumps = JumpController(self.movement, self.prediction.asks_at_note)
        self.playback = PlaybackController(self.movement)
        self.search = SearchController(self.movement, condition)
        self.tools = ToolController(self.movement)
        self.forking = ForkController(self.movement, self.tools)
        self.pages = PageKeys(self.movement)
        self.display = DisplayController(self.movement, self.pages)
        self.checks = CheckController(self.movement, self.pages, self.tools)
        self.recording = RecordingController(self.movement, session)
        self.copying = CopyController(self.movement)
        self.reloading = ReloadController(self.movement, opening.reload)
        self.tour = _walkthrough(self.navigator, self.workspace) if opening.tour else None
        """The tour by doing, where this lesson is one."""
        self.actions = self._actions()

    def begin(self) -> None:
        """Goes to where the lesson begins, with what was looked at there; at a scenario's start, with what it is about."""
        self.movement.become(self._begin)
        if self._looked_at is not None:
            self.movement.view.restore(self._looked_at)
            self.movement.background.fill()
        elif self._begin.step == 0 and self.navigator.lesson is None and self.tour is None:
            self.workspace.about.show(self._begin.place)
        self.following.start()

    def painted(self) -> None:
        """The viewer has seen a picture."""
        self.movement.status.painted()

    def end(self) -> None:
        """The window is closed."""
        self.following.stop()

    def pressed(self, key: str) -> bool:
        """A key that ends what is under way, or is one of the open tool; False where the key table says what it does."""
        if self.pages.covers(key):
            return self.pages.pressed(key)
        return (key == "escape" and self._escaped()) or self.tools.pressed(key)

    def _escaped(self) -> bool:
        """Esc ends the first of these that there is: a search, a far jump, the scenario's words, a lit path, the tour."""
        if self.search.stop():
            return True
        if self.navigator.goal is not None:
            self.movement.give_up()
            return True
        if self.workspace.tool is not None:
            return False
        ended = self.workspace.about.hide() or self.workspace.path.end() or (self.tour is not None and self.tour.leave())
        if ended:
            self.movement.window.paint_soon()
        return ended

    def _press(self, key: str) -> None:
        """A click on one of the open tool's keys at the foot."""
        if not self.tools.pressed(key) and key == "backspace":
            self.jumps.back_from_jump()

    def _actions(self) -> dict[str, Action]:
        return {
            "forward": self.prediction.forward,
            "back": self.jumps.back,
            "point": self.jumps.point,
            "home": self.jumps.first,
            "end": self.jumps.last,
            "go_to": self.jumps.address,
            "note": self.jumps.note,
            "return": self.jumps.back_from_jump,
            "grain": self.playback.grain,
            "next_grain": self.playback.next_grain,
            "play": self.playback.play,
            "faster": self.playback.faster,
            "slower": self.playback.slower,
            "until": self.search.ask,
            "inspect": self.tools.inspect,
            "open": self.tools.inspect,
            "data": self.tools.table,
            "cursor": self.tools.plot,
            "learned": self.tools.learned,
            "watch": self.tools.watch,
            "watched": self.tools.next_watched,
            "tool": self._press,
            "predict": self.prediction.predict,
            "predict_every": self.prediction.choose_kinds,
            "check": self.checks.gradients,
            "sheet": self.checks.sheet,
            "edit": self.forking.edit,
            "forks": self.forking.list,
            "about": self.display.about,
            "copy": self.copying.copy,
            "view": self.display.view,
            "path": self.display.path,
            "big": self.display.big,
            "since": self.display.since,
            "digits": self.display.digits,
            "exact": self.display.exact,
            "notation": self.display.notation,
            "remark": self.recording.remark,
            "record": self.recording.record,
            "reload": self.reloading.reload,
        }


def _walkthrough(navigator: Navigator, workspace: Workspace) -> "Walkthrough":
    """The tour by doing."""
    from nntui.session.walkthrough import Walkthrough

    return Walkthrough(navigator, workspace)
