"""The sheets of a class, marked: one after the other, the unreadable ones named, and what they have in common."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field

from nntui.explain.marking.findings import FindingGroup, grouped, symbol
from nntui.explain.marking.marked_sheet import MarkedSheet
from nntui.explain.marking.points import PointsRule, points_text
from nntui.explain.marking.report import counts
from nntui.training.scenario import Scenario
from nntui.training.steps import Course
from nntui.values import dataclass

MOST_COMMON = 12  # slips of a summary


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """A sheet as it is told: its name, and what was found on it, or why it cannot be read."""

    name: str
    scenario: Scenario | None = None
    work: MarkedSheet | None = None
    error: str | None = None
    groups: tuple[FindingGroup, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(grouped(self.work.findings)) if self.work else ())

    @property
    def course(self) -> Course:
        """The steps that the sheet is about."""
        assert self.scenario is not None
        return self.scenario.course


def line(paper: MarkedPaper, rule: PointsRule) -> str:
    """A sheet in one line."""
    if paper.work is None:
        return f"{paper.name}: cannot be read"
    told = f"{paper.name}: {counts(paper.work)}, {points_text(rule.points(paper.work))} points"
    if not paper.groups:
        return told
    first = paper.groups[0]
    what = first.slip.words if first.slip else "by no slip that is known here"
    return f"{told}; first {paper.course.address(first.first.answer.step)}, {symbol(first.first)}: {what}"


_LETTERS = {"cost": "C", "delta": "δ", "gradient": "∂C/∂w", "update": "the new weights"}


def summary(papers: Sequence[MarkedPaper], rule: PointsRule) -> Iterator[str]:
    """`17 of 30 left out σ′ (δ)`: how many sheets have a slip, the most common one first; then how all of them did."""
    read = [paper for paper in papers if paper.work is not None]
    sheets: Counter[tuple[str, str]] = Counter()
    for paper in read:
        sheets.update({(group.first.cell.kind, group.slip.words) for group in paper.groups if group.slip})
    for (kind, words), count in sheets.most_common(MOST_COMMON):
        yield f"{count} of {len(read)} {_done(words)} ({_LETTERS.get(kind, kind)})"
    unknown = sum(any(group.slip is None for group in paper.groups) for paper in read)
    if unknown:
        yield f"{unknown} of {len(read)} have a wrong number that no known slip gives"
    clean = sum(not paper.groups for paper in read)
    yield f"{len(read)} sheets marked, {clean} without a wrong number, {len(papers) - len(read)} could not be read"
    yield rule.words()


def _done(words: str) -> str:
    """What comes out `without σ′` was `left out`; `when …` and `with …` go on a sentence."""
    if words.startswith("when "):
        return f"have what comes out {words}"
    return f"left out {words.removeprefix('without ')}" if words.startswith("without ") else f"worked {words}"
