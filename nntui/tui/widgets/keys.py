"""One table of keys: bindings, footer, help and palette are all drawn from it. Each key has one meaning everywhere."""

from typing import Literal

from textual.binding import Binding, BindingType

from nntui.values import dataclass

Where = Literal["lesson", "everywhere"]
Group = Literal["Move", "Change", "Lesson", "Look", "Ask", "Everywhere"]


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One action. keys: what Textual calls them; shown: how they are written; words: what the palette says.

    group, brief: where the help has it, and its words there, at most 27 cells; neighbours with the same words share a row.
    footer: short words for the foot, empty if not there.
    """

    keys: str
    shown: str
    action: str
    words: str
    group: Group
    brief: str
    footer: str = ""
    where: Where = "lesson"


KEYS = (
    KeyAction("right", "→", "forward", "Step forward by the grain", "Move", "step on, step back", "step"),
    KeyAction("left", "←", "back", "Step back by the grain", "Move", "step on, step back"),
    KeyAction("1", "1", "grain('neuron')", "Grain: one neuron at a time", "Move", "by neuron, layer, phase"),
    KeyAction("2", "2", "grain('layer')", "Grain: one layer (all neurons of one kind)", "Move", "by neuron, layer, phase"),
    KeyAction("3", "3", "grain('phase')", "Grain: one phase (input, forward, cost …)", "Move", "by neuron, layer, phase"),
    KeyAction("4", "4", "grain('point')", "Grain: one data point", "Move", "by data point, epoch, stop"),
    KeyAction("5", "5", "grain('epoch')", "Grain: one epoch", "Move", "by data point, epoch, stop"),
    KeyAction("6", "6", "grain('stop')", "Grain: the stops of a recording", "Move", "by data point, epoch, stop"),
    KeyAction("pagedown", "PgDn", "point(1)", "The same step of the next data point", "Move", "same step, other point"),
    KeyAction("pageup", "PgUp", "point(-1)", "The same step of the data point before", "Move", "same step, other point"),
    KeyAction("home", "Home", "home", "The first step of the run; with 6, the first stop", "Move", "first step, last step"),
    KeyAction("end", "End", "end", "The last step of the run; with 6, the last stop", "Move", "first step, last step"),
    KeyAction("space", "space", "play", "Play and pause", "Move", "play, faster, slower", "play"),
    KeyAction("plus,equals_sign", "+", "faster", "Play faster", "Move", "play, faster, slower"),
    KeyAction("minus", "-", "slower", "Play slower", "Move", "play, faster, slower"),
    KeyAction("g", "g", "go_to", "Go to an address such as 3:2:delta:1:2", "Move", "go to an address", "go to"),
    KeyAction("backspace", "Bksp", "return", "Back from a jump; back to a recorded lesson", "Move", "back from a jump"),
    KeyAction(
        "u", "u", "until(1)", "Run until a condition holds, such as C < 0.01", "Move", "run until …, back until …", "until"
    ),
    KeyAction("U", "U", "until(-1)", "Go back to the last step where a condition held", "Move", "run until …, back until …"),
    KeyAction(
        "i", "i", "inspect", "Inspect a number: arrows move, Tab picks a term, Enter goes", "Ask", "why this number?", "inspect"
    ),
    KeyAction("enter", "Enter", "open", "Inspect the number that is lit", "Ask", "why this number?"),
    KeyAction("p", "p", "predict", "Predict the next number before it is shown", "Ask", "predict; every z a c δ g w"),
    KeyAction("P", "P", "predict_every", "Predict at every step of some kinds: z a c δ g w", "Ask", "predict; every z a c δ g w"),
    KeyAction(
        "k", "k", "check", "Gradient check: move a weight, watch C; k again: all weights", "Ask", "check gradients, my sheet"
    ),
    KeyAction("w", "w", "sheet", "Check a sheet of your own numbers, or a folder of sheets", "Ask", "check gradients, my sheet"),
    KeyAction(
        "asterisk", "*", "watch", "Watch the present row, in the table the marked one", "Ask", "watch a row, its next turn"
    ),
    KeyAction("W", "W", "watched", "The next turn of a watched row", "Ask", "watch a row, its next turn"),
    KeyAction("v", "v", "view", "The network as numbers, or as a graph", "Look", "graph, paths, big"),
    KeyAction("tab", "Tab", "path(1)", "In the graph: one path at a time, then their sum", "Look", "graph, paths, big"),
    KeyAction("shift+tab", "Shift+Tab", "path(-1)", "In the graph: the path before", "Look", "graph, paths, big"),
    KeyAction("b", "b", "big", "Less and larger, for a projector", "Look", "graph, paths, big"),
    KeyAction(
        "l",
        "l",
        "learned",
        "What the network has learned; l again: the loss surface",
        "Look",
        "what has been learned",
    ),
    KeyAction(
        "x", "x", "cursor", "The plot: a cursor, zoom, series, log, per epoch, per data row", "Look", "the cost plot as a tool"
    ),
    KeyAction(
        "d", "d", "data", "The data as a table: sort, watch, go to a row's next turn", "Look", "the data as a table", "data"
    ),
    KeyAction("c", "c", "since", "Changes since the last step, the row's last turn, or the start", "Look", "numbers as changes"),
    KeyAction("full_stop", ".", "digits(1)", "More digits", "Look", "more, fewer, all digits"),
    KeyAction("comma", ",", "digits(-1)", "Fewer digits", "Look", "more, fewer, all digits"),
    KeyAction("0", "0", "exact", "All digits, and back", "Look", "more, fewer, all digits"),
    KeyAction("o", "o", "notation", "Notation: the lecture's w⁰₁₂, or the common W¹₁₂ and b¹₁", "Look", "w⁰₁₂, or W¹₁₂ and b¹₁"),
    KeyAction("e", "e", "edit", "Change a number, η, σ or the cost from here on: a fork", "Change", "a number, η, σ, C: a fork"),
    KeyAction(
        "f", "f", "forks", "The forks: choose, compare, go there, name, save, delete", "Change", "forks: compare, name, go"
    ),
    KeyAction("r", "r", "reload", "Read the file again, after it was edited", "Change", "read the file again"),
    KeyAction("n", "n", "note(1)", "The next note: of the tour, or of a recording", "Lesson", "next note, note before"),
    KeyAction("N", "N", "note(-1)", "The note before", "Lesson", "next note, note before"),
    KeyAction("m", "m", "remark", "Type a note; it is kept at this step of the recording", "Lesson", "type a note here"),
    KeyAction("a", "a", "about", "What this scenario is about", "Lesson", "what this is, a tour"),
    KeyAction("T", "T", "app.tour", "A tour by doing: seven keys, one minute", "Lesson", "what this is, a tour"),
    KeyAction("R", "R", "record", "Record from here on; again, end the recording", "Lesson", "record, end the recording"),
    KeyAction("s", "s", "app.scenarios", "Choose another scenario", "Lesson", "choose a scenario", "scenarios"),
    KeyAction("y", "y", "copy('number')", "Copy the lit number, with all its digits", "Everywhere", "copy number, equation"),
    KeyAction("Y", "Y", "copy('equation')", "Copy the equation, with all its digits", "Everywhere", "copy number, equation"),
    KeyAction(
        "ctrl+p",
        "Ctrl+P",
        "app.command_palette",
        "Palette: every action by name",
        "Everywhere",
        "every action by name",
        "",
        "everywhere",
    ),
    KeyAction(
        "ctrl+z",
        "Ctrl+Z",
        "app.suspend_process",
        "Suspend; `fg` comes back",
        "Everywhere",
        "suspend; fg comes back",
        "",
        "everywhere",
    ),
    KeyAction(
        "question_mark,f1",
        "?",
        "app.help",
        "Help",
        "Everywhere",
        "this, for what is on top",
        "help",
        "everywhere",
    ),
    KeyAction("escape", "Esc", "app.close", "Close what is on top", "Everywhere", "close what is on top; quit", "", "everywhere"),
    KeyAction(
        "q",
        "q",
        "app.quit",
        "Quit; while something is on top, close it",
        "Everywhere",
        "close what is on top; quit",
        "quit",
        "everywhere",
    ),
)

Row = tuple[str, str]
"""A key as it is written, and what it does."""


@dataclass(frozen=True, slots=True)
class Here:
    """What lies on top: its name, and what the keys do there."""

    name: str
    rows: tuple[Row, ...]


GROUPS: tuple[tuple[Group, ...], ...] = (("Move", "Change", "Lesson"), ("Look", "Ask", "Everywhere"))
"""The columns of the help."""


ACTIONS = {name: key.action for key in KEYS for name in key.keys.split(",")}
"""What each key does, by Textual's name of the key."""


APP_BINDINGS: list[BindingType] = [
    Binding(key.keys, key.action, key.words, show=False, priority=key.keys == "ctrl+z")
    for key in KEYS
    if key.where == "everywhere"
]
LESSON_BINDINGS: list[BindingType] = [
    Binding(key.keys, f"perform({key.action!r})", key.words, show=False) for key in KEYS if key.where == "lesson"
]
"""Of a key that comes while a page over the lesson is just closing; all others are taken by the lesson's screen itself."""

_SHOWN = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "Esc", "enter": "Enter", "tab": "Tab", "backspace": "Bksp",
    "delete": "Del", "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def key_name(key: str, character: str | None) -> str:
    """A key as the foot and the help write it, by Textual's name of it."""
    if character and character.isprintable() and character.strip():
        return character
    return _SHOWN.get(key) or "+".join(part if len(part) == 1 else part.capitalize() for part in key.split("+"))
