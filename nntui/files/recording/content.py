"""Events of a lesson as JSON objects, and back. A wrong line becomes an error of one sentence."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, assert_never

from nntui.files.io.errors import InputError
from nntui.files.recording.lines.values import WrongLine, number_in, safe_name, safe_note, text_in, whole_in
from nntui.files.recording.lines.view_line import kept_text, view_record
from nntui.files.scenario.bounds import numbers_forked, numbers_reloaded
from nntui.files.scenario.embedded import recorded_document_of, scenario_of
from nntui.files.scenario.in_line import check_bounds
from nntui.lesson.display_state import OpenPage
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.training.scenario import Scenario

if TYPE_CHECKING:
    from nntui.files.recording.lines.line_cards import LineCard

MOST_NOTED = 1 << 21  # characters of all notes and answers of a recording, each with _EACH for its memory
_EACH = 100
_DECIMALS = 3  # of seconds


def written_time(seconds: float) -> float:
    """The seconds since a recording began as its lines have them."""
    return round(seconds, _DECIMALS)


def record_of(event: Event) -> dict[str, Any]:
    """An event as the JSON object of its line."""
    t = written_time(event.seconds)
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


@cache
def _cards() -> "Mapping[str, LineCard]":
    """What lines are read by, which a recording that is only written does not need."""
    from nntui.files.recording.lines.line_cards import LINE_CARDS

    return LINE_CARDS


def event_of(record: dict[str, Any], name: str, line: int) -> Event | None:
    """The event of a line; None for an unknown kind; WrongLine for wrong content. name, line: for errors."""
    kind = text_in(record, "kind")
    card = _cards().get(kind)
    if card is not None:
        return card.event(record)
    if kind != "reload":
        return None
    t = number_in(record, "t")
    return Reload(t, _scenario(record, name, line), whole_in(record, "step"))


def note_size(event: Event) -> int:
    """How many characters of `MOST_NOTED` an event takes."""
    size = _NOTED.get(type(event))
    return size(event) if size is not None else 0


def numbers_brought(event: Event, scenario: Scenario) -> int:
    """How many numbers of scenarios an event brings, which a recording bounds. scenario: in force before it."""
    match event:
        case Reload(_, another):
            return numbers_reloaded(another)
        case Fork():
            return numbers_forked(scenario, event.edits)
        case _:
            return 0


def _look_size(look: Look) -> int:
    state = look.state
    return 2 * len(state.watched) + (_page_size(state.page) if state.page is not None else 0)


def _page_size(page: OpenPage) -> int:
    state = sum(len(name) + (len(value) if isinstance(value, str) else 0) for name, value in page.values)
    return (len(kept_text(page.text)) + _EACH if page.text else 0) + state


_NOTED: Mapping[type[Event], Callable[[Any], int]] = {
    Look: _look_size,
    Remark: lambda remark: len(remark.text) + _EACH,
    Score: lambda score: len(score.typed) + len(score.slip) + _EACH,
    Rename: lambda rename: len(rename.name) + _EACH,
    Fork: lambda fork: (len(fork.edits) + 1) * _EACH,
}
"""What an event of a kind takes, for the kinds that have texts."""


def _scenario(record: dict[str, Any], name: str, line: int) -> Any:
    try:
        return scenario_of(check_bounds(record.get("scenario"), name, line), name, line)
    except InputError as fault:
        raise WrongLine(fault.message) from None
