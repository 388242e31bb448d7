"""The runs that one can stand in: the one that was opened, its forks, and the chapters of a lesson that is replayed.

Each has a number, which a stand carries. Chapters of a lesson have theirs; runs that come to be here count on from
`OWN`, so that a lesson that still grows never meets them.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from nntui.session.replay import Replay
from nntui.training.edits import Edit, EditError
from nntui.training.timeline import Timeline

OWN = 1 << 30
MOST = 100  # forks of a session
DRAWN = 3  # runs in the plot besides the one where one stands


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run of a family. name: empty where it was given none. depth: how many forks lie between it and the original."""

    number: int
    timeline: Timeline
    name: str = ""
    depth: int = 0

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed where it begins; nothing in the original."""
        return self.timeline.origin.edits if self.timeline.origin is not None else ()

    @property
    def start(self) -> int:
        """The first iteration of its own."""
        return self.timeline.origin.start if self.timeline.origin is not None else 0

    @property
    def is_fork(self) -> bool:
        """Whether it comes from another run."""
        return self.timeline.origin is not None


class Runs:
    """Grows by forks. tape: the lesson whose chapters are runs too."""

    def __init__(
        self, runs: Mapping[int, Timeline], names: Mapping[int, str] | None = None, replay: Replay | None = None
    ) -> None:
        """runs: by number; of a lesson none, its tape makes them. names: of those that have one."""
        self._replay = replay
        self._own = {number: Run(number, timeline, (names or {}).get(number, "")) for number, timeline in runs.items()}
        self._made = 0

    @property
    def numbers(self) -> dict[Timeline, int]:
        """The runs of this session by their timelines."""
        return {run.timeline: run.number for run in self._own.values()}

    def has(self, number: int) -> bool:
        """Whether there is a run of that number (still)."""
        return number in self._own or (self._replay is not None and number < OWN)

    def timeline(self, number: int) -> Timeline:
        """The run of that number; KeyError where there is none."""
        if self._replay is not None and number < OWN:
            return self._replay.timeline(number)
        return self._own[number].timeline

    def family(self, number: int) -> list[Run]:
        """The runs that come from the same one as that of a number: each before its forks, these in the order they came."""
        return _tree(self._all(self.timeline(number).root))

    def _all(self, root: Timeline) -> list[Run]:
        chapters = [Run(*chapter) for chapter in self._replay.family(root)] if self._replay is not None else []
        return [run for run in (*chapters, *self._own.values()) if run.timeline.root is root]

    def run(self, number: int) -> Run:
        """The run of a number."""
        return next(run for run in self.family(number) if run.number == number)

    def beside(self, number: int) -> list[Run]:
        """The runs that are drawn beside that of a number: those it comes from, then the newest, a few in all."""
        family = self.family(number)
        near = {timeline: place for place, timeline in enumerate(self.timeline(number).lineage)}
        others = sorted((run for run in family if run.number != number), key=lambda run: run.number, reverse=True)
        chosen = sorted(others, key=lambda run: near.get(run.timeline, len(near)))[:DRAWN]
        return [run for run in family if run in chosen]

    def fork(self, number: int, iteration: int, edits: Sequence[Edit]) -> int:
        """The number of a new fork; EditError where something cannot be changed so."""
        if len(self._own) > MOST:
            raise EditError(f"there are {len(self._own) - 1} forks; expected at most {MOST} (f, D puts one away)")
        timeline = self.timeline(number).fork(iteration, edits)
        self._made += 1
        self._own[OWN + self._made] = Run(OWN + self._made, timeline)
        return OWN + self._made

    def may_change(self, number: int) -> bool:
        """Whether a run is this session's to be named or put away: chapters of a replayed lesson are not."""
        return number in self._own

    def rename(self, number: int, name: str) -> None:
        """Gives a run of this session a name."""
        self._own[number] = replace(self._own[number], name=name)

    def discard(self, number: int) -> None:
        """Puts a fork away; what was forked from it stays."""
        del self._own[number]


def _tree(runs: Sequence[Run]) -> list[Run]:
    """Each run before those whose nearest relative it is, these in the order in which they are given; with their depths."""
    there = {run.timeline: run for run in runs}
    forks: dict[Timeline | None, list[Run]] = {}
    for run in runs:
        forks.setdefault(_nearest(run.timeline, there), []).append(run)
    tree: list[Run] = []
    waiting = [(run, 0) for run in reversed(forks.get(None, []))]
    while waiting:
        run, depth = waiting.pop()
        tree.append(replace(run, depth=depth))
        waiting += [(fork, depth + 1) for fork in reversed(forks.get(run.timeline, []))]
    return tree


def _nearest(timeline: Timeline, there: Container[Timeline]) -> Timeline | None:
    """The nearest of the runs that one comes from which is there still; None where none is."""
    line = timeline
    while line.origin is not None:
        line = line.origin.timeline
        if line in there:
            return line
    return None
