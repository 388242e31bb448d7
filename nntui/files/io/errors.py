"""The error of a file: one exception class, and one form of sentence, for all that a user can get wrong."""

from collections.abc import Iterable
from difflib import get_close_matches

from nntui.text.safe import quoted, safe

_MOST = 290  # a message has at most 300 characters, `nntui: ` before it included
_MOST_PATH = 100


class InputError(Exception):
    """A fault in a file or an option: `FILE:LINE: what was found; what was expected`, safe to print."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        """The file as the user named it."""
        self.line = line
        """Counted from 1; None if the fault is not in a line."""
        self.message = message
        """What was found; what was expected."""

    def __str__(self) -> str:
        place = shown_path(self.path) + (f":{self.line}" if self.line is not None else "")
        return safe(f"{place}: {self.message}", _MOST)


def shown_path(path: str) -> str:
    """A path for a message, safe to print; of a long one only the end, which says more than the beginning; '' for none."""
    return safe((path or "''") if len(path) <= _MOST_PATH else "…" + path[1 - _MOST_PATH :])


def system_reason(error: OSError) -> str:
    """What the system says of an error, for a sentence: `permission denied`."""
    return (error.strerror or "input/output error").lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` probably means; None if none is similar."""
    names = {k.lower(): k for k in known}
    close = get_close_matches(name[:60].lower(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'eta'?`, or an empty text if no known name is similar."""
    near = nearest(name, known)
    return f"; did you mean {quoted(near)}?" if near is not None else ""
