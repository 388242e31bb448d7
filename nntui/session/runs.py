"""The runs that can be shown: the one that was opened, its forks, and the chapters of a lesson that is replayed.

Each has a number, which a `Position` carries. Chapters of a lesson have their own; the forks of this session count on
from `FIRST_OWN`, so that a lesson that still grows never meets them.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.explain.notation.symbols import Notation
from nntui.training.segments.lineage import lineage
from nntui.training.timeline import Timeline
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.session.recordings.replay import Replay
    from nntui.training.edits.edit import Edit

FIRST_OWN = 1 << 30
MOST = 100  # forks of a session
DRAWN = 3  # runs in the plot besides the one that the viewer is in


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run of a family. name: empty where it was given none. depth: how many forks lie between it and the original."""

    number: int
    timeline: Timeline
    name: str = ""
    depth: int = 0

    @property
    def edits(self) -> "tuple[Edit, ...]":
        """What was changed where it begins; nothing in the original."""
        return self.timeline.origin.edits if self.timeline.origin is not None else ()

    @property
    def start(self) -> int:
        """The first iteration that it does not share with the run it comes from."""
        return self.timeline.origin.start if self.timeline.origin is not None else 0

    @property
    def is_fork(self) -> bool:
        """Whether it comes from another run."""
        return self.timeline.origin is not None

    def called(self, notation: Notation) -> str:
        """The name that was given, or what was changed."""
        from nntui.explain.sentences.edits import fork_words

        return self.name or fork_words(self.edits, notation)


class RunRegistry:
    """The runs by number; it grows by forks."""

    def __init__(
        self, runs: Mapping[int, Timeline], names: Mapping[int, str] | None = None, replay: "Replay | None" = None
    ) -> None:
        """runs: by number; none for a lesson, whose `replay` makes them. names: of those that have one."""
        self._replay = replay
        self._by_number = {number: Run(number, timeline, (names or {}).get(number, "")) for number, timeline in runs.items()}
        self._made = 0

    @classmethod
    def of(cls, timeline: Timeline) -> "RunRegistry":
        """A run and those that its scenario brings along, numbered as they are in a recording that begins with it."""
        names = {number: fork.name for number, fork in enumerate(timeline.scenario.forks, start=1)}
        return cls(dict(enumerate((timeline, *timeline.brought))), names)

    @property
    def numbers(self) -> dict[Timeline, int]:
        """The runs of this session by their timelines."""
        return {run.timeline: run.number for run in self._by_number.values()}

    @property
    def made(self) -> int:
        """How many forks were made in this session and are still there."""
        return sum(run.is_fork and not self.is_brought(run.number) for run in self._by_number.values())

    def has(self, number: int) -> bool:
        """Whether there is a run of that number (still)."""
        return number in self._by_number or (self._replay is not None and number < FIRST_OWN)

    def timeline(self, number: int) -> Timeline:
        """The run of that number; KeyError where there is none."""
        if self._replay is not None and number < FIRST_OWN:
            return self._replay.timeline(number)
        return self._by_number[number].timeline

    def family(self, number: int) -> list[Run]:
        """The runs that come from the same one as the run of a number: each before its forks, in the order of their making."""
        return _tree(self._all(self.timeline(number).root))

    def _all(self, root: Timeline) -> list[Run]:
        chapters = [Run(*chapter) for chapter in self._replay.family(root)] if self._replay is not None else []
        return [run for run in (*chapters, *self._by_number.values()) if run.timeline.root is root]

    def run(self, number: int) -> Run:
        """The run of a number."""
        return next(run for run in self.family(number) if run.number == number)

    def beside(self, number: int) -> list[Run]:
        """The runs that are drawn beside the run of a number: those it comes from, then the newest, at most `DRAWN`."""
        family = self.family(number)
        near = {timeline: place for place, timeline in enumerate(lineage(self.timeline(number)))}
        others = sorted((run for run in family if run.number != number), key=lambda run: run.number, reverse=True)
        chosen = sorted(others, key=lambda run: near.get(run.timeline, len(near)))[:DRAWN]
        return [run for run in family if run in chosen]

    def fork(self, number: int, iteration: int, edits: "Sequence[Edit]") -> int:
        """The number of a new fork; EditError where something cannot be changed so."""
        from nntui.training.edits.edit import EditError

        if len(self._by_number) > MOST:
            raise EditError(f"there are {len(self._by_number) - 1} forks; expected at most {MOST} (f, D deletes one)")
        timeline = self.timeline(number).fork(iteration, edits)
        self._made += 1
        self._by_number[FIRST_OWN + self._made] = Run(FIRST_OWN + self._made, timeline)
        return FIRST_OWN + self._made

    def may_change(self, number: int) -> bool:
        """Whether a run of that number may be named or deleted: chapters of a replayed lesson may not, nor what is brought."""
        return number in self._by_number and not self.is_brought(number)

    def is_brought(self, number: int) -> bool:
        """Whether the scenario brings a run along."""
        timeline = self.timeline(number)
        return timeline in timeline.root.brought

    def rename(self, number: int, name: str) -> None:
        """Gives a run of this session a name."""
        self._by_number[number] = replace(self._by_number[number], name=name)

    def discard(self, number: int) -> None:
        """Deletes a fork; what was forked from it stays."""
        del self._by_number[number]


def _tree(runs: Sequence[Run]) -> list[Run]:
    """The runs with their depths, each before those that come from it, these in the order in which they are given."""
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
    """The nearest run that a run comes from and that is still there; None where none is."""
    line = timeline
    while line.origin is not None:
        line = line.origin.timeline
        if line in there:
            return line
    return None
