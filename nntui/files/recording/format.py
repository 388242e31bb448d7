"""Lines of a recording as bytes and back: the chain of checksums, and bounds on a line. No I/O."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, NoReturn
from zlib import crc32

from nntui.files.io.errors import InputError
from nntui.files.io.read import MIB
from nntui.text.regex import regex

FORMAT = 1
SUFFIX = ".nnrec"
"""How the name of a recording ends."""
SHORTEST = 11  # bytes, by which a recording is told from other files
LINE_LIMIT = 32 * MIB
FILE_LIMIT = 256 * MIB
MOST_LINES = 1_000_000
_MOST_CONTAINERS = 2_500_000  # lists and objects in a line: a row of x and one of y for each data point
_MOST_QUOTES = 1_500_000
_HEAD = regex(rb"[0-9a-f]{8} ")
_STOP = regex(rb'([0-9a-f]{8}) (\{"kind":"stop","t":((?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,6})?),"step":(0|[1-9][0-9]{0,15})\})\n')
_HEX = frozenset(b"0123456789abcdef")


class Damage(InputError):
    """A line that is not what was written; all lines before it are sound."""


class RecordedLine(NamedTuple):
    """A line with a right checksum: its number in the file, from 1, and its JSON object."""

    number: int
    record: dict[str, Any]


def encoded(record: Mapping[str, Any], crc: int) -> tuple[bytes, int]:
    """A line as bytes with its newline, and its checksum. crc: the checksum of the line before."""
    body = _ENCODER.encode(record).encode()
    crc = crc32(body, crc)
    return b"%08x %b\n" % (crc, body), crc


def looks_like_recording(first: bytes) -> bool:
    """Whether a file with these first bytes is a recording; one of the first eleven bytes may be damaged."""
    if len(first) < SHORTEST:
        return False
    right = sum(byte in _HEX for byte in first[:8]) + sum(a == b for a, b in zip(first[8:11], b' {"', strict=True))
    return right >= 10


class LineEnds(NamedTuple):
    """Of some lines that follow one another: their checksums, and where each ends."""

    crcs: list[int]
    ends: list[int]


class Scanner:
    """Splits bytes, which come in pieces of any size, into checked lines; stops at the first damaged one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines = 0
        """Sound lines so far."""
        self.size = 0
        """Bytes of the sound lines; a writer continues here."""
        self.last = 0
        """The offset of the last sound line."""
        self.crc = 0
        self.damage: Damage | None = None
        self.take_stops: Callable[[list[float], list[int]], int] | None = None
        """Takes the times and the steps of plain stops; `feed` yields no line of as many of them as it says it has taken."""
        self.take_usual: Callable[[bytearray, int, int, int], tuple[int, LineEnds]] | None = None
        """Takes sound lines from an offset on, after a line with a checksum and up to a number of them.

        Gives how many of them were written as nntui writes them, and their ends; `feed` yields the line after them.
        """
        self._rest = bytearray()

    @property
    def torn(self) -> int:
        """Bytes after the last whole line."""
        return 0 if self.damage else len(self._rest)

    def feed(self, data: bytes) -> Iterator[RecordedLine]:
        """Yields the lines that `data` completes."""
        if self.damage:
            return
        searched = len(self._rest)
        self._rest += data
        start = 0
        while not self.damage:
            begun, start = start, self._usual(self._stops(start))
            if start > begun:
                continue
            end = self._rest.find(b"\n", max(start, searched))
            if end < 0:
                break
            line = self._line(bytes(self._rest[start:end]))
            if line is None:
                return
            self.last, self.size = self.size, self.size + end + 1 - start
            start = end + 1
            yield line
        del self._rest[:start]
        if len(self._rest) > LINE_LIMIT:
            self.spoil(f"the line has more than {LINE_LIMIT // MIB} MiB; expected at most so much")

    def refuse(self, line: RecordedLine, message: str) -> None:
        """Makes the line that was yielded last a damaged one."""
        self.lines, self.size = line.number - 1, self.last
        self.spoil(message)

    def spoil(self, message: str) -> None:
        """Makes the line after the sound ones a damaged one."""
        self.damage = Damage(self.name, self.lines + 1, message)
        self._rest.clear()

    def forget_torn(self) -> None:
        """Drops an unfinished line, which the caller reads again: its writer may have cut it off."""
        self._rest.clear()

    def _stops(self, start: int) -> int:
        """Hands on the sound lines from `start` on that are plain stops; where the first other line begins.

        Most lines of a recording are plain stops, and reading one as such takes a fraction of what JSON takes.
        """
        rest, crc, at, most = self._rest, self.crc, start, MOST_LINES - self.lines
        seconds: list[float] = []
        steps: list[int] = []
        found = LineEnds([], [])
        while self.take_stops is not None and len(steps) < most and (stop := _STOP.match(rest, at)):
            checksum, body, moment, step = stop.groups()
            crc = crc32(body, crc)
            if crc != int(checksum, 16):
                break
            at = stop.end()
            seconds.append(float(moment))
            steps.append(int(step))
            found.crcs.append(crc)
            found.ends.append(at)
        taken = self.take_stops(seconds, steps) if self.take_stops is not None and steps else 0
        return self._pass(start, taken, found)

    def _usual(self, start: int) -> int:
        """Hands on usual lines from `start` on; where the next line begins."""
        if self.take_usual is None:
            return start
        return self._pass(start, *self.take_usual(self._rest, start, self.crc, MOST_LINES - self.lines))

    def _pass(self, start: int, taken: int, found: LineEnds) -> int:
        """Counts the lines from `start` on that were taken, of those that were found; where the next one begins."""
        if not taken:
            return start
        self.crc, end = found.crcs[taken - 1], found.ends[taken - 1]
        before = found.ends[taken - 2] if taken > 1 else start
        self.lines += taken
        self.last, self.size = self.size + before - start, self.size + end - start
        return end

    def _line(self, raw: bytes) -> RecordedLine | None:
        if self.lines >= MOST_LINES:
            self.spoil(f"more than {MOST_LINES} lines; expected no more than that")
        elif not _HEAD.match(raw):
            self.spoil("the line is damaged; expected eight hex digits, a space and JSON")
        else:
            body = raw[9:]
            crc = crc32(body, self.crc)
            if int(raw[:8], 16) != crc:
                self.spoil(f"the line is damaged, its checksum is {crc:08x}; expected {raw[:8].decode()}")
            else:
                record = self._record(body)
                if record is not None:
                    self.crc = crc
                    self.lines += 1
                    return RecordedLine(self.lines, record)
        return None

    def _record(self, body: bytes) -> dict[str, Any] | None:
        record = None
        if len(body) > LINE_LIMIT or body.count(b"[") + body.count(b"{") > _MOST_CONTAINERS or body.count(b'"') > _MOST_QUOTES:
            self.spoil("the line holds more than a recording can; expected a smaller scenario")
            return None
        try:
            record = decoded(body)
        except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
            self.spoil("what follows the checksum is no JSON; expected one object")
            return None
        if not isinstance(record, dict):
            self.spoil("what follows the checksum is no JSON object; expected {…}")
            return None
        return record


def first_line(pieces: Iterable[bytes], name: str) -> RecordedLine | None:
    """The first line of a file that is read in pieces, whatever it says; None without a whole one, Damage if it is wrong."""
    scanner = Scanner(name)
    for piece in pieces:
        for line in scanner.feed(piece):
            return line
        if scanner.damage:
            raise scanner.damage
    return None


def decoded(body: bytes) -> Any:
    """The value of JSON in UTF-8, in which all numbers are finite; ValueError or RecursionError for anything else."""
    text = body.decode()
    if text[:1] == "{":
        value, end = _DECODER.raw_decode(text)
        if end == len(text):
            return value
    return _DECODER.decode(text)  # there is white space around it, or it is something else


def decoded_text(body: bytes) -> str:
    """The text of what is between the quotes of JSON, which has no quote but escaped ones; ValueError if it is none."""
    text: str = _DECODER.raw_decode(f'"{body.decode()}"')[0]
    return text


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)  # made once, because that takes as long as decoding a short line
_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
