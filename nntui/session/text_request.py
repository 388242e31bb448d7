"""What may be asked for in the line at the foot, as a value: the window shows it and hands on what was typed."""

from collections.abc import Callable

from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class TextRequest:
    """What is asked for. accept: takes what was typed, and gives why it is refused, or nothing. closed: it was not answered.

    value: what is proposed; replaced: as a whole by what is typed, as a text that is chosen is.
    help: a page that `?` shows at once while nothing is typed. at_once: characters that, typed alone, need no Enter.
    said: a message of the key that asks, shown above the line, which covers the foot of the lesson.
    """

    label: str
    hint: str
    accept: Callable[[str], str]
    longest: int = 60
    value: str = ""
    closed: Callable[[], object] | None = None
    replaced: bool = False
    help: str = ""
    at_once: str = ""
    said: str = ""
