"""The one widget that paints a block of spans, and repaints only the cells that have changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nntui.draw.base.spans import Block, Line, Paint, Role, Span, width
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

    def show(self, block: Block) -> None:
        """Paints what differs from the block shown before."""
        before, self._block = self._block, block
        if len(before) != len(block):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, block, strict=True)):
            if old is not new:
                for start, end in changes(old, new):
                    self.refresh(Region(start, y, end - start, 1))

    def restyle(self) -> None:
        """After a change of theme."""
        look = LOOK_OF.get(self.app.theme, "dark")
        if self._styles is None or self._styles.name != look:
            self._styles = RoleStyles(look)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line as Textual wants it."""
        if self._styles is None:
            self._styles = RoleStyles(LOOK_OF.get(self.app.theme, "dark"))
        line = self._block[y] if y < len(self._block) else ()
        styles = self._styles
        strip = Strip([Segment(text, styles[look]) for text, look in runs(line)], width(line))  # Textual would count it again
        return strip.adjust_cell_length(self.size.width, styles["plain", False, "plain"])

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
        """The wheel, up."""
        self.post_message(self.Scrolled("up", event.y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, down."""
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
    if any(span.width != len(span.text) for line in (old, new) for span in line):
        return [(start, start + max(width(old), width(new)))]
    before, after = _cells(old), _cells(new)
    if len(before) != len(after):
        return [(start, start + max(width(old), width(new)))]
    stretches: list[tuple[int, int]] = []
    for x, (a, b) in enumerate(zip(before, after, strict=True), start):
        if a != b:
            if stretches and x - stretches[-1][1] <= GAP:
                stretches[-1] = (stretches[-1][0], x + 1)
            else:
                stretches.append((x, x + 1))
    return stretches


def _alike_spans(pairs: Iterable[tuple[Span, Span]]) -> int:
    """How many pairs there are before the first that does not look the same, whatever a click on it means."""
    count = 0
    for a, b in pairs:
        if a is not b and not (a.text == b.text and a.role == b.role and a.reverse == b.reverse and a.ground == b.ground):
            break
        count += 1
    return count


def _cells(line: Line) -> list[Paint]:
    """Every cell with its role; a blank looks alike in every role that has no ground or underline of its own."""
    cells: list[Paint] = []
    for span in line:
        role, reverse, ground = span.role, span.reverse, span.ground
        blank: Role = role if shows_ground((role, reverse, ground)) else "plain"
        cells += [(character, blank if character.isspace() else role, reverse, ground) for character in span.text]
    return cells
