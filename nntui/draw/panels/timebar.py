"""The time bar of a replay: position and length of a recorded lesson, with its typed notes as marks."""

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Line, Role, Span, width
from nntui.draw.base.timeline_bar import Bar
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Instant:
    """The time that a click on a span of the bar means, in seconds: first + cell · each."""

    first: float
    each: float

    def seconds(self, cell: int) -> float:
        """The time under the middle of a cell."""
        return self.first + (cell + 0.5) * self.each


def timebar(bar: Bar, cells: int) -> Line:
    """State, time, the bar with its marks, the length, the stop, and the key that returns to the recorded stops."""
    begin: list[Span] = [
        Span(" ▶ " if bar.playing else " ‖ ", "accent" if bar.playing else "dim"),
        Span(clock(bar.seconds) + " ", "strong"),
    ]
    end: list[Span] = [Span(f" {clock(bar.duration)}  ", "dim"), Span("stop ", "dim"), Span(str(bar.stop + 1), "accent")]
    end.append(Span(f"/{bar.stops}", "dim"))
    if bar.rate != 1.0:
        end.append(Span(f"  ×{bar.rate:g}", "plain"))
    if bar.away:
        end.append(Span("  Backspace returns", "present"))
    if bar.state:
        end.append(Span(f"  {bar.state}", "new" if bar.live else "warning"))
    end.append(Span(" "))
    room = cells - width(begin) - width(end)
    if room < 10:  # numbers are more important than the bar
        return fit((*begin, *end), cells)
    return (*begin, *_line(bar, room), *end)


def clock(seconds: float) -> str:
    """m:ss, or h:mm:ss."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _line(bar: Bar, cells: int) -> Line:
    length = max(bar.duration, 1e-9)

    def cell(seconds: float) -> int:
        return min(int(seconds / length * cells), cells - 1)

    here = cell(bar.seconds)
    marks: list[tuple[str, Role]] = [("━", "past") if x <= here else ("─", "frame") for x in range(cells)]
    for seconds in bar.marks:
        marks[cell(seconds)] = ("◆", "tangent")
    marks[here] = ("●", "present")
    spans: list[Span] = []
    start = 0
    for x in range(1, cells + 1):
        if x == cells or marks[x][1] != marks[start][1]:
            text = "".join(character for character, _ in marks[start:x])
            spans.append(Span(text, marks[start][1], Instant(start * length / cells, length / cells)))
            start = x
    return tuple(spans)
