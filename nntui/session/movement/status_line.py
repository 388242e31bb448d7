"""The words at the foot in the place of the keys: what a key answered, what has gone wrong, how far a job has come."""

from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.session.movement.jobs import Jobs
from nntui.session.navigator import Navigator

if TYPE_CHECKING:
    from nntui.session.movement.window import LessonWindow
    from nntui.session.text_request import TextRequest


class StatusLine:
    """What is said lasts until the next move; news that was not painted yet lasts until it was."""

    def __init__(self, navigator: Navigator, window: "LessonWindow", jobs: Jobs) -> None:
        self._navigator, self._window, self._jobs = navigator, window, jobs
        self._message = ""
        self._unseen_news = False

    @property
    def words(self) -> str:
        """What is to be shown now."""
        return self._jobs.progress or self._message

    def say(self, message: str) -> None:
        """Shows a message from the next paint on."""
        self._message = message
        self._window.paint_soon()

    def ask(self, request: "TextRequest") -> None:
        """Asks for something, and paints what the answer has changed; a search ends with it."""
        self._jobs.stop("search")

        def accept(text: str) -> str:
            why = request.accept(text)
            if not why:
                self._window.paint_soon()
            return why

        self._window.ask(replace(request, accept=accept))

    def clear(self) -> None:
        """Takes back what was said."""
        self._message = ""

    def moved(self) -> None:
        """After a move: takes back what was said, except for news that was never painted."""
        if not self._unseen_news:
            self._message = ""
        self.tell_news()

    def tell_news(self) -> None:
        """Says what has gone wrong, behind earlier news where both come before one paint."""
        news = self._navigator.news()
        if news:
            self._message = f"{self._message} {news}" if self._unseen_news else news
            self._unseen_news = True

    def painted(self) -> None:
        """The viewer has seen it."""
        self._unseen_news = False
