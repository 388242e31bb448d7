"""Saving a scenario as a TOML file that reads back to the same bits.

The document is that of a recording (`embedded`), every number the shortest decimal that reads back. Data that would make
the file too large go into a CSV file beside it.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from nntui.explain.notation.numerals import full
from nntui.files.io.errors import InputError
from nntui.files.io.read import DATA_LIMIT, MIB, SCENARIO_LIMIT
from nntui.files.io.write import write_new
from nntui.files.scenario.embedded import document_of
from nntui.training.scenario import Scenario


def save_scenario(path: str | Path, scenario: Scenario) -> list[Path]:
    """Writes the scenario to new files; their paths. InputError if one exists, cannot be written, or would be too large."""
    target = Path(path)
    if not target.name:
        raise InputError(str(path), None, "names a folder; expected the name of a new file")
    _check_finite(scenario, target)
    document = document_of(scenario)
    text = toml_of(document)
    beside = target.with_suffix(".csv")
    if beside == target:
        beside = target.with_name(f"{target.stem}-data.csv")
    files: dict[Path, bytes] = {}
    if len(text.encode()) > SCENARIO_LIMIT:
        columns = _columns(document)
        names = {"inputs": columns[: scenario.network.inputs], "targets": columns[scenario.network.inputs :]}
        document["network"].pop("inputs", None)
        files[beside] = _csv(columns, document["data"])
        more = {key: value for key, value in document["data"].items() if key in ("image", "held_out")}
        text = toml_of(document | {"data": {"file": beside.name} | names | more})
    files[target] = text.encode()
    for name, limit in ((target, SCENARIO_LIMIT), (beside, DATA_LIMIT)):
        if len(files.get(name, b"")) > limit:
            raise InputError(str(name), None, f"would have {len(files[name]) / MIB:.0f} MiB; expected at most {limit // MIB}")
    write_new(files)
    return list(files)


def _check_finite(scenario: Scenario, target: Path) -> None:
    """InputError if a weight is inf or nan, because the run has diverged: such a file could not be opened."""
    for layer, weights, kind in zip(count(1), scenario.weights, scenario.network.layers, strict=False):
        if not np.isfinite(weights[:, 0 if kind.biases else 1 :]).all():
            reason = f"not saved, for weights of layer {layer} are inf or nan here; expected a step before the run diverged"
            raise InputError(str(target), None, reason)


def toml_of(document: Mapping[str, Any]) -> str:
    """The TOML text of a document: in each table first its values, then the tables and lists of tables in it."""
    return "\n".join(_table("", document)).lstrip("\n") + "\n"


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    lines = [f"{key} = {_value(value)}" for key, value in table.items() if not _is_deeper(value)]
    for key, value in table.items():
        path = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            lines += ["", f"[{path}]", *_table(path, value)]
        elif _is_deeper(value):
            for one in value:
                lines += ["", f"[[{path}]]", *_table(path, one)]
    return lines


def _is_deeper(value: object) -> bool:
    """Whether TOML needs a header for a value: a table, or a list of tables."""
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case float():
            return _number(value)
        case int():
            return str(value)
        case [[*_], *_]:
            return "[\n" + "".join(f"    {_value(row)},\n" for row in value) + "]"
        case _:
            return f"[{', '.join(map(_value, value))}]"


def _text(text: str) -> str:
    """A text in quotes; one with line ends over several lines."""
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    inside = "\n".join(json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n"))
    return f'"""\n{inside}"""'


def _number(value: float) -> str:
    """The shortest decimal, whole numbers without .0; −0 keeps its sign."""
    text = full(value)
    return text.removesuffix(".0") if text != "-0.0" else text


def _columns(document: Mapping[str, Any]) -> list[str]:
    """A name for each input and output: those of the scenario if all are distinct, else x1 … and y1 …."""
    data = document["data"]
    inputs, outputs = len(data["x"][0]), len(data["y"][0])
    given = [*document["network"].get("inputs", ()), *document["network"]["layer"][-1].get("names", ())]
    distinct = len(set(given)) == len(given) == inputs + outputs and all(name == name.strip() != "" for name in given)
    return given if distinct else [*(f"x{j}" for j in range(1, inputs + 1)), *(f"y{k}" for k in range(1, outputs + 1))]


def _csv(columns: Sequence[str], data: Mapping[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_number(value) for value in (*x, *y)] for x, y in zip(data["x"], data["y"], strict=True))
    return text.getvalue().encode()
