"""The line `view`: a display state as a JSON object, and back. What is as in a new lesson is left out."""

from collections.abc import Callable, Mapping
from typing import Any, assert_never, get_args

from nntui.explain.notation.numerals import FEWEST, MOST
from nntui.files.recording.lines.values import WrongLine, found_in, one_of, text_in, truth_in, whole_in
from nntui.files.schema.value_types import is_whole
from nntui.lesson.display_state import (
    SMALLEST_H,
    Compared,
    DisplayState,
    InspectedNumber,
    NotationName,
    OpenForks,
    OpenLearned,
    OpenNudge,
    OpenPage,
    OpenPlot,
    OpenSurface,
    OpenTable,
    PageName,
    PlotState,
    ToolState,
)
from nntui.text.safe import safe
from nntui.training.cell import Cell
from nntui.training.kinds import NumberKind

NOTATIONS: tuple[NotationName, ...] = get_args(NotationName)
COMPARED: tuple[Compared, ...] = get_args(Compared)
NUMBERS: tuple[NumberKind, ...] = get_args(NumberKind)
PAGE_NAMES: tuple[PageName, ...] = get_args(PageName)
MOST_WATCHED = 64  # rows of a line
MOST_PAGE = 20_000  # characters of the text of a page
MOST_VALUES, MOST_WORD = 16, 200  # of the state of a page, and characters of each
_OF_WRITER: tuple[PageName, ...] = ("sheet",)  # pages that a reader cannot make from the scenario
_FRESH = DisplayState()
_FARTHEST = 1 << 53  # of iterations, rows and places, all of which are less in any run


def view_record(state: DisplayState) -> dict[str, Any]:
    """The keys of a `view` line besides `kind` and `t`."""
    record: dict[str, Any] = {"digits": state.digits, "notation": state.notation}
    record |= {name: True for name in ("exact", "graph", "about") if getattr(state, name)}
    if state.since:
        record["since"] = state.since
    if state.watched:
        record["watched"] = sorted(state.watched)[:MOST_WATCHED]
    if state.path:
        record["path"] = state.path
    if state.tool is not None:
        record["tool"] = _tool_record(state.tool)
    if state.plot is not None:
        record["plot"] = _plot_record(state.plot)
    if state.page is not None:
        record["page"] = _page_record(state.page)
    return record


def view_of(record: dict[str, Any]) -> DisplayState:
    """The display state of a `view` line; WrongLine for wrong content. A tool or page that this nntui does not know is none."""
    return DisplayState(
        _within(record, "digits", FEWEST, MOST) if "digits" in record else _FRESH.digits,
        "exact" in record and truth_in(record, "exact"),
        one_of(record, "notation", NOTATIONS) if "notation" in record else _FRESH.notation,
        "graph" in record and truth_in(record, "graph"),
        one_of(record, "since", COMPARED) if "since" in record else _FRESH.since,
        "about" in record and truth_in(record, "about"),
        _watched(record) if "watched" in record else _FRESH.watched,
        _tool(_object(record, "tool")) if "tool" in record else None,
        _plot(_object(record, "plot")) if "plot" in record else None,
        _page(_object(record, "page")) if "page" in record else None,
        _place(record, "path") if "path" in record else _FRESH.path,
    )


def _tool_record(tool: ToolState) -> dict[str, Any]:
    match tool:
        case InspectedNumber(cell, term):
            return {"name": "inspect"} | _cell_record(cell) | ({"term": term} if term is not None else {})
        case OpenPlot():
            return {"name": "plot"}
        case OpenTable(row, by, now):
            return {"name": "table", "by": by} | ({"row": row} if row is not None else {}) | ({"now": True} if now else {})
        case OpenLearned(output):
            return {"name": "learned", "output": output}
        case OpenSurface(across, up):
            return {"name": "surface", "across": across, "up": up}
        case OpenForks(chapter, offset):
            return {"name": "forks", "offset": offset} | ({"run": chapter} if chapter is not None else {})
        case OpenNudge(cell, exponent):
            return {"name": "check"} | _cell_record(cell) | {"h": exponent}
        case _:
            assert_never(tool)


def _plot_record(plot: PlotState) -> dict[str, Any]:
    record: dict[str, Any] = {"at": plot.at, "series": plot.series, "unit": plot.unit}
    if plot.unit == "turn":
        record["row"] = plot.row + 1
    if plot.part is not None:
        record |= {"first": plot.part[0], "places": plot.part[1]}
    if plot.followed is not None:
        one = plot.followed
        record["followed"] = {"number": one.kind, "layer": one.layer, "neuron": one.neuron, "sender": one.sender}
    return record | ({"log": True} if plot.log else {})


def _plot(record: dict[str, Any]) -> PlotState:
    from nntui.training.rows.axis import UNITS
    from nntui.training.rows.followed import FOLLOWED

    return PlotState(
        _place(record, "at"),
        _place(record, "series"),
        one_of(record, "unit", UNITS),
        _within(record, "row", 1, _FARTHEST) - 1 if "row" in record else 0,
        (_place(record, "first"), _within(record, "places", 1, _FARTHEST)) if "places" in record else None,
        "log" in record and truth_in(record, "log"),
        _cell(_object(record, "followed"), FOLLOWED) if "followed" in record else None,
    )


def _cell_record(cell: Cell) -> dict[str, Any]:
    return {"number": cell.kind, "layer": cell.layer, "neuron": cell.neuron, "sender": cell.sender}


def _cell(record: dict[str, Any], kinds: tuple[NumberKind, ...]) -> Cell:
    return Cell(one_of(record, "number", kinds), *(_place(record, key) for key in ("layer", "neuron", "sender")))


def _table(record: dict[str, Any]) -> OpenTable:
    from nntui.training.rows.sorted_rows import SORTS

    return OpenTable(_optional(record, "row"), one_of(record, "by", SORTS), "now" in record and truth_in(record, "now"))


_TOOLS: Mapping[str, Callable[[dict[str, Any]], ToolState]] = {
    "inspect": lambda record: InspectedNumber(_cell(record, NUMBERS), _optional(record, "term")),
    "plot": lambda record: OpenPlot(),
    "table": _table,
    "learned": lambda record: OpenLearned(_place(record, "output")),
    "surface": lambda record: OpenSurface(_place(record, "across"), _place(record, "up")),
    "check": lambda record: OpenNudge(_cell(record, ("weight",)), _within(record, "h", 1, SMALLEST_H)),
    "forks": lambda record: OpenForks(_optional(record, "run"), _place(record, "offset")),
}


def _tool(record: dict[str, Any]) -> ToolState | None:
    read = _TOOLS.get(text_in(record, "name"))
    return read(record) if read is not None else None


def _page_record(page: OpenPage) -> dict[str, Any]:
    record: dict[str, Any] = {"name": page.name, "at": page.at}
    if page.values:
        record["state"] = dict(page.values)
    if page.name in _OF_WRITER and page.text is not None:
        record["text"] = kept_text(page.text)
    return record


def kept_text(text: str) -> str:
    """As much of a page's text as a recording keeps, made safe."""
    return safe(text.expandtabs(4) if len(text) <= MOST_PAGE else text, MOST_PAGE, newline=True)


def _page(record: dict[str, Any]) -> OpenPage | None:
    name = text_in(record, "name")
    known = next((one for one in PAGE_NAMES if one == name), None)
    if known is None:
        return None
    text: str | None = ""
    if known in _OF_WRITER:
        text = kept_text(text_in(record, "text")) if "text" in record else None
    return OpenPage(known, _place(record, "at"), _values(record) if "state" in record else (), text)


def _values(record: dict[str, Any]) -> tuple[tuple[str, float | str], ...]:
    state = record["state"]
    if not isinstance(state, dict) or len(state) > MOST_VALUES:
        expected = f"expected an object of at most {MOST_VALUES} numbers and texts"
        raise WrongLine(f"`state` of a page is {found_in(record, 'state')}; {expected}")
    return tuple((safe(name, MOST_WORD), _value(name, value)) for name, value in state.items())


def _value(name: str, value: object) -> float | str:
    if isinstance(value, str):
        return safe(value, MOST_WORD)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_FARTHEST <= value <= _FARTHEST:
        raise WrongLine(
            f"`{safe(name, 40)}` in the state of a page is no text and no number up to {_FARTHEST}; expected one of them"
        )
    return value


def _object(record: dict[str, Any], key: str) -> dict[str, Any]:
    value = record[key]
    if isinstance(value, dict):
        return value
    raise WrongLine(f"`{key}` is {found_in(record, key)}; expected an object")


def _watched(record: dict[str, Any]) -> frozenset[int]:
    rows = record["watched"]
    if not isinstance(rows, list) or len(rows) > MOST_WATCHED or not all(is_whole(row) and 1 <= row <= _FARTHEST for row in rows):
        raise WrongLine(f"`watched` is no list of rows; expected at most {MOST_WATCHED} whole numbers from 1 on")
    return frozenset(rows)


def _optional(record: dict[str, Any], key: str) -> int | None:
    return _place(record, key) if key in record else None


def _place(record: dict[str, Any], key: str) -> int:
    value = whole_in(record, key)
    return value if value <= _FARTHEST else _within(record, key, 0, _FARTHEST)


def _within(record: dict[str, Any], key: str, least: int, most: int) -> int:
    value = whole_in(record, key)
    if least <= value <= most:
        return value
    raise WrongLine(f"`{key}` is {value if value < 1 << 64 else 'a huge number'}; expected {least} to {most}")
