"""Reading a recording as a lesson, whole or while it is written, up to the first damaged line.

`Recording` takes bytes and has no file; `read_recording` feeds it a whole file, a `Follower` what is new.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.read import PIECE, open_regular, too_big
from nntui.files.recording.content import MOST_NOTED, event_of, note_size, numbers_brought
from nntui.files.recording.format import FILE_LIMIT, Damage, LineEnds, RecordedLine, Scanner, looks_like_recording
from nntui.files.recording.header import header_scenario, no_header
from nntui.files.recording.keyframe import Keyframe
from nntui.files.recording.keyframe_table import KeyframeTable
from nntui.files.recording.lines.line_cards import usual_events
from nntui.files.recording.lines.values import WrongLine
from nntui.files.scenario import bounds
from nntui.files.scenario.bounds import numbers_in, numbers_of
from nntui.files.scenario.embedded import scenario_of
from nntui.lesson.events import Event, LessonError, Look
from nntui.lesson.log import Lesson
from nntui.text.safe import safe
from nntui.training.scenario import Scenario


class Recording:
    """The sound part of a recording so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.program = ""
        """The version of nntui that wrote its first line."""
        self._keyframes = KeyframeTable()
        self.moves = 0
        """How many lines are neither the first nor keyframes nor views; lines of unknown kinds count."""
        self.passed_over = 0
        """How many lines have a kind that this nntui does not know."""
        self.noted = 0
        """Characters of notes and answers, as `content.note_size` counts them."""
        self.scanner = Scanner(name)
        self._lesson: Lesson | None = None
        self.numbers = 0
        """How many numbers its scenarios have, as `bounds` counts them."""
        self._begun = b""

    @property
    def lesson(self) -> Lesson:
        """The events; InputError if there is no sound first line (yet)."""
        self.check_begun()
        assert self._lesson is not None
        return self._lesson

    def check_begun(self) -> None:
        """Raises InputError if there is no sound first line (yet)."""
        if self._lesson is None:
            raise self.fault or no_header(self.name)

    @property
    def keyframes(self) -> list[Keyframe]:
        """The keyframes, in the order of their lines."""
        return self._keyframes.found

    @property
    def scenario(self) -> Scenario:
        """The scenario of the current chapter at the end; of a fork that of the run at the end of its chain of origins."""
        return self.lesson.scenarios[self.lesson.root(self.lesson.chapter)]

    @property
    def fault(self) -> Damage | None:
        """The first damaged line, or None; lines before it are read, lines after it are not."""
        return self.scanner.damage

    @property
    def torn(self) -> str:
        """A sentence about an unfinished last line; empty if there is none."""
        if not self.scanner.torn:
            return ""
        return f"{self.name}:{self.scanner.lines + 1}: the last line is torn ({self.scanner.torn} bytes) and left out"

    @property
    def remarks(self) -> list[str]:
        """Sentences about what is unusual but does no harm."""
        words = [self.torn] if self.torn else []
        if self.passed_over:
            words.append(f"{self.name}: {self.passed_over} lines of kinds that this nntui does not know were passed over")
        return words

    @property
    def faults(self) -> list[str]:
        """All sentences that a user should read before a replay."""
        return [*self.remarks, f"{self.fault}; what stands before it is shown"] if self.fault else self.remarks

    def feed(self, data: bytes) -> None:
        """Reads the next bytes; InputError if they are no recording, or one of a newer format."""
        if len(self._begun) < 16:
            self._begun += data[: 16 - len(self._begun)]
        for line in self.scanner.feed(data):
            try:
                self._take(line)
            except (WrongLine, LessonError) as fault:
                self.scanner.refuse(line, str(fault))
        if self.scanner.damage and self._lesson is None and not looks_like_recording(self._begun):
            raise InputError(self.name, 1, "is no recording; expected one made with `nntui --record`")

    # --- one line

    def _take(self, line: RecordedLine) -> None:
        if self._lesson is None:
            self._begin(line)
        elif line.record.get("kind") == "keyframe":
            chapter = self._lesson.chapter
            self._keyframes.add(line.record, line.number, chapter, self._lesson.scenarios[chapter])
        else:
            self._add_event(line, self._lesson)

    def _begin(self, line: RecordedLine) -> None:
        values = header_scenario(line.record, self.name)
        self._check_numbers(numbers_in(values))
        scenario = scenario_of(values, self.name, line.number)
        program = line.record.get("program")
        self.program = safe(program, 40) if isinstance(program, str) else ""
        self._check_numbers(numbers_of(scenario))
        self._lesson = Lesson(scenario)
        self.numbers = numbers_of(scenario)
        self.scanner.take_stops, self.scanner.take_usual = self._take_stops, self._take_usual

    def _take_stops(self, seconds: list[float], steps: list[int]) -> int:
        """Stops as the scanner finds them; how many of them need not be read as any other line."""
        assert self._lesson is not None
        taken = self._lesson.append_stops(seconds, steps)
        self.moves += taken
        return taken

    def _take_usual(self, data: bytearray, start: int, crc: int, most: int) -> tuple[int, LineEnds]:
        """Lines as the scanner finds them: how many are written as usual and have nothing wrong with them, and their ends."""
        assert self._lesson is not None
        events, ends = usual_events(data, start, crc, most)
        return self._append(events, self._lesson)[0], ends

    def _add_event(self, line: RecordedLine, lesson: Lesson) -> None:
        values = line.record.get("scenario")
        if isinstance(values, dict):
            self._check_numbers(numbers_in(values))
        event = event_of(line.record, self.name, line.number)
        if event is None:
            self.passed_over += 1
            self.moves += 1
            return
        numbers = numbers_brought(event, lesson.scenarios[lesson.chapter])
        self._check_numbers(numbers)
        _, fault = self._append([event], lesson)
        if fault is not None:
            raise fault
        self.numbers += numbers

    def _append(self, events: Sequence[Event], lesson: Lesson) -> tuple[int, WrongLine | LessonError | None]:
        """Appends events up to the first that is wrong: how many that are, and what is wrong with the next."""
        taken, looks, noted = 0, 0, self.noted
        fault: WrongLine | LessonError | None = None
        for event in events:
            noted += note_size(event)
            if noted > MOST_NOTED:
                fault = WrongLine(f"more than {MOST_NOTED} characters of notes; expected no more than that in one recording")
                break
            try:
                lesson.append(event)
            except LessonError as error:
                fault = error
                break
            self.noted = noted
            taken += 1
            looks += isinstance(event, Look)
        self.moves += taken - looks
        return taken, fault

    def _check_numbers(self, more: int) -> None:
        if self.numbers + more > bounds.MOST_NUMBERS:
            raise WrongLine(
                f"more than {bounds.MOST_NUMBERS} numbers in the scenarios of one recording; expected no more than that"
            )


def read_recording(path: str | Path, *, own: bool = False) -> Recording:
    """The recording in a file up to the first damaged line (`fault` and `torn` say what is wrong after that).

    own: through no link, and only if the file is the account's.
    InputError if it is no recording, has a newer format, or cannot be read; Damage if its first line is not sound.
    """
    recording = Recording(str(path))
    with open_regular(path, FILE_LIMIT, own=own) as file:
        read_on(recording, file)
    recording.check_begun()
    return recording


def read_on(recording: Recording, file: io.FileIO, most: int = FILE_LIMIT) -> None:
    """Feeds a recording the rest of a file.

    most: bytes of whole lines after which the rest is left for another call. InputError if the file cannot be read or is
    longer than FILE_LIMIT.
    """
    begins = recording.scanner.size
    size = begins + recording.scanner.torn
    try:
        while not recording.fault and recording.scanner.size - begins < most and (piece := file.read(PIECE)):
            size += len(piece)
            if size > FILE_LIMIT:  # it grew while it was read
                raise too_big(recording.name, FILE_LIMIT)
            recording.feed(piece)
    except OSError as error:
        raise InputError(recording.name, None, f"cannot be read ({error.strerror}); expected a file that can be read") from None
