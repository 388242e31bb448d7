"""The chapters of a recording that is being written: which is in force, and when a keyframe is due there."""

from typing import TYPE_CHECKING

from nntui.files.recording.keyframe import KeyframeSpacing
from nntui.lesson.events import Event, Fork, Play, Quiet, Reload, Switch
from nntui.training.scenario import Scenario

if TYPE_CHECKING:
    from nntui.files.recording.reader import Recording

_DIGEST, _WEIGHT = 140, 11  # bytes of the line of a keyframe, and of each weight in it


class WrittenChapters:
    """The scenario of each chapter, of a fork that of the run it comes from, and the keyframes that each has."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenarios = [scenario] * (1 + len(scenario.forks))
        self._spacing = KeyframeSpacing()
        self._spacing.bring(len(scenario.forks))
        self._iteration = 0

    @classmethod
    def of_recording(cls, recording: "Recording") -> "WrittenChapters":
        """The chapters of a recording that is continued, which goes on in the one where it ended."""
        lesson = recording.lesson
        chapters = cls(lesson.scenarios[0])
        chapters._scenarios, chapters._spacing = list(lesson.scenarios), KeyframeSpacing()
        spacing = chapters._spacing
        for chapter in range(1, len(lesson.scenarios)):
            spacing.open(fork=chapter in lesson.forks)
        for keyframe in recording.keyframes:
            spacing.chapter = keyframe.chapter
            spacing.add(keyframe.iteration, _DIGEST + (_WEIGHT * len(keyframe.theta) if keyframe.theta is not None else 0))
        spacing.chapter = lesson.chapter
        return chapters

    @property
    def scenario(self) -> Scenario:
        """The scenario of the current chapter, of a fork that of the run it comes from."""
        return self._scenarios[self._spacing.chapter]

    @property
    def iteration(self) -> int:
        """The iteration of the student's position."""
        return self._iteration

    def follow(self, event: Event) -> None:
        """Begins the chapters of an event, or goes to that of the event, and to its position."""
        match event:
            case Reload(_, scenario):
                self._scenarios += [scenario] * (1 + len(scenario.forks))
                self._spacing.open(fork=False)
                self._spacing.bring(len(scenario.forks))
            case Fork():
                self._scenarios.append(self.scenario)
                self._spacing.open(fork=True)
            case Switch(_, chapter):
                self._spacing.chapter = chapter
        if not isinstance(event, Quiet):
            self._iteration = self.scenario.course.iteration(event.last if isinstance(event, Play) else event.step)

    def is_keyframe_due(self, at_the_end: bool) -> bool:
        """Whether a keyframe of the student's iteration is due. at_the_end: of the session."""
        return self._spacing.is_due(self._iteration, at_the_end)

    def add_keyframe(self, size: int) -> None:
        """Notes a keyframe of the student's iteration, which was written. size: bytes of its line."""
        self._spacing.add(self._iteration, size)
