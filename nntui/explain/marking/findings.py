"""Wrong numbers put together: the same slip at many places is one thing to tell."""

from collections import Counter
from collections.abc import Sequence

from nntui.explain.grading.slips.slip import Slip
from nntui.explain.marking.marked_sheet import Finding
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.values import dataclass

HABIT = 3  # places of a slip from which on it is the likelier one where another fits too


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Wrong numbers of one kind that one slip gives, in the order of the steps; without a slip a wrong number by itself."""

    slip: Slip | None
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The first in time."""
        return self.findings[0]

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return len(self.findings)


def grouped(findings: Sequence[Finding]) -> list[FindingGroup]:
    """The findings by their slips, the groups in the order of their first numbers.

    A number that two slips give is counted to a habit, a slip that is likeliest at HABIT places.
    """
    habits: Counter[tuple[str, str]] = Counter(
        (finding.cell.kind, finding.slips[0].name) for finding in findings if finding.slips
    )
    groups: dict[object, tuple[Slip | None, list[Finding]]] = {}
    for number, finding in enumerate(findings):
        slip = _chosen(finding, habits)
        key: object = (finding.cell.kind, slip.name) if slip else number
        groups.setdefault(key, (slip, []))[1].append(finding)
    return [FindingGroup(slip, tuple(members)) for slip, members in groups.values()]


def _chosen(finding: Finding, habits: "Counter[tuple[str, str]]") -> Slip | None:
    if not finding.slips:
        return None
    best = finding.slips[0]
    for slip in finding.slips[1:]:
        count = habits[finding.cell.kind, slip.name]
        if count >= HABIT and count > habits[finding.cell.kind, best.name]:
            best = slip
    return best


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
