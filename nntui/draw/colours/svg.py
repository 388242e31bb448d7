"""A picture as an SVG image, for slides and pages: the same cells, in colours, at any size.

Letters and digits are text, which can be searched and copied; frames, bars, dots and pixels are shapes, so that no font
needs to have them. Every text is stretched to its cells, so the columns hold with any font.
"""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len
from rich.style import Style

from nntui.draw.base.spans import Block, Span
from nntui.draw.colours.palettes import GROUNDS, PALETTES, LookName

WIDE, HIGH = 10, 20  # units of a cell
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
_BASELINE = 15
_MARGIN = 8
_HALVES = {"▀": 1 / 2, "▔": 1 / 8}  # from above
_EIGHTHS_UP = {character: eighths for eighths, character in enumerate("▁▂▃▄▅▆▇█", start=1)}
_EIGHTHS_RIGHT = {character: eighths for eighths, character in enumerate("▏▎▍▌▋▊▉", start=1)}
_FRAMES = {  # lines from the middle of a cell: left, right, up, down
    "─": "lr", "│": "ud", "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "├": "rud", "┤": "lud", "━": "lr", "┄": "lr", "╌": "lr",
    "┃": "ud",
}  # fmt: skip
_DASHED, _THICK = "┄╌", "━┃"
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))  # column and row of each bit of a braille cell


def svg_of(block: Block, look: LookName, title: str) -> str:
    """The lines of a picture as a whole SVG document. title: what a screen reader says of it. look: not "ansi"."""
    cells = max((sum(span.width for span in line) for line in block), default=0)
    wide, high = cells * WIDE + 2 * _MARGIN, len(block) * HIGH + 2 * _MARGIN
    body = "\n".join(element for y, line in enumerate(block) for element in _line(line, y, look))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" font-family={quoteattr(_FONT)} font-size="16">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{wide}" height="{high}" fill="{GROUNDS[look]}"/>\n'
        f'<g transform="translate({_MARGIN} {_MARGIN})">\n{body}\n</g>\n</svg>\n'
    )


def _line(line: tuple[Span, ...], y: int, look: LookName) -> Iterator[str]:
    x = 0
    for span in line:
        fore, back, style = _colours(span, look)
        if back != GROUNDS[look]:
            yield _rect(x * WIDE, y * HIGH, span.width * WIDE, HIGH, back)
        yield from _span(span.text, x, y, fore, style)
        x += span.width


def _colours(span: Span, look: LookName) -> tuple[str, str, Style]:
    """Colour, colour behind, and the style of a span."""
    style = Style.parse(PALETTES[look][span.role])
    fore = style.color.name if style.color is not None else PALETTES[look]["plain"]
    back = style.bgcolor.name if style.bgcolor is not None else GROUNDS[look]
    if span.ground != "plain":
        behind = Style.parse(PALETTES[look][span.ground]).color
        back = behind.name if behind is not None else back
    return (back, fore, style) if span.reverse else (fore, back, style)


def _span(text: str, x: int, y: int, fore: str, style: Style) -> Iterator[str]:
    """Shapes for what is no letter, and the rest as stretched text, in pieces without two blanks in a row."""
    piece, start, at = "", x, x
    for character, same in groupby(text):
        count = len(list(same))
        shape = _shape(character, count, at, y, fore)
        if shape is not None or (character == " " and (count > 1 or not piece)):
            if piece.strip():
                yield _text(piece, start, y, fore, style)
            if shape:
                yield shape
            piece = ""
        else:
            start = start if piece else at
            piece += character * count
        at += cell_len(character) * count
    if piece.strip():
        yield _text(piece, start, y, fore, style)


def _text(piece: str, x: int, y: int, fore: str, style: Style) -> str:
    text = piece.rstrip()
    weight = ' font-weight="bold"' if style.bold else ""
    line = ' text-decoration="underline"' if style.underline else ""
    length = cell_len(text) * WIDE
    return (
        f'<text x="{x * WIDE}" y="{y * HIGH + _BASELINE}" textLength="{length}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{fore}"{weight}{line}>{escape(text)}</text>'
    )


def _rect(x: float, y: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" fill="{colour}"/>'


def _shape(character: str, count: int, x: int, y: int, colour: str) -> str | None:
    """A character, `count` times, that is a picture; None for a letter, empty for one without ink."""
    left, top, wide = x * WIDE, y * HIGH, count * WIDE
    if "\u2800" <= character <= "\u28ff":
        bits = ord(character) - 0x2800
        return "".join(_braille(bits, left + n * WIDE, top, colour) for n in range(count))
    if character in _FRAMES:
        return _frame(character, count, left, top, colour)
    if character in _HALVES:
        return _rect(left, top, wide, HIGH * _HALVES[character], colour)
    if character in _EIGHTHS_UP:
        high = HIGH * _EIGHTHS_UP[character] / 8
        return _rect(left, top + HIGH - high, wide, high, colour)
    if character in _EIGHTHS_RIGHT:
        return "".join(_rect(left + n * WIDE, top, WIDE * _EIGHTHS_RIGHT[character] / 8, HIGH, colour) for n in range(count))
    return None


def _braille(bits: int, left: int, top: int, colour: str) -> str:
    """A dot for each bit, as one path of small squares."""
    squares = [
        f"M{left + WIDE * (1 + 2 * across) / 4 - 1:g} {top + HIGH * (1 + 2 * down) / 8 - 1:g}h2v2h-2z"
        for bit, (across, down) in enumerate(_DOTS)
        if bits >> bit & 1
    ]
    return f'<path d="{"".join(squares)}" fill="{colour}"/>' if squares else ""


def _frame(character: str, count: int, left: int, top: int, colour: str) -> str:
    """The lines of a frame from the middle of a cell to its sides; `count` of those that go across are one line."""
    x, y = left + WIDE / 2, top + HIGH / 2
    if _FRAMES[character] == "lr":
        path = f"M{left:g} {y:g}h{count * WIDE:g}"
    else:
        ends = {"l": f"{left:g} {y:g}", "r": f"{left + WIDE:g} {y:g}", "u": f"{x:g} {top:g}", "d": f"{x:g} {top + HIGH:g}"}
        path = "".join(f"M{x:g} {y:g}L{ends[way]}" for way in _FRAMES[character])
    dashes = ' stroke-dasharray="2 2"' if character in _DASHED else ""
    size = 2 if character in _THICK else 1
    return f'<path d="{path}" stroke="{colour}" stroke-width="{size}" fill="none"{dashes}/>'
