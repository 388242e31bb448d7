"""Hands what happens in a session to the recordings of it: one that was asked for, and the session's own.

Everything is handed on before it is painted. What cannot be kept is told once, by `news`, and again on leaving.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.recording.reader import Recording
from nntui.files.recording.writer import Recorder, known_weights
from nntui.lesson.events import Discard, Event, Fork, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.lesson.log import MOST_FORKS
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.training.timeline import Timeline

MARGIN = 100  # forks that may have to be told at once, when a recording begins in one of them

Clock = Callable[[], float]
"""Seconds that never go back."""

Mark = Literal["", "on", "lost"]
"""Of the recording that was asked for: none, it is written, it could not be gone on with."""


@dataclass(slots=True)
class _Running:
    """A recording that is written: since when, the grain that it knows of, and its chapters.

    adopts: it goes on where the session begins, so its chapters are those of the runs that are opened.
    """

    recorder: Recorder
    begun: float
    grain: Grain
    adopts: bool = False
    chapters: WeakKeyDictionary[Timeline, int] = field(default_factory=WeakKeyDictionary)
    count: int = 1
    timeline: Timeline | None = None  # in force in the recording

    def record(self, event: Event) -> None:
        """Hands on what happened."""
        self.recorder.record(event)


class Recorders:
    """The recordings that are written in this session.

    own: where the session's own recording goes, asked when there is first something to keep; None keeps none.
    """

    def __init__(self, clock: Clock, own: Callable[[], Path] | None = None) -> None:
        self._clock = clock
        self._own = own
        self._public: _Running | None = None
        self._private: _Running | None = None
        self.recorded: Mapping[Timeline, int] = {}
        """The runs that were opened, by their chapters in the recording that is gone on with."""
        self._timeline: Timeline | None = None
        self._names: WeakKeyDictionary[Timeline, str] = WeakKeyDictionary()
        self._grain: Grain = "neuron"  # how far keys go
        self._untold: list[str] = []
        self._told: set[str] = set()
        self._ended: list[str] = []  # farewells of recordings that were stopped

    # --- which recordings

    def begin(
        self,
        path: str | Path,
        scenario: Scenario,
        step: int | None = None,
        private: bool = False,
        known: Recording | None = None,
    ) -> Recorder:
        """Begins a recording, or goes on with one; with `step`, where one stands already. The rest as `Recorder.begin`."""
        recorder = Recorder.begin(path, scenario, self._weights, private, known)
        grain = recorder.continued.lesson.grain if recorder.continued is not None else "neuron"
        running = _Running(recorder, self._clock(), grain, adopts=self._timeline is None)
        if private:
            self._private = running
        else:
            self._public = running
        if recorder.torn:
            self._untold.append(recorder.torn)
        if step is not None and self._timeline is not None:
            self._enter(running, self._timeline, step)
        return recorder

    def end(self) -> str:
        """Ends the recording that was asked for; a sentence about it."""
        running, self._public = self._public, None
        if running is None:
            return ""
        recorder = running.recorder
        recorder.close()
        if recorder.trouble:
            self._ended.append(recorder.farewell())
            return recorder.farewell()
        return f"{recorder.path}: {recorder.kept} moves kept; the recording has ended"

    @property
    def mark(self) -> Mark:
        """How it is with the recording that was asked for."""
        if self._public is None:
            return ""
        return "lost" if self._public.recorder.trouble else "on"

    @property
    def is_full(self) -> bool:
        """Whether a recording that is written may not have many more forks."""
        return any(running.count >= MOST_FORKS - MARGIN for running in self._all())

    @property
    def is_new(self) -> bool:
        """Whether the session's own recording has not begun."""
        return self._private is None and self._timeline is None

    @property
    def keeps(self) -> bool:
        """Whether anything of what is done now is kept."""
        return any(not running.recorder.trouble for running in self._all())

    # --- what happens

    def enter(self, timeline: Timeline, step: int, grain: Grain) -> None:
        """A run is in force from now on: what is known of its weights is asked of its timeline."""
        if self._own is not None and self._private is None:
            self._begin_own(timeline.root.scenario)
        self._grain = grain
        for running in self._all():
            self._timeline = timeline
            self._enter(running, timeline, step)
        self._timeline = timeline

    def stop(self, step: int, grain: Grain) -> None:
        """One stands at a step, and keys go as far as the grain."""
        self._grain = grain
        for running in self._all():
            self._stop(running, step)

    def play(self, first: int, last: int, speed: float, grain: Grain) -> None:
        """Play was begun (first == last), or has gone one stop on."""
        self._grain = grain
        for running in self._all():
            running.grain = grain
        self._record(lambda t: Play(t, first, last, speed, grain))

    def rename(self, timeline: Timeline, name: str) -> None:
        """A run was given a name."""
        self._names[timeline] = name
        for running in self._all():
            if timeline in running.chapters:
                running.record(Rename(self._seconds(running), running.chapters[timeline], name))

    def discard(self, timeline: Timeline) -> None:
        """A fork was put away."""
        for running in self._all():
            if timeline in running.chapters:
                running.record(Discard(self._seconds(running), running.chapters[timeline]))

    def remark(self, step: int, text: str) -> None:
        """A note was typed."""
        self._record(lambda t: Remark(t, step, text))

    def score(self, step: int, typed: str, right: bool, slip: str) -> None:
        """The number that `step` makes was predicted."""
        self._record(lambda t: Score(t, step, typed, right, slip))

    def _stop(self, running: _Running, step: int) -> None:
        changed = self._grain if self._grain != running.grain else None
        running.grain = self._grain
        running.record(Stop(self._seconds(running), step, changed))

    def _record(self, event: Callable[[float], Event]) -> None:
        for running in self._all():
            running.record(event(self._seconds(running)))

    def _seconds(self, running: _Running) -> float:
        return self._clock() - running.begun

    def _enter(self, running: _Running, timeline: Timeline, step: int) -> None:
        """Makes a run the one in force in a recording: one of its chapters, or a new one, with all that a fork comes from."""
        if not running.chapters:
            self._begin_chapters(running, timeline)
        if timeline is running.timeline:
            self._stop(running, step)
        elif timeline in running.chapters:
            self._in_force(running, timeline, Switch(self._seconds(running), running.chapters[timeline], step))
        else:
            for line in reversed([line for line in timeline.lineage if line not in running.chapters]):
                self._new_chapter(running, line, step if line is timeline else None)

    def _new_chapter(self, running: _Running, timeline: Timeline, step: int | None) -> None:
        """Another scenario, or a fork of a chapter; step: where one stands, None only for what comes of it to be told."""
        origin = timeline.origin
        if origin is None:
            self._in_force(running, timeline, Reload(self._seconds(running), timeline.scenario, step or 0))
            return
        begins = timeline.course.first(origin.start)
        if running.timeline is not origin.timeline:
            switch = Switch(self._seconds(running), running.chapters[origin.timeline], begins)
            self._in_force(running, origin.timeline, switch)
        at = begins if step is None else step
        self._in_force(running, timeline, Fork(self._seconds(running), at, origin.start, origin.edits))

    def _in_force(self, running: _Running, timeline: Timeline, event: Event) -> None:
        """Records that another run is in force; what is asked of weights meanwhile is asked of it."""
        self._timeline = running.timeline = timeline
        new = timeline not in running.chapters
        if new:
            running.chapters[timeline] = running.count
            running.count += 1
        running.record(event)
        if new and timeline in self._names:
            running.record(Rename(self._seconds(running), running.chapters[timeline], self._names[timeline]))

    def _begin_chapters(self, running: _Running, timeline: Timeline) -> None:
        """The chapters that a recording has when a run is first entered, and which of them is in force."""
        continued, root = running.recorder.continued, timeline.root
        first = 0
        if continued is not None:
            lesson = continued.lesson
            running.count, first = len(lesson.scenarios), lesson.root(lesson.chapter)
            if running.adopts and timeline in self.recorded:
                running.chapters.update(self.recorded)
            in_force = lesson.chapter
        else:
            in_force = 0
        if root not in running.chapters:
            running.chapters[root] = first
        running.timeline = next((known for known, number in running.chapters.items() if number == in_force), None)

    # --- what is told

    def say(self, words: str) -> None:
        """Something to be told with the next news."""
        self._untold.append(words)

    def news(self) -> str:
        """What has gone wrong, or is to be known, since this was last asked."""
        for running in self._all():
            trouble = running.recorder.trouble
            if trouble and trouble not in self._told:
                self._told.add(trouble)
                self._untold.append(running.recorder.in_short())
        words, self._untold = " · ".join(self._untold), []
        return words

    def sync(self) -> None:
        """Has the system put all of it on the disk. May be called from any thread."""
        for running in self._all():
            running.recorder.sync()

    def close(self) -> list[str]:
        """Ends all recordings; what was not kept, a sentence each."""
        for running in self._all():
            running.recorder.close()
        return self.farewells()

    def farewells(self) -> list[str]:
        """What is to be told on leaving."""
        return [*self._ended, *(words for running in self._all() if (words := running.recorder.farewell()))]

    # ---

    def _all(self) -> list[_Running]:
        return [running for running in (self._public, self._private) if running is not None]

    def _weights(self, iteration: int) -> Array | None:
        return known_weights(self._timeline, iteration) if self._timeline is not None else None

    def _begin_own(self, scenario: Scenario) -> None:
        own, self._own = self._own, None
        assert own is not None
        try:
            self.begin(own(), scenario, private=True)
        except (OSError, InputError) as error:
            why = error.strerror or "input/output error" if isinstance(error, OSError) else error.message
            self.say(f"This session is not kept for --resume: {why.lower()} (--no-history keeps none).")
