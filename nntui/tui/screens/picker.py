"""The picker: what can be opened, what each is for, and a search by typing."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from nntui.files.io.errors import InputError
from nntui.tui.screens.picker_entries import PickerEntry
from nntui.tui.terminal.narrow_updates import narrow
from nntui.tui.terminal.options import Options
from nntui.tui.widgets.closing import arrow_of, keymap_of
from nntui.tui.widgets.keys import Here, key_name

if TYPE_CHECKING:  # what opens a lesson is loaded after the first picture
    from nntui.session.opening import Opening

HERE = Here(
    "the list of what can be opened",
    (
        ("↑ ↓", "choose; the arrows in a search, too"),
        ("Enter", "open it"),
        ("letters /", "search; Esc ends it"),
        ("q", "quit; in a search a letter"),
    ),
)

_KNOWN = ("up", "down", "pageup", "pagedown", "home", "end", "enter", "escape")

TITLE = "how a neural network learns, number by number"
NO_MATCH, NO_ENTRY = "Nothing matches.", "There is no scenario and no recording here to choose."


class Picker(Screen[None]):
    """A list on the left, what the marked entry is for on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear the search", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    Picker #title { height: 2; padding: 0 1; }
    Picker Input { margin: 0 1; display: none; }
    Picker Horizontal { width: 100%; }
    Picker.searching Input { display: block; }
    Picker OptionList {
        width: 32; height: 1fr; border: round $panel-lighten-2; background: $background; scrollbar-size-vertical: 1;
        scrollbar-color: $panel-lighten-2; scrollbar-background: $background;
    }
    Picker OptionList > .option-list--option-highlighted { background: $accent; color: $background; text-style: bold; }
    Picker OptionList:focus { border: round $accent; background: $background; background-tint: $background 0%; }
    Picker #about {
        width: 1fr; height: 1fr; border: round $panel-lighten-2; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $panel-lighten-2; scrollbar-background: $background;
    }
    Picker #foot { height: 1; padding: 0 1; color: $text-muted; }
    """

    @dataclass
    class Chosen(Message):
        """The viewer has chosen what to open."""

        opening: "Opening"

    def __init__(self, entries: Callable[[], list[PickerEntry]], title: str = TITLE) -> None:
        """entries: what is offered, asked for when the picker is shown."""
        super().__init__()
        narrow(self)
        self._offer = entries
        self._title = title
        self._entries: list[PickerEntry] = []
        self._shown: PickerEntry | None = None  # whose about is shown
        self._painted = False  # whether there was a picture: until then no file is opened for an about

    def compose(self) -> ComposeResult:
        """Title, search, list and about, keys."""
        yield Static(Content.assemble(("nntui", "bold $accent"), f"  {self._title}"), id="title")
        yield Input(placeholder="search", compact=True, max_length=60, select_on_focus=False)
        with Horizontal():
            yield Options()
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="text")
        yield Static(self._foot(), id="foot")

    def on_mount(self) -> None:
        """Looks at what there is, and paints once all of it is there but what takes a look into a scenario."""
        whole = ExitStack()
        whole.enter_context(self.app.batch_update())
        self._entries = self._offer()
        self._fill("")
        self.query_one(OptionList).focus()  # in a browser no screen gets the focus by itself
        self.call_after_refresh(self._paint, whole.close)

    def _paint(self, paint: Callable[[], None]) -> None:
        paint()
        self.call_after_refresh(self._complete)

    def _complete(self) -> None:
        """After the first picture: the rest of what the marked entry is for."""
        self._painted, self._shown = True, None
        self._show_about(self.marked)

    def _fill(self, wanted: str) -> None:
        options = self.query_one(OptionList)
        offered: list[Option] = []
        group, first = "", None
        for number, entry in enumerate(self._entries):
            if wanted.lower() not in entry.search.lower():
                continue
            if entry.group != group:
                group = entry.group
                offered.append(Option(Content.styled(group, "$accent"), disabled=True))
            first = len(offered) if first is None else first
            offered.append(Option(Content(f"  {entry.label}"), id=str(number)))
        options.set_options(offered)
        options.highlighted = first
        if first is None:
            self._show_about(None)
        else:
            self._show_about(self._entry(options.get_option_at_index(first)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Shows what the marked entry is for; a mark that a search has since moved is passed over."""
        options = event.option_list
        if options.highlighted is None or options.get_option_at_index(options.highlighted) is not event.option:
            return
        self._show_about(self._entry(event.option))

    def _show_about(self, entry: PickerEntry | None) -> None:
        """What an entry is for, unless that is shown already; None: there is none, or none that matches."""
        if entry is not None and entry is self._shown:
            return
        self._shown = entry
        try:
            about = self._about(entry) if entry is not None else Content(NO_MATCH if self._entries else NO_ENTRY)
        except InputError as fault:
            about = _broken(fault)
        self.query_one("#text", Static).update(about)

    def _about(self, entry: PickerEntry) -> Content:
        return entry.about() if self._painted else entry.glimpse()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Opens the entry that was chosen, or says why it cannot be opened."""
        try:
            self.post_message(self.Chosen(self._entry(event.option).open()))
        except InputError as fault:
            self._shown = None
            self.query_one("#text", Static).update(_broken(fault))

    def _entry(self, option: Option) -> PickerEntry:
        return self._entries[int(option.id or 0)]

    @property
    def marked(self) -> PickerEntry | None:
        """The entry on which the mark is."""
        options = self.query_one(OptionList)
        return self._entry(options.get_option_at_index(options.highlighted)) if options.highlighted is not None else None

    def action_move(self, lines: int) -> None:
        """Up and down move the mark also while a search is typed; a key that comes before there is a list moves nothing."""
        for options in self.query(OptionList):
            (options.action_cursor_down if lines > 0 else options.action_cursor_up)()

    # --- search

    def on_key(self, event: events.Key) -> None:
        """A letter begins a search, and so does /; q does not, and quits, nor does a key that the user has for an arrow."""
        field, character, searching = self.query_one(Input), event.character or "", self.has_class("searching")
        letter = character.isalnum() and (searching or character != "q")
        typed = letter or character == "/" or (searching and character != "" and character.isprintable())
        self._say("")
        if not searching and (arrow := arrow_of(self, event.key)):
            event.stop()
            self.action_move(1 if arrow == "down" else -1)
        elif typed and not field.has_focus:
            event.stop()
            self.add_class("searching")
            field.focus()
            if letter or searching:  # of a burst all keys come here, before the field has the focus
                field.value += character
            field.cursor_position = len(field.value)
        elif event.key not in _KNOWN and event.key not in self.active_bindings:
            self._say(f"{key_name(event.key, event.character)} does nothing here; ? tells what the keys do")

    def _say(self, words: str) -> None:
        self.query_one("#foot", Static).update(Content(words) if words else self._foot())

    def _foot(self) -> Content:
        keys = (("↑↓", "choose"), ("Enter", "open"), ("letters or /", "search"), ("?", "help"), ("q", "quit"))
        shown = keymap_of(self).written
        return Content("  ").join(Content.assemble((shown(key), "$accent"), f" {words}") for key, words in keys)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Lists only the entries that match what is typed."""
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter opens the marked scenario."""
        event.stop()
        self.query_one(OptionList).action_select()

    def action_clear(self) -> None:
        """Ends the search: all entries are listed."""
        self.query_one(Input).value = ""
        self.remove_class("searching")
        self.query_one(OptionList).focus()


def _broken(fault: InputError) -> Content:
    return Content.assemble(("This file cannot be opened.\n\n", "bold $error"), str(fault))
