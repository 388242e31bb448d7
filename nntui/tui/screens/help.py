"""Help: what the keys do here, then all keys in groups, what the colours mean, the letters and the equations; / searches."""

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from nntui.draw.base.boxes import left, right
from nntui.explain.equations_page import equation_lines, equation_rows
from nntui.explain.notation.glossary import glossary
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.text.reflow import hung
from nntui.tui.widgets.closing import arrow_of, close, hand_on
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import GROUPS, Here, KeyAction, Row, key_name
from nntui.tui.widgets.text_page import Page

READING = """\
Panels are layers; the signal flows from left to right, the error δ back.
 · a number this step has not reached
 ∂ the gradient ∂C/∂w of the row above
 → on its update step, the new weights under the old ones
In tables: › the mark · ▸ where you are · ★ watched · ✗ the wrong class
What the step makes is lit, what feeds it is underlined; ≈ means rounded.
/ and then equations: the lecture's (1) to (15), and where each is seen.
"""
WIDTH = 80
_EDGES = 5  # cells of the frame, the blanks beside it and the scroll bar
COLUMN = 37  # cells of a column of keys
NAMES = 9  # cells of the keys in it
_LETTERS = 11  # cells of the letters, with two blanks behind the longest
LONGEST_SEARCH = 40
EQUATIONS_WORD = "lecture's equations"  # a search for it finds all of them
_SCROLL, _CLOSE = ("up", "down", "pageup", "pagedown"), ("escape", "q", "enter", "space", "question_mark", "f1")


class Help(Page):
    """Everything a key does, then how to read the screen."""

    FOOT: ClassVar[str] = "/ search · any key says what it does · ↓ more · Esc"

    def __init__(self, here: Here, notation: Notation = LECTURE, keymap: Keymap | None = None) -> None:
        super().__init__("keys", width=WIDTH)
        self._keymap, self._notation = keymap or Keymap(), notation
        self._here = Here(here.name, tuple((self._keymap.written(shown), words) for shown, words in here.rows))
        self._keys = self._keymap.table()
        self._search: str | None = None

    def compose(self) -> ComposeResult:
        """The page, with one text in it, which a search changes."""
        self._parts = (self._text(),)
        yield from super().compose()

    def on_resize(self) -> None:
        """One column or two, as there is room."""
        self._show()

    def _text(self) -> Content:
        columns = (self.app.size.width - 6) // COLUMN
        if self._search is not None:
            return self._found(self._search)
        return self._whole(columns >= len(GROUPS), min(self.app.size.width, WIDTH) - _EDGES)

    def _show(self) -> None:
        self.query_one(Static).update(self._text())
        self.say(self.FOOT if self._search is None else f"search: {self._search}█ · Esc ends it")

    def _whole(self, wide: bool, cells: int) -> Content:
        """All of the page. cells: how long a line of it may be."""
        letters = [
            Content.assemble((f"{letter:<{_LETTERS}}", "$accent"), hung(f"{'':<{_LETTERS}}{meaning}", cells)[_LETTERS:])
            for letter, meaning in glossary(self._notation)
        ]
        return Content.assemble(
            Content.assemble(("Here  ", "bold"), (hung(f"      {self._here.name}", cells).lstrip(), "$text-muted"), "\n"),
            _lines(_in_columns(self._here.rows) if wide else [[row] for row in self._here.rows]),
            "\n",
            self._groups(wide),
            Content.assemble(("\n\nReading the screen\n", "bold"), "\n".join(hung(line, cells) for line in READING.splitlines())),
            Content.assemble(("\nLetters, and the numbers of their equations\n", "bold"), Content("\n").join(letters)),
            Content.assemble(
                ("\n\nThe lecture's equations\n", "bold"), "\n".join(hung(line, cells) for line in equation_lines())
            ),
        )

    def _groups(self, wide: bool) -> Content:
        """All keys of a lesson, but for rows that are above already."""
        told = {shown for shown, _ in self._here.rows}
        columns = [[line for group in groups for line in _group(group, told, self._keys)] for groups in GROUPS]
        if not wide:
            return _lines([[row] for column in columns for row in column])
        return _lines([list(pair) for pair in zip_longest(*columns, fillvalue=("", ""))])

    def _found(self, wanted: str) -> Content:
        """The rows in which all words of a search are."""
        words = wanted.lower().split()
        equations = list(equation_rows())
        rows = [*self._here.rows, *((key.shown, key.words) for key in self._keys), *glossary(self._notation), *equations]
        briefs = {key.words: key.brief for key in self._keys} | {words: EQUATIONS_WORD for _, words in equations}
        found = [row for row in rows if all(word in f"{row[0]} {row[1]} {briefs.get(row[1], '')}".lower() for word in words)]
        found.sort(key=lambda row: wanted.strip() not in row[0].split())  # a key that is searched for comes first
        return _lines([[row] for row in found]) if found else Content("Nothing matches.")

    # --- keys

    def on_key(self, event: events.Key) -> None:
        """While a search is typed, letters go there; else any key says what it does."""
        if hand_on(self, event):
            return
        event.prevent_default()  # a page's own way
        if event.key in _SCROLL:
            return
        event.stop()
        if self._search is None and (arrow := arrow_of(self, event.key)):
            box = self.query_one(VerticalScroll)
            (box.scroll_down if arrow == "down" else box.scroll_up)(animate=False, immediate=True)
            return
        if self._search is not None:
            self._typed(event)
        elif event.key in _CLOSE:
            close(self)
        elif event.key == "slash":
            self._search = ""
            self._show()
        else:
            self.say(self._meaning(event))

    def _typed(self, event: events.Key) -> None:
        before = self._search or ""
        if event.key in ("escape", "enter"):
            self._search = None if event.key == "escape" else before
        elif event.key == "backspace":
            self._search = before[:-1] if before else None
        elif event.is_printable and event.character:
            self._search = (before + event.character)[:LONGEST_SEARCH]
        self._show()

    def _meaning(self, event: events.Key) -> str:
        name = key_name(event.key, event.character)
        action = self._keymap.action(event.key)
        words = next((key.words for key in self._keys if key.action == action), "nothing here")
        here = next((words for shown, words in self._here.rows if name in shown.split()), "")
        return f"{name}: {here or words}"


def _group(group: str, told: set[str], table: Sequence[KeyAction]) -> list[Row]:
    """A heading (a row without words), and the rows of a group: neighbours that say the same share one.

    told: rows of keys that are not told again.
    """
    keys = [key for key in table if key.group == group and key.shown]
    rows = [(" ".join(key.shown for key in same), brief) for brief, same in groupby(keys, key=lambda key: key.brief)]
    return [(group, ""), *(row for row in rows if row[0] not in told)]


def _in_columns(rows: Sequence[Row]) -> list[list[Row]]:
    half = (len(rows) + 1) // 2
    return [list(pair) for pair in zip_longest(rows[:half], rows[half:], fillvalue=("", ""))]


def _lines(lines: Iterable[Sequence[Row]]) -> Content:
    return Content("\n").join(Content("").join(_cell(row, len(line) > 1) for row in line) for line in lines)


def _cell(row: Row, fixed: bool) -> Content:
    """A row, or a heading with a line behind it, as wide as a column."""
    shown, words = row
    if shown and not words:
        return Content.assemble(
            ("─ ", "$panel-lighten-2"), (shown, "bold"), (" " + "─" * (COLUMN - 5 - len(shown)), "$panel-lighten-2"), "  "
        )
    wide = max(NAMES, cell_len(shown))
    text = left(words, COLUMN - wide - 1) if fixed else words
    return Content.assemble((right(shown, wide), "$accent"), f" {text}")
