"""Play and pause, how fast, and from what to what a step goes."""

from dataclasses import replace

from nntui.session.movement.movement import Movement
from nntui.session.position import LESSON_GRAINS, LessonGrain, other_speed, with_grain


class PlaybackController:
    """Changes the way of moving, not the place."""

    def __init__(self, movement: Movement) -> None:
        self._movement, self._navigator = movement, movement.navigator

    def play(self) -> None:
        """Plays, or pauses; a search ends with it."""
        self._movement.jobs.stop("search")
        position, goal = self._navigator.position, self._navigator.goal
        if position.playing or (goal and goal.playing):
            self._movement.adjust(lambda position: replace(position, playing=False))
        elif position.grain == "stop":
            self._movement.rejoin(self._movement.destinations.played())
        else:
            last = self._navigator.course.last
            self._movement.adjust(lambda position: replace(position, playing=position.step < last))

    def faster(self) -> None:
        """Plays one of the speeds faster."""
        self._movement.adjust(lambda position: other_speed(position, 1))

    def slower(self) -> None:
        """Plays one of the speeds slower."""
        self._movement.adjust(lambda position: other_speed(position, -1))

    def grain(self, grain: LessonGrain) -> None:
        """Each further step goes by the grain `grain`; `stop` needs a recording."""
        if grain == "stop" and self._navigator.lesson is None:
            self._movement.status.say("this is no recording: there are no stops to go along; space plays, R records")
        else:
            self._movement.adjust(lambda position: with_grain(position, grain))

    def next_grain(self) -> None:
        """Each further step goes by the next grain; after the last grain comes the first."""
        grains = LESSON_GRAINS if self._navigator.lesson is not None else LESSON_GRAINS[:-1]
        self.grain(grains[(grains.index(self._navigator.position.grain) + 1) % len(grains)])
