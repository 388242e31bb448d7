"""Data points from a CSV file: its columns are asked for, classes become outputs, inputs are scaled."""

from pathlib import Path
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.files.data.beside import data_path, path_remedy
from nntui.files.data.csv_data import Columns, read_columns
from nntui.files.data.csv_layout import NoColumn
from nntui.files.data.csv_rows import CsvFaults, CsvRequest
from nntui.files.data.points import HeldOut, Points, need
from nntui.files.data.scaling import scale
from nntui.files.io.errors import InputError
from nntui.files.schema.keys import DATA, MOST_UNITS
from nntui.files.schema.validate import Faults
from nntui.files.toml.document import Path as Where
from nntui.text.safe import quoted

MOST_CODES = 20  # different whole numbers that may well be codes of classes


def from_file(
    data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None, units: int | None, held: HeldOut
) -> Points | None:
    """The points of a [data] table with a `file`, or None where that cannot be; parameters as of `sources.points`."""
    need(given, faults, "file", "the name of a CSV file")
    if "targets" not in given:
        need(given, faults, "target", "the column that is the target")
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


def _columns(path: Path, targets: list[str], data: dict[str, Any], faults: Faults) -> Columns | None:
    """What is asked of the file; None, and its faults told, where it does not hold that."""
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


def _targets(columns: Columns, targets: list[str], units: int | None) -> tuple[Array, tuple[str, ...]]:
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
