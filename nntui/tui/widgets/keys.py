"""One table of keys: bindings, footer, help and palette are all drawn from it. Each key has one meaning everywhere."""

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Where = Literal["lesson", "everywhere"]


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One action. keys: what Textual calls them; shown: how they are written; footer: short words, empty if not there."""

    keys: str
    shown: str
    action: str
    words: str
    footer: str = ""
    where: Where = "lesson"


KEYS = (
    KeyAction("right", "→", "forward", "Step forward by the grain", "step"),
    KeyAction("left", "←", "back", "Step back by the grain"),
    KeyAction("1", "1", "grain('neuron')", "Grain: one neuron at a time"),
    KeyAction("2", "2", "grain('layer')", "Grain: one layer (all neurons of one kind)"),
    KeyAction("3", "3", "grain('phase')", "Grain: one phase (input, forward, cost, backward, update)"),
    KeyAction("4", "4", "grain('point')", "Grain: one data point"),
    KeyAction("5", "5", "grain('epoch')", "Grain: one epoch"),
    KeyAction("6", "6", "grain('stop')", "Grain: the stops of a recording, as they were made"),
    KeyAction("pagedown", "PgDn", "point(1)", "The same step of the next data point"),
    KeyAction("pageup", "PgUp", "point(-1)", "The same step of the data point before"),
    KeyAction("home", "Home", "home", "The first step of the run; with 6, the first stop"),
    KeyAction("end", "End", "end", "The last step of the run; with 6, the last stop"),
    KeyAction("space", "space", "play", "Play and pause", "play"),
    KeyAction("plus,equals_sign", "+", "faster", "Play faster"),
    KeyAction("minus", "-", "slower", "Play slower"),
    KeyAction("g", "g", "go_to", "Go to an address such as 3:2:delta:1:2", "go to"),
    KeyAction("backspace", "Bksp", "return", "Back to the lesson of a recording; else back from a jump"),
    KeyAction("u", "u", "until(1)", "Run until a condition holds, such as C < 0.01 (? lists them)", "until"),
    KeyAction("U", "U", "until(-1)", "Go back to the last step before this one where it held"),
    KeyAction("i", "i", "inspect", "Inspect a number: arrows move, Tab picks a term, Enter goes", "inspect"),
    KeyAction("enter", "Enter", "open", "Inspect the number that is lit"),
    KeyAction("d", "d", "data", "The data as a table: sort, watch, go to a row's next turn", "data"),
    KeyAction("asterisk", "*", "watch", "Watch the present row, in the table the marked one"),
    KeyAction("W", "W", "watched", "The next turn of a watched row"),
    KeyAction("p", "p", "predict", "Predict the next number before it is shown"),
    KeyAction("P", "P", "predict_every", "Predict at every step of some kinds: z a c δ g w"),
    KeyAction("x", "x", "cursor", "The plot: a cursor, zoom, series, log, per epoch, per data row"),
    KeyAction("k", "k", "check", "Gradient check: backpropagation beside a numerical derivative"),
    KeyAction("w", "w", "sheet", "Check a sheet of your own numbers, or a folder of sheets"),
    KeyAction("e", "e", "edit", "Change a number, η, σ or the cost from here on: a fork"),
    KeyAction("f", "f", "forks", "The forks: choose, compare, go there, name, save, delete"),
    KeyAction("l", "l", "learned", "What the network has learned: its function, and what is right"),
    KeyAction("v", "v", "view", "The network as numbers, or as a graph"),
    KeyAction("c", "c", "since", "Numbers as changes: since the last step, or the row's last turn"),
    KeyAction("full_stop", ".", "digits(1)", "More digits"),
    KeyAction("comma", ",", "digits(-1)", "Fewer digits"),
    KeyAction("0", "0", "exact", "All digits, and back"),
    KeyAction("o", "o", "notation", "Notation: the lecture's w⁰₁₂, or the common W¹₁₂ and b¹₁"),
    KeyAction("n", "n", "note(1)", "The next note: of the tour, or of a recording"),
    KeyAction("N", "N", "note(-1)", "The note before"),
    KeyAction("m", "m", "remark", "Type a note; it is kept at this step of the recording"),
    KeyAction("R", "R", "record", "Record from here on; again, end the recording"),
    KeyAction("r", "r", "reload", "Read the file again, after it was edited"),
    KeyAction("s", "s", "app.scenarios", "Choose another scenario", "scenarios"),
    KeyAction("ctrl+p", "Ctrl+P", "app.command_palette", "Palette: every action by name", "", "everywhere"),
    KeyAction("question_mark", "?", "app.help", "Help", "help", "everywhere"),
    KeyAction("q", "q", "app.quit", "Quit", "quit", "everywhere"),
)


ACTIONS = {name: key.action for key in KEYS for name in key.keys.split(",")}
"""What each key does, by Textual's name of the key."""


APP_BINDINGS: list[BindingType] = [
    Binding(key.keys, key.action, key.words, show=False) for key in KEYS if key.where == "everywhere"
]
LESSON_BINDINGS: list[BindingType] = [
    Binding(key.keys, f"perform({key.action!r})", key.words, show=False) for key in KEYS if key.where == "lesson"
]
"""Of a key that comes while a page over the lesson is just closing; all others are taken by the lesson's screen itself."""
