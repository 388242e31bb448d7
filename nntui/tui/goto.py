"""The line at the foot of the lesson in which an address is typed."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

HINT = "such as 3:2:delta:1:2, 40, end · Esc closes"


class GoTo(Vertical):
    """Closed until `open`; says what was typed by a message, and shows why it was refused."""

    DEFAULT_CSS = """
    GoTo { dock: bottom; layer: bar; height: auto; display: none; background: $panel; }
    GoTo.open { display: block; }
    GoTo > #refusal { color: $error; padding: 0 1; display: none; height: auto; max-height: 3; }
    GoTo.refused > #refusal { display: block; }
    GoTo Horizontal { height: 1; }
    GoTo #label { width: auto; color: $accent; padding: 0 1; }
    GoTo Input { width: 24; }
    GoTo #hint { width: 1fr; color: $text-muted; padding: 0 1; }
    """

    @dataclass
    class Typed(Message):
        """An address to go to."""

        text: str

    def compose(self) -> ComposeResult:
        """Label, field, and what there is to say."""
        yield Static(id="refusal")
        with Horizontal():
            yield Static(Content("go to"), id="label")
            yield Input(compact=True, max_length=60)
            yield Static(Content(HINT), id="hint")

    @property
    def is_open(self) -> bool:
        """Whether keys are typed here."""
        return self.has_class("open")

    async def take(self, event: events.Key) -> bool:
        """A key that did not come by way of the field, because it came before the field had the focus; whether it is one."""
        field = self.query_one(Input)
        if event.is_printable and event.character:
            field.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            field.action_delete_left()
        elif event.key == "enter":
            await field.action_submit()
        elif event.key == "escape":
            self.close()
        else:
            return False
        return True

    def open(self) -> None:
        """Shows the line and puts the cursor into it."""
        self.add_class("open")
        self.remove_class("refused")
        field = self.query_one(Input)
        field.value = ""
        field.focus()

    def close(self) -> None:
        """Hides the line."""
        self.remove_class("open")
        self.screen.set_focus(None)

    def refuse(self, why: str) -> None:
        """Says why what was typed is no address here."""
        self.add_class("refused")
        self.query_one("#refusal", Static).update(Content(why))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        if event.value.strip():
            self.post_message(self.Typed(event.value.strip()))
        else:
            self.close()

    def on_key(self, event: events.Key) -> None:
        """Escape closes the line and nothing else."""
        if event.key == "escape":
            event.stop()
            self.close()
