"""The numbers of a step as rows of a table: what `nntui trace --format csv` prints, as Python values."""

from nntui.training.frame import Frame

Row = dict[str, int | float | str | None]
"""One number: step, epoch, point, row, kind, layer, neuron (0: of none), from (None: of none), value."""


def number_rows(frame: Frame) -> list[Row]:
    """A row for each number that the step makes. from: j of an input or a weight, 0 the bias, else None."""
    address, moment = frame.address, frame.moment
    place: Row = {
        "step": frame.step,
        "epoch": address.epoch,
        "point": address.point,
        "row": frame.row,
        "kind": moment.kind,
        "layer": moment.layer,
        "neuron": moment.neuron,
    }
    first = _first_sender(frame)
    return [
        place | {"from": None if first is None else first + at, "value": value} for at, value in enumerate(frame.numbers(moment))
    ]


def _first_sender(frame: Frame) -> int | None:
    """j of the first number of a step; None where a number comes from no one sender."""
    moment = frame.moment
    match moment.kind:
        case "input":
            return 1
        case "gradient" | "update":
            return 0 if frame.scenario.network.layers[moment.layer - 1].biases else 1
        case "z" | "a" | "cost" | "delta":
            return None
