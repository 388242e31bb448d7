"""The data points of a scenario, from one of the three sources of [data]."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.files.io.errors import InputError
from nntui.files.schema.keys import DATA, MOST_POINTS, MOST_UNITS, Source
from nntui.files.schema.validate import Faults
from nntui.files.schema.value_types import counted
from nntui.files.toml.document import Path as Where
from nntui.text.safe import quoted
from nntui.training.held_out import Rows, trained_rows
from nntui.training.scenario import Generated
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.files.data.csv_data import Columns

MOST_CODES = 20  # different whole numbers that may well be codes of classes

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
    left_out: int = 0  # rows of the file with a missing cell
    one_hot_remedy: str = ""  # what helps if the numbers of the target are classes
    held_share: float = 0.0
    trained: Rows | None = None  # the rows that are trained on; None: all
    generated: Generated | None = None

    @property
    def count(self) -> int:
        """Data points of an epoch."""
        return len(self.x) if self.trained is None else len(self.trained)


def points(
    data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None, units: int | None = None, seed: int = 0
) -> Points | None:
    """The points of a checked [data] table (`given`: as the file has it), or None where that cannot be.

    units: neurons of the last layer, where they are known; two classes are 0 and 1 of a single one. seed: of the shuffles,
    from which the rows are drawn that are held out.
    """
    held = HeldOut(float(data["held_out"] or 0.0), seed)
    made = _points(data, given, faults, folder, units, held)
    return None if made is None else replace(made, trained=held.trained(len(made.x)), held_share=held.share)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Which rows are trained on, once their number is known."""

    share: float
    seed: int

    def trained(self, rows: int) -> Rows | None:
        """The rows that are trained on; None for all."""
        return trained_rows(self.share, self.seed, rows)


def _points(
    data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None, units: int | None, held: HeldOut
) -> Points | None:
    match _source(given, faults):
        case "x":
            return _in_place(data, given, faults)
        case "file":
            return _from_file(data, given, faults, folder, units, held)
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


def _from_file(
    data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None, units: int | None, held: HeldOut
) -> Points | None:
    from nntui.files.data.beside import data_path

    _need(given, faults, "file", "the name of a CSV file")
    if "targets" not in given:
        _need(given, faults, "target", "the column that is the target")
    elif "target" in given:
        faults.add(("data", "targets"), "`target` and `targets` are both in [data]; expected one of them")
        return None
    targets = data["targets"] if "targets" in given else [data["target"]] if data["target"] is not None else None
    if data["one_hot"] and "targets" in given:
        faults.add(("data", "one_hot"), "`one_hot` beside `targets` in [data]; expected it with one `target`")
        return None
    path = data_path(data["file"], folder, faults) if data["file"] is not None else None
    wrong = any(data[key] is None for key in given.keys() & {key.name for key in DATA if key.source == "file"})
    if path is None or wrong or targets is None:
        return None
    if data["inputs"] is not None and len(data["inputs"]) > MOST_UNITS:
        faults.add(("data", "inputs"), f"{len(data['inputs'])} columns in `inputs`; expected at most {MOST_UNITS}")
        return None
    return _read(path, targets, data, faults, units, held)


def _read(
    path: Path, targets: list[str], data: dict[str, Any], faults: Faults, units: int | None, held: HeldOut
) -> Points | None:
    from nntui.files.data.scaling import scale

    shown = str(path)
    columns = _columns(path, targets, data, faults)
    if columns is None:
        return None
    if columns.inputs.shape[1] > MOST_UNITS:
        faults.add(("data", "file"), f"{columns.inputs.shape[1]} inputs in {quoted(data['file'])}; expected at most {MOST_UNITS}")
        return None
    wrong = scale(columns.inputs, data["scale"], columns.numeric, held.trained(len(columns.inputs)))
    if wrong is not None:
        found = f"column {quoted(columns.input_names[wrong])} holds numbers too large to scale"
        faults.add(("data", "scale"), f"{found}; expected smaller ones")
        return None
    y, names = _targets(columns, targets, units)
    return Points(
        frozen(columns.inputs),
        frozen(y),
        columns.input_names,
        names,
        f"column {quoted(targets[0])}" if columns.classes else "the target" if len(targets) == 1 else "`targets`",
        "class" if columns.classes else "column",
        lambda row, message: faults.add_fault(InputError(shown, columns.lines[row], message)),
        left_out=columns.left_out,
        one_hot_remedy="" if columns.classes or len(targets) > 1 else _one_hot_remedy(columns.targets, units),
    )


def _columns(path: Path, targets: list[str], data: dict[str, Any], faults: Faults) -> "Columns | None":
    """What is asked of the file; None, and its faults told, where it does not hold that."""
    from nntui.files.data.beside import path_remedy
    from nntui.files.data.csv_data import CsvFaults, CsvRequest, read_columns
    from nntui.files.data.csv_layout import NoColumn

    request = CsvRequest(
        targets=targets,
        inputs=data["inputs"],
        one_hot=bool(data["one_hot"]),
        skip_missing=data["missing"] == "skip",
        has_header=data["header"] is not False,
        separator=data["separator"],
    )
    try:
        return read_columns(path.resolve(), str(path), request)
    except NoColumn as fault:
        faults.add(_named(fault.name, data), f"{quoted(data['file'])} {fault.message}")
    except CsvFaults as several:
        for one in several.faults:
            faults.add_fault(one)
    except InputError as fault:
        if fault.line is None:  # not in the file but about it: then the scenario's line helps more
            faults.add(("data", "file"), f"{quoted(data['file'])} {fault.message}{path_remedy(data['file'])}")
        else:
            faults.add_fault(fault)
    return None


def _targets(columns: "Columns", targets: list[str], units: int | None) -> tuple[Array, tuple[str, ...]]:
    """Targets and the names of the outputs: an output for each class, or for two classes and one neuron 0 and 1."""
    classes = columns.classes
    if not classes:
        return columns.targets, tuple(targets)
    if len(classes) == 2 and units == 1:
        return columns.targets, (f"{targets[0]}={classes[1]}",)
    return (columns.targets == np.arange(float(len(classes)))).astype(np.float64), classes


def _one_hot_remedy(targets: Array, units: int | None) -> str:
    """What helps where whole numbers, few or as many as there are output neurons, were meant as classes."""
    if not (targets == np.floor(targets)).all():
        return ""
    count = len(np.unique(targets))
    if not 2 <= count <= MOST_CODES and count != units:
        return ""
    return f"one_hot = true makes a class of each of its {count} numbers"


def _named(column: str, data: dict[str, Any]) -> Where:
    """Where the scenario file names a column."""
    for key in ("inputs", "targets"):
        if column in (data[key] or ()):
            return "data", key, data[key].index(column)
    return "data", "target"


# --- (iii) made up


def _generated(data: dict[str, Any], faults: Faults) -> Points | None:
    from nntui.training.draws.generators import generate

    name, count, noise, seed = data["generate"], data["points"], data["noise"], data["seed"]
    if name is None or count is None or noise is None or seed is None:
        return None
    x, y = generate(name, count, float(noise), seed)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        faults.add(("data", "noise"), f"`noise` of {float(noise):g} makes numbers that are not finite; expected less")
        return None
    at = ("data", "generate")
    made = Generated(name, float(noise), seed, x, y)
    said = f"generator {quoted(name)}"
    return Points(x, y, (), (), said, "output", lambda row, message: faults.add(at, message), generated=made)
