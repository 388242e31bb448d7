"""The kinds of lines of a recording, each a card of its values, from which a line is read in both ways.

`event` reads the JSON object of any line, and says in a sentence what is wrong. `usual_events` reads, several times as
fast, lines that are written as nntui writes them: patterns made of the same values find them. What it leaves, `event` reads.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial
from operator import call
from typing import Any
from zlib import crc32

from nntui.files.recording.format import LineEnds, decoded, decoded_text
from nntui.files.recording.lines.values import (
    MOST_NOTE,
    WrongLine,
    found_in,
    number_in,
    one_of,
    safe_name,
    safe_note,
    text_in,
    truth_in,
    whole_in,
)
from nntui.files.recording.lines.view_line import view_of
from nntui.lesson.display_state import DisplayState
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Remark, Rename, Score, Stop, Switch
from nntui.training.edits.edit import Edit, EditError, read_edits
from nntui.training.scenario import MOST_RUN_NAME
from nntui.training.steps import GRAINS, Grain
from nntui.values import dataclass

MOST_HELP = 2  # parts of the way that `?` shows before the answer: the symbols, the numbers
_MOST_VIEW = 400  # bytes of a display state whose line is usual
_LETTER = 3  # of a kind, from 0, in which they all differ
_LETTER_AT = len('00000000 {"kind":"') + _LETTER
_LONGEST = 1 << 16  # bytes of a usual line


@dataclass(frozen=True, slots=True)
class LineValue:
    """A value of a line.

    read: of the JSON object; WrongLine for a wrong one. usual: a pattern with one group, of a comma, the key and the value as
    nntui writes them; empty if only `read` reads the value. of_group: the value of that group, None for one that is left out;
    WrongLine where `read` has to see it. default: of one that may be left out.
    """

    key: str
    read: Callable[[dict[str, Any]], Any]
    usual: bytes = b""
    of_group: Callable[[Any], Any] = bytes.decode
    may_miss: bool = False
    default: Any = None

    def of_line(self, record: dict[str, Any]) -> Any:
        """The value, or its default."""
        return self.default if self.may_miss and self.key not in record else self.read(record)

    @property
    def pattern(self) -> bytes:
        """What the value, or nothing, looks like."""
        return b"(?:%b)?" % self.usual if self.may_miss else self.usual


class LineCard:
    """A kind of line: its event, which is made of its values in their order."""

    def __init__(self, kind: str, made: Callable[..., Event], *values: LineValue) -> None:
        self.made, self._values = made, values
        self.readers = tuple(one.of_group for one in values)
        """The value of each group of a usual line behind the first two; WrongLine where `event` has to see them."""
        self.is_usual = all(one.usual for one in values)
        """Whether each value has a pattern, so that `match` finds a whole line."""
        self._kind = kind

    @cached_property
    def match(self) -> Callable[[bytearray, int, int], re.Match[bytes] | None]:
        """Finds a usual line, whole: its checksum, its JSON, its values. Made when a recording is read."""
        parts = b"".join(one.pattern for one in self._values)
        return re.compile(rb'([0-9a-f]{8}) (\{"kind":"%b"%b\})\n' % (self._kind.encode(), parts)).match

    def event(self, record: dict[str, Any]) -> Event:
        """The event of a JSON object; WrongLine for wrong content."""
        return self.made(*[one.of_line(record) for one in self._values])


def usual_events(data: bytearray, start: int, crc: int, most: int) -> tuple[list[Event], LineEnds]:
    """The events of the sound usual lines from `start` on, before any other line, and the ends of these lines.

    crc: the checksum of the line before. most: lines. After two plain stops there may be more of them, and it ends, too.
    """
    events: list[Event] = []
    crcs: list[int] = []
    ends: list[int] = []
    at, size, plain = start, len(data), False
    while (letter := at + _LETTER_AT) < size and len(events) < most:
        card = _USUAL.get(data[letter])
        if card is None or (match := card.match(data, at, at + _LONGEST)) is None:
            break
        groups = match.groups()
        crc = crc32(groups[1], crc)
        if int(groups[0], 16) != crc:
            break
        try:
            event = card.made(*map(call, card.readers, groups[2:]))
        except WrongLine:
            break
        at = match.end()
        events.append(event)
        crcs.append(crc)
        ends.append(at)
        before, plain = plain, isinstance(event, Stop) and event.grain is None
        if plain and before:
            break
    return events, LineEnds(crcs, ends)


# --- values


def _key(key: str, value: bytes) -> bytes:
    return rb',"%b":%b' % (key.encode(), value)


def _number(key: str) -> LineValue:
    return LineValue(key, partial(number_in, key=key), _key(key, rb"((?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,6})?)"), float)


def _whole(key: str) -> LineValue:
    return LineValue(key, partial(whole_in, key=key), _key(key, rb"(0|[1-9][0-9]{0,15})"), int)


def _text(key: str, made_safe: Callable[[str], str], most: int, may_miss: bool = False) -> LineValue:
    """A text; what is ASCII without an escape is safe as it is."""
    usual = _key(key, rb'"((?>(?:[ !#-\[\]-~]+|\\[ -~])*))"')

    def of_group(group: bytes | None) -> str:
        if group is None:
            return ""
        if b"\\" not in group and len(group) <= most:
            return group.decode()
        try:
            return made_safe(decoded_text(group))
        except ValueError:
            raise WrongLine("not usual") from None

    return LineValue(key, lambda record: made_safe(text_in(record, key)), usual, of_group, may_miss, default="")


def _grain(may_miss: bool = False) -> LineValue:
    usual = _key("grain", rb'"(%b)"' % "|".join(GRAINS).encode())
    return LineValue("grain", lambda record: one_of(record, "grain", GRAINS), usual, _GRAIN_OF.__getitem__, may_miss)


_GRAIN_OF: Mapping[bytes | None, Grain | None] = {None: None} | {grain.encode(): grain for grain in GRAINS}


def _help(record: dict[str, Any]) -> int:
    parts = whole_in(record, "help")
    if parts > MOST_HELP:
        raise WrongLine(f"`help` is {found_in(record, 'help')}; expected a whole number from 0 to {MOST_HELP}")
    return parts


def _edits(record: dict[str, Any]) -> tuple[Edit, ...]:
    try:
        return read_edits(text_in(record, "edits"))
    except EditError as fault:
        raise WrongLine(f"`edits`: {fault}") from None


@lru_cache(maxsize=128)
def _usual_state(rest: bytes) -> DisplayState:
    """The display state of what follows the time in a line. Viewers go to and fro between few of them: each is read once."""
    try:
        record = decoded(b"{" + rest + b"}")
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or "kind" in record or "t" in record or "scenario" in record:
        raise WrongLine("not usual")
    return view_of(record)


_T, _STEP = _number("t"), _whole("step")
_RIGHT = LineValue(
    "right", partial(truth_in, key="right"), _key("right", b"(true|false)"), {b"true": True, b"false": False}.__getitem__
)
_HELP_OF = {None: 0} | {b"%d" % parts: parts for parts in range(MOST_HELP + 1)}
_HELP = LineValue("help", _help, _key("help", b"([0-%d])" % MOST_HELP), _HELP_OF.__getitem__, may_miss=True, default=0)
_SLIP = _text("slip", safe_note, MOST_NOTE, may_miss=True)
_STATE = LineValue("", view_of, rb",([^\n]{1,%d})" % _MOST_VIEW, _usual_state)

LINE_CARDS: Mapping[str, LineCard] = {
    "stop": LineCard("stop", Stop, _T, _STEP, _grain(may_miss=True)),
    "play": LineCard("play", Play, _T, _whole("from"), _whole("to"), _number("speed"), _grain()),
    "note": LineCard("note", Remark, _T, _STEP, _text("text", safe_note, MOST_NOTE)),
    "score": LineCard("score", Score, _T, _STEP, _text("typed", safe_note, MOST_NOTE), _RIGHT, _SLIP, _HELP),
    "fork": LineCard("fork", Fork, _T, _STEP, _whole("start"), LineValue("edits", _edits)),
    "switch": LineCard("switch", Switch, _T, _whole("run"), _STEP),
    "rename": LineCard("rename", Rename, _T, _whole("run"), _text("name", safe_name, MOST_RUN_NAME)),
    "discard": LineCard("discard", Discard, _T, _whole("run")),
    "view": LineCard("view", Look, _T, _STATE),
}
"""All but `reload`, whose scenario is a file of its own."""
_USUAL = {ord(kind[_LETTER]): card for kind, card in LINE_CARDS.items() if card.is_usual}
