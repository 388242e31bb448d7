"""Hands what happens in a session to the recordings of it: one that was asked for, and the session's own.

Everything is handed on before it is painted. What cannot be kept is told once, by `news`, and again on leaving.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from nntui.files.io.errors import InputError, system_reason
from nntui.text.counted import counted

if TYPE_CHECKING:  # until a recording begins, none of it is loaded
    from nntui.files.recording.reader import Recording
    from nntui.files.recording.writer import Recorder
    from nntui.lesson.display_state import DisplayState
    from nntui.session.recordings.running_recording import RunningRecording
    from nntui.training.scenario import Scenario
    from nntui.training.steps import Grain
    from nntui.training.timeline import Timeline

Clock = Callable[[], float]
"""Seconds that never go back."""

Mark = Literal["", "on", "lost"]
"""Of the recording that was asked for: none, it is written, it could not be continued."""


class Recorders:
    """The recordings that are written in this session."""

    def __init__(self, clock: Clock, session_path: Callable[[], Path] | None = None) -> None:
        """session_path: gives where the session's own recording goes, once there is something to keep; None keeps none."""
        self.work_folder: Path | None = None
        """The one folder for files that are named inside the app; None where they may be anywhere."""
        self._clock = clock
        self._session_path = session_path
        self._public: RunningRecording | None = None
        self._private: RunningRecording | None = None
        self.recorded: Mapping[Timeline, int] = {}
        """The runs that were opened, by their chapters in the recording that is continued."""
        self._timeline: Timeline | None = None  # in force
        self._names: WeakKeyDictionary[Timeline, str] = WeakKeyDictionary()
        self._grain: Grain = "neuron"  # how far keys go
        self._untold: list[str] = []
        self._told: set[str] = set()
        self._ended: list[str] = []  # what is to be told on leaving of recordings that were stopped
        self._on_leaving: list[str] = []  # what is to be told of the session's own recording, if nothing of it was lost

    # --- which recordings

    def begin(
        self,
        path: str | Path,
        scenario: "Scenario",
        step: int | None = None,
        private: bool = False,
        known: "Recording | None" = None,
    ) -> "Recorder":
        """Begins a recording, or goes on with one; step: where the viewer is already. The rest as `Recorder.begin`."""
        from nntui.session.recordings.running_recording import RunningRecording

        running = RunningRecording(path, scenario, self._clock, self._names, private, known)
        running.goes_on_with_session = self._timeline is None
        if private:
            self._private = running
        else:
            self._public = running
        if running.recorder.torn:
            self._untold.append(running.recorder.torn)
        if step is not None and self._timeline is not None:
            self._enter(running, self._timeline, step)
        return running.recorder

    def end(self) -> str:
        """Ends the recording that was asked for; a sentence about it."""
        running, self._public = self._public, None
        if running is None:
            return ""
        recorder = running.recorder
        recorder.close()
        if recorder.trouble:
            self._ended.append(recorder.farewell())
            return recorder.farewell_in_short()
        return f"{recorder.path}: {counted(recorder.kept, 'move')} kept; the recording has ended"

    @property
    def mark(self) -> Mark:
        """How it is with the recording that was asked for."""
        if self._public is None:
            return ""
        return "lost" if self._public.recorder.trouble else "on"

    @property
    def losses(self) -> tuple[str, bool]:
        """Why the recording that was asked for is lost, in two words if there are such, and whether the session's own is."""
        why = self._public.recorder.cause if self._public is not None else ""
        return why, self._private is not None and bool(self._private.recorder.trouble)

    @property
    def is_full(self) -> bool:
        """Whether a recording that is written may not have many more forks."""
        return any(running.is_full for running in self._all())

    @property
    def is_new(self) -> bool:
        """Whether the session's own recording has not begun."""
        return self._private is None and self._timeline is None

    @property
    def keeps(self) -> bool:
        """Whether anything of what is done now is kept."""
        return any(not running.recorder.trouble for running in self._all())

    # --- what happens

    def enter(self, timeline: "Timeline", step: int, grain: "Grain") -> None:
        """A run is in force from now on: what is known of its weights is asked of its timeline."""
        if self._session_path is not None and self._private is None:
            self._begin_session_recording(self._session_path, timeline.root.scenario)
        self._grain = grain
        for running in self._all():
            self._enter(running, timeline, step)
        self._timeline = timeline

    def stop(self, step: int, grain: "Grain") -> None:
        """The viewer is at a step, and keys go as far as the grain."""
        self._grain = grain
        for running in self._all():
            running.stop(step, grain)

    def play(self, first: int, last: int, speed: float, grain: "Grain") -> None:
        """Play was begun (first == last), or has reached the next stop."""
        self._grain = grain
        for running in self._all():
            running.play(first, last, speed, grain)

    def rename(self, timeline: "Timeline", name: str) -> None:
        """A run was given a name."""
        self._names[timeline] = name
        for running in self._all():
            running.rename(timeline, name)

    def discard(self, timeline: "Timeline") -> None:
        """A fork was deleted."""
        for running in self._all():
            running.discard(timeline)

    def remark(self, step: int, text: str) -> None:
        """A note was typed."""
        for running in self._all():
            running.remark(step, text)

    def score(self, step: int, typed: str, right: bool, slip: str, helps: int) -> None:
        """The number that `step` makes was predicted; helps: how many parts of the way had been shown before."""
        for running in self._all():
            running.score(step, typed, right, slip, helps)

    def look(self, state: "DisplayState", compared: "Timeline | None") -> None:
        """What is looked at, before it is painted. compared: the run that an open list of forks compares."""
        for running in self._all():
            running.look(state, compared)

    def _enter(self, running: "RunningRecording", timeline: "Timeline", step: int) -> None:
        running.enter(timeline, step, self._grain, self.recorded if running.goes_on_with_session else {})

    # --- what is told

    def say(self, words: str, *, on_leaving: bool = False) -> None:
        """Something to be told with the next news; on_leaving: when the session ends, where its own recording is whole."""
        (self._on_leaving if on_leaving else self._untold).append(words)

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
            running.recorder.flush()

    def close(self) -> list[str]:
        """Ends all recordings; what was not kept, a sentence each."""
        for running in self._all():
            running.recorder.close()
        return self.farewells()

    def farewells(self) -> list[str]:
        """What is to be told on leaving: first what was lost, then where the session is kept."""
        lost = [words for running in self._all() if (words := running.recorder.farewell())]
        whole = self._private is None or not self._private.recorder.trouble
        return [*self._ended, *lost, *(self._on_leaving if whole else ())]

    # ---

    def _all(self) -> "list[RunningRecording]":
        return [running for running in (self._public, self._private) if running is not None]

    def _begin_session_recording(self, path: Callable[[], Path], scenario: "Scenario") -> None:
        self._session_path = None
        try:
            self.begin(path(), scenario, private=True)
        except (OSError, InputError) as error:
            why = system_reason(error) if isinstance(error, OSError) else str(error)
            self.say(f"This session is not kept for --resume: {why} (--no-history keeps none).")
