"""A recorded lesson that is replayed, with what its recording knows of the weights; followed while it is written."""

from collections.abc import Mapping

from nntui.draw.base.timeline_bar import Bar
from nntui.files.recording.follower import Follower
from nntui.files.recording.reader import Recording
from nntui.lesson.chapters import family, timeline_of
from nntui.lesson.log import Lesson
from nntui.session.position import Position, is_away
from nntui.training.timeline import Timeline

_AT_HAND = 2  # scenarios, each with its forks, of which the runs are kept

_STATES = {"left": "the writer has left", "gone": "the file is gone", "cut": "the file was cut short"}


class Replay:
    """The recording, the runs of its chapters, and its writer where it is followed."""

    def __init__(self, recording: Recording, follower: Follower | None = None) -> None:
        self.recording = recording
        self.follower = follower
        self._timelines: dict[int, Timeline] = {}
        self._taken = len(recording.keyframes)  # keyframes that the timelines have been told of

    @property
    def lesson(self) -> Lesson:
        """The lesson that was recorded, as far as it is written."""
        return self.recording.lesson

    def timeline(self, chapter: int) -> Timeline:
        """The run of a chapter, with the weights that were recorded."""
        if chapter not in self._timelines:
            roots = dict.fromkeys(self.lesson.root(number) for number in self._timelines)
            if self.lesson.root(chapter) not in roots and len(roots) >= _AT_HAND:
                self._forget(next(iter(roots)))
            learned(self.recording, chapter, self._timelines)
        return self._timelines[chapter]

    def family(self, root: Timeline) -> list[tuple[int, Timeline, str]]:
        """The chapters of a scenario and of its forks: number, run, and the name that was given."""
        number = next((number for number, timeline in self._timelines.items() if timeline is root), None)
        chapters = family(self.lesson, number) if number is not None else []
        return [(chapter, self.timeline(chapter), self.lesson.names.get(chapter, "")) for chapter in chapters]

    def _forget(self, root: int) -> None:
        """Drops the runs of a scenario and of its forks; they are built again when they are asked for."""
        for chapter in [number for number in self._timelines if self.lesson.root(number) == root]:
            del self._timelines[chapter]

    def news(self) -> bool:
        """Reads what was written meanwhile; whether there is anything new to be seen."""
        if self.follower is None:
            return False
        before = self.follower.state
        events = self.follower.news()
        keyframes = self.recording.keyframes
        for keyframe in keyframes[self._taken :]:
            timeline = self._timelines.get(keyframe.chapter)
            if timeline is not None and not timeline.learn(keyframe):
                self._forget(self.lesson.root(keyframe.chapter))  # what was made differs from what was recorded
        self._taken = len(keyframes)
        return bool(events) or self.follower.state != before

    def close(self) -> None:
        """Stops following."""
        if self.follower is not None:
            self.follower.close()

    def is_live(self, position: Position) -> bool:
        """Whether the viewer is where the writer is, and goes with them."""
        return (
            self.follower is not None and position.playing and position.grain == "stop" and position.stop >= self.lesson.stops - 1
        )

    def remark(self, position: Position) -> str:
        """What was noted at the place of the stop that the viewer is at; empty off the lesson."""
        if is_away(position, self.lesson):
            return ""
        first = self.lesson.looks.arrival(position.stop)
        return "\n".join(mark.text for mark in self.lesson.marks.between(first, position.stop))

    def bar(self, position: Position, own: bool = False) -> Bar:
        """The time bar. own: the viewer has opened something that the lesson does not show."""
        lesson = self.lesson
        state, live = "", False
        if self.recording.fault:
            state = f"damaged from line {self.recording.fault.line} on"
        elif self.follower is not None:
            live = self.follower.state == "written" and self.is_live(position) and not own
            state = "live" if live else _STATES.get(self.follower.state, "")
        elif self.recording.torn:
            state = "its last line is torn"
        return Bar(
            lesson.time_of(position.stop),
            lesson.duration,
            tuple(mark.seconds for mark in lesson.marks),
            position.stop,
            max(lesson.stops, 1),
            position.playing and position.grain == "stop",
            position.rate,
            own or is_away(position, lesson),
            state,
            live,
        )


def learned(recording: Recording, chapter: int, known: dict[int, Timeline]) -> Timeline:
    """The run of a chapter, told of all keyframes; it and those it comes from are put into `known`, if they are not there."""
    before = set(known)
    timeline = timeline_of(recording.lesson, chapter, known)
    _tell(recording, {number: made for number, made in known.items() if number not in before})
    return timeline


def runs_of(recording: Recording, chapter: int) -> dict[int, Timeline]:
    """The run of a chapter and all that are of its family, told of all keyframes that are known."""
    known: dict[int, Timeline] = {}
    for number in family(recording.lesson, chapter):
        timeline_of(recording.lesson, number, known)
    _tell(recording, known)
    return known


def _tell(recording: Recording, runs: Mapping[int, Timeline]) -> None:
    """Tells runs, by chapter, of their keyframes."""
    for keyframe in recording.keyframes:
        if keyframe.chapter in runs:
            runs[keyframe.chapter].learn(keyframe)
