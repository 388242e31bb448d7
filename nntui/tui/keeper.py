"""Hands what happens in a session to the recordings of it: one that was asked for, and the session's own.

Everything is handed on before it is painted. What cannot be kept is told once, by `news`, and again on leaving.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nntui.engine.arithmetic import Array
from nntui.files.faults import InputError
from nntui.files.recording.reader import Recording
from nntui.files.recording.writer import Recorder, known_weights
from nntui.training.lesson import Event, Play, Reload, Remark, Score, Stop
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.training.timeline import Timeline

Clock = Callable[[], float]
"""Seconds that never go back."""

Mark = Literal["", "on", "lost"]
"""Of the recording that was asked for: none, it is written, it could not be gone on with."""


@dataclass(slots=True)
class _Running:
    """A recording that is written: since when, and the grain that it knows of."""

    recorder: Recorder
    begun: float
    grain: Grain


class Keeper:
    """The recordings that are written in this session.

    own: where the session's own recording goes, asked when there is first something to keep; None keeps none.
    """

    def __init__(self, clock: Clock, own: Callable[[], Path] | None = None) -> None:
        self._clock = clock
        self._own = own
        self._public: _Running | None = None
        self._private: _Running | None = None
        self._timeline: Timeline | None = None
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
        running = _Running(recorder, self._clock(), grain)
        if private:
            self._private = running
        else:
            self._public = running
        if recorder.torn:
            self._untold.append(recorder.torn)
        if step is not None:
            self._stop(running, step)
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
        known, self._timeline = self._timeline, timeline
        if known is not None and known.scenario is not timeline.scenario:
            self._record(lambda t: Reload(t, timeline.scenario, step))
            return
        if self._own is not None and self._private is None:
            self._begin_own(timeline.scenario)
        self.stop(step, grain)

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

    def remark(self, step: int, text: str) -> None:
        """A note was typed."""
        self._record(lambda t: Remark(t, step, text))

    def score(self, step: int, typed: str, right: bool, slip: str) -> None:
        """The number that `step` makes was predicted."""
        self._record(lambda t: Score(t, step, typed, right, slip))

    def _stop(self, running: _Running, step: int) -> None:
        changed = self._grain if self._grain != running.grain else None
        running.grain = self._grain
        running.recorder.record(Stop(self._clock() - running.begun, step, changed))

    def _record(self, event: Callable[[float], Event]) -> None:
        for running in self._all():
            running.recorder.record(event(self._clock() - running.begun))

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
