"""The data points of a scenario, from one of the three sources of [data]."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nntui.engine.arithmetic import NAN, Array, frozen, ordered_sum, quiet
from nntui.files.data.csv_data import NoColumn, read_columns
from nntui.files.io.errors import InputError
from nntui.files.schema.keys import DATA, MOST_POINTS, MOST_UNITS, Source
from nntui.files.schema.validate import Faults
from nntui.files.schema.value_types import counted
from nntui.files.toml.document import Path as Where
from nntui.text.safe import quoted
from nntui.training.draws.generators import generate

_NAMES: dict[Source, str] = {"x": "`x` and `y`", "file": "`file`", "generate": "`generate`"}
_OPENERS: dict[str, Source] = {"x": "x", "y": "x", "file": "file", "generate": "generate"}


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """x (points, n_0) and y (points, n_N) with the names of their source. blame: adds a fault at a row (from 0) of y."""

    x: Array
    y: Array
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    outputs: str  # where the number of outputs comes from, for a sentence: `column 'species'`
    noun: str  # and what it counts: `class`
    blame: Callable[[int, str], None]


def points(data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None) -> Points | None:
    """The points of a checked [data] table; None if there are faults. given: the table as it is in the file."""
    source = _source(given, faults)
    match source:
        case "x":
            return _in_place(data, given, faults)
        case "file":
            return _from_file(data, given, faults, folder)
        case "generate":
            return _generated(data, faults)
        case None:
            return None


def _source(given: dict[str, Any], faults: Faults) -> Source | None:
    """The data source; faults if there is none, more than one, or a key of another."""
    sources = list(dict.fromkeys(_OPENERS[key] for key in given if key in _OPENERS))
    homes = {key.name: key.source for key in DATA}
    if not sources:
        if given.keys() <= homes.keys():  # else the unknown key is fault enough
            faults.add(("data",), "[data] names no data; expected x and y, or file, or generate")
        return None
    if len(sources) > 1:
        key = next(key for key in given if _OPENERS.get(key) == sources[1])
        faults.add(("data", key), f"{_NAMES[sources[1]]} beside {_NAMES[sources[0]]} in [data]; expected one data source")
        return None
    for key in given:
        home = homes.get(key)
        if home is not None and home != sources[0]:
            faults.add(("data", key), f"`{key}` beside {_NAMES[sources[0]]} in [data]; expected only with {_NAMES[home]}")
    return sources[0]


def _need(given: dict[str, Any], faults: Faults, key: str, expected: str) -> None:
    if key not in given:
        faults.add(("data",), f"`{key}` is missing in [data]; expected {expected}")


# --- (i) rows in place


def _in_place(data: dict[str, Any], given: dict[str, Any], faults: Faults) -> Points | None:
    _need(given, faults, "x", "a row of inputs for each row of y")
    _need(given, faults, "y", "a row of targets for each row of x")
    x, y = _rectangle(data["x"], "x", faults), _rectangle(data["y"], "y", faults)
    if x is None or y is None:
        return None
    if len(x) != len(y):
        found = f"`x` has {counted(len(x), 'row')}, but `y` has {len(y)}"
        faults.add(("data", "y"), f"{found}; expected a row of y for each row of x")
        return None
    return Points(x, y, (), (), "each row of `y`", "number", lambda row, message: faults.add(("data", "y", row), message))


def _rectangle(rows: list[list[float]] | None, key: str, faults: Faults) -> Array | None:
    if rows is None:
        return None
    width, even = len(rows[0]), True
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            found = f"row {number} of `{key}` has {counted(len(row), 'number')}, but row 1 has {width}"
            faults.add(("data", key, number - 1), f"{found}; expected the same in each row")
            even = False
    if len(rows) > MOST_POINTS or width > MOST_UNITS:
        found = f"`{key}` has {counted(len(rows), 'row')} of {counted(width, 'number')}"
        faults.add(("data", key), f"{found}; expected at most {MOST_POINTS} of {MOST_UNITS}")
        even = False
    return frozen(np.array(rows, dtype=np.float64)) if even else None


# --- (ii) a CSV file


def _from_file(data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None) -> Points | None:
    _need(given, faults, "file", "the name of a CSV file")
    _need(given, faults, "inputs", "the columns that are the inputs")
    if "targets" not in given:
        _need(given, faults, "target", "the column that is the target")
    elif "target" in given:
        faults.add(("data", "targets"), "`target` and `targets` are both in [data]; expected one of them")
        return None
    targets = data["targets"] if "targets" in given else [data["target"]] if data["target"] is not None else None
    if data["one_hot"] and "targets" in given:
        faults.add(("data", "one_hot"), "`one_hot` beside `targets` in [data]; expected it with one `target`")
        return None
    path = _data_path(data["file"], folder, faults) if data["file"] is not None else None
    if path is None or data["inputs"] is None or targets is None:
        return None
    if len(data["inputs"]) > MOST_UNITS:
        faults.add(("data", "inputs"), f"{len(data['inputs'])} columns in `inputs`; expected at most {MOST_UNITS}")
        return None
    return _read(path, targets, data, faults)


def _data_path(file: str, folder: Path | None, faults: Faults) -> Path | None:
    """The path of the data file; a fault unless, links followed, it is in the scenario's folder or below it."""
    if folder is None:
        faults.add(("data", "file"), f"a data file {quoted(file)} beside a text without a folder; expected x and y in place")
        return None
    try:
        inside = (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # a path that is none, or links that go round in a circle
        faults.add(("data", "file"), f"{quoted(file)} is no path that a file can have; expected a file beside the scenario")
        return None
    if not inside:
        faults.add(("data", "file"), f"{quoted(file)} lies outside the scenario's folder; expected a file in it or below it")
        return None
    return folder / file


def _read(path: Path, targets: list[str], data: dict[str, Any], faults: Faults) -> Points | None:
    shown = str(path)
    try:
        columns = read_columns(path.resolve(), shown, data["inputs"], targets, bool(data["one_hot"]))
    except NoColumn as fault:
        faults.add(_path_of_column(fault.name, data), f"{quoted(data['file'])} {fault.message}")
        return None
    except InputError as fault:
        if fault.line is None:  # about the file as a whole: then the line of the scenario file helps more
            faults.add(("data", "file"), f"{quoted(data['file'])} {fault.message}")
        else:
            faults.add_fault(fault)
        return None
    if not _scale(columns.inputs, data["scale"], data["inputs"], faults):
        return None
    return Points(
        frozen(columns.inputs),
        frozen(columns.targets),
        tuple(data["inputs"]),
        columns.classes or tuple(targets),
        f"column {quoted(targets[0])}" if columns.classes else "the target" if len(targets) == 1 else "`targets`",
        "class" if columns.classes else "column",
        lambda row, message: faults.add_fault(InputError(shown, columns.lines[row], message)),
    )


def _path_of_column(column: str, data: dict[str, Any]) -> Where:
    """The path of a column's name in the scenario file."""
    for key in ("inputs", "targets"):
        if column in (data[key] or ()):
            return "data", key, data[key].index(column)
    return "data", "target"


def _scale(x: Array, how: str | None, names: list[str], faults: Faults) -> bool:
    """Scales each column of x in place; whether all numbers are still finite."""
    with quiet():
        for column, name in enumerate(names):
            values = x[:, column]
            if how == "standard":
                values[:] = _standard(values)
            elif how == "minmax":
                values[:] = _minmax(values)
            if not np.isfinite(values).all():
                faults.add(("data", "scale"), f"column {quoted(name)} holds numbers too large to scale; expected smaller ones")
                return False
    return True


def _standard(values: Array) -> Array:
    """(x − mean)/s with the population standard deviation s, sums in row order; 0 for a constant column."""
    centred = values - ordered_sum(values) / len(values)
    deviation = np.sqrt(ordered_sum(centred * centred) / len(values))
    constant = values.min() == values.max() or deviation == 0.0
    return np.zeros_like(values) if constant else centred / _finite(deviation)


def _minmax(values: Array) -> Array:
    """(x − min)/(max − min); 0 for a constant column."""
    low, high = values.min(), values.max()
    return np.zeros_like(values) if low == high else (values - low) / _finite(high - low)


def _finite(divisor: float) -> float:
    """A divisor; nan if it overflowed, so that no quotient silently becomes 0."""
    return divisor if np.isfinite(divisor) else NAN


# --- (iii) made up


def _generated(data: dict[str, Any], faults: Faults) -> Points | None:
    name, count, noise, seed = data["generate"], data["points"], data["noise"], data["seed"]
    if name is None or count is None or noise is None or seed is None:
        return None
    x, y = generate(name, count, float(noise), seed)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        faults.add(("data", "noise"), f"`noise` of {float(noise):g} makes numbers that are not finite; expected less")
        return None
    at = ("data", "generate")
    return Points(x, y, (), (), f"generator {quoted(name)}", "output", lambda row, message: faults.add(at, message))
