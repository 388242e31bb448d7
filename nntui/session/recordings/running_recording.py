"""One recording that is being written: its clock, the chapters it has, and what happens as its lines."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nntui.engine.arithmetic import Array
from nntui.files.recording.writer import Recorder, known_weights
from nntui.lesson.checks import MOST_FORKS
from nntui.lesson.columns.looks import past
from nntui.lesson.display_state import DisplayState, OpenForks
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.session.recordings.recorders import Clock
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import lineage
from nntui.training.steps import Grain
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.files.recording.reader import Recording

MARGIN = 100  # forks that may have to be told at once, when a recording begins in one of them


class RunningRecording:
    """Its times are seconds since it began. A run is one of its chapters from when it is first entered."""

    def __init__(
        self,
        path: str | Path,
        scenario: Scenario,
        clock: Clock,
        names: WeakKeyDictionary[Timeline, str],
        private: bool = False,
        known: "Recording | None" = None,
    ) -> None:
        """names: of the runs that have one. The rest as `Recorder.begin`, with its errors."""
        self._clock, self._names = clock, names
        self._chapters: WeakKeyDictionary[Timeline, int] = WeakKeyDictionary()
        self._timeline: Timeline | None = None  # in force in the recording
        self.recorder = Recorder.begin(path, scenario, self._weights, private, known)
        continued = self.recorder.continued
        self.grain: Grain = continued.lesson.grain if continued is not None else "neuron"
        """The grain that the recording knows of."""
        self._forked = continued.lesson.forked if continued is not None else 0  # as its reader counts them
        self.chapter_count = 1
        self.goes_on_with_session = False
        """Whether it goes on where the session begins, so that its chapters are the runs that were opened."""
        self._begun = clock()
        self._looked: DisplayState | None = None  # what was recorded last
        self._moved = False  # since the last paint

    @property
    def is_full(self) -> bool:
        """Whether it may not have many more forks."""
        return self._forked >= MOST_FORKS - MARGIN

    def record(self, event: Callable[[float], Event]) -> None:
        """Hands on what happened; event: takes the seconds since the recording began."""
        self._moved = True
        self.recorder.record(event(self._clock() - self._begun))

    def stop(self, step: int, grain: Grain) -> None:
        """The viewer is at a step, and keys go as far as the grain."""
        changed = grain if grain != self.grain else None
        self.grain = grain
        self.record(lambda t: Stop(t, step, changed))

    def play(self, first: int, last: int, speed: float, grain: Grain) -> None:
        """Play was begun (first == last), or has reached the next stop."""
        self.grain = grain
        self.record(lambda t: Play(t, first, last, speed, grain))

    def remark(self, step: int, text: str) -> None:
        """A note was typed."""
        self.record(lambda t: Remark(t, step, text))

    def score(self, step: int, typed: str, right: bool, slip: str, helps: int) -> None:
        """The number that `step` makes was predicted; helps: how many parts of the way had been shown before."""
        self.record(lambda t: Score(t, step, typed, right, slip, helps))

    def look(self, state: DisplayState, compared: Timeline | None) -> None:
        """What is looked at before a paint, if it is something else; with what happened since the last one, at its time."""
        if isinstance(state.tool, OpenForks):
            chapter = self._chapters.get(compared) if compared is not None else None
            state = replace(state, tool=replace(state.tool, chapter=chapter))
        moved, self._moved = self._moved, False
        known = self._looked
        if known is not None and moved:
            known = past(known)
        if state != known:
            self.recorder.record(Look(0.0 if moved else self._clock() - self._begun, _brief(state, self._looked)))
            self._looked = state

    def rename(self, timeline: Timeline, name: str) -> None:
        """A run was given a name."""
        if timeline in self._chapters:
            self.record(lambda t: Rename(t, self._chapters[timeline], name))

    def discard(self, timeline: Timeline) -> None:
        """A fork was deleted."""
        if timeline in self._chapters:
            self.record(lambda t: Discard(t, self._chapters[timeline]))

    # --- chapters

    def enter(self, timeline: Timeline, step: int, grain: Grain, opened: Mapping[Timeline, int]) -> None:
        """Makes a run the one in force: one of the chapters, or a new one, with all that a fork comes from.

        opened: the runs that are its chapters already, where it goes on in the session that it was opened with.
        """
        if not self._chapters:
            self._begin_chapters(timeline, opened)
        if timeline is self._timeline:
            self.stop(step, grain)
        elif timeline in self._chapters:
            self._put_in_force(timeline, lambda t: Switch(t, self._chapters[timeline], step))
        else:
            for line in reversed([line for line in lineage(timeline) if line not in self._chapters]):
                self._add_chapter(line, step if line is timeline else None)

    def _begin_chapters(self, timeline: Timeline, opened: Mapping[Timeline, int]) -> None:
        """The chapters that it has when a run is first entered, and which of them is in force."""
        continued, root, first, in_force = self.recorder.continued, timeline.root, 0, 0
        if continued is not None:
            lesson = continued.lesson
            self.chapter_count, first, in_force = len(lesson.scenarios), lesson.root(lesson.chapter), lesson.chapter
            if timeline in opened:
                self._chapters.update(opened)
        if root not in self._chapters:
            self._chapters[root] = first
            self._bring(root)
        if continued is None:
            self.chapter_count += len(root.brought)
        self._timeline = next((known for known, number in self._chapters.items() if number == in_force), None)

    def _add_chapter(self, timeline: Timeline, step: int | None) -> None:
        """Another scenario, or a fork of a chapter; step: where the viewer is, None for a run that only leads to another."""
        origin = timeline.origin
        if origin is None:
            self._put_in_force(timeline, lambda t: Reload(t, timeline.scenario, step or 0))
            return
        begins = timeline.course.first(origin.start)
        if self._timeline is not origin.timeline:
            before = self._chapters[origin.timeline]
            self._put_in_force(origin.timeline, lambda t: Switch(t, before, begins))
        at = begins if step is None else step
        self._put_in_force(timeline, lambda t: Fork(t, at, origin.start, origin.edits))
        self._forked += 1

    def _bring(self, timeline: Timeline) -> None:
        """The runs that a scenario brings along are the chapters after its own."""
        for number, run in enumerate(timeline.brought, start=self._chapters[timeline] + 1):
            self._chapters[run] = number

    def _put_in_force(self, timeline: Timeline, event: Callable[[float], Event]) -> None:
        """Records that another run is in force; what is asked of weights from now on is asked of it."""
        self._timeline = timeline
        new = timeline not in self._chapters
        if new:
            self._chapters[timeline] = self.chapter_count
            self._bring(timeline)
            self.chapter_count += 1 + len(timeline.brought)
        self.record(event)
        if new and timeline in self._names:
            self.rename(timeline, self._names[timeline])

    def _weights(self, iteration: int) -> Array | None:
        return known_weights(self._timeline, iteration) if self._timeline is not None else None


def _brief(state: DisplayState, before: DisplayState | None) -> DisplayState:
    """The state without the text of its page where that is the text of the one before."""
    page, known = state.page, before.page if before is not None else None
    if page is None or known is None or (page.name, page.text) != (known.name, known.text):
        return state
    return replace(state, page=replace(page, text=None))
