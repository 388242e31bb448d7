"""Reading a scenario file: parsed, checked against the table of keys, checked for consistency, then built.

The format is described in docs/scenario-format.md. A scenario file that is a link has its data in the folder of the link.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nntui.files.data.points import Points
from nntui.files.data.sources import points
from nntui.files.io.errors import InputError
from nntui.files.scenario.build import build
from nntui.files.scenario.consistency import check_cost, check_image, check_layers, check_points
from nntui.files.scenario.overrides import ChangedFaults, override, read_overrides
from nntui.files.scenario.stops import check_stops, steps_of
from nntui.files.schema.validate import Faults, TooManyFaults, check_format, checked_table
from nntui.files.toml.document import Document, parse
from nntui.training.scenario import Scenario
from nntui.training.steps import Course

_MOST_STEPS = 1e6  # of a grid between 0 and its range


def scenario_from_text(text: str, name: str, folder: Path | None = None, changes: Sequence[str] = ()) -> Scenario:
    """The scenario in a text; InputError for its first fault. name: the file in errors; folder: where a data file is."""
    return scenario_from_document(parse(text, name), folder, changes)


def scenario_from_document(document: Document, folder: Path | None = None, changes: Sequence[str] = ()) -> Scenario:
    """The scenario in a parsed document; InputError for its first fault."""
    scenario, faults = check_document(document, folder, changes)
    if scenario is None:
        raise faults[0]
    return scenario


def check_document(document: Document, folder: Path | None, changes: Sequence[str]) -> tuple[Scenario | None, list[InputError]]:
    """The scenario or its faults: first those of the command line, then of the file in order, then of its data file."""
    overrides = read_overrides(changes)
    name = document.name
    changed, new = override(document, overrides)
    faults = ChangedFaults(changed, changes=new) if new else Faults(changed)
    scenario = None
    try:
        if check_format(changed, faults):
            scenario = _checked(changed.values, faults, folder)
    except TooManyFaults:
        pass
    if isinstance(faults, ChangedFaults) and faults.found:
        faults.blame(check_document(document, folder, ())[1])
    ranks = {name: 1} | {change.name: 0 for change in overrides}
    ordered = sorted(faults.found, key=lambda fault: (ranks.get(fault.path, 2), fault.line is None, fault.line or 0))
    return (None if ordered else scenario), ordered


def _checked(values: dict[str, Any], faults: Faults, folder: Path | None) -> Scenario | None:
    clean = checked_table(values, faults)
    network, training = clean["network"] or {}, clean["training"] or {}
    layers = network.get("layer") or []
    units = layers[-1]["units"] if layers and layers[-1] else None
    data = (
        points(clean["data"], values["data"], faults, folder, units, training.get("seed") or 0)
        if clean["data"] is not None
        else None
    )
    check_layers(layers, data.x.shape[1] if data else None, faults, network.get("weights_by") or "receiver")
    check_cost(layers[-1] if layers else None, training.get("cost"), faults)
    if data:
        check_image(clean["data"]["image"], data.x.shape[1], faults)
        check_points(layers, network.get("inputs"), training.get("cost"), data, faults)
        _check_batch(training.get("batch"), data.count, faults)
        _check_sheet(clean, data, faults)
        if (course := _course(clean, data)) is not None:
            check_stops(clean, course, faults)
            scenario = build(clean, data) if not faults.found else None
            return _with_forks(clean, course, scenario, faults) if clean["fork"] else scenario
    return None


def _with_forks(clean: dict[str, Any], course: Course, scenario: Scenario | None, faults: Faults) -> Scenario | None:
    """The scenario with its forks. Where it has faults of its own it is None, and only the texts of the forks are checked."""
    from nntui.files.scenario.forks import check_names, read_forks, with_forks

    check_names(clean["fork"], faults)
    forks = read_forks(steps_of("fork", clean, course, faults), faults)
    return with_forks(scenario, forks, faults) if scenario is not None else None


def _check_batch(batch: int | str | None, points: int, faults: Faults) -> None:
    if isinstance(batch, int) and batch > points:
        words = f'`batch` in [training] is {batch}; expected 1 to {points}, the data points of an epoch, or "epoch"'
        faults.add(("training", "batch"), words)


def _course(clean: dict[str, Any], data: Points) -> Course | None:
    """The steps of the run; None where its shape is not known."""
    layers = (clean["network"] or {}).get("layer") or [None]
    units = [layer and layer["units"] for layer in layers]
    epochs = (clean["training"] or {}).get("epochs")
    return None if epochs is None or None in units else Course(tuple(units), data.count, epochs)


def _check_sheet(clean: dict[str, Any], data: Points, faults: Faults) -> None:
    """What [sheet] asks for must be in the run, and its grid must have a number but 0 in its range."""
    sheet, epochs = clean["sheet"], (clean["training"] or {}).get("epochs")
    if not sheet:
        return
    grid, most, points = sheet["grid"], sheet["range"], sheet["points"]
    if grid is not None and most is not None and not 1.0 <= most / grid <= _MOST_STEPS:
        faults.add(("sheet", "grid"), f"`grid` in [sheet] is {grid:g}; expected {most / _MOST_STEPS:g} to {most:g}, its `range`")
    if points is not None and epochs is not None and points > data.count * epochs:
        faults.add(
            ("sheet", "points"), f"`points` in [sheet] is {points}; expected at most {data.count * epochs}, all of the run"
        )
