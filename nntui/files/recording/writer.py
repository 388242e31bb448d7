"""Appending to a recording: a line for each event, before the step is painted, so that a painted step is in the file.

A failure is a state, not an exception: the file is cut back to its last whole line (`line_file`), `trouble` says in one
sentence what happened, and later events are counted (`lost`) but not kept. The same if others remove, replace, cut or
change the file. InputError only for a file that may not be written: it is no recording, one of another scenario, or one
with another writer.
"""

import os
from array import array
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import shown_path
from nntui.files.recording.content import MOST_NOTED, note_size, numbers_brought, record_of, written_time
from nntui.files.recording.existing import HARM, Opened, open_for_recording
from nntui.files.recording.format import FORMAT, encoded
from nntui.files.recording.keyframe import keyframe_record
from nntui.files.recording.line_file import LineFile, NotWritten
from nntui.files.recording.written_chapters import WrittenChapters
from nntui.files.scenario import bounds
from nntui.files.scenario.bounds import numbers_of
from nntui.files.scenario.embedded import recorded_document_of
from nntui.lesson.checks import MOST_SECONDS
from nntui.lesson.events import Event, Look, Quiet
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.version import __version__

if TYPE_CHECKING:
    from nntui.files.recording.reader import Recording

A_PAUSE = 0.1  # seconds after which the file is looked at closely: lines that follow at once leave nobody the time
BETWEEN_SYNCS = 1.0  # seconds, at least, between two fsync calls for keyframes

WeightsBefore = Callable[[int], Array | None]
"""The weights before an iteration of the current run; None if they would have to be computed."""


def known_weights(timeline: Timeline, iteration: int) -> Array | None:
    """The weights before an iteration; None if they would take long to compute."""
    if iteration >= len(timeline) or (iteration > timeline.computed and timeline.distance(iteration) > 0):
        return None
    return timeline.iteration(iteration).before


class Recorder:
    """Appends events to a recording. Times of events are seconds since `begin` was called."""

    def __init__(self, path: str, scenario: Scenario, before: WeightsBefore) -> None:
        self.path = path
        self.trouble = ""
        """A sentence that says why events are not kept any more; empty as long as they are."""
        self.cause = ""
        """The same in two words, where there are such."""
        self.kept = 0
        """How many events of this session are in the file."""
        self.lost = 0
        """How many events of this session are not in the file."""
        self.torn = ""
        """A sentence about an unfinished last line of an earlier session, which was cut off; empty if there was none."""
        self.continued: Recording | None = None
        """What was in the file, if an existing recording is continued."""
        self._words: Callable[[str], str] = shown_path  # of what went wrong: path → sentence
        self._ends = array("q")  # for each event that is kept, where its line ends
        self._before = before
        self._chapters = WrittenChapters(scenario)
        self._file = LineFile(path)
        self._noted = 0
        self._numbers = numbers_of(scenario)
        self._begun = self._last = 0.0
        self._synced = -BETWEEN_SYNCS

    @classmethod
    def begin(
        cls,
        path: str | Path,
        scenario: Scenario,
        before: WeightsBefore,
        private: bool = False,
        known: "Recording | None" = None,
    ) -> "Recorder":
        """A new recording, or an existing one of the same scenario continued where it ended.

        private: a new file is for its owner only. known: what is read of an existing one already; the rest is added to
        it. InputError for a file that may not be written.
        """
        recorder = cls(str(path), scenario, before)
        header, crc = encoded({"format": FORMAT, "program": __version__, "scenario": recorded_document_of(scenario)}, 0)
        try:
            found = open_for_recording(str(path), header, scenario, private=private, known=known)
        except OSError as error:
            recorder._fail(NotWritten.of_error(error))
            return recorder
        if found.recording is None:
            recorder._file = LineFile(recorder.path, found.handle)
            if recorder._numbers > bounds.MOST_NUMBERS:
                recorder._fail(NotWritten.too_large())
            recorder._write(header, crc)
            if recorder.trouble and found.created:
                with suppress(OSError):
                    os.unlink(path)  # noqa: PTH108  an empty file would only be in the way
            recorder.sync()
        else:
            recorder._continue(found)
        return recorder

    def record(self, event: Event) -> bool:
        """Appends an event, and a keyframe if it is due; whether the event is kept. Called before the step is painted."""
        t = written_time(min(max(self._begun + event.seconds, self._last), MOST_SECONDS))
        counts = not isinstance(event, Look)  # what is looked at is no move
        if self.trouble or not self._append(event, t):
            self.lost += counts
            return False
        if counts:
            self.kept += 1
            self._ends.append(self._file.size)
        self._last = t
        self._chapters.follow(event)
        if not isinstance(event, Quiet):  # a prediction is about the next step
            self._keyframe()
        return True

    def flush(self) -> None:
        """Waits until all that was written is on the disk. May be called from any thread."""
        self._do(self._file.flush)

    def sync(self) -> None:
        """Waits as `flush` does, and looks what others did to the file; in the thread in which it is written."""
        self._do(self._file.sync)

    def _do(self, action: Callable[[], None]) -> None:
        try:
            action()
        except NotWritten as why:
            self._fail(why)

    def close(self) -> None:
        """Ends the recording and releases the lock."""
        self._keyframe(at_the_end=True)
        self.sync()
        self._release()

    def in_short(self) -> str:
        """`trouble` with the name of the file alone, for a short line."""
        words = self._words(Path(self.path).name) if self.trouble else ""
        return words.removesuffix(".") + "; R begins another." if self.cause in HARM else words

    def farewell(self) -> str:
        """The sentence for the end of the session: what was not kept; empty if all was."""
        if not self.trouble:
            return ""
        return f"{self.trouble} {self.lost} of {self.kept + self.lost} moves of this session were not kept."

    def farewell_in_short(self) -> str:
        """`farewell` with the name of the file alone and `cause`, for one line."""
        if not self.trouble:
            return ""
        why = f" ({self.cause})" if self.cause else ""
        return f"{Path(self.path).name}: {self.lost} of {self.kept + self.lost} moves were not kept{why}."

    # --- one line

    def _continue(self, found: Opened) -> None:
        recording = found.recording
        assert recording is not None
        self.continued, scanner = recording, recording.scanner
        self._file = LineFile(self.path, found.handle, scanner.size, scanner.crc, scanner.lines, scanner.last)
        self.torn = recording.torn
        self._noted, self._numbers = recording.noted, recording.numbers
        self._begun = self._last = recording.lesson.seconds
        self._chapters = WrittenChapters.of_recording(recording)
        if recording.torn:
            self._file.cut_back()

    def _append(self, event: Event, t: float) -> bool:
        """Writes the line of an event; t: its time in the file, which an earlier session may have begun."""
        self._noted += note_size(event)
        self._numbers += numbers_brought(event, self._chapters.scenario)
        if self._noted > MOST_NOTED or self._numbers > bounds.MOST_NUMBERS:
            return self._fail(NotWritten.too_large())
        closely = t - self._last >= A_PAUSE
        return self._write(*encoded(record_of(event) | {"t": t}, self._file.crc), closely)

    def _keyframe(self, at_the_end: bool = False) -> None:
        iteration = self._chapters.iteration
        if self.trouble or not self._chapters.is_keyframe_due(at_the_end):
            return
        theta = self._before(iteration)
        if theta is None:
            return
        line, crc = encoded(keyframe_record(iteration, theta), self._file.crc)
        if self._write(line, crc):
            self._chapters.add_keyframe(len(line))
            if self._last - self._synced >= BETWEEN_SYNCS:  # playback over many data points has a keyframe at every stop
                self._synced = self._last
                self.sync()

    def _write(self, line: bytes, crc: int, closely: bool = False) -> bool:
        """Writes the whole line, or nothing of it; whether it is written."""
        try:
            return self._file.append(line, crc, closely)
        except NotWritten as why:
            return self._fail(why)

    def _fail(self, why: NotWritten) -> bool:
        if why.left is not None:  # what is not in the file any more was not kept
            kept = bisect_right(self._ends, why.left)
            self.kept, self.lost = kept, self.lost + self.kept - kept
        if not self.trouble:
            self._words, self.cause = why.words, why.cause
            self.trouble = why.words(self.path)
        self._release()
        return False

    def _release(self) -> None:
        self._file.release()
