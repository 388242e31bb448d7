"""What a lesson opens with: a run, the position in it, how it is read again, and the recording that is replayed."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING

from nntui.files.library import load, meant
from nntui.files.recording.header import is_recording
from nntui.session.position import Position, at_stop
from nntui.session.runs import RunRegistry
from nntui.session.session import Session
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.files.history import KeptSession
    from nntui.files.recording.follower import Follower
    from nntui.files.recording.reader import Recording
    from nntui.lesson.display_state import DisplayState
    from nntui.lesson.events import Score
    from nntui.session.recordings.replay import Replay

TOUR = "xor"
"""The bundled scenario of the tour by doing."""


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """reload: reads the file again; None where there is none. runs: the run and its forks, where there are such already.

    looked_at: what was open there, and how numbers were displayed; None where that is not known.
    scores, remarks: what was predicted before, and what was noted: (the run that makes it, step) → text.
    visited: run → the last iteration that was visited there before.
    tour: with the tour by doing.
    """

    timeline: Timeline
    position: Position
    reload: Callable[[], Scenario] | None = None
    replay: "Replay | None" = None
    scores: "tuple[Score, ...]" = ()
    remarks: Mapping[tuple[Timeline, int], str] = field(default_factory=dict)
    visited: Mapping[int, int] = field(default_factory=dict)
    runs: RunRegistry | None = None
    looked_at: "DisplayState | None" = None
    tour: bool = False


def of_tour() -> Opening:
    """The tour by doing, in its scenario."""
    return replace(of_scenario(load(TOUR), reload=partial(load, TOUR)), tour=True)


def of_file(path_or_name: str, session: Session) -> Opening:
    """A scenario or a recording; InputError says what is wrong with it."""
    from nntui.files.recording.reader import read_recording

    if is_recording(meant(path_or_name)):
        return of_recording(read_recording(path_or_name), None, session)
    return of_scenario(load(path_or_name), reload=partial(load, path_or_name))


def of_scenario(scenario: Scenario, step: int = 0, reload: Callable[[], Scenario] | None = None) -> Opening:
    """A scenario, at a step."""
    timeline = Timeline(scenario)
    return Opening(timeline, _at(timeline, step), reload)


def of_recording(recording: "Recording", step: int | None = None, session: Session | None = None) -> Opening:
    """A recording to be replayed: at its first stop, or off it at a step of its first scenario; what is odd is told."""
    from nntui.session.recordings.replay import Replay

    replay = Replay(recording)
    if session is not None:
        for words in recording.faults:
            session.recorders.say(words)
    timeline = replay.timeline(0)
    position = at_stop(Position(), replay.lesson, 0) if step is None else _at(timeline, step)
    return Opening(timeline, position, None, replay)


def of_following(follower: "Follower") -> Opening:
    """A recording that is followed: at its newest stop, and going on with its writer."""
    from nntui.session.recordings.replay import Replay

    replay = Replay(follower.recording, follower)
    position = replace(at_stop(Position(), replay.lesson, replay.lesson.stops - 1), playing=True)
    return Opening(replay.timeline(position.chapter), position, None, replay)


def of_continuing(recording: "Recording", step: int | None = None, reload: Callable[[], Scenario] | None = None) -> Opening:
    """A recording that is continued: its last scenario, at its last position or at a step, with all steps visited that were."""
    from nntui.session.recordings.replay import runs_of

    lesson = recording.lesson
    place = lesson.end
    runs = runs_of(recording, place.chapter)
    timeline = runs[place.chapter]
    position = replace(_at(timeline, place.step if step is None else step), chapter=place.chapter)
    farthest = timeline.course.iteration(lesson.farthest(lesson.stops - 1))
    position = replace(position, farthest=max(position.farthest, farthest), grain=lesson.grain)
    scores = tuple(score for chapter, score in lesson.scores if chapter == place.chapter)
    marks = [(lesson.place(mark.stop), mark.text) for mark in lesson.marks]
    course = timeline.course
    remarks = {(owner(runs[at.chapter], course.iteration(at.step)), at.step): text for at, text in marks if at.chapter in runs}
    steps = {number: lesson.visited(number, lesson.stops - 1) for number in runs}
    visited = {number: runs[number].course.iteration(step) for number, step in steps.items() if step is not None}
    kept = {number: run for number, run in runs.items() if number == place.chapter or number not in lesson.discarded}
    looked_at = lesson.looks.at(lesson.stops - 1) if step is None else None
    registry = RunRegistry(kept, lesson.names)
    before = Opening(timeline, position, reload, scores=scores, remarks=remarks, visited=visited)
    return replace(before, runs=registry, looked_at=looked_at)


def of_session(kept: "KeptSession", session: Session) -> Opening:
    """An earlier session, continued, and in the same recording if that is sound and no other was asked for."""
    from nntui.files.recording.reader import read_recording

    recording = read_recording(kept.path, own=True)
    if recording.fault:
        session.recorders.say(f"That session is damaged from line {recording.fault.line} on; what comes before it is continued.")
    elif session.history is not None and session.recorders.is_new:
        path = session.history.moved_on(kept, session.now(), session.number)
        session.recorders.begin(path, recording.scenario, private=True, known=recording)
    return of_continuing(recording)


def _at(timeline: Timeline, step: int) -> Position:
    return Position(step=step, farthest=timeline.course.iteration(step))
