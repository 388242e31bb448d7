"""Help: the table of keys, what the colours mean, and the letters."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from nntui.explain.glossary import glossary
from nntui.explain.symbols import LECTURE, Notation
from nntui.tui.keys import KEYS

READING = """\
Panels are layers; the signal flows from left to right, the error δ back.
 · a number this step has not reached     ∂ the gradient ∂C/∂w of the row above
 → on its update step, the new weights under the old ones
What the step makes is lit; what feeds it is underlined; ≈ stands where digits are cut.
"""


class Help(ModalScreen[None]):
    """Everything a key does, on one page that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter,space", "dismiss", "Close", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]
    DEFAULT_CSS = """
    Help { align: center middle; background: $background; }
    Help > VerticalScroll {
        width: 78; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $accent; background: $background; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, notation: Notation = LECTURE) -> None:
        super().__init__()
        self._notation = notation

    def compose(self) -> ComposeResult:
        """Keys, then how to read the screen."""
        rows = [(f"{key.shown:>7}", key.words) for key in KEYS]
        keys = Content("\n").join(Content.assemble((shown, "$accent"), "  ", words) for shown, words in rows)
        rows = [(f"{letter:<9}", meaning) for letter, meaning in glossary(self._notation)]
        letters = Content("\n").join(Content.assemble((letter, "$accent"), meaning) for letter, meaning in rows)
        box = VerticalScroll(
            Static(keys),
            Static(Content.assemble(("\nReading the screen\n", "bold"), READING)),
            Static(Content.assemble(("Letters, and the numbers of their equations\n", "bold"), letters)),
        )
        box.border_title = "help"
        box.border_subtitle = "↑↓ scroll · Esc close"
        yield box
