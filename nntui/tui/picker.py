"""The picker: the bundled scenarios, what each is for, and a search by typing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from nntui.explain.derive import COST_FORMULA
from nntui.explain.numerals import full
from nntui.explain.text import reflowed
from nntui.files.faults import InputError
from nntui.files.library import grouped, load
from nntui.training.scenario import Scenario


class Picker(Screen[None]):
    """A list of scenarios on the left, what the marked one shows on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear the search", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    Picker #title { height: 2; padding: 0 1; }
    Picker Input { margin: 0 1; display: none; }
    Picker.searching Input { display: block; }
    Picker OptionList {
        width: 32; height: 1fr; border: round $panel-lighten-2; background: $background; scrollbar-size-vertical: 1;
        scrollbar-color: $panel-lighten-2; scrollbar-background: $background;
    }
    Picker OptionList > .option-list--option-highlighted { background: $accent; color: $background; text-style: bold; }
    Picker OptionList:focus { border: round $accent; background: $background; background-tint: $background 0%; }
    Picker #about { width: 1fr; height: 1fr; border: round $panel-lighten-2; padding: 0 1; scrollbar-size-vertical: 1; }
    Picker #foot { height: 1; padding: 0 1; color: $text-muted; }
    """

    @dataclass
    class Chosen(Message):
        """A scenario to open, and how to read it again."""

        scenario: Scenario
        reload: Callable[[], Scenario]

    def __init__(self) -> None:
        super().__init__()
        self._scenarios: dict[str, Scenario | str] = {}  # or what is wrong with the file
        self._groups: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Title, search, list and about, keys."""
        yield Static(Content.assemble(("nntui", "bold $accent"), "  how a neural network learns, number by number"), id="title")
        yield Input(placeholder="search", compact=True, max_length=60, select_on_focus=False)
        with Horizontal():
            yield OptionList()
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="text")
        keys = (("↑↓", "choose"), ("Enter", "open"), ("letters", "search"), ("?", "help"), ("q", "quit"))
        yield Static(Content("  ").join(Content.assemble((key, "$accent"), f" {words}") for key, words in keys), id="foot")

    def on_mount(self) -> None:
        """Reads what there is."""
        for group, names in grouped():
            for name in names:
                self._groups[name] = group
                try:
                    self._scenarios[name] = load(name)
                except InputError as fault:
                    self._scenarios[name] = str(fault)
        self._fill("")

    def _fill(self, wanted: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        group, first = "", None
        for name, scenario in self._scenarios.items():
            title = name if isinstance(scenario, str) else scenario.title
            about = "" if isinstance(scenario, str) else scenario.about
            if wanted.lower() not in f"{name} {title} {self._groups[name]} {about}".lower():
                continue
            if self._groups[name] != group:
                group = self._groups[name]
                options.add_option(Option(Content.styled(group, "$accent"), disabled=True))
            first = options.option_count if first is None else first
            options.add_option(Option(Content(f"  {title}"), id=name))
        options.highlighted = first
        if first is None:
            self.query_one("#text", Static).update(Content("No scenario matches."))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Shows what the marked scenario is for; a mark that a search has since moved is passed over."""
        options = event.option_list
        if options.highlighted is None or options.get_option_at_index(options.highlighted) is not event.option:
            return
        scenario = self._scenarios[event.option.id or ""]
        self.query_one("#text", Static).update(_about(event.option.id or "", scenario))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Opens it."""
        scenario = self._scenarios[event.option.id or ""]
        if not isinstance(scenario, str):
            self.post_message(self.Chosen(scenario, partial(load, event.option.id or "")))

    def action_move(self, lines: int) -> None:
        """Up and down move the mark also while a search is typed."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if lines > 0 else options.action_cursor_up)()

    # --- search

    def on_key(self, event: events.Key) -> None:
        """A letter begins a search."""
        if event.character and event.character.isalnum() and not self.query_one(Input).has_focus:
            event.stop()
            self.add_class("searching")
            field = self.query_one(Input)
            field.focus()
            field.value += event.character  # keys typed in one burst all come here, before the field has the focus
            field.cursor_position = len(field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps what matches."""
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter opens the marked scenario."""
        event.stop()
        self.query_one(OptionList).action_select()

    def action_clear(self) -> None:
        """Ends the search."""
        self.query_one(Input).value = ""
        self.remove_class("searching")
        self.query_one(OptionList).focus()


def _about(name: str, scenario: Scenario | str) -> Content:
    """Title, shape and `about`; or what is wrong with the file."""
    if isinstance(scenario, str):
        return Content.assemble(("This file cannot be opened.\n\n", "bold $error"), scenario)
    network = scenario.network
    shape = "–".join(str(size) for size in network.sizes)
    sigmas = ", ".join(dict.fromkeys(layer.activation for layer in network.layers))
    facts = (
        f"{shape}  {sigmas}\n"
        f"η {full(network.eta)}   C {COST_FORMULA[network.cost]}\n"
        f"{scenario.points:,} data points, {scenario.epochs:,} epochs\n"
    )
    return Content.assemble(
        (f"{scenario.title}\n\n", "bold"),
        (facts, "$text-muted"),
        f"\n{reflowed(scenario.about)}\n\n",
        (f"nntui {name}", "$text-muted"),
    )
