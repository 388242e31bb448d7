"""The room that a lesson is shown in: the walk and the desk, the line for questions, the words at the foot, the canvas."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from nntui.draw.base.spans import Block
from nntui.session.display_options import DisplayOptions
from nntui.session.navigator import Navigator
from nntui.session.opening import Opening
from nntui.session.position import Position
from nntui.session.runs import Runs
from nntui.session.session import Session
from nntui.session.text_request import TextRequest
from nntui.session.tools.workspace import Workspace
from nntui.training.timeline import Timeline
from nntui.tui.lesson.footer import hints
from nntui.tui.terminal.narrow_updates import narrow
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keys import bindings
from nntui.tui.widgets.prompt import Prompt

LARGEST = (500, 200)  # a window may claim any size; a picture is never larger


class Stage(Screen[None]):
    """What is painted is a function of the walk and the desk; nothing here moves either."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("lesson"))
    AUTO_FOCUS = ""
    DEFAULT_CSS = "Stage { layers: base bar; }"

    def __init__(self, opening: Opening, session: Session, display: DisplayOptions | None = None) -> None:
        super().__init__()
        narrow(self)
        runs = opening.runs or Runs({} if opening.replay is not None else {0: opening.timeline}, replay=opening.replay)
        self.navigator = Navigator(runs, opening.position, session.recorders, opening.replay, opening.remarks)
        self._opening, self._session = opening, session
        self._clock = session.clock
        self._workspace = Workspace(display)
        self.workspace.predictor.recall(opening.scores, opening.timeline.course)
        self._message = ""
        self._untold = False  # whether there is news in it that was not painted yet
        self._progress = ""
        self._waiting = False

    @property
    def timeline(self) -> Timeline:
        """The run one stands in."""
        return self.navigator.timeline

    @property
    def workspace(self) -> Workspace:
        """What lies open beside the walk, of another run put away."""
        self._workspace.enter(self.timeline)
        return self._workspace

    @property
    def position(self) -> Position:
        """Where one stands."""
        return self.navigator.position

    def compose(self) -> ComposeResult:
        """The canvas, and the line in which things are typed."""
        yield Canvas()
        yield Prompt()

    # --- words at the foot

    def _say(self, message: str) -> None:
        """Words in the place of the footer, until the next step."""
        self._message = message
        self._paint_soon()

    def _tell(self) -> None:
        """What has gone wrong stands at the foot: while playing, and however many keys are painted as one."""
        news = self.navigator.news()
        if news:
            self._message = f"{self._message} {news}" if self._untold else news
            self._untold = True

    # --- the line for questions

    def _ask(self, question: TextRequest) -> None:
        self.query_one(Prompt).ask(question)

    # --- painting

    def _paint_soon(self) -> None:
        """All keys that are waiting are taken in before one paint."""
        if not self._waiting:
            self._waiting = True
            self.call_later(self._paint)

    def _paint(self) -> None:
        self._waiting = False
        canvas = self.query_one(Canvas)
        cells, height = (min(size, most) for size, most in zip(self.size, LARGEST, strict=True))
        if cells and height:
            self._untold = False
            canvas.show(self.picture(cells, height))

    def picture(self, cells: int, height: int) -> Block:
        """What stands on a screen of cells × height."""
        said = self._progress or self._message
        return self.workspace.picture(self.navigator, cells, height, hints(self.navigator, self.workspace), said)
