"""A student who works through data points by hand, rounds every number and goes on with what is written; and slips once.

Written with the plain Python of `tests/reference.py`: nothing is taken from what judges the sheet.
"""

from nntui.lesson.answers import Answer
from nntui.text.decimal import read_typed
from nntui.training.address import Address, Moment
from nntui.training.timeline import Timeline
from tests import reference as r


def significant(digits):
    """Writes a number with this many significant digits."""
    return lambda value: f"{value:.{digits - 1}e}"


def decimals(digits):
    """Writes a number with this many decimals."""
    return lambda value: f"{value:.{digits}f}"


def cut(digits):
    """Cuts a number off after this many of the decimals that a calculator shows."""
    return lambda value: f"{value:.{digits + 6}f}"[:-6]


def work(scenario, write, iterations=1, first=0, slip=None, carried=True):
    """The sheet of some data points from the first of the run on: {(address, sender): text}, in the order of a trace.

    slip: ((address, sender), value), what is written there; `carried`: what comes after goes on with it. The first
    weights are the true ones of iteration `first`.
    """
    timeline = Timeline(scenario)
    net = r.net_of(scenario.network)
    weights = r.rows_of(scenario.network, timeline.weights(first))
    sheet = {}
    place, wrong = slip or (None, None)

    def put(moment, value, sender=0):
        key = (str(Address(*point, moment)), sender)
        text = write(wrong if key == place else value)
        sheet[key] = text
        if key == place and not carried:
            return float(write(value))
        return float(text)

    for n in range(first, first + iterations):
        frame = timeline.frame(n * timeline.course.length)
        point = (frame.address.epoch, frame.address.point)
        x, y = frame.iteration.x.tolist(), frame.iteration.y.tolist()
        weights = _one_point(net, weights, x, y, put)
    return sheet


def _one_point(net, weights, x, y, put):
    z, a, below = [], [], x
    top = len(net.layers)
    for layer, ((_, name, _), rows) in enumerate(zip(net.layers, weights, strict=True), start=1):
        z_l = []
        for k, row in enumerate(rows, start=1):
            value = r.total(w * sent for w, sent in zip(row[1:], below, strict=True))
            z_l.append(put(Moment("z", layer, k), value if row[0] is None else value + row[0]))
        made = r.softmax(z_l) if name == "softmax" else [r.sigma(name, value, net.at_zero) for value in z_l]
        below = [put(Moment("a", layer, k), value) for k, value in enumerate(made, start=1)]
        z.append(z_l)
        a.append(below)
    put(Moment("cost", top), r.cost(net, z[-1], a[-1], y))
    delta = _deltas(net, weights, z, a, y, put)
    after = [None] * top
    for layer in range(top, 0, -1):
        senders = [1.0, *(x if layer == 1 else a[layer - 2])]
        rows = [
            [None if w is None else put(Moment("gradient", layer, k), d * sent, j) for j, (w, sent) in enumerate(pairs)]
            for k, (row, d) in enumerate(zip(weights[layer - 1], delta[layer - 1], strict=True), start=1)
            for pairs in [list(zip(row, senders, strict=True))]
        ]
        after[layer - 1] = [
            [None if w is None else put(Moment("update", layer, k), w, j) for j, w in enumerate(r.updated(net, row, g))]
            for k, (row, g) in enumerate(zip(weights[layer - 1], rows, strict=True), start=1)
        ]
    return after


def _deltas(net, weights, z, a, y, put):
    top = len(net.layers)
    delta = [None] * top
    for layer in range(top, 0, -1):
        name = net.layers[layer - 1][1]
        made = []
        for k, (zk, ak) in enumerate(zip(z[layer - 1], a[layer - 1], strict=True)):
            if layer == top:
                value = ak - y[k]
                if net.cost != "cross_entropy":
                    value = (2.0 if net.cost == "squared_error" else 1.0) * value * r.slope(name, zk, ak, net.step_slope)
            else:
                value = r.total(d * row[k + 1] for d, row in zip(delta[layer], weights[layer], strict=True))
                value *= r.slope(name, zk, ak, net.step_slope)
            made.append(put(Moment("delta", layer, k + 1), value))
        delta[layer - 1] = made
    return delta


def answers(scenario, sheet):
    """The sheet as it is read from a file; line = place in the sheet, from 1."""
    course = scenario.course
    return [
        Answer(course.parse(address), sender, line, read_typed(text) if text else None)
        for line, ((address, sender), text) in enumerate(sheet.items(), start=1)
    ]
