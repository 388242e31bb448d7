"""Reading [[fork]]: runs that a scenario brings along, each its own run with edits made before a data point."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nntui.explain.notation.pasted import as_typed
from nntui.explain.sentences.edits import ORIGINAL
from nntui.files.scenario import bounds
from nntui.files.scenario.build import LONGEST_ADDRESS, safe_line
from nntui.files.scenario.stops import AddressedTable
from nntui.files.schema.validate import Faults
from nntui.text.safe import quoted
from nntui.training.edits.apply import apply_edits
from nntui.training.edits.edit import Edit, EditError, read_edits
from nntui.training.row_order import RowOrders
from nntui.training.scenario import MOST_RUN_NAME, Scenario, ScenarioFork
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class ForkTable:
    """A [[fork]] whose text is sound. number: its place in the file, from 1; step: that of its address."""

    number: int
    step: int
    edits: tuple[Edit, ...]
    fork: ScenarioFork


def read_forks(stops: Sequence[AddressedTable], faults: Faults) -> list[ForkTable]:
    """The forks whose edits can be read; what is wrong with the others is added to the faults.

    stops: each [[fork]] whose address is in the run.
    """
    read: list[ForkTable] = []
    for number, step, table in stops:
        if table["edits"] is None or table["name"] is None:
            continue
        try:
            edits = read_edits(as_typed(table["edits"]))
        except EditError as fault:
            _refuse(number, fault, faults)
            continue
        at = safe_line(table["at"].strip(), LONGEST_ADDRESS)
        read.append(ForkTable(number, step, edits, ScenarioFork(at, " ".join(map(str, edits)), _name(table))))
    return read


def check_names(tables: Sequence[dict[str, Any] | None], faults: Faults) -> None:
    """No two forks may be called alike, nor any as the scenario's own run; those without a name are called by their edits."""
    named: dict[str, int] = {}
    for number, table in enumerate(tables, start=1):
        name = _name(table) if table and table["name"] is not None else ""
        first = named.setdefault(name, number) if name else number
        if first != number:
            words = f"fork {number} is called {quoted(name)}, as fork {first} is; expected a name of its own"
            faults.add(("fork", number - 1, "name"), words)
        elif name.casefold() == ORIGINAL:
            words = f"fork {number} is called {quoted(name)}, as the scenario's own run is; expected a name of its own"
            faults.add(("fork", number - 1, "name"), words)


def _name(table: dict[str, Any]) -> str:
    return safe_line(table["name"].strip(), MOST_RUN_NAME)


def with_forks(scenario: Scenario, tables: Sequence[ForkTable], faults: Faults) -> Scenario:
    """The scenario with its forks; edits that do not fit it are added to the faults."""
    orders, copied = RowOrders(scenario), 0
    for table in tables:
        n = scenario.course.iteration(table.step)
        copied += bounds.numbers_forked(scenario, table.edits)
        if copied > bounds.MOST_NUMBERS:
            words = f"with edits of x or y the forks up to here copy {copied} numbers; expected at most {bounds.MOST_NUMBERS}"
            faults.add(("fork", table.number - 1, "edits"), f"fork {table.number}: {words}")
            break
        try:
            apply_edits(scenario, orders.row_of(n), table.edits, n)
        except EditError as fault:
            _refuse(table.number, fault, faults)
    return replace(scenario, forks=tuple(table.fork for table in tables))


def _refuse(number: int, fault: EditError, faults: Faults) -> None:
    faults.add(("fork", number - 1, "edits"), f"`edits` of fork {number}: {fault}")
