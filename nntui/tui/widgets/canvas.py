"""The one widget that paints a block of spans, and repaints only the cells that have changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import compress, count
from operator import ne, or_

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nntui.draw.base.spans import Block, Line, Role, Span, width
from nntui.draw.colours.pieces import runs, shows_ground
from nntui.draw.colours.role_styles import RoleStyles
from nntui.tui.widgets.themes import LOOK_OF

GAP = 6  # changes closer than this are sent as one: moving the cursor costs about as much


class Canvas(Widget):
    """Shows a block; `show` hands it the next one."""

    DEFAULT_CSS = "Canvas { width: 1fr; height: 1fr; }"

    @dataclass
    class Clicked(Message):
        """A click on a span that means something. offset: cells into the span."""

        target: object
        offset: int

    @dataclass
    class Scrolled(Message):
        """The wheel was turned over a line. key: up or down."""

        key: str
        line: int

    def __init__(self) -> None:
        super().__init__()
        self._block: Block = ()
        self._styles: RoleStyles | None = None
        self._strips: dict[int, Strip] = {}  # by line: what was painted, until the line changes
        self._cells = 0  # the width of these strips

    def show(self, block: Block) -> None:
        """Paints what differs from the block shown before."""
        before, self._block = self._block, block
        if len(before) != len(block):
            self._repaint()
            return
        regions: list[Region] = []
        for y, (old, new) in enumerate(zip(before, block, strict=True)):
            if old is not new and (stretches := changes(old, new)):
                self._strips.pop(y, None)
                regions += [Region(start, y, end - start, 1) for start, end in stretches]
        if regions:  # without a region Textual repaints all of it
            self.refresh(*regions)

    def restyle(self) -> None:
        """After a change of theme."""
        look = LOOK_OF.get(self.app.theme, "dark")
        if self._styles is None or self._styles.name != look:
            self._styles = RoleStyles(look)
            self._repaint()

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some of the lines as Textual wants them: without borders, padding and tints, for which it looks at each line."""
        filters, background, cells = self.get_line_filters(), self.background_colors[1], self.size.width
        if cells != self._cells:
            self._strips.clear()
            self._cells = cells
        strips = []
        for y in crop.line_range:
            strip = self._strips.get(y)
            if strip is None:
                strip = self._strips[y] = self._line(y, cells)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip)
        return strips if crop.column_span == (0, cells) else [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line as Textual wants it."""
        return self._line(y, self.size.width)

    def _line(self, y: int, cells: int) -> Strip:
        """One line in the colours of the theme."""
        if self._styles is None:
            self._styles = RoleStyles(LOOK_OF.get(self.app.theme, "dark"))
        line = self._block[y] if y < len(self._block) else ()
        styles = self._styles
        strip = Strip([Segment(text, styles[look]) for text, look in runs(line)], width(line))  # Textual would count it again
        return strip.adjust_cell_length(cells, styles["plain", False, "plain"])

    def on_click(self, event: events.Click) -> None:
        """Tells which span was clicked."""
        if not 0 <= event.y < len(self._block):
            return
        place = 0
        for span in self._block[event.y]:
            if place <= event.x < place + span.width:
                if span.target is not None:
                    self.post_message(self.Clicked(span.target, event.x - place))
                return
            place += span.width

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Tells that the wheel of the mouse was turned up, and over which line."""
        self.post_message(self.Scrolled("up", event.y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Tells that the wheel of the mouse was turned down, and over which line."""
        self.post_message(self.Scrolled("down", event.y))


def changes(old: Line, new: Line) -> list[tuple[int, int]]:
    """Stretches of cells in which two lines differ; all after the first where their cells cannot be compared one by one."""
    same = _alike_spans(zip(old, new, strict=False))
    if same == len(old) == len(new):
        return []  # most lines of most steps
    start = width(old[:same])
    old, new = old[same:], new[same:]
    ends = min(_alike_spans(zip(reversed(old), reversed(new), strict=False)), len(old), len(new))
    if ends and width(old) == width(new):
        old, new = old[:-ends], new[:-ends]
    if any(not span.text.isascii() and span.width != len(span.text) for span in (*old, *new)):
        return [(start, start + max(width(old), width(new)))]
    (before, looks_before), (after, looks_after) = _cells(old), _cells(new)
    if len(before) != len(after):
        return [(start, start + max(width(old), width(new)))]
    differs = map(ne, before, after)
    if looks_before != looks_after:
        differs = map(or_, differs, map(ne, looks_before, looks_after))
    stretches: list[tuple[int, int]] = []
    for x in compress(count(start), differs):
        if stretches and x - stretches[-1][1] <= GAP:
            stretches[-1] = (stretches[-1][0], x + 1)
        else:
            stretches.append((x, x + 1))
    return stretches


def _alike_spans(pairs: Iterable[tuple[Span, Span]]) -> int:
    """How many pairs there are before the first that does not look the same, whatever a click on it means."""
    alike = 0
    for a, b in pairs:
        if a is not b and not (a.text == b.text and a.role == b.role and a.reverse == b.reverse and a.ground == b.ground):
            break
        alike += 1
    return alike


def _cells(line: Line) -> tuple[str, str]:
    """The characters, and a letter for the look of each; a blank looks alike in every role that has no ground of its own."""
    looks = []
    for span in line:
        letter, of_blank = _letters(span.role, span.reverse, span.ground)
        if letter == of_blank or " " not in span.text:
            looks.append(letter * len(span.text))
        else:
            looks.append(of_blank.join([letter * len(word) for word in span.text.split(" ")]))
    return "".join([span.text for span in line]), "".join(looks)


@cache
def _letters(role: Role, reverse: bool, ground: Role) -> tuple[str, str]:
    """A letter for a look, and one for a blank that has it."""
    blank: Role = role if shows_ground((role, reverse, ground)) else "plain"
    return _letter(role, reverse, ground), _letter(blank, reverse, ground)


def _letter(*look: object) -> str:
    return _LETTERS.setdefault(look, chr(ord("A") + len(_LETTERS)))


_LETTERS: dict[tuple[object, ...], str] = {}
"""The letter of each look that was seen so far."""
