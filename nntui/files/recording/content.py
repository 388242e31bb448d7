"""Events of a lesson as JSON objects, and back. A wrong line becomes an error of one sentence."""

from typing import Any, assert_never

from nntui.files.io.errors import InputError
from nntui.files.recording.values import WrongLine, found_in, number_in, one_of, text_in, truth_in, whole_in
from nntui.files.recording.view_line import kept_text, view_of, view_record
from nntui.files.scenario.embedded import recorded_document_of, scenario_of
from nntui.files.scenario.in_line import check_bounds
from nntui.lesson.display_state import OpenPage
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.text.safe import safe
from nntui.training.edits.edit import Edit, EditError, read_edits
from nntui.training.scenario import MOST_RUN_NAME
from nntui.training.steps import GRAINS, Grain

MOST_NOTE = 4_000  # characters
MOST_NOTED = 1 << 21  # characters of all notes and answers of a recording, each with _EACH for its memory
_EACH = 100
_DECIMALS = 3  # of seconds
MOST_HELP = 2  # parts of the way that `?` shows before the answer: the symbols, the numbers
_KINDS = ("stop", "play", "note", "score", "reload", "fork", "switch", "rename", "discard", "view")


def record_of(event: Event) -> dict[str, Any]:
    """An event as the JSON object of its line."""
    t = round(event.seconds, _DECIMALS)
    match event:
        case Stop(_, step, grain):
            return {"kind": "stop", "t": t, "step": step} | ({"grain": grain} if grain is not None else {})
        case Play(_, first, last, speed, grain):
            return {"kind": "play", "t": t, "from": first, "to": last, "speed": speed, "grain": grain}
        case Remark(_, step, text):
            return {"kind": "note", "t": t, "step": step, "text": safe_note(text)}
        case Score(_, step, typed, right, slip, shown):
            score = {"kind": "score", "t": t, "step": step, "typed": safe_note(typed), "right": right}
            return score | ({"slip": safe_note(slip)} if slip else {}) | ({"help": shown} if shown else {})
        case Reload(_, scenario, step):
            return {"kind": "reload", "t": t, "scenario": recorded_document_of(scenario), "step": step}
        case Fork(_, step, start, edits):
            return {"kind": "fork", "t": t, "step": step, "start": start, "edits": " ".join(map(str, edits))}
        case Switch(_, chapter, step):
            return {"kind": "switch", "t": t, "run": chapter, "step": step}
        case Rename(_, chapter, name):
            return {"kind": "rename", "t": t, "run": chapter, "name": safe_name(name)}
        case Discard(_, chapter):
            return {"kind": "discard", "t": t, "run": chapter}
        case Look(_, state):
            return {"kind": "view", "t": t} | view_record(state)
        case _:
            assert_never(event)


def event_of(record: dict[str, Any], name: str, line: int) -> Event | None:
    """The event of a line; None for an unknown kind; WrongLine for wrong content. name, line: for errors."""
    kind = text_in(record, "kind")
    if kind not in _KINDS:
        return None
    t = number_in(record, "t")
    match kind:
        case "stop":
            return Stop(t, whole_in(record, "step"), _grain(record) if "grain" in record else None)
        case "play":
            speed = number_in(record, "speed")
            return Play(t, whole_in(record, "from"), whole_in(record, "to"), speed, _grain(record))
        case "score":
            slip = safe_note(text_in(record, "slip")) if "slip" in record else ""
            step, typed = whole_in(record, "step"), safe_note(text_in(record, "typed"))
            return Score(t, step, typed, truth_in(record, "right"), slip, _help(record))
        case "note":
            return Remark(t, whole_in(record, "step"), safe_note(text_in(record, "text")))
        case "fork":
            return Fork(t, whole_in(record, "step"), whole_in(record, "start"), _edits(record))
        case "switch":
            return Switch(t, whole_in(record, "run"), whole_in(record, "step"))
        case "rename":
            return Rename(t, whole_in(record, "run"), safe_name(text_in(record, "name")))
        case "discard":
            return Discard(t, whole_in(record, "run"))
        case "view":
            return Look(t, view_of(record))
        case _:
            return Reload(t, _scenario(record, name, line), whole_in(record, "step"))


def note_size(event: Event) -> int:
    """How many characters of `MOST_NOTED` an event takes."""
    match event:
        case Remark(_, _, text):
            return len(text) + _EACH
        case Score(_, _, typed, _, slip, _):
            return len(typed) + len(slip) + _EACH
        case Rename(_, _, name):
            return len(name) + _EACH
        case Fork(_, _, _, edits):
            return (len(edits) + 1) * _EACH
        case Look(_, state):
            return 2 * len(state.watched) + (_page_size(state.page) if state.page is not None else 0)
        case _:
            return 0


def _page_size(page: OpenPage) -> int:
    state = sum(len(name) + (len(value) if isinstance(value, str) else 0) for name, value in page.values)
    return (len(kept_text(page.text)) + _EACH if page.text else 0) + state


def _help(record: dict[str, Any]) -> int:
    parts = whole_in(record, "help") if "help" in record else 0
    if parts > MOST_HELP:
        raise WrongLine(f"`help` is {found_in(record, 'help')}; expected a whole number from 0 to {MOST_HELP}")
    return parts


def _grain(record: dict[str, Any]) -> Grain:
    return one_of(record, "grain", GRAINS)


def _edits(record: dict[str, Any]) -> tuple[Edit, ...]:
    try:
        return read_edits(text_in(record, "edits"))
    except EditError as fault:
        raise WrongLine(f"`edits`: {fault}") from None


def _scenario(record: dict[str, Any], name: str, line: int) -> Any:
    try:
        return scenario_of(check_bounds(record.get("scenario"), name, line), name, line)
    except InputError as fault:
        raise WrongLine(fault.message) from None


def safe_note(text: str) -> str:
    """The text of a note, made safe; it may have several lines."""
    return safe(text.expandtabs(4) if len(text) <= MOST_NOTE else text, MOST_NOTE, newline=True)


def safe_name(text: str) -> str:
    """The name of a run, made safe, in one line."""
    return safe(text.replace("\t", " "), MOST_RUN_NAME)
