"""The line at the foot of the lesson in which an address, a note or a name is typed.

It never takes the focus: keys that come in one burst would reach it and the lesson in another order than they were
typed. The lesson hands them on, one by one.
"""

from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from nntui.session.text_request import TextRequest

PAGE = 78
FIELD = 24  # cells of the empty field
KEYS_HERE = """
   Enter  answers
     Esc  closes the line
    Bksp  the last character; Ctrl+U all of it
   → End  behind what is proposed, to go on with it; any other text replaces it
    ? F1  this page: ? while nothing is typed, F1 always
"""


class Prompt(Vertical):
    """Closed until `ask`; takes keys, and shows why what was typed was refused."""

    DEFAULT_CSS = """
    Prompt { dock: bottom; layer: bar; height: auto; display: none; background: $panel; }
    Prompt.open { display: block; }
    Prompt > #words { padding: 0 1; display: none; height: auto; max-height: 3; }
    Prompt.said > #words, Prompt.refused > #words { display: block; }
    Prompt.refused > #words { color: $error; }
    Prompt Horizontal { height: 1; }
    Prompt #label { width: auto; color: $accent; padding: 0 1; }
    Prompt #field { width: auto; min-width: FIELD; max-width: 70%; background: $surface; }
    Prompt #hint { width: 1fr; color: $text-muted; padding: 0 1; }
    Prompt > #above { color: $text-muted; padding: 0 1; display: none; height: 1; }
    Prompt.narrow > #above { display: block; }
    Prompt.narrow #field { min-width: 12; }
    """.replace("FIELD", f"{FIELD}")

    def __init__(self) -> None:
        super().__init__()
        self.value = ""
        self._question: TextRequest | None = None
        self._chosen = False  # whether what is typed replaces the text there

    def compose(self) -> ComposeResult:
        """What was said or refused; label, field, and a hint, above them where it has no room beside them."""
        yield Static(id="words")
        yield Static(id="above")
        with Horizontal():
            yield Static(id="label")
            yield Static(id="field")
            yield Static(id="hint")

    @property
    def is_open(self) -> bool:
        """Whether keys are typed here."""
        return self._question is not None

    def ask(self, question: "TextRequest") -> None:
        """Shows the line, with what is proposed."""
        self._question = question
        self.add_class("open")
        self.remove_class("refused")
        self.set_class(bool(question.said), "said")
        self.query_one("#words", Static).update(Content(question.said))
        self.query_one("#label", Static).update(Content(question.label))
        narrow = cell_len(question.label) + FIELD + cell_len(question.hint) + 4 > self.app.size.width
        self.set_class(narrow, "narrow")
        self.query_one("#hint", Static).update(Content("" if narrow else question.hint))
        self.query_one("#above", Static).update(Content(question.hint))
        self._show(question.value, chosen=question.replaced)

    def take(self, event: events.Key) -> None:
        """Takes a key: a character, or one that answers, deletes, leaves or asks for help."""
        alone = self.acts_on(event.character)
        if event.key == "f1" or (alone and self._has_help):
            self._tell()
        elif event.key == "escape" or (event.key == "enter" and not self.value.strip()):
            self.leave()
        elif event.key == "enter":
            self._answer()
        elif event.key == "backspace":
            self._show(self.value[:-1])
        elif event.key == "ctrl+u":
            self._show("")
        elif event.key in ("right", "end"):
            self._show(self.value)
        elif event.is_printable and event.character:
            self.put(event.character)
            if alone:
                self._answer()

    def acts_on(self, character: str | None) -> bool:
        """Whether a character does something by itself now, while nothing else is typed."""
        question = self._question
        if not character or question is None or (self.value and not self._chosen):
            return False
        return character in question.at_once or (character == "?" and self._has_help)

    @property
    def _has_help(self) -> bool:
        return self._question is not None and bool(self._question.help)

    def _tell(self) -> None:
        """The page about what is asked, over the lesson; the line stays as it is."""
        from nntui.tui.widgets.text_page import Page

        assert self._question is not None
        text = f"{self._question.help or self._question.hint}\n{KEYS_HERE}"
        self.app.push_screen(Page(self._question.label, Content(text), width=PAGE))

    def put(self, text: str) -> None:
        """Text typed or pasted, as far as there is room and it can be seen."""
        before = "" if self._chosen else self.value
        room = self._question.longest - len(before) if self._question else 0
        self._show(before + "".join(islice(filter(str.isprintable, text), max(room, 0))))

    def leave(self) -> None:
        """Hides the line, if it is open; what was asked was not answered."""
        if self._question is not None and self._question.closed is not None:
            self._question.closed()
        self.close()

    def close(self) -> None:
        """Hides the line; whoever asked is not told."""
        self._question = None
        self.remove_class("open")

    def _answer(self) -> None:
        question = self._question
        assert question is not None
        why = question.accept(self.value.strip())
        if why:
            self.add_class("refused")
            self.query_one("#words", Static).update(Content(why))
            self._show(self.value, chosen=True)
        elif self._question is question:
            self.close()

    def _show(self, value: str, chosen: bool = False) -> None:
        """The end of what was typed, and the cursor behind it; over all of it, where it is chosen."""
        self.value, self._chosen = value, chosen and bool(value)
        shown = (self._tail(value), "reverse") if self._chosen else self._tail(value)
        self.query_one("#field", Static).update(Content.assemble(shown, (" ", "reverse")))

    def _tail(self, value: str) -> str:
        room = max(self.app.size.width * 7 // 10 - 2, 20)
        value = value[-room:]
        while cell_len(value) > room:
            value = value[1:]
        return value
