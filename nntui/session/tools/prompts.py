"""What can be asked for in the line at the foot: an address, a note, the name of a file, a prediction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.explain.notation.pasted import as_typed
from nntui.files.io.errors import InputError
from nntui.files.library import typed
from nntui.session.navigator import Navigator
from nntui.session.predictor import Predictor
from nntui.session.text_request import TextRequest
from nntui.text.regex import regex
from nntui.training.address import AddressError
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.explain.marking.papers import MarkedPaper
    from nntui.training.until.condition import Condition

ADDRESS_HELP = """\
An address is EPOCH:POINT:KIND:LAYER:NEURON, all counted from 1. What is left out at its end is the first.

  40                the first data point of epoch 40
  3:2               data point 2 of epoch 3
  3:2:delta:1:2     there, δ of neuron 2 of layer 1
  start, end        the first step, the last step
  δ₁²  w⁰₁₂  a2.1   the step that makes this number, of the present data point

Kinds: input z a cost delta gradient update
"""

_SYMBOL = regex(r"(z|a|δ|d|delta|g|w|b)([0-9]{1,4})\.([0-9]{1,4})(?:\.[0-9]{1,4})?")
_KINDS = {"z": "z", "a": "a", "δ": "delta", "d": "delta", "delta": "delta", "g": "gradient", "w": "update", "b": "update"}

_LONGEST_NOTE = 500  # characters
_MOST_SHEETS = 200  # that are marked while the viewer waits
_LONGEST_NAME = 200


def for_address(navigator: Navigator, go: Callable[[int], None]) -> TextRequest:
    """What g asks for: an address, to which `go` then goes."""

    def accept(text: str) -> str:
        try:
            step = navigator.course.parse(_address(text, navigator))
        except AddressError as error:
            return str(error)
        go(step)
        return ""

    return TextRequest("go to", "3:2:delta:1:2, 40, end · ? help · Esc closes", accept, help=ADDRESS_HELP)


def _address(text: str, navigator: Navigator) -> str:
    """An address; a symbol that was typed or pasted, δ₁² or w1.2.1, is that of the present data point."""
    typed_so = as_typed(text.strip())
    if ":" in typed_so:
        return typed_so.replace("δ", "delta")
    symbol = _SYMBOL.fullmatch(typed_so)
    if symbol is None:
        return text
    here = navigator.course.address(navigator.base.step).data_point
    return f"{here}:{_KINDS[symbol[1]]}:{symbol[2]}:{symbol[3]}"


def for_condition(
    navigator: Navigator, forward: bool, proposed: str, search: "Callable[[str, Condition, bool], None]", grammar: str
) -> TextRequest:
    """What u and U ask for: a condition, for which `search` then looks.

    proposed: the condition of last time. grammar: all conditions, for the help.
    """
    from nntui.training.until.parser import LONGEST, read_condition
    from nntui.training.until.typed_condition import ConditionError

    def accept(text: str) -> str:
        try:
            condition = read_condition(as_typed(text), navigator.timeline.scenario)
        except ConditionError as error:
            return str(error)
        search(text, condition, forward)
        return ""

    label = "run until" if forward else "back until"
    return TextRequest(label, "C < 0.01 · ? lists all · Esc closes", accept, LONGEST, proposed, replaced=True, help=grammar)


def for_note(navigator: Navigator, done: Callable[[], None]) -> TextRequest:
    """What m asks for: a note at the present step; `done` is called once it is kept."""

    def accept(text: str) -> str:
        navigator.notes.add(navigator.timeline, navigator.position.step, text)
        done()
        return ""

    return TextRequest("note", "Enter keeps it · Esc closes", accept, _LONGEST_NOTE)


def for_recording(navigator: Navigator, name: str, say: Callable[[str], None]) -> TextRequest:
    """What R asks for: the file that the session is recorded to from now on. name: the one that is proposed."""

    def accept(text: str) -> str:
        try:
            navigator.recorders.begin(
                typed(text, navigator.recorders.work_folder), navigator.timeline.root.scenario, navigator.position.step
            )
        except InputError as fault:
            return str(fault)
        say(navigator.news() or f"recording to {text}; R ends it")
        return ""

    return TextRequest("record to", "Enter begins · Esc closes", accept, _LONGEST_NAME, name, replaced=True)


def for_kinds(predictor: Predictor, say: Callable[[str], None]) -> TextRequest:
    """What P asks for: the kinds of steps before which their number is asked for."""

    def accept(text: str) -> str:
        try:
            predictor.wish(text)
        except ValueError as error:
            return str(error)
        say("→ asks for what comes next at these steps" if predictor.wishes else "nothing is asked for any more")
        return ""

    tally = predictor.tally()
    return TextRequest(
        "predict at every", f"z a c δ g w, r (C rises?), q (questions), all, none · {tally or 'Esc closes'}", accept
    )


def for_sheet(
    navigator: Navigator, show: Callable[[str], object], show_all: Callable[[Sequence[tuple[str, ...]]], object]
) -> TextRequest:
    """What w asks for: a sheet of answers, or a folder of sheets, which are marked.

    show: one sheet; show_all: those of a folder, of each its head and a text for each slip.
    """
    from nntui.explain.marking.report import work_lines
    from nntui.files.io.read import is_folder
    from nntui.files.paper.folder import sheets_of
    from nntui.files.paper.marking import marked, marked_all

    def accept(text: str) -> str:
        scenario = navigator.timeline.scenario
        try:
            path = typed(text, navigator.recorders.work_folder)
            sheets = sheets_of([path])
            if len(sheets) > _MOST_SHEETS:
                return f"{len(sheets)} sheets; expected at most {_MOST_SHEETS} here (`nntui check-work` marks more)"
            if is_folder(path):
                show_all([_slip_by_slip(paper) for paper in marked_all(scenario, sheets)])
            else:
                paper = marked(replace(sheets[0], name=text), Timeline(scenario))
                show("\n\n".join(work_lines(paper.work, paper.course, paper.name)) if paper.work else "")
        except InputError as fault:
            return str(fault)
        return ""

    return TextRequest("sheet", "a CSV or TOML file or a folder, as for nntui check-work", accept, _LONGEST_NAME)


def _slip_by_slip(paper: "MarkedPaper") -> tuple[str, ...]:
    """A sheet's head, with its counts, and a text for each slip."""
    from nntui.explain.marking.report import work_lines

    if paper.work is None:
        return (paper.error or "",)
    *slips, counts = work_lines(paper.work, paper.course, paper.name)
    return counts, *slips
