"""What a cell is that is no plain number: nothing, a text, or a number written in another way; and what helps."""

import re
import unicodedata

from nntui.files.data.csv_lines import Separator, plain_number
from nntui.files.toml.patterns import BLANKS, TYPOGRAPHIC
from nntui.text.regex import regex
from nntui.text.safe import quoted

MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "?"})
_MOST_NUMBER = 400  # characters
_SKIP = 'missing = "skip" leaves such rows out'
_QUOTES = regex(f"[{TYPOGRAPHIC}]")
_COMMA = regex(r"[+\-−]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_NEARLY = regex(r"[+\-−–]*[\d.,_'%]*\d[\d.,_'%]*(?:e[+\-−]?\d+)?|0[xob][0-9a-f]+|[+\-−]?(?:inf|infinity|nan)", re.IGNORECASE)
_POINT_AND_COMMA = regex(r"[+\-−]?[0-9.,]*[0-9]")


def is_text(cell: str, separator: Separator) -> bool:
    """Whether a cell is a text, such as `red` or `40-49`: no number, and none that is only written in another way."""
    if plain_number(cell, separator) is not None:
        return False
    bare = "".join(c for c in _QUOTES.sub("", cell) if not c.isspace() and unicodedata.category(c)[0] not in "CS")
    return len(bare) > _MOST_NUMBER or (bool(bare) and not _NEARLY.fullmatch(bare))


def cell_shown(cell: str) -> str:
    """A cell in a sentence."""
    return quoted(cell) if cell else "an empty cell"


def missing_fault(cell: str, column: str) -> str:
    """The sentence for a cell with nothing in it, or with a word for nothing."""
    return f"{cell_shown(cell)} in column {quoted(column)}; expected a value ({_SKIP})"


def number_fault(cell: str, column: str, separator: Separator) -> str:
    """The sentence for a cell that should be a number."""
    return f"{cell_shown(cell)} in column {quoted(column)}; expected a plain number{_remedy(cell, separator)}"


def _remedy(cell: str, separator: Separator) -> str:
    blank = next((words for character, words in BLANKS.items() if character in cell), None)
    if blank is not None:
        return f" without {blank}"
    if _QUOTES.search(cell):
        return " without typographic quotes"
    if _COMMA.fullmatch(cell) and separator != ";":
        return ' with a decimal point (a comma is one only with separator = ";")'
    if "," in cell and _POINT_AND_COMMA.fullmatch(cell):
        return ", with one decimal mark and nothing between thousands"
    return ""
