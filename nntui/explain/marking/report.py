"""What was found on a sheet, in lines for a terminal."""

from collections.abc import Iterator

from nntui.explain.grading.judge import slip_words
from nntui.explain.marking.findings import FindingGroup, grouped, symbol
from nntui.explain.marking.marked_sheet import Finding, MarkedSheet
from nntui.explain.notation.numerals import Numerals, full
from nntui.text.decimal import TypedNumber
from nntui.training.steps import Course

MOST_TOLD = 20  # slips that are told one by one
MOST_PLACES = 8  # of a slip that are listed


def work_lines(work: MarkedSheet, course: Course, name: str) -> Iterator[str]:
    """A line for each slip, the first in the order of the steps first; at last the summary. `name`: of the file."""
    for line, words in work.other_inputs:
        yield f"{name}:{line}: {words}"
    groups = grouped(work.findings)
    for number, group in enumerate(groups[:MOST_TOLD]):
        yield _told(group, course, name, first=number == 0)
    more = sum(group.count for group in groups[MOST_TOLD:])
    if more:
        yield f"{name}: {more} more are wrong"
    yield f"{name}: {counts(work)}"


def counts(work: MarkedSheet) -> str:
    """How many answers there are of each verdict."""
    return (
        f"{work.answers} answers, {work.right} right, {work.follows} follow from an earlier slip, "
        f"{work.wrong} wrong, {work.missing} not answered"
    )


def _told(group: FindingGroup, course: Course, name: str, first: bool) -> str:
    answer = group.first.answer
    place = f"{name}:{answer.line}: {'the first wrong number, ' if first else ''}{course.address(answer.step)}"
    slips = group.first.slips if group.count == 1 or group.slip is None else (group.slip,)
    return f"{place}, {symbol(group.first)}: {found_words(group.first)} {slip_words(slips)}{_elsewhere(group, course)}"


def found_words(finding: Finding) -> str:
    """What was found and what follows instead."""
    typed = finding.answer.typed
    assert typed is not None
    return f"found {full(typed.value)}; {expected_words(finding.expected, typed)} follows from the numbers before it."


def _elsewhere(group: FindingGroup, course: Course) -> str:
    """`The same in 13 more places: …`, with the data point where it is another than the first number's."""
    others = group.findings[1:]
    if not others:
        return ""
    here = course.address(group.first.answer.step).data_point
    places = [_place(finding, course, here) for finding in others[:MOST_PLACES]]
    plural = "places" if len(others) > 1 else "place"
    return f" The same in {len(others)} more {plural}: {', '.join(places)}{', …' if len(others) > MOST_PLACES else ''}."


def _place(finding: Finding, course: Course, here: str) -> str:
    point = course.address(finding.answer.step).data_point
    return symbol(finding) if point == here else f"{symbol(finding)} at {point}"


def expected_words(value: float, typed: TypedNumber) -> str:
    """A number with as many decimals as the student gave, four at least."""
    return Numerals(min(max(typed.decimals, 4), 12)).write(value)
