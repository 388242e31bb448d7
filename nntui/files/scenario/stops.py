"""Tables with an `at`, an address of the run: [[note]], [[question]] and [[fork]]; what can be asked at an address.

Addresses are those of `nntui.training.steps`. What is wrong is added to the faults.
"""

from typing import Any, NamedTuple

from nntui.engine.batch_place import batch_place_of
from nntui.files.scenario.overrides import ChangedFaults
from nntui.files.schema.validate import Faults
from nntui.text.safe import quoted
from nntui.training.address import Address, AddressError, NotInRun
from nntui.training.steps import Course

_FORM = "EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"


class AddressedTable(NamedTuple):
    """A table with an `at`: its number in the file, from 1, the step of its address, and its keys."""

    number: int
    step: int
    keys: dict[str, Any]


def check_stops(clean: dict[str, Any], course: Course, faults: Faults) -> None:
    """Checks every `at` of notes and questions: an address of this run, for a question one to predict at."""
    steps_of("note", clean, course, faults)
    asked: dict[int, int] = {}
    for number, step, question in steps_of("question", clean, course, faults):
        first = asked.setdefault(step, number)
        at = course.address(step)
        fault = _unanswerable(at, question) if first == number else _asked_again(first, at)
        # where --set changed the run, a question of the file that makes no sense any more is no fault, and is not asked
        kept = isinstance(faults, ChangedFaults) and not faults.is_new(("question", number - 1))
        if not fault and question["kind"] == "cost" and not kept:
            fault = _no_cost_after(at, question, course, _batch(clean, course.points))
        if fault:
            faults.add(("question", number - 1, "at"), f"question {number}: {fault}")


def steps_of(table: str, clean: dict[str, Any], course: Course, faults: Faults) -> list[AddressedTable]:
    """Each [[note]], [[question]] or [[fork]] at an address of this run; the others are faults.

    If options of the command line changed the run, those of the file at steps that are gone are left out.
    """
    steps, left_out = [], []
    for number, stop in enumerate(clean[table] or [], start=1):
        if stop and stop["at"] is not None:
            try:
                steps.append(AddressedTable(number, course.parse(stop["at"]), stop))
            except AddressError as fault:
                if isinstance(fault, NotInRun) and isinstance(faults, ChangedFaults) and not faults.is_new((table, number - 1)):
                    left_out.append(stop)
                    continue
                expected = "" if ";" in str(fault) else f"; expected {_FORM}"
                faults.add((table, number - 1, "at"), f"{table} {number}: {fault}{expected}")
    if left_out:
        clean[table] = [stop for stop in clean[table] if not any(stop is gone for gone in left_out)]
    return steps


def _batch(clean: dict[str, Any], points: int) -> int:
    """Data points of a batch; points: those of an epoch."""
    batch = clean["training"].get("batch")
    return points if batch == "epoch" else int(batch or 1)


def _unanswerable(address: Address, question: dict[str, Any]) -> str | None:
    """Why nothing can be predicted at this address; None if something can."""
    at, kind = quoted(question["at"]), address.moment.kind
    if kind == "input":
        return f"{at} is the input, which is given; expected a step that computes, such as {address.epoch}:{address.point}:cost"
    if question["kind"] == "larger" and address.epoch == 1 and kind != "update":
        return f"{at} is in epoch 1, where `larger` has nothing before it; expected an update or a later epoch"
    return None


def _no_cost_after(address: Address, question: dict[str, Any], course: Course, batch: int) -> str | None:
    """Why `cost`, whether C of a row rises or falls, cannot be asked at an address; None where it can."""
    place = batch_place_of(batch, address.point - 1, course.points)
    point = address.point + place.size - place.number
    last = Address(address.epoch, point, course.moment(course.length - 1))
    if address == last:
        return None
    return f"{quoted(question['at'])} is not where C of a row changes; expected {last}, the last update"


def _asked_again(first: int, address: Address) -> str:
    return f"{address} is asked by question {first} already; expected one question at a step"
