"""What a lesson opens with: a run, where one stands in it, how it is read again, and the recording that is replayed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from nntui.files.history import Session as Kept
from nntui.files.library import load, meant
from nntui.files.recording.follower import Follower
from nntui.files.recording.header import is_recording
from nntui.files.recording.reader import Recording, read_recording
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.tui.session import Session
from nntui.tui.stand import Stand, at_stop
from nntui.tui.tape import Tape, run_of


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """reload: reads the file again; None where there is none."""

    timeline: Timeline
    stand: Stand
    reload: Callable[[], Scenario] | None = None
    tape: Tape | None = None


def of_file(path_or_name: str) -> Opening:
    """A scenario or a recording; InputError says what is wrong with it."""
    if is_recording(meant(path_or_name)):
        return of_recording(read_recording(path_or_name))
    return of_scenario(load(path_or_name), reload=partial(load, path_or_name))


def of_scenario(scenario: Scenario, step: int = 0, reload: Callable[[], Scenario] | None = None) -> Opening:
    """A scenario, at a step."""
    timeline = Timeline(scenario)
    return Opening(timeline, _at(timeline, step), reload)


def of_recording(recording: Recording, step: int | None = None) -> Opening:
    """A recording to be replayed: at its first stop, or off it at a step of its first scenario."""
    tape = Tape(recording)
    timeline = tape.timeline(0)
    stand = at_stop(Stand(), tape.lesson, 0) if step is None else _at(timeline, step)
    return Opening(timeline, stand, None, tape)


def of_following(follower: Follower) -> Opening:
    """A recording that is followed: at its newest stop, and going on with its writer."""
    tape = Tape(follower.recording, follower)
    stand = replace(at_stop(Stand(), tape.lesson, tape.lesson.stops - 1), playing=True)
    return Opening(tape.timeline(stand.chapter), stand, None, tape)


def of_continuing(recording: Recording, step: int | None = None) -> Opening:
    """A recording that is gone on with: its last scenario, where it ended, with all visited that was; or at a step."""
    lesson = recording.lesson
    place = lesson.end
    timeline = run_of(recording, place.chapter)
    stand = _at(timeline, place.step if step is None else step)
    farthest = timeline.course.iteration(lesson.farthest(lesson.stops - 1))
    return Opening(timeline, replace(stand, farthest=max(stand.farthest, farthest)))


def of_session(kept: Kept, session: Session) -> Opening:
    """An earlier session, gone on with; it goes on being recorded where it was, if it is sound and nothing else is."""
    recording = read_recording(kept.path)
    if recording.fault:
        session.keeper.say(f"{recording.fault}; what stands before it is gone on with")
    elif session.history is not None and session.keeper.is_new:
        path = session.history.moved_on(kept, session.now(), session.number)
        session.keeper.begin(path, recording.scenario, private=True, known=recording)
    return of_continuing(recording)


def _at(timeline: Timeline, step: int) -> Stand:
    return Stand(step=step, farthest=timeline.course.iteration(step))
