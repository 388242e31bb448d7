"""The sources of [data], which one a scenario has, and its data points: rows in place, a CSV file, or made up."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.files.data.points import HeldOut, Points, need
from nntui.files.schema.keys import DATA, MOST_POINTS, MOST_UNITS, Source
from nntui.files.schema.validate import Faults
from nntui.text.counted import counted
from nntui.text.safe import quoted
from nntui.training.scenario import Generated

_NAMES: dict[Source, str] = {"x": "`x` and `y`", "file": "`file`", "generate": "`generate`"}
_OPENERS: dict[str, Source] = {"x": "x", "y": "x", "file": "file", "generate": "generate"}


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


def _points(
    data: dict[str, Any], given: dict[str, Any], faults: Faults, folder: Path | None, units: int | None, held: HeldOut
) -> Points | None:
    match _source(given, faults):
        case "x":
            return _in_place(data, given, faults)
        case "file":
            from nntui.files.data.from_file import from_file

            return from_file(data, given, faults, folder, units, held)
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


# --- rows in place


def _in_place(data: dict[str, Any], given: dict[str, Any], faults: Faults) -> Points | None:
    need(given, faults, "x", "a row of inputs for each row of y")
    need(given, faults, "y", "a row of targets for each row of x")
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


# --- made up


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
