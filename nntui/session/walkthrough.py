"""The tour by doing: seven keys, each said when the one before was pressed, on the screen of a real lesson.

The tour watches what is on the screen and not which keys are pressed, so a click or the palette leads on as well, and every
other key means what it always means.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nntui.session.navigator import Navigator
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.workspace import Workspace

Reached = Callable[[Navigator, Workspace], bool]


@dataclass(frozen=True, slots=True)
class TourStop:
    """What is asked for: an action of the key table, the words with {key} for its key, and whether it was done."""

    action: str
    words: str
    reached: Reached


STOPS = (
    TourStop(
        "forward",
        "Press {key}: one step of the network, and one number that it makes.",
        lambda navigator, _: navigator.position.step > 0,
    ),
    TourStop(
        "inspect",
        "The lit number is the new one; the underlined ones feed it. Now press {key}: why is it what it is?",
        lambda _, workspace: isinstance(workspace.tool, Inspector),
    ),
    TourStop(
        "app.quit",
        "Here is its sum, term by term; the arrows go to other numbers. Now press {key}: it closes what is on top.",
        lambda _, workspace: workspace.tool is None,
    ),
    TourStop(
        "edit",
        "What if the learning rate η were larger? Now press {key}: type eta=5 and press Enter.",
        lambda navigator, _: navigator.timeline.origin is not None,
    ),
    TourStop(
        "end",
        "This is another run from here on, a fork; the first one stays as it was. Now press {key}: its last step.",
        lambda navigator, _: navigator.position.step == navigator.course.last,
    ),
    TourStop(
        "learned",
        "The plot shows C over all epochs. Now press {key}: what does the network say of every input?",
        lambda _, workspace: _shows_what_is_learned(workspace),
    ),
    TourStop(
        "app.help",
        "Each place shows the output for that input; the marks are the rows. Now press {key}: what keys do, wherever you are.",
        lambda _, workspace: workspace.help_was_shown,
    ),
)
LAST = "That was the tour. ← goes back step by step, s chooses another scenario, q closes and quits. Esc: these words go."


class Walkthrough:
    """How far the tour has come in one lesson; over once it was left."""

    def __init__(self, navigator: Navigator, workspace: Workspace) -> None:
        self._navigator, self._workspace = navigator, workspace
        self._at = 0
        self.is_over = False

    def look(self) -> None:
        """Goes on if what is asked for was done."""
        if self.is_over or self._at == len(STOPS):
            return
        if STOPS[self._at].reached(self._navigator, self._workspace):
            self._at += 1
            self._workspace.help_was_shown = False

    def leave(self) -> bool:
        """Ends the tour; whether it was going on."""
        was, self.is_over = not self.is_over, True
        return was

    def words(self, keys: Mapping[str, str]) -> str:
        """What to do now, and how far the tour has come, on lines of their own. keys: how the key of an action is written."""
        if self.is_over:
            return ""
        if self._at == len(STOPS):
            return LAST
        stop = STOPS[self._at]
        return f"{stop.words.format(key=keys[stop.action])}\ntour, {self._at + 1} of {len(STOPS)} · Esc leaves it"


def _shows_what_is_learned(workspace: Workspace) -> bool:
    """Whether that tool is open, which is loaded when it is opened first."""
    if workspace.tool is None:
        return False
    from nntui.session.tools.learned import Learned

    return isinstance(workspace.tool, Learned)
