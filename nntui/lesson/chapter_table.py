"""The chapters of a lesson: a *chapter* is one run, of a scenario that was read or read again, or a fork of one of them.

Chapters count from 0 in the order of their creation; the forks that a scenario brings along come right after it.
"""

from nntui.lesson.events import LessonError
from nntui.training.edits.apply import apply_edits
from nntui.training.edits.edit import Edit, EditError, read_edits
from nntui.training.row_order import RowOrders
from nntui.training.scenario import Scenario
from nntui.training.steps import Course
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class ForkPoint:
    """Where a fork comes from: the chapter that it leaves, before which iteration, and the edits."""

    chapter: int
    start: int
    edits: tuple[Edit, ...]


class ChapterTable:
    """The chapters, and which of them is in force."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenarios: list[Scenario] = []
        """The scenario of each chapter; that of a fork holds from its first iteration on."""
        self.current = 0
        """The chapter that is in force."""
        self.last = scenario.course.last
        """The last step of the current chapter."""
        self.forks: dict[int, ForkPoint] = {}
        """By chapter: where it comes from, if it is a fork."""
        self.names: dict[int, str] = {}
        """By chapter: its name, if it was given one."""
        self.discarded: set[int] = set()
        self.forked = 0
        """How many forks there are, those that a scenario brings along left aside."""
        self._roots: list[int] = []  # of each chapter
        self._lasts: list[int] = []  # the last step of each chapter
        self._orders: dict[int, RowOrders] = {}  # of the runs that have forks, by the chapter of their first run
        self.begin(scenario)

    @property
    def course(self) -> Course:
        """The steps of the current chapter."""
        return self.scenarios[self.current].course

    def begin(self, scenario: Scenario) -> None:
        """A chapter for a scenario, which is in force, and one for each of the forks that it brings along."""
        root = len(self.scenarios)
        self._open(scenario, root)
        for fork in scenario.forks:
            self._add_fork(root, scenario.course.iteration(scenario.course.parse(fork.at)), read_edits(fork.edits))
            if fork.name:
                self.names[self.current] = fork.name
        self.switch(root)

    def fork(self, start: int, edits: tuple[Edit, ...]) -> None:
        """A fork of the current chapter before iteration `start`, which is in force; LessonError where the edits do not fit."""
        self._add_fork(self.current, start, edits)
        self.forked += 1

    def switch(self, chapter: int) -> None:
        """Another chapter is in force."""
        self.current, self.last = chapter, self._lasts[chapter]

    def root(self, chapter: int) -> int:
        """The chapter at the end of the chain of forks that a chapter comes from; itself if it is no fork."""
        return self._roots[chapter]

    def check(self, chapter: int) -> None:
        """LessonError if there is no chapter of that number."""
        if chapter >= len(self.scenarios):
            raise LessonError(f"a run of number {chapter}; expected 0 to {len(self.scenarios) - 1}")

    def last_of(self, chapter: int) -> int:
        """The last step of a chapter; LessonError if there is none of that number."""
        self.check(chapter)
        return self._lasts[chapter]

    def _add_fork(self, chapter: int, start: int, edits: tuple[Edit, ...]) -> None:
        owner = self._owner(chapter, start)
        scenario = self.scenarios[owner]
        try:
            made = apply_edits(scenario, self._orders_of(owner).row_of(start), edits, start)
        except EditError as fault:
            raise LessonError(str(fault)) from None
        self._open(made.scenario, self._roots[owner])
        self.forks[self.current] = ForkPoint(owner, start, edits)

    def _owner(self, chapter: int, iteration: int) -> int:
        """The chapter that computes an iteration of a chapter's run: itself, or one that it was forked from."""
        while chapter in self.forks and iteration < self.forks[chapter].start:
            chapter = self.forks[chapter].chapter
        return chapter

    def _open(self, scenario: Scenario, root: int) -> None:
        self.scenarios.append(scenario)
        self._roots.append(root)
        self._lasts.append(scenario.course.last)
        self.switch(len(self.scenarios) - 1)

    def _orders_of(self, chapter: int) -> RowOrders:
        root = self._roots[chapter]
        if root not in self._orders:
            self._orders = {root: RowOrders(self.scenarios[root])}
        return self._orders[root]
