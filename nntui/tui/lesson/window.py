"""What the controllers of a lesson ask of Textual: a paint, the line at the foot, another lesson, work between two keys."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkType

from nntui.session.movement.window import Job
from nntui.session.opening import Opening, of_file
from nntui.session.session import Session
from nntui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from nntui.session.text_request import TextRequest


@dataclass
class LessonChosen(Message):
    """What to open in place of a lesson."""

    opening: Opening


class ScreenWindow:
    """The `LessonWindow` of a screen that has a line to type in."""

    def __init__(self, screen: Screen[None], session: Session, paint: Callable[[], None]) -> None:
        """paint: paints the screen."""
        self._screen, self._session, self._paint_now = screen, session, paint
        self.paint_is_due = False

    @property
    def width(self) -> int:
        """Columns of the window."""
        return self._screen.size.width

    def paint_soon(self) -> None:
        """Paints once: all keys that are waiting are taken in before."""
        if not self.paint_is_due:
            self.paint_is_due = True
            self._screen.call_later(self._paint_if_due)

    def _paint_if_due(self) -> None:
        """Paints, unless that was done since it was asked for, as at the start."""
        if self.paint_is_due:
            self.paint()

    def paint(self) -> None:
        """Paints now; a paint that was asked for before is done with it."""
        self.paint_is_due = False
        self._paint_now()

    def ask(self, request: "TextRequest") -> None:
        """Opens the line at the foot."""
        self._screen.query_one(Prompt).ask(request)

    def open_file(self, path_or_name: str) -> None:
        """Opens another scenario or recording in place of this lesson."""
        self._screen.post_message(LessonChosen(of_file(path_or_name, self._session)))

    def copy(self, text: str) -> None:
        """Sends the text to the terminal, which may put it into its clipboard (OSC 52)."""
        self._screen.app.copy_to_clipboard(text)

    def run_in_slices(self, job: Job, slices: Generator[object, None, None], delay: float = 0.0) -> None:
        """Runs a generator as a worker, which lets waiting keys in after each item."""

        async def run() -> None:
            with closing(slices):
                await asyncio.sleep(delay)
                for _ in slices:
                    await asyncio.sleep(0)

        work: WorkType[None] = run  # no coroutine yet, which would be left over where the worker never starts
        self._screen.run_worker(work, group=job, exclusive=True)

    def stop_slices(self, job: Job) -> None:
        """Cancels the worker of a job, if there is one."""
        self._screen.workers.cancel_group(self._screen, job)

    def every(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Calls every `seconds`, until the timer is stopped."""
        return self._screen.set_interval(seconds, call)

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Calls once, `seconds` from now."""
        return self._screen.set_timer(seconds, call)
