"""What a lesson needs of the window that shows it. The window itself knows Textual; nothing here does."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from nntui.session.text_request import TextRequest

Job = Literal["jump", "search", "plot", "tool"]
"""What may be computed between two keys, one of each at a time: a far jump, a search, costs for the plot, a tool's part."""


class Timer(Protocol):
    """A timer of the window."""

    def stop(self) -> None:
        """Ends the timer: what it calls is not called any more."""


class LessonWindow(Protocol):
    """The window as the controllers of a lesson see it."""

    @property
    def width(self) -> int:
        """Columns of the window."""

    def paint_soon(self) -> None:
        """Paints once all keys that are waiting have been taken in."""

    def ask(self, request: "TextRequest") -> None:
        """Opens the line at the foot with a request."""

    def open_file(self, path_or_name: str) -> None:
        """Opens another scenario or recording in place of this lesson; InputError says what is wrong with it."""

    def copy(self, text: str) -> None:
        """Hands a text to the clipboard of the viewer's terminal, if that takes it."""

    def run_in_slices(self, job: Job, slices: Generator[object, None, None], delay: float = 0.0) -> None:
        """Runs a generator to its end, taking in keys after each of its items; it replaces one of the same job.

        delay: seconds to wait before the first item. A replaced or stopped generator is closed.
        """

    def stop_slices(self, job: Job) -> None:
        """Stops the generator of a job, if there is one."""

    def every(self, seconds: float, call: Callable[[], object], /) -> Timer:
        """Calls every `seconds`, until the timer is stopped."""

    def after(self, seconds: float, call: Callable[[], object], /) -> Timer:
        """Calls once, `seconds` from now."""
