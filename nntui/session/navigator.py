"""Where the viewer is in a run, and going elsewhere in it, without a window.

All ways of moving end in `aim`: a key, a click, a tick of play, a stop of a recorded lesson. A move is handed to the
recorders before anything is painted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.lesson.tour import questions
from nntui.session.notes import Notes
from nntui.session.position import Position, is_away, moved
from nntui.session.recordings.recorders import Recorders
from nntui.session.runs import FIRST_OWN, RunRegistry
from nntui.training.address import AddressError
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.training.steps import Course, Grain
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.lesson.log import Lesson
    from nntui.session.recordings.replay import Replay
    from nntui.training.edits.edit import Edit

AT_ONCE = 8  # slices of computing that a key press may take: some tens of milliseconds


class Navigator:
    """The position in a run and its forks, or in a recorded lesson (`replay`) and off it."""

    def __init__(
        self,
        runs: RunRegistry,
        begin: Position,
        recorders: Recorders,
        replay: "Replay | None" = None,
        remarks: Mapping[tuple[Timeline, int], str] | None = None,
        visited: Mapping[int, int] | None = None,
    ) -> None:
        """begin: where it will begin. remarks: (run that makes the step, step) → what was noted there before.

        visited: run → the last iteration that was visited there before.
        """
        self.recorders = recorders
        self.runs = runs
        recorders.recorded = runs.numbers
        self.replay = replay
        self.notes = Notes(recorders, replay, remarks)
        self.position = Position(chapter=begin.chapter)
        self.goal: Position | None = None
        """Where a far jump is going."""
        self._in_force: Timeline | None = None  # the run that the recorders know of
        self._told = False  # that a recording differs
        self._visited = dict(visited or {})  # run → the last iteration that was visited there
        self._enter(runs.timeline(begin.chapter))

    @property
    def course(self) -> Course:
        """The steps of the run that the viewer is in."""
        return self.timeline.course

    @property
    def base_course(self) -> Course:
        """The steps of the run that a key moves in."""
        return self._timeline(self.base).course

    @property
    def frame(self) -> Frame:
        """What is known where the viewer is."""
        return self.timeline.frame(self.position.step)

    @property
    def lesson(self) -> "Lesson | None":
        """The recorded lesson, where there is one."""
        return self.replay.lesson if self.replay is not None else None

    @property
    def base(self) -> Position:
        """What a key moves from: where the viewer is or, while that is still computed, where they are going."""
        return replace(self.goal or self.position, playing=False)

    def _enter(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.questions = questions(timeline.scenario)
        self.notes.enter(timeline.scenario)

    # --- moving

    def aim(self, position: Position) -> bool:
        """Goes to a position; False where that is too far to be computed at once: then `approach`, and `arrive`."""
        if not is_near(self._timeline(position), self._iteration(position)):
            if self._in_force not in (None, self.timeline):
                self._take(self.position)  # in another run the viewer waits at its start
            self.goal = position
            return False
        self.goal = None
        self._take(position)
        return True

    def approach(self) -> Iterator[int]:
        """Computes what the goal needs, in slices; yields how many data points are left."""
        assert self.goal is not None
        return self._timeline(self.goal).approach(self._iteration(self.goal))

    def distance(self) -> int:
        """How many data points there are to compute."""
        return self._timeline(self.goal).distance(self._iteration(self.goal)) if self.goal else 0

    def arrive(self) -> None:
        """Goes to the goal, which is computed now."""
        arrived, self.goal = self.goal, None
        if arrived is not None:
            self._take(arrived)

    def give_up(self) -> None:
        """Stays at the present position; what is computed stays."""
        self.goal = None
        self.position = replace(self.position, playing=False)

    def adjust(self, change: Callable[[Position], Position]) -> None:
        """Changes the grain, the speed or play, also of the goal."""
        if self.goal is not None:
            self.goal = change(self.goal)
            self.position = replace(change(self.position), playing=False)
        else:
            self._take(change(self.position))

    def _take(self, position: Position) -> None:
        """Goes there. It is computed at once, so that what the plot knows does not depend on which positions were painted."""
        before, timeline = self.position, self._timeline(position)
        timeline.iteration(timeline.course.iteration(position.step))
        farthest = max(position.farthest, self._visited.get(position.chapter, 0))
        self._visited[position.chapter] = farthest
        self.position = position if self.replay is not None else replace(position, farthest=farthest)
        if timeline is not self._in_force:
            self._in_force = timeline
            self._enter(timeline)
            self.recorders.enter(timeline, position.step, _grain(position))
        elif _plays_on(before, position):
            self.recorders.play(before.step, position.step, position.speed, _grain(position))
        elif position.step != before.step:
            self.recorders.stop(position.step, _grain(position))

    def to(self, step: int) -> Position:
        """The position at a step of the run, kept inside it."""
        return moved(self.base, self.base_course, step)

    def is_near(self, step: int) -> bool:
        """Whether a step of this run can be shown without much computing."""
        return is_near(self.timeline, self.course.iteration(step))

    def _timeline(self, position: Position) -> Timeline:
        return self.runs.timeline(position.chapter)

    def _iteration(self, position: Position) -> int:
        return self._timeline(position).course.iteration(position.step)

    # --- forks

    def forked(self, here: Position, edits: "Sequence[Edit]") -> Position:
        """At the same step as `here` of a new fork, with something changed from its data point on.

        EditError where it cannot be changed so, or where the recording has no room for another fork.
        """
        from nntui.training.edits.edit import EditError

        if self.recorders.is_full:
            raise EditError("no more forks fit into the recording of this session; expected a new session (q, and open it again)")
        return self.switched(self.runs.fork(here.chapter, self._iteration(here), edits), here)

    def switched(self, number: int, here: Position | None = None) -> Position:
        """At the same step of another run of the family, as `here` or, left out, as where a key moves from."""
        here = here or self.base
        farthest = max(self.visited(number), self._iteration(here))
        return replace(here, chapter=number, farthest=farthest, grain=_grain(here))

    def visited(self, number: int) -> int:
        """The last iteration of a run that was visited; in a lesson that is replayed, up to the present stop."""
        here = self._visited.get(number, 0)
        if self.replay is None or number >= FIRST_OWN:
            return here
        step = self.replay.lesson.visited(number, self.position.stop)
        recorded = self.course.iteration(step) if step is not None else 0
        return max(here, recorded) if is_away(self.position, self.replay.lesson) else recorded

    def rename(self, number: int, name: str) -> None:
        """Gives a run a name."""
        self.runs.rename(number, name)
        self.recorders.rename(self.runs.timeline(number), name)

    def discard(self, number: int) -> None:
        """Deletes a fork, which the viewer is not in."""
        self.recorders.discard(self.runs.timeline(number))
        self.runs.discard(number)

    # --- what is told

    def news(self) -> str:
        """What is to be told, once: of what is recorded now, and of what was."""
        words = [self.recorders.news()]
        if self.timeline.differs is not None and not self._told:
            self._told = True
            address = self.course.address(min(self.timeline.differs * self.course.length, self.course.last))
            words.append(f"From {address} on this machine computes other weights than were recorded: shown is what was recorded.")
        return " · ".join(word for word in words if word)

    # --- another run

    def change(self, scenario: Scenario) -> tuple[Position, str]:
        """The file was read again: the same address of the new run where that still exists, and a sentence."""
        address = str(self.course.address(self.position.step))
        timeline = Timeline(scenario)
        try:
            step, said = timeline.course.parse(address), f"read again, at {address}"
        except AddressError:
            step, said = 0, f"read again; {address} is no more, so this is the start"
        if forks := self.runs.made:
            said += f". {'A fork' if forks == 1 else f'{forks} forks'} of the run before went with it"
        self.goal = None
        self.runs = RunRegistry.of(timeline)
        self.notes.forget()
        self._enter(timeline)
        self._visited.clear()
        self.position = Position(grain=self.position.grain, speed=self.position.speed)
        return moved(self.position, timeline.course, step), said


def is_near(timeline: Timeline, n: int) -> bool:
    """Whether an iteration of a run can be shown without much computing."""
    return timeline.distance(n) <= AT_ONCE * timeline.stride


def _plays_on(before: Position, position: Position) -> bool:
    """Whether play is begun at a position, or has come there; the stops of a recorded lesson are no play of this session."""
    if not position.playing or position.grain == "stop":
        return False
    return position.step > before.step if before.playing else position.step == before.step


def _grain(position: Position) -> Grain:
    """The grain that is recorded: stops of a lesson that is replayed are no grain of this session's recording."""
    return position.grain if position.grain != "stop" else "neuron"
