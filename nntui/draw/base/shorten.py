"""Names cut to the room there is, so that they stay apart."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from nntui.text.regex import regex

ELLIPSIS = "…"
_BETWEEN_WORDS = regex(r"[\s_\-./]+")


def shortened(names: Sequence[str], cells: int) -> list[str]:
    """Each name in at most `cells` cells; names that differ stay different.

    A name that is too long keeps its beginning. Where two would then read the same, all that are too long are abbreviated
    word by word, as `sepal length` and `sepal width` become `sep len` and `sep wid`, or keep their ends, as `weight_1` and
    `weight_2` become `wei…_1` and `wei…_2`; where even that does not tell them apart, their places do.
    """
    beginnings = [_beginning(name, cells) for name in names]
    for tried in (beginnings, *_others(names, cells)):
        if len(set(tried)) == len(set(names)):
            return tried
    return [
        text if beginnings.count(text) == 1 else _beginning(name, max(cells - len(str(place)), 0)) + str(place)
        for place, (name, text) in enumerate(zip(names, beginnings, strict=True), start=1)
    ]


def _others(names: Sequence[str], cells: int) -> Iterator[list[str]]:
    """The names with those that are too long abbreviated, or with their ends."""
    most = max((len(_words(name)) for name in names), default=0)
    for words in range(most, 1, -1):
        yield [name if cell_len(name) <= cells else _abbreviated(name, words, cells) for name in names]
    for kept in range(max(cells // 2, 1), -1, -1):
        yield [name if cell_len(name) <= cells else _both_ends(name, kept, cells) for name in names]


def _beginning(name: str, cells: int) -> str:
    if cell_len(name) <= cells:
        return name
    return set_cell_size(name, max(cells - 1, 0)).rstrip() + ELLIPSIS if cells else ""


def _words(name: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(name) if word]


def _abbreviated(name: str, most: int, cells: int) -> str:
    """The first letters of the first `most` words."""
    words = _words(name)[:most]
    if len(words) < 2:
        return _beginning(name, cells)
    each = (cells - len(words) + 1) // len(words)
    return " ".join(set_cell_size(word, min(each, cell_len(word))) for word in words) if each > 1 else _beginning(name, cells)


def _both_ends(name: str, kept: int, cells: int) -> str:
    """The first `kept` cells and as many of the last as there is room for."""
    end = ""
    for character in reversed(name):
        if cell_len(character + end) > cells - kept - 1:
            break
        end = character + end
    return set_cell_size(name, kept).rstrip() + ELLIPSIS + end
