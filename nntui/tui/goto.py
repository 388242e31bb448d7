"""The line at the foot of the lesson in which an address is typed.

It never takes the focus: keys that come in one burst would reach it and the lesson in another order than they were
typed. The lesson hands them on, one by one.
"""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

HINT = "such as 3:2:delta:1:2, 40, end · Esc closes"
LONGEST = 60


class GoTo(Vertical):
    """Closed until `open`; takes keys, and shows why what was typed was refused."""

    DEFAULT_CSS = """
    GoTo { dock: bottom; layer: bar; height: auto; display: none; background: $panel; }
    GoTo.open { display: block; }
    GoTo > #refusal { color: $error; padding: 0 1; display: none; height: auto; max-height: 3; }
    GoTo.refused > #refusal { display: block; }
    GoTo Horizontal { height: 1; }
    GoTo #label { width: auto; color: $accent; padding: 0 1; }
    GoTo #field { width: auto; min-width: 24; max-width: 50%; background: $surface; }
    GoTo #hint { width: 1fr; color: $text-muted; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.value = ""

    def compose(self) -> ComposeResult:
        """Why it was refused; label, field, and an example."""
        yield Static(id="refusal")
        with Horizontal():
            yield Static(Content("go to"), id="label")
            yield Static(id="field")
            yield Static(Content(HINT), id="hint")

    @property
    def is_open(self) -> bool:
        """Whether keys are typed here."""
        return self.has_class("open")

    def take(self, event: events.Key) -> str | None:
        """One key; the address, when it is Enter that ends one."""
        if event.key == "escape" or (event.key == "enter" and not self.value.strip()):
            self.close()
        elif event.key == "enter":
            return self.value.strip()
        elif event.key == "backspace":
            self._show(self.value[:-1])
        elif event.is_printable and event.character:
            self.put(event.character)
        return None

    def put(self, text: str) -> None:
        """Text typed or pasted, as far as there is room and it can be seen."""
        seen = "".join(character for character in text if character.isprintable())
        self._show((self.value + seen)[:LONGEST])

    def open(self) -> None:
        """Shows the line, empty."""
        self.add_class("open")
        self.remove_class("refused")
        self._show("")

    def close(self) -> None:
        """Hides the line."""
        self.remove_class("open")

    def refuse(self, why: str) -> None:
        """Says why what was typed is no address here."""
        self.add_class("refused")
        self.query_one("#refusal", Static).update(Content(why))

    def _show(self, value: str) -> None:
        self.value = value
        self.query_one("#field", Static).update(Content.assemble(value, (" ", "reverse")))
