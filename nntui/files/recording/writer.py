"""Appending to a recording: one write(2) a line, before the step is painted; nothing that was written is ever lost.

What goes wrong is a state, not an exception: the file is cut back to its last whole line, `trouble` says what happened
in one sentence, and what comes after is counted (`lost`) and not kept. InputError only for a file that is not ours to
write: another file, another scenario, another writer.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.recording.content import MOST_NOTED, noted, record_of
from nntui.files.recording.existing import Opened, opened
from nntui.files.recording.format import FILE_LIMIT, FORMAT, LINE_LIMIT, MOST_LINES, encoded
from nntui.files.recording.keyframe import KeyframeSpacing, keyframe_record
from nntui.files.recording.reader import Recording
from nntui.files.scenario.embedded import document_of
from nntui.lesson.events import Event, Fork, Play, Quiet, Reload, Switch
from nntui.lesson.log import MOST_SECONDS
from nntui.training.scenario import Scenario
from nntui.training.steps import Course
from nntui.training.timeline import Timeline
from nntui.version import __version__

BETWEEN_SYNCS = 1.0  # seconds, at least, that keyframes wait for the disk
_TOO_LARGE = "it would be larger than a recording may be"

WeightsBefore = Callable[[int], Array | None]
"""The weights before an iteration of the scenario in force; None where they would have to be computed."""


def known_weights(timeline: Timeline, iteration: int) -> Array | None:
    """The weights before an iteration, unless that is far from what is computed."""
    if iteration >= len(timeline) or (iteration > timeline.computed and timeline.distance(iteration) > 0):
        return None
    return timeline.iteration(iteration).before


class Recorder:
    """Keeps what is done, from the moment `begin` was called: times of events are seconds since then."""

    def __init__(self, path: str, scenario: Scenario, before: WeightsBefore) -> None:
        self.path = path
        self.trouble = ""
        """Why nothing is kept any more, in one sentence; empty while all is well."""
        self.kept = 0
        """Events of this session that are in the file."""
        self.lost = 0
        """Events of this session that are not."""
        self.torn = ""
        """Words about an unfinished last line of an earlier session, which is cut off."""
        self.continued: Recording | None = None
        """What was in the file, where an existing recording is gone on with."""
        self._reason = ""
        self._before = before
        self._courses = [scenario.course]  # of each chapter
        self._spacing = KeyframeSpacing()
        self._iteration = 0  # where one stands
        self._handle: int | None = None
        self._size = self._crc = self._lines = self._noted = 0
        self._begun = self._last = 0.0
        self._synced = -BETWEEN_SYNCS

    @classmethod
    def begin(
        cls,
        path: str | Path,
        scenario: Scenario,
        before: WeightsBefore,
        private: bool = False,
        known: Recording | None = None,
    ) -> "Recorder":
        """A new recording, or an existing one of the same scenario continued where it ended.

        `private`: a new file is for its owner only. `known`: what was read of an existing one already; it grows by
        what was written since. InputError for a file that is not ours to write.
        """
        recorder = cls(str(path), scenario, before)
        document = document_of(scenario)
        header, crc = encoded({"format": FORMAT, "program": __version__, "scenario": document}, 0)
        try:
            found = opened(str(path), header, document, 0o600 if private else 0o666, known)
        except OSError as error:
            recorder._stop(_reason(error))
            return recorder
        recorder._handle = found.handle
        if found.recording is None:
            recorder._write(header, crc)
            if recorder.trouble and found.created:
                with suppress(OSError):
                    os.unlink(path)  # noqa: PTH108  an empty file would only be in the way
            recorder.sync()
        else:
            recorder._continue(found)
        return recorder

    def record(self, event: Event) -> bool:
        """Appends what happened, and a keyframe where one is due; whether it is kept. Comes before the painting."""
        seconds = min(max(self._begun + event.seconds, self._last), MOST_SECONDS)
        if self.trouble or not self._append(replace(event, seconds=seconds)):
            self.lost += 1
            return False
        self.kept += 1
        self._last = round(seconds, 3)
        match event:
            case Reload(_, scenario):
                self._courses.append(scenario.course)
                self._spacing.open(fork=False)
            case Fork():
                self._courses.append(self._course)
                self._spacing.open(fork=True)
            case Switch(_, chapter):
                self._spacing.chapter = chapter
        if not isinstance(event, Quiet):  # what is predicted lies before one
            self._iteration = self._course.iteration(event.last if isinstance(event, Play) else event.step)
            self._keyframe()
        return True

    @property
    def _course(self) -> Course:
        """Of the chapter in force."""
        return self._courses[self._spacing.chapter]

    def sync(self) -> None:
        """Has the system put all that was written on the disk. May be called from any thread."""
        handle = self._handle
        if handle is None:
            return
        try:
            os.fsync(handle)
            if os.fstat(handle).st_nlink == 0:
                self._stop("the file was removed")
        except OSError as error:
            self._stop(_reason(error))

    def close(self) -> None:
        """Ends the recording; the lock goes with it."""
        self._keyframe(at_the_end=True)
        self.sync()
        self._let_go()

    def in_short(self) -> str:
        """The trouble for a line that has no room for folders."""
        return str(InputError(Path(self.path).name, None, self._reason)) if self.trouble else ""

    def farewell(self) -> str:
        """What is to be told on leaving: what was not kept, or nothing."""
        if not self.trouble:
            return ""
        return f"{self.trouble} {self.lost} of {self.kept + self.lost} moves of this session were not kept."

    # --- one line

    def _continue(self, found: Opened) -> None:
        recording = found.recording
        assert recording is not None
        self.continued, scanner = recording, recording.scanner
        self._size, self._crc, self._lines, self.torn = scanner.size, scanner.crc, scanner.lines, recording.torn
        self._noted = recording.noted
        self._begun = self._last = recording.lesson.seconds
        lesson = recording.lesson
        self._courses = [scenario.course for scenario in lesson.scenarios]
        for chapter in range(1, len(self._courses)):
            self._spacing.open(fork=chapter in lesson.forks)
        for keyframe in recording.keyframes:
            self._spacing.chapter = keyframe.chapter
            self._spacing.add(keyframe.iteration, len(keyframe.theta) * 11 + 140 if keyframe.theta is not None else 140)
        self._spacing.chapter = lesson.chapter
        if recording.torn:
            self._cut_back()

    def _append(self, event: Event) -> bool:
        self._noted += noted(event)
        if self._noted > MOST_NOTED:
            return self._stop(_TOO_LARGE)
        line, crc = encoded(record_of(event), self._crc)
        return self._write(line, crc)

    def _keyframe(self, at_the_end: bool = False) -> None:
        iteration = self._iteration
        if self.trouble or not self._spacing.is_due(iteration, at_the_end):
            return
        theta = self._before(iteration)
        if theta is None:
            return
        line, crc = encoded(keyframe_record(iteration, theta), self._crc)
        if self._write(line, crc):
            self._spacing.add(iteration, len(line))
            if self._last - self._synced >= BETWEEN_SYNCS:  # of a play over many data points every stop has a keyframe
                self._synced = self._last
                self.sync()

    def _write(self, line: bytes, crc: int) -> bool:
        """The whole line in one write, or nothing of it."""
        if self._handle is None:
            return False
        if len(line) > LINE_LIMIT or self._size + len(line) > FILE_LIMIT or self._lines >= MOST_LINES:
            return self._stop(_TOO_LARGE)
        try:
            written = os.write(self._handle, line)
            if written < len(line):  # on a disk that fills up the rest tells why
                written += os.write(self._handle, line[written:])
        except OSError as error:
            self._cut_back()
            return self._stop(_reason(error))
        if written < len(line):
            self._cut_back()
            return self._stop("no space left on device")
        self._size += written
        self._crc = crc
        self._lines += 1
        return True

    def _cut_back(self) -> None:
        """To the last whole line; should that fail, readers leave out the torn one."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, self._size)

    def _stop(self, reason: str) -> bool:
        if not self.trouble:
            self._reason = f"not recording ({reason}); what was written before is kept."
            self.trouble = str(InputError(self.path, None, self._reason))
        self._let_go()
        return False

    def _let_go(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)


def _reason(error: OSError) -> str:
    return (error.strerror or "input/output error").lower()
