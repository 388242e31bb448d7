"""Reading a scenario file: parsed, checked against the table of keys, checked for consistency, then built.

The format is described in docs/scenario-format.md. Texts are made safe here, once, and tabs in them become spaces. Inputs
without names in [network] take the names of their CSV columns, outputs those of their classes or target columns. A scenario
file that is a link has its data in the folder of the link.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, as_array
from nntui.engine.batch_place import batch_place_of
from nntui.engine.network import Layer, Network
from nntui.files.data.points import Points, points
from nntui.files.io.errors import InputError
from nntui.files.scenario.consistency import check_cost, check_image, check_layers, check_points
from nntui.files.scenario.forks import check_names, read_forks, with_forks
from nntui.files.scenario.overrides import ChangedFaults, override, read_overrides
from nntui.files.schema.validate import Faults, TooManyFaults, check_format, checked_table
from nntui.files.toml.document import Document, parse
from nntui.text.safe import MOST_TITLE, quoted, safe
from nntui.training.scenario import DRAWN, Note, Question, Scenario, SheetRules, starting_weights
from nntui.training.steps import Address, AddressError, Course, NotInRun

_NAME = 60
_MOST_STEPS = 1e6  # of a grid between 0 and its range
_FORM = "EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"
_ADDRESS = 120  # longer than any address that can be read

Stop = tuple[int, int, dict[str, Any]]
"""A table with an `at`: its number, its step, and its keys."""


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
            _check_stops(clean, course, faults)
            sound = not faults.found  # then the forks can be held against the scenario, whatever else is wrong with them
            check_names(clean["fork"] or [], faults)
            forks = read_forks(_steps("fork", clean, course, faults), faults)
            return with_forks(_build(clean, data), forks, faults) if sound else None
    return None


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


def _check_stops(clean: dict[str, Any], course: Course, faults: Faults) -> None:
    """Checks every `at` of notes and questions: an address of this run, for a question one to predict at."""
    _steps("note", clean, course, faults)
    asked: dict[int, int] = {}
    for number, step, question in _steps("question", clean, course, faults):
        first = asked.setdefault(step, number)
        at = course.address(step)
        fault = _unanswerable(at, question) if first == number else _asked_again(first, at)
        kept = isinstance(faults, ChangedFaults) and not faults.is_new(("question", number - 1))  # it is just not asked
        if not fault and question["kind"] == "cost" and not kept:
            fault = _no_cost_after(at, question, course, _batch(clean))
        if fault:
            faults.add(("question", number - 1, "at"), f"question {number}: {fault}")


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


def _steps(table: str, clean: dict[str, Any], course: Course, faults: Faults) -> list[Stop]:
    """Each [[note]], [[question]] or [[fork]] at an address of this run; the others are faults.

    If options of the command line changed the run, those of the file at steps that are gone are left out.
    """
    steps, left_out = [], []
    for number, stop in enumerate(clean[table] or [], start=1):
        if stop and stop["at"] is not None:
            try:
                steps.append((number, course.parse(stop["at"]), stop))
            except AddressError as fault:
                if isinstance(fault, NotInRun) and isinstance(faults, ChangedFaults) and not faults.is_new((table, number - 1)):
                    left_out.append(stop)
                    continue
                expected = "" if ";" in str(fault) else f"; expected {_FORM}"
                faults.add((table, number - 1, "at"), f"{table} {number}: {fault}{expected}")
    if left_out:
        clean[table] = [stop for stop in clean[table] if not any(stop is gone for gone in left_out)]
    return steps


def _batch(clean: dict[str, Any]) -> int:
    """Data points of a batch; 0 for all of an epoch."""
    batch = clean["training"].get("batch")
    return 0 if batch == "epoch" else int(batch or 1)


def _unanswerable(address: Address, question: dict[str, Any]) -> str | None:
    """Why nothing can be predicted at this address; None if something can."""
    at, kind = quoted(question["at"]), address.moment.kind
    if kind == "input":
        return f"{at} is the input, which is given; expected a step that computes, such as {address.epoch}:{address.point}:cost"
    if question["kind"] == "larger" and address.epoch == 1 and kind != "update":
        return f"{at} is in epoch 1, where `larger` has nothing before it; expected an update or a later epoch"
    return None


def _no_cost_after(address: Address, question: dict[str, Any], course: Course, batch: int) -> str | None:
    """Why `cost`, whether C of a row rises or falls, cannot be asked at an address; None where it can."""
    place = batch_place_of(batch or course.points, address.point - 1, course.points)
    point = address.point + place.size - place.number
    last = Address(address.epoch, point, course.moment(course.length - 1))
    if address == last:
        return None
    return f"{quoted(question['at'])} is not where C of a row changes; expected {last}, the last update"


def _asked_again(first: int, address: Address) -> str:
    return f"{address} is asked by question {first} already; expected one question at a step"


# --- a sound file


def _build(clean: dict[str, Any], data: Points) -> Scenario:
    layers, network, training = clean["network"]["layer"], _network(clean, data), clean["training"]
    by_sender = clean["network"]["weights_by"] == "sender"
    return Scenario(
        title=_safe_line(clean["title"], MOST_TITLE),
        network=network,
        theta=starting_weights(
            network,
            [_by_receiver(_array(layer["weights"]), by_sender) for layer in layers],
            [_array(layer["biases"]) for layer in layers],
            clean["network"]["init"],
            clean["network"]["seed"],
        ),
        x=data.x,
        y=data.y,
        epochs=training["epochs"],
        about=_safe_prose(clean["about"]),
        next=_safe_line(clean["next"].strip(), MOST_TITLE),
        order=training["order"],
        shuffle_seed=training["seed"],
        init_seed=clean["network"]["seed"],
        input_names=_names(clean["network"]["inputs"] or data.input_names),
        neuron_names=_neuron_names(layers, data),
        notes=tuple(Note(_safe_line(note["at"].strip(), _ADDRESS), _safe_prose(note["text"])) for note in clean["note"]),
        questions=tuple(
            Question(_safe_line(question["at"].strip(), _ADDRESS), question["kind"], _safe_prose(question["hint"]))
            for question in clean["question"]
        ),
        left_out=data.left_out,
        held_share=data.held_share,
        trained=data.trained,
        sheet=_sheet(clean["sheet"]),
        image=_image(clean["data"]["image"]),
        generated=data.generated,
    )


def _image(size: list[int] | None) -> tuple[int, int] | None:
    return (size[0], size[1]) if size else None


def _sheet(table: dict[str, Any] | None) -> SheetRules | None:
    if not table:
        return None
    drawn = tuple(name for name in DRAWN if name in table["draw"])
    return SheetRules(drawn, float(table["grid"]), float(table["range"]), table["points"])


def _network(clean: dict[str, Any], data: Points) -> Network:
    training = clean["training"]
    return Network(
        inputs=data.x.shape[1],
        layers=tuple(
            Layer(layer["units"], layer["activation"], layer["biases"] is not False) for layer in clean["network"]["layer"]
        ),
        cost=training["cost"],
        eta=float(training["eta"]),
        step_slope=float(training["step_slope"]),
        at_zero=float(training["at_zero"]),
        update_weights="weights" in training["update"],
        update_biases="biases" in training["update"],
        batch=data.count if training["batch"] == "epoch" else training["batch"],
        average=training["average"],
        momentum=float(training["momentum"]),
    )


def _by_receiver(weights: Array | None, by_sender: bool) -> Array | None:
    """Weights of a layer with a row for each receiving neuron; by_sender: they have one for each sending neuron."""
    return weights.T if weights is not None and by_sender else weights


def _array(values: list[float] | list[list[float]] | bool | None) -> Array | None:
    return as_array(np.array(values, dtype=np.float64)) if isinstance(values, list) else None


def _neuron_names(layers: list[dict[str, Any]], data: Points) -> tuple[tuple[str, ...], ...]:
    """A tuple for each layer; outputs without names take those of the classes or target columns of the data file."""
    names = [_names(layer["names"] or ()) for layer in layers]
    return (*names[:-1], names[-1] or _names(data.output_names))


def _names(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_safe_line(name, _NAME) for name in names)


def _safe_line(text: str, most: int) -> str:
    """Safe text for one line of the screen."""
    return safe(text.replace("\t", " "), most)


def _safe_prose(text: str) -> str:
    """Safe text of several lines, not cut: its length was bounded when the file was read."""
    return safe(text.expandtabs(4).strip("\n"), len(text) * 4 + 1, newline=True)
