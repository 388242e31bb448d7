"""A recorded lesson that is replayed, with what its recording knows of the weights; followed while it is written."""

from nntui.draw.timebar import Bar
from nntui.files.recording.follower import Follower
from nntui.files.recording.reader import Recording
from nntui.training.lesson import Lesson
from nntui.training.timeline import Timeline
from nntui.tui.stand import Stand, is_away

_AT_HAND = 2  # timelines of chapters that are kept

_STATES = {"left": "the writer has left", "gone": "the file is gone"}


class Tape:
    """The recording, the runs of its chapters, and its writer where one is followed."""

    def __init__(self, recording: Recording, follower: Follower | None = None) -> None:
        self.recording = recording
        self.follower = follower
        self._timelines: dict[int, Timeline] = {}
        self._taken = len(recording.keyframes)  # keyframes that the timelines have been told of

    @property
    def lesson(self) -> Lesson:
        """What happened."""
        return self.recording.lesson

    def timeline(self, chapter: int) -> Timeline:
        """The run of a chapter, with the weights that were recorded."""
        if chapter not in self._timelines:
            while len(self._timelines) >= _AT_HAND:
                del self._timelines[next(iter(self._timelines))]
            self._timelines[chapter] = run_of(self.recording, chapter)
        return self._timelines[chapter]

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
                del self._timelines[keyframe.chapter]  # what was made differs from what was recorded: begin anew
        self._taken = len(keyframes)
        return bool(events) or self.follower.state != before

    def close(self) -> None:
        """Stops following."""
        if self.follower is not None:
            self.follower.close()

    def is_live(self, stand: Stand) -> bool:
        """Whether one stands where the writer stands, and goes with them."""
        return self.follower is not None and stand.playing and stand.grain == "stop" and stand.stop >= self.lesson.stops - 1

    def remark(self, stand: Stand) -> str:
        """What was noted at the stop where one stands."""
        if is_away(stand, self.lesson):
            return ""
        return "\n".join(mark.text for mark in self.lesson.marks_at(stand.stop))

    def bar(self, stand: Stand) -> Bar:
        """The time bar."""
        lesson = self.lesson
        state, live = "", False
        if self.recording.fault:
            state = f"damaged from line {self.recording.fault.line} on"
        elif self.follower is not None:
            live = self.follower.state == "written" and self.is_live(stand)
            state = "live" if live else _STATES.get(self.follower.state, "")
        elif self.recording.torn:
            state = "its last line is torn"
        return Bar(
            lesson.time_of(stand.stop),
            lesson.duration,
            tuple(mark.seconds for mark in lesson.marks),
            stand.stop,
            max(lesson.stops, 1),
            stand.playing and stand.grain == "stop",
            stand.rate,
            is_away(stand, lesson),
            state,
            live,
        )


def run_of(recording: Recording, chapter: int) -> Timeline:
    """The run of a chapter of a recording, told of all keyframes that are known."""
    timeline = Timeline(recording.lesson.scenarios[chapter])
    for keyframe in recording.keyframes:
        if keyframe.chapter == chapter:
            timeline.learn(keyframe)
    return timeline
