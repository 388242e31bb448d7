"""What was found on a sheet, in lines for a terminal."""

from collections.abc import Iterator

from nntui.explain.grading.judge import slip_words
from nntui.explain.grading.sheet import Finding, MarkedSheet
from nntui.explain.notation.numerals import Numerals, full
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.training.steps import Course


def work_lines(work: MarkedSheet, course: Course, name: str) -> Iterator[str]:
    """A line for each wrong number, the first in the order of the steps first; at last the summary. `name`: of the file."""
    for number, finding in enumerate(work.findings):
        yield _told(finding, course, name, first=number == 0)
    if work.wrong > len(work.findings):
        yield f"{name}: {work.wrong - len(work.findings)} more are wrong"
    yield (
        f"{name}: {work.answers} answers, {work.right} right, {work.follows} follow from an earlier slip, "
        f"{work.wrong} wrong, {work.missing} not answered"
    )


def _told(finding: Finding, course: Course, name: str, first: bool) -> str:
    answer = finding.answer
    assert answer.typed is not None
    place = f"{name}:{answer.line}: {'the first wrong number, ' if first else ''}{course.address(answer.step)}, {symbol(finding)}"
    found = (
        f"found {full(answer.typed.value)}; {_written(finding.expected, answer.typed.half)} follows from the numbers before it"
    )
    return f"{place}: {found}. {slip_words(finding.slips)}"


def symbol(finding: Finding) -> str:
    """The number in the lecture's letters."""
    cell = finding.cell
    match cell.kind:
        case "cost":
            return "C"
        case "gradient":
            return f"∂C/∂{weight_symbol(cell.layer, cell.neuron, cell.sender)}"
        case "update":
            return f"new {weight_symbol(cell.layer, cell.neuron, cell.sender)}"
        case _:
            return neuron_symbol("δ" if cell.kind == "delta" else cell.kind, cell.layer, cell.neuron)


def _written(value: float, half: float) -> str:
    """A number with as many decimals as the student gave, four at least."""
    decimals = len(f"{half * 2.0:.17f}".rstrip("0")) - 2 if 0.0 < half < 1.0 else 4
    return Numerals(min(max(decimals, 4), 12)).write(value)
