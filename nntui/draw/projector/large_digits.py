"""A number in digits of several lines, for who sits far from the screen.

A digit is three pixels wide and five high. The smallest size has two pixels in a cell, one above the other; in the others a
pixel is two cells wide and a line high, or twice that.
"""

from nntui.draw.base.spans import Block, Span
from nntui.explain.notation.numerals import MINUS

_GLYPHS = {
    "0": "███ █·█ █·█ █·█ ███",
    "1": "·█· ██· ·█· ·█· ███",
    "2": "███ ··█ ███ █·· ███",
    "3": "███ ··█ ·██ ··█ ███",
    "4": "█·█ █·█ ███ ··█ ··█",
    "5": "███ █·· ███ ··█ ███",
    "6": "███ █·· ███ █·█ ███",
    "7": "███ ··█ ··█ ·█· ·█·",
    "8": "███ █·█ ███ █·█ ███",
    "9": "███ █·█ ███ ··█ ███",
    ".": "· · · · █",
    MINUS: "··· ··· ███ ··· ···",
    "-": "··· ··· ███ ··· ···",
    "+": "··· ·█· ███ ·█· ···",
    "e": "··· ███ ███ █·· ███",
    "n": "··· ··· ███ █·█ █·█",
    "a": "··· ·██ ··█ ███ ███",
    "i": "█ · █ █ █",
    "f": "·██ ·█· ███ ·█· ·█·",
}
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
LARGEST = 3


def big_size(text: str, size: int) -> tuple[int, int]:
    """Cells and lines of a text in one of the sizes 1 … LARGEST."""
    wide = sum(len(_pixels(letter)[0]) + 1 for letter in text) - 1
    return (wide, 3) if size == 1 else (2 * wide, 5) if size == 2 else (4 * wide, 10)


def size_within(text: str, cells: int, lines: int) -> int:
    """The largest size that has room; 0 if none has."""
    fitting = [size for size in range(1, LARGEST + 1) if big_size(text, size)[0] <= cells and big_size(text, size)[1] <= lines]
    return max(fitting, default=0)


def big_number(text: str, size: int, target: object = None) -> Block:
    """The lines of a number as `Numerals.write` has it. target: what a click on it means."""
    rows = [[pixel for letter in text for pixel in (*_pixels(letter)[y], False)][:-1] for y in range(5)]
    if size == 1:
        pairs = zip(rows[::2], [*rows[1::2], [False] * len(rows[0])], strict=True)
        lines = ["".join(_HALVES[pair] for pair in zip(above, below, strict=True)) for above, below in pairs]
    else:
        wide = 2 if size == 2 else 4
        lines = ["".join(("█" if pixel else " ") * wide for pixel in row) for row in rows for _ in range(wide // 2)]
    return tuple((Span(line, "present", target),) for line in lines)


def _pixels(letter: str) -> list[list[bool]]:
    return [[pixel == "█" for pixel in row] for row in _GLYPHS[letter].split(" ")]
