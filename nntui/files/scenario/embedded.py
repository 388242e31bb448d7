"""A scenario as a document of the scenario format that contains its data and weights, so that no file or seed is needed.

`nntui.files.scenario.read` reads what `document_of` writes, with the checks of any scenario file. Every number is the
shortest decimal that reads back as the same float64, so theta, x and y keep their bits.
"""

from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.network import Network
from nntui.files.scenario.in_line import document_in_line
from nntui.files.scenario.read import scenario_from_document
from nntui.files.schema.keys import FORMAT
from nntui.training.scenario import Scenario


def document_of(scenario: Scenario) -> dict[str, Any]:
    """The scenario as the values of a scenario file: dicts, lists, texts, numbers and false only."""
    return _document(scenario, _layers(scenario), {"x": _rows(scenario.x), "y": _rows(scenario.y)})


def recorded_document_of(scenario: Scenario) -> dict[str, Any]:
    """As `document_of`, but data points that were generated stay a line: they come out the same everywhere."""
    return _document(scenario, _layers(scenario), _recorded_data(scenario))


def _recorded_data(scenario: Scenario) -> dict[str, Any]:
    made = scenario.generated
    if made is None or made.x is not scenario.x or made.y is not scenario.y:
        return {"x": _rows(scenario.x), "y": _rows(scenario.y)}
    return {"generate": made.name, "points": len(scenario.x), "noise": made.noise, "seed": made.seed}


def alike(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have equal documents; their numbers are compared as arrays."""
    pairs = ((one.theta, other.theta), (one.x, other.x), (one.y, other.y))
    return all(a is b or np.array_equal(a, b, equal_nan=True) for a, b in pairs) and (
        _document(one, _layers(one, numbers=False), {}) == _document(other, _layers(other, numbers=False), {})
    )


def _layers(scenario: Scenario, numbers: bool = True) -> list[dict[str, Any]]:
    """The layers of a document; without their numbers a layer with biases has true in their place."""
    layers = scenario.network.layers
    names = scenario.neuron_names or ((),) * len(layers)
    return [
        {"units": layer.units, "activation": layer.activation}
        | ({"weights": _rows(matrix[:, 1:])} if numbers else {})
        | {"biases": (_row(matrix[:, 0]) if numbers else True) if layer.biases else False}
        | ({"names": list(called)} if called else {})
        for layer, matrix, called in zip(layers, scenario.weights, names, strict=True)
    ]


def _document(scenario: Scenario, layers: list[dict[str, Any]], data: dict[str, Any]) -> dict[str, Any]:
    """The scenario with these layers and data."""
    network = scenario.network
    update = [word for word, on in (("weights", network.update_weights), ("biases", network.update_biases)) if on]
    training = {
        "eta": network.eta,
        "epochs": scenario.epochs,
        "cost": network.cost,
        "order": scenario.order,
        "seed": scenario.shuffle_seed,
        "update": update,
        "step_slope": int(network.step_slope),
    } | _departures(network)
    document: dict[str, Any] = {
        "format": FORMAT,
        "title": scenario.title,
        "about": scenario.about,
        "network": _of_network(scenario) | {"layer": layers},
        "training": training,
        "data": data | _of_data(scenario),
    }
    if scenario.next:
        document["next"] = scenario.next
    if scenario.notes:
        document["note"] = [{"at": note.at, "text": note.text} for note in scenario.notes]
    if scenario.questions:
        document["question"] = [
            {"at": question.at, "kind": question.kind} | ({"hint": question.hint} if question.hint else {})
            for question in scenario.questions
        ]
    if scenario.forks:
        document["fork"] = [
            {"at": fork.at, "edits": fork.edits} | ({"name": fork.name} if fork.name else {}) for fork in scenario.forks
        ]
    if scenario.sheet:
        sheet = scenario.sheet
        document["sheet"] = {"draw": list(sheet.draw), "grid": sheet.grid, "range": sheet.range, "points": sheet.points}
    return document


def _of_data(scenario: Scenario) -> dict[str, Any]:
    image: dict[str, Any] = {"image": list(scenario.image)} if scenario.image else {}
    return image | ({"held_out": scenario.held_share} if scenario.held_share else {})


def _of_network(scenario: Scenario) -> dict[str, Any]:
    names: dict[str, Any] = {"inputs": list(scenario.input_names)} if scenario.input_names else {}
    return names | ({"seed": scenario.init_seed} if scenario.init_seed else {})


def _departures(network: Network) -> dict[str, Any]:
    """The settings of the training that are not the lecture's."""
    settings: dict[str, Any] = {} if network.at_zero else {"at_zero": 0}
    settings |= {"batch": network.batch} if network.batched else {}
    settings |= {"average": True} if network.average else {}
    return settings | ({"momentum": network.momentum} if network.moving else {})


def scenario_of(values: dict[str, Any], name: str, line: int) -> Scenario:
    """The scenario of a document in one line of a file; InputError with that line says what is wrong."""
    return scenario_from_document(document_in_line(values, name, line))


def _rows(matrix: Array) -> list[list[float]]:
    rows: list[list[float]] = matrix.tolist()
    return rows


def _row(values: Array) -> list[float]:
    row: list[float] = values.tolist()
    return row
