"""Characters of a terminal → messages, by Textual's parser; what the app has no use for never reaches it.

Each message costs Textual a third of a millisecond, so that a flood of them would stop the app for minutes. Keys that
come together are therefore one message (`Typed`); of reports of the focus, the mouse and the size that come together the
last of each kind is kept; the bodies of control strings (OSC, DCS, SOS, PM, APC: replies of a terminal) and control
sequences that nobody knows are dropped. A parser that fails is made new; a paste is cut, and is text only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from nntui.text.regex import regex
from nntui.tui.terminal.presses import Press, presses
from nntui.tui.terminal.reports import REPORT, last_reports

MOST_PASTED = 8192  # characters
ESCAPE = "\x1b"

_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_STRINGS = "]P_^X"  # what follows the escape of OSC, DCS, APC, PM, SOS
_END_OF_STRING = regex("\x1b\\\\|[\x07\x18\x1a\x1b\x9c]")
_BACKGROUND = regex(r"\x1b\]11;rgba?:([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})(?![0-9A-Fa-f])")
_LONGEST_ANSWER = 64  # characters
_LONGEST_PAUSE = 3  # ticks within a control string, as long as within a sequence
_TOKEN = regex(
    r"(?P<keys>[^\x1b]+)"
    rf"|(?P<reports>(?:{REPORT})+)"
    rf"|(?P<string>\x1b[{re.escape(_STRINGS)}])"
    r"|(?P<sequence>\x1b\[(?:\[[^\x1b]|M...|(?!M)[0-?]{0,200}[ -/]{0,20}[@-Z\\-~])|\x1bO[^\x1b]|\x1b[^\x1b\[O])"
    r"|(?P<escapes>\x1b+(?=\x1b))"
    r"|(?P<broken>\x1b(?:\[\[?[0-?]{0,200}[ -/]{0,20}|O)(?=\x1b))"
    r"|(?P<unfinished>\x1b)",
    re.DOTALL,
)


@dataclass
class Typed(Message):
    """Keys that were typed, or held, faster than they were read."""

    keys: tuple[Press, ...]


@dataclass
class BackgroundColour(Message):
    """What the terminal says of the colour of its background."""

    dark: bool


class Reader:
    """Takes characters in pieces of any size."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._sequence = ""  # what the parser holds of a sequence that has no end yet
        self._paste = ""  # what may be the beginning of the end of a paste
        self._room: int | None = None  # characters that a paste may still have; None outside of one
        self._in_string = False
        self._string = ""  # the escape that may be the beginning of its end
        self._body = ""  # of the control string, as much as an answer may have
        self._idle = 0  # ticks since anything came

    def feed(self, text: str) -> list[Message]:
        """The messages in some more characters."""
        waited, self._idle = self._idle, 0
        if waited and self._sequence == ESCAPE and _is_key(text):
            self._renew()
            return _together(chain([("escape", ESCAPE)], self._read(text)))
        return _together(self._read(text))

    def tick(self, stalled: bool = False) -> list[Message]:
        """What the passing of time means: an Escape that is none of a sequence, the end of what never ended.

        stalled: nothing has come for so long that the rest of a paste will not come either.
        """
        self._idle += 1
        if self._idle >= _LONGEST_PAUSE:
            self._in_string, self._string = False, ""
        if stalled and self._room is not None:
            return self.feed(BRACKETED_PASTE_END)
        try:
            messages = list(self._parser.tick())
        except Exception:  # noqa: BLE001  whatever was typed, the next key is read
            messages = []
            self._renew()
        self._sequence = self._sequence if self._is_inside() else ""
        return messages

    def _read(self, text: str) -> Iterator[Message | Press]:
        while text:
            if self._room is not None:
                pasted, text = self._pasted(text)
                yield from self._parse(pasted)
            elif self._in_string:
                inside = text
                text = self._behind_string(text)
                yield from self._answered(inside[: max(len(inside) - len(text), 0)])
            else:
                text, token = self._next(text)
                yield from self._parse(text[:1]) if token is None else self._token(token)
                text = text[1:] if token is None else text[token.end() :]
                self._sequence = self._sequence if self._is_inside() else ""

    def _next(self, text: str) -> tuple[str, re.Match[str] | None]:
        """The text from where its next token begins, and the token; None where a sequence goes on of which the end is to come.

        The parser is given such a sequence character by character, so that time passes for it.
        """
        begun = self._sequence
        token = _TOKEN.match(begun + text)
        if begun and (token is None or token.lastgroup == "unfinished"):
            self._sequence += text[0]
            return text, None
        if begun:
            self._renew()
        return begun + text, token

    def _token(self, token: re.Match[str]) -> Iterator[Message | Press]:
        match token.lastgroup:
            case "keys":
                yield from (press for character in token[0] for press in presses(character) or ())
            case "escapes":
                yield from [("escape", ESCAPE)] * len(token[0])
            case "reports":
                for report in last_reports(token[0]):
                    yield from self._parse(report)
            case "string":
                self._in_string, self._body = True, token[0]
            case "sequence":
                yield from self._whole(token[0])
            case "unfinished":
                self._sequence = ESCAPE
                yield from self._parse(ESCAPE)

    def _whole(self, sequence: str) -> Iterator[Message | Press]:
        """A sequence that has its end."""
        keys = presses(sequence)
        if keys is not None:
            yield from keys
            return
        yield from self._parse(sequence)
        if sequence == BRACKETED_PASTE_START:
            self._room = MOST_PASTED

    def _parse(self, text: str) -> Iterator[Message]:
        try:
            yield from self._parser.feed(text) if text else ()
        except Exception:  # noqa: BLE001  whatever was typed, the next key is read
            self._renew()

    def _is_inside(self) -> bool:
        """Whether the parser waits for the rest of a sequence."""
        return self._parser._awaiting.timeout is not None  # noqa: SLF001  it has no other way of telling

    def _renew(self) -> None:
        old, self._parser = self._parser, XTermParser(self._debug)
        for name in ("mouse_pixels", "terminal_size", "terminal_pixel_size"):
            setattr(self._parser, name, getattr(old, name))
        self._sequence = ""

    def _behind_string(self, text: str) -> str:
        """What comes behind a control string, or behind what there is of it."""
        text, self._string = self._string + text, ""
        end = _END_OF_STRING.search(text)
        if end is None:
            return ""
        if end[0] == ESCAPE and end.end() == len(text):
            self._string = ESCAPE
            return ""
        self._in_string = False
        return text[end.start() :] if end[0] == ESCAPE else text[end.end() :]

    def _answered(self, more: str) -> Iterator[Message]:
        """The answer to the question for the background, once a control string has its end."""
        self._body = (self._body + more)[:_LONGEST_ANSWER]
        answer = None if self._in_string else _BACKGROUND.match(self._body)
        if answer is not None:
            yield BackgroundColour(is_dark(*answer.groups()))

    def _pasted(self, text: str) -> tuple[str, str]:
        """What the parser is told of a paste: its text, shortened, with its end; and what comes behind it."""
        body, end, text = (self._paste + text).partition(BRACKETED_PASTE_END)
        self._paste = "" if end else _unfinished(body)
        kept = _CONTROL.sub("", body[: len(body) - len(self._paste)])[: self._room]
        self._room = None if end or self._room is None else self._room - len(kept)
        return kept + end, text


def _is_key(text: str) -> bool:
    """Whether what comes a tick or more after an escape is a key of its own: a terminal sends Alt and a key in one piece.

    What a slow line may have parted from its escape goes on with it: [ and O of an arrow key, the body of a control string.
    """
    return text[:1] not in ("", ESCAPE, "[", "O", *_STRINGS) or (len(text) == 1 and text in _STRINGS)


def is_dark(red: str, green: str, blue: str) -> bool:
    """Whether a colour, in hexadecimal digits of any number, is nearer to black than to white (ITU-R BT.709 luma)."""
    r, g, b = (int(digits, 16) / int("f" * len(digits), 16) for digits in (red, green, blue))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.5


def _together(found: Iterator[Message | Press]) -> list[Message]:
    """Several keys in a row as one message; of what the terminal tells of focus, mouse and size between them the last."""
    items = [(item.key, item.character) if isinstance(item, events.Key) else item for item in found]
    last = {_state_of(item): at for at, item in enumerate(items)}
    items = [item for at, item in enumerate(items) if _state_of(item) is None or last[_state_of(item)] == at]
    messages: list[Message] = []
    for _, group in groupby(items, type):
        row = tuple(group)
        keys = tuple(item for item in row if isinstance(item, tuple))
        messages += [item for item in row if isinstance(item, Message)]
        if keys:
            messages.append(events.Key(*keys[0]) if len(keys) == 1 else Typed(keys))
    return messages


def _state_of(item: Message | Press) -> type | None:
    """What a report replaces an earlier one of."""
    if isinstance(item, tuple):
        return None
    states = (events.AppFocus, events.AppBlur), (events.Resize,), (events.MouseMove,)
    return next((state[0] for state in states if isinstance(item, state)), None)


def _unfinished(text: str) -> str:
    """The longest end of a text with which the end of a paste may begin."""
    lengths = range(min(len(BRACKETED_PASTE_END) - 1, len(text)), 0, -1)
    return next((text[-n:] for n in lengths if BRACKETED_PASTE_END.startswith(text[-n:])), "")
