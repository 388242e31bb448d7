"""Where one stands in a run, and how one moves in it: what keys do, without a window.

All ways of moving end in `aim`: a key, a click, a tick of play, a stop of a recorded lesson. It is handed to the
keeper before anything is painted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from nntui.lesson.log import Lesson
from nntui.lesson.tour import neighbour, questions, tour
from nntui.session.position import Position, at_stop, back, forward, is_away, moved
from nntui.session.recorders import Recorders
from nntui.session.replay import Replay
from nntui.session.runs import OWN, Runs
from nntui.training.edits import Edit, EditError
from nntui.training.scenario import Scenario
from nntui.training.steps import AddressError, Course, Grain
from nntui.training.timeline import Timeline

AT_ONCE = 8  # slices of computing that a key press may take: some tens of milliseconds
_JUMPS = 100  # that Backspace may go back


class Navigator:
    """One walk through a run and its forks, or through a recorded lesson (`replay`) and off it."""

    def __init__(
        self,
        runs: Runs,
        begin: Position,
        recorders: Recorders,
        replay: Replay | None = None,
        remarks: Mapping[tuple[Timeline, int], str] | None = None,
    ) -> None:
        """begin: where it will begin. remarks: (run that makes it, step) → what was noted there before."""
        self.recorders = recorders
        self.runs = runs
        recorders.recorded = runs.numbers
        self.replay = replay
        self.position = Position(chapter=begin.chapter)
        self.goal: Position | None = None
        """Where a far jump is going."""
        self._remarks = dict(remarks or {})
        self._jumps: list[Position] = []
        self._in_force: Timeline | None = None  # the run that the keeper knows of
        self._told = False  # that a recording differs
        self._visited: dict[int, int] = {}  # run → the last iteration that was visited there
        self._use(runs.timeline(begin.chapter))

    @property
    def course(self) -> Course:
        """The steps of the run one stands in."""
        return self.timeline.course

    @property
    def lesson(self) -> Lesson | None:
        """The recorded lesson, where there is one."""
        return self.replay.lesson if self.replay is not None else None

    @property
    def base(self) -> Position:
        """What a key moves from: where one stands or, while that is still computed, where one is going."""
        return replace(self.goal or self.position, playing=False)

    def _use(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.tour, self.questions = tour(timeline.scenario), questions(timeline.scenario)

    # --- moving

    def aim(self, position: Position) -> bool:
        """Goes to a stand; False where that is too far to be computed at once: then `approach`, and `arrive`."""
        if not is_near(self._timeline(position), self._iteration(position)):
            if self._in_force not in (None, self.timeline):
                self._take(self.position)  # in another run one waits at its start
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
        """The goal can be gone to now."""
        arrived, self.goal = self.goal, None
        if arrived is not None:
            self._take(arrived)

    def give_up(self) -> None:
        """Stays where one stands; what is computed stays."""
        self.goal = None
        self.position = replace(self.position, playing=False)

    def adjust(self, change: Callable[[Position], Position]) -> None:
        """Changes how one moves, also for the place one is going to."""
        if self.goal is not None:
            self.goal = change(self.goal)
            self.position = replace(change(self.position), playing=False)
        else:
            self._take(change(self.position))

    def _take(self, position: Position) -> None:
        """Stands there. It is computed at once, so that what the plot knows does not hang on which stands were painted."""
        before, timeline = self.position, self._timeline(position)
        timeline.iteration(timeline.course.iteration(position.step))
        self.position = position
        self._visited[position.chapter] = max(position.farthest, self._visited.get(position.chapter, 0))
        if timeline is not self._in_force:
            self._in_force = timeline
            self._use(timeline)
            self.recorders.enter(timeline, position.step, _grain(position))
        elif (
            position.playing
            and position.grain != "stop"
            and (position.step > before.step if before.playing else position.step == before.step)
        ):
            self.recorders.play(before.step, position.step, position.speed, position.grain)
        elif position.step != before.step:
            self.recorders.stop(position.step, _grain(position))

    def is_near(self, step: int) -> bool:
        """Whether a step of this run can be looked at without much computing."""
        return is_near(self.timeline, self.course.iteration(step))

    def _timeline(self, position: Position) -> Timeline:
        return self.runs.timeline(position.chapter)

    def _iteration(self, position: Position) -> int:
        return self._timeline(position).course.iteration(position.step)

    # --- where keys go

    def to(self, step: int) -> Position:
        """At a step of the run."""
        return moved(self.base, self._timeline(self.base).course, step)

    def forward(self) -> Position:
        """At the next stop of the grain."""
        return forward(self.base, self._timeline(self.base).course, self.lesson)

    def back(self) -> Position:
        """At the stop before."""
        return back(self.base, self._timeline(self.base).course, self.lesson)

    def next_tick(self) -> Position:
        """Where play goes on to, from stop to stop of the run."""
        return forward(self.position, self.course)

    def first(self) -> Position:
        """At the first stop of the grain: of the run, or of the lesson."""
        lesson = self.lesson
        return at_stop(self.base, lesson, 0) if lesson is not None and self.base.grain == "stop" else self.to(0)

    def last(self) -> Position:
        """At the last."""
        lesson = self.lesson
        if lesson is not None and self.base.grain == "stop":
            return at_stop(self.base, lesson, lesson.stops - 1)
        return self.to(1 << 62)

    def note(self, change: int) -> Position | None:
        """At the next note, or the one before: of the lesson, or of the scenario's tour."""
        if self.lesson and self.lesson.marks and self.base.grain == "stop":
            mark = self.lesson.neighbour_mark(self.base.stop, change)
            return at_stop(self.base, self.lesson, mark.stop) if mark is not None else None
        step = neighbour(self.tour, self.base.step, change)
        return self.to(step) if step is not None else None

    @property
    def has_notes(self) -> bool:
        """Whether n leads anywhere."""
        return bool(self.tour or (self.lesson and self.lesson.marks))

    def remember(self) -> None:
        """A jump begins here, from which Backspace returns."""
        self._jumps = [*self._jumps, self.base][-_JUMPS:]

    def returned(self) -> Position | None:
        """Back in the lesson, at the newest stop of one that is followed; else where the last jump began."""
        if self.replay is not None and self.replay.follower is not None and self.replay.follower.state == "written":
            return self.live()
        if self.replay is not None and (self.base.grain != "stop" or is_away(self.base, self.replay.lesson)):
            return at_stop(self.base, self.replay.lesson, self.base.stop)
        while self._jumps and not self.runs.has(self._jumps[-1].chapter):
            self._jumps.pop()  # from a fork that was put away
        return replace(self._jumps.pop(), playing=False) if self._jumps else None

    def replayed(self, seconds: float) -> Position:
        """At a time of the lesson's bar; play ends with the lesson, unless it still goes on."""
        assert self.replay is not None
        return self._playing(self.position, max(self.replay.lesson.stop_at(seconds), self.position.stop))

    def played(self) -> Position:
        """In the lesson, which goes on from where one is or was."""
        return self._playing(self.base, self.base.stop)

    def live(self) -> Position:
        """Where the writer of a followed lesson stands, going on with them."""
        assert self.replay is not None
        return self._playing(self.base, self.replay.lesson.stops - 1)

    def _playing(self, position: Position, stop: int) -> Position:
        """At a stop, and going on from it, unless the lesson ends there."""
        assert self.replay is not None
        there = at_stop(position, self.replay.lesson, stop)
        return replace(there, playing=self.replay.follower is not None or there.stop < self.replay.lesson.stops - 1)

    # --- forks

    def forked(self, here: Position, edits: Sequence[Edit]) -> Position:
        """At the same step as `here` of a new fork, with something changed from its data point on; EditError if it cannot be."""
        if self.recorders.is_full:
            raise EditError("no more forks fit into the recording of this session; expected a new session (q, and open it again)")
        return self._in_run(self.runs.fork(here.chapter, self._iteration(here), edits), here)

    def switched(self, number: int) -> Position:
        """At the same step of another run of the family."""
        return self._in_run(number, self.base)

    def _in_run(self, number: int, here: Position) -> Position:
        farthest = max(self.visited(number), self._iteration(here))
        return replace(here, chapter=number, farthest=farthest, grain=_grain(here))

    def visited(self, number: int) -> int:
        """The last iteration of a run that was visited; in a lesson that is replayed, up to the stop one is at."""
        mine = self._visited.get(number, 0)
        if self.replay is None or number >= OWN:
            return mine
        step = self.replay.lesson.visited(number, self.position.stop)
        recorded = self.course.iteration(step) if step is not None else 0
        return max(mine, recorded) if is_away(self.position, self.replay.lesson) else recorded

    def rename(self, number: int, name: str) -> None:
        """Gives a run a name."""
        self.runs.rename(number, name)
        self.recorders.rename(self.runs.timeline(number), name)

    def discard(self, number: int) -> None:
        """Puts a fork away, where one does not stand in it."""
        self.recorders.discard(self.runs.timeline(number))
        self.runs.discard(number)

    # --- what is said here

    def remark(self, text: str) -> None:
        """Notes something at the step one stands at."""
        self.recorders.remark(self.position.step, text)
        self._remarks[self._made_here] = text

    @property
    def _made_here(self) -> tuple[Timeline, int]:
        """Which run makes what one stands at, and the step: before a fork it is the original's."""
        return self.timeline.owner(self._iteration(self.position)), self.position.step

    def words(self) -> str:
        """The note of this step: typed in this session, recorded, or of the scenario's tour."""
        recorded = self.replay.remark(self.position) if self.replay is not None else ""
        return self._remarks.get(self._made_here, "") or recorded or self.tour.get(self.position.step, "")

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
        if forks := len(self.runs.numbers) - 1:
            said += f". {'A fork' if forks == 1 else f'{forks} forks'} of the run before went with it"
        self.goal = None
        self.runs = Runs({0: timeline})
        self._use(timeline)
        self._jumps.clear()
        self._visited.clear()
        self._remarks.clear()
        self.position = Position(grain=self.position.grain, speed=self.position.speed)
        return moved(self.position, timeline.course, step), said


def is_near(timeline: Timeline, n: int) -> bool:
    """Whether an iteration of a run can be looked at without much computing."""
    return timeline.distance(n) <= AT_ONCE * timeline.slice


def _grain(position: Position) -> Grain:
    """The grain that is recorded: a lesson that is replayed is not one of this session's."""
    return position.grain if position.grain != "stop" else "neuron"
