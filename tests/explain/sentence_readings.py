"""Every kind of sentence read as a reader would read it, and held against plain numbers of the step.

A reading is a pattern and a check. `Numbers` holds the numbers as plain lists, taken from the record of the data point; no
fact of `nntui.explain.sentences` is asked.
"""

# ruff: noqa: E501  # a reading is a line, as a table is read
import re
from math import inf, isclose, isnan

from tests.explain.loop_readings import read_loop
from tests.explain.reading_numbers import NUMBER, shows

STAY = r"(?:Nothing changes here|The weights into (?:the output|output \d+|neuron \d+ of layer \d+) stay)"
NAME = r"((?:[Ii]nput \d+|[Oo]utput \d+|[Tt]he output|neuron \d+ of layer \d+|Neuron \d+ of layer \d+))"


class Numbers:
    """One step in plain numbers."""

    def __init__(self, frame):
        it, moment, network = frame.iteration, frame.moment, frame.scenario.network
        self.kind, self.layer, self.k, self.network, self.frame = moment.kind, moment.layer, moment.neuron, network, frame
        self.top = len(network.layers)
        self.x, self.y, self.cost = it.x.tolist(), it.y.tolist(), it.cost
        self.outputs = frame.layer_a(self.top).tolist()
        self.last = self.layer == self.top
        if not self.k:
            return
        layer = network.layers[self.layer - 1]
        self.sigma, self.biased = layer.activation, layer.biases
        self.z, self.a, self.slope = (getattr(frame, n)(self.layer, self.k) for n in ("z", "a", "slope"))
        self.delta = frame.delta(self.layer, self.k)
        first = 0 if self.biased else 1
        self.signals = [1.0, *frame.layer_a(self.layer - 1).tolist()]
        self.before = self._row(frame.weights_before(self.layer), first)
        self.after = self._row(frame.weights_after(self.layer), first)
        self.gradient = self._row([frame.gradient_row(self.layer, self.k)] * self.k, first)
        self.parts = {j: w * self.signals[j] for j, w in self.before.items()}
        if not self.last:
            self.above = frame.layer_delta(self.layer + 1).tolist()
            self.ways = [float(row[self.k]) for row in frame.weights_before(self.layer + 1)]
            self.paths = [d * w for d, w in zip(self.above, self.ways, strict=True)]

    def _row(self, matrix, first):
        row = matrix[self.k - 1].tolist()
        return {j: row[j] for j in range(first, len(row))}

    def sender(self, name):
        """Which sender a name means; 0 is the bias."""
        name = name.removeprefix("the weight from ")
        return 0 if name == "the bias" else int(re.search(r"\d+", name)[0])

    @property
    def again(self):
        """z for the same signals with the new weights."""
        total = 0.0
        for j, w in self.after.items():
            if j:
                total += w * self.signals[j]
        return total + self.after.get(0, 0.0) if self.biased else total

    @property
    def miss(self):
        return self.outputs[self.k - 1] - self.y[self.k - 1]


def _largest(numbers, names, values=None):
    """Whether just these senders have the largest size."""

    def check(n):
        parts = getattr(n, numbers)
        most = max(map(abs, parts.values()))
        return {n.sender(name) for name in names} == {j for j, part in parts.items() if abs(part) == most} and (
            values is None or all(shows(text, parts[n.sender(name)]) for text, name in zip(values, names, strict=True))
        )

    return check


def _count_largest(numbers, count, size=None):
    def check(n):
        values = [abs(v) for v in getattr(n, numbers).values()]
        return values.count(max(values)) == int(count) and (size is None or shows(size, max(values)))

    return check


def _dead(names):
    return lambda n: {n.sender(name) for name in names} == {j for j in n.before if j and n.signals[j] == 0.0}


def _misses(n):
    return [a - y for a, y in zip(n.outputs, n.y, strict=True)]


def _furthest(which, way, size):
    def check(n):
        place = int(found[0]) - 1 if (found := re.findall(r"\d+", which)) else 0
        misses = _misses(n)
        sizes = [abs(m) for m in misses]
        return (
            sizes.count(max(sizes)) == 1
            and sizes[place] == max(sizes)
            and shows(size, sizes[place])
            and (misses[place] > 0) == (way == "high")
        )

    return check


def _off(way, size, rest):
    def check(n):
        if (n.miss > 0) != (way == "high") or not n.last or n.miss == 0.0 or not shows(size, abs(n.miss)):
            return False
        if rest.startswith("; σ′"):
            return n.sigma in ("step", "sign") and (n.delta > 0) == (n.miss > 0)
        return n.sigma not in ("step", "sign") and n.delta != 0.0 and ("rises as" in rest) == (n.delta > 0)

    return check


def _ratio(text, large, small):
    return large / small > 0.999e6 if text == "over a million" else isclose(float(text), large / small, abs_tol=0.501)


def _cancelled(percent):
    def check(n):
        up, down = sum(p for p in n.paths if p > 0), -sum(p for p in n.paths if p < 0)
        share = min(up, down) / max(up, down)
        if percent == "under 1":
            return 0 < share < 0.01
        return 0.99 < share < 1 if percent == "over 99" else abs(share - float(percent) / 100) <= 0.00501

    return check


def _agree(which, count, slope):
    def check(n):
        carrying = [p for p in n.paths if p != 0.0]
        words = {"Both paths": 2, f"All {count} paths": int(count or 0)}.get(which)
        whole = words is not None and words == len(n.paths) == len(carrying)
        part = which.startswith("The") and int(count) == len(carrying) < len(n.paths)
        return (whole or part) and (all(p > 0 for p in carrying) or all(p < 0 for p in carrying)) and shows(slope, n.slope)

    return check


def _share(text, part):
    if text.startswith("less"):
        return 0 < part < 0.001
    return 0.999 < part < 1 if text.startswith("more") else abs(float(text.rstrip("%")) / 100 - part) <= 0.000501


def _moved(n):
    return {j: (n.before[j], n.after[j]) for j in n.before if n.before[j] != n.after[j]}


def _crossing(n):
    return [j for j in n.before if j and (n.before[j] < 0 < n.after[j] or n.after[j] < 0 < n.before[j])]


def _changeable(n):
    return [g for j, g in n.gradient.items() if (n.network.update_weights if j else n.network.update_biases)]


def _place(n):
    """Which data point of its batch this is, and of how many: the last batch of an epoch may be shorter."""
    points, size, n_ = (
        n.frame.scenario.points,
        n.network.batch or n.frame.scenario.points,
        n.frame.number % n.frame.scenario.points,
    )
    return n_ % size + 1, min(size, points - n_ // size * size)


def _waits(n):
    at, of = _place(n)
    return n.network.batched and at < of and not _moved(n)


def _applied(of, what, with_v):
    def check(n):
        mean = n.network.average and of > 1
        return (
            _place(n) == (of, of)
            and n.network.batched
            and what == (f"mean G / {of}" if mean else "sum G")
            and bool(with_v) == (n.network.momentum > 0)
        )

    return check


def _overflowed(what, value):
    def check(n):
        numbers = {
            "C": [n.cost] if not n.k else [],
            "A gradient": [*n.gradient.values()] if n.k else [],
            "A new weight": [*n.after.values()] if n.k else [],
        }.get(what) or [{"z": n.z, "a": n.a, "δ": n.delta}[what[0]]]
        return (float(value.replace("−", "-")) in (inf, -inf) and float(value.replace("−", "-")) in numbers) or (
            "nan" in value and any(isnan(v) for v in numbers)
        )

    return check


def _side(word, middle, slope):
    return lambda n: (
        (n.a > float(middle) and n.z > 0 if word == "above" else n.a < float(middle) and n.z < 0) and shows(slope, n.slope)
    )


def _alike(n, name, out):
    other = int(re.search(r"neuron (\d+)", name)[1])
    matrix = n.frame.weights_before(n.layer)
    same = matrix[other - 1][0 if n.biased else 1 :].tolist() == [*n.before.values()] and other != n.k
    if out:
        same = same and [float(r[other]) for r in n.frame.weights_before(n.layer + 1)] == n.ways
        return same and n.frame.delta(n.layer, other) == n.delta
    return same and n.frame.z(n.layer, other) == n.z


FIRST = r"( By \(10\), C depends on every z\.)?"
READINGS = (
    ("input", r"Row (\d+) of the data is layer 0; the targets? (?:is|are) .*\.", lambda row: lambda n: int(row) == n.frame.row),
    ("*", r"([zaδ]\S*|C|A gradient|A new weight) = (−?inf|nan) is not a finite number: this run has overflowed\.", _overflowed),
    ("z", r"Every signal is 0, so z is (0|the bias alone)\.", lambda w: lambda n: not any(n.signals[1:]) and n.biased == (w != "0") and n.z == n.before.get(0, 0.0)),
    ("z", r"Every weight times its signal is 0, so z is (0|the bias alone)\.", lambda w: lambda n: not any(p for j, p in n.parts.items() if j) and n.biased == (w != "0") and n.z == n.before.get(0, 0.0)),
    ("z", rf"The same weights as {NAME}, so the same z\.", lambda name: lambda n: _alike(n, name, False)),
    ("z", r"One signal, times its weight\.", lambda: lambda n: [*n.before] == [1]),
    ("z", rf"The largest part of z comes from ({NAME}|the bias): {NUMBER}\.", lambda name, _, value: _largest("parts", [name], [value])),
    ("z", rf"The largest parts of z come from ({NAME}|the bias) and ({NAME}|the bias): {NUMBER} and {NUMBER}\.", lambda a, _, b, __, v, w: _largest("parts", [a, b], [v, w])),
    ("z", rf"(\d+) parts of z have the same size, {NUMBER}; none is larger\.", lambda count, size: _count_largest("parts", count, size)),
    ("a", rf"z is (not negative|negative), so {NAME} (fires|stays silent|says 1|says −1)\.", lambda z, _, what: lambda n: (n.z >= 0) == (z == "not negative") and n.a == {"fires": 1, "stays silent": 0, "says 1": 1, "says −1": -1}[what]),
    ("a", rf"z is exactly 0, where at_zero = 0 (?:keeps {NAME} silent|makes {NAME} say −1)\.", lambda *_: lambda n: n.z == 0 and n.network.at_zero == 0 and n.a == {"step": 0, "sign": -1}[n.sigma]),
    ("a", rf"(The sigmoid|tanh) is flat at z = {NUMBER}: σ′ = {NUMBER} lets under a hundredth of an error back\.", lambda _, z, s: lambda n: shows(z, n.z) and shows(s, n.slope) and n.slope < 0.01),
    ("a", rf"a is (0.5|0), where (?:the sigmoid|tanh) is steepest: σ′ = {NUMBER}\.", lambda a, s: lambda n: n.a == float(a) and shows(s, n.slope) and n.slope == (0.25 if a == "0.5" else 1)),
    ("a", rf"a is (above|below) (0.5|0), as z is (above|below) 0; the slope here is σ′ = {NUMBER}\.", lambda one, m, two, s: _side(one if one == two else "", m, s)),
    ("a", r"a is z itself\.", lambda: lambda n: n.a == n.z),
    ("a", r"z is not above 0, so a = 0 and σ′ = 0: no error passes back through this neuron\.", lambda: lambda n: n.z <= 0 == n.a and n.slope == 0 and (n.last or n.delta == 0 or isnan(n.delta))),
    ("a", r"z is 0, and so is a; at this corner σ′ is taken as 0.01\.", lambda: lambda n: n.z == 0 == n.a and n.slope == 0.01),
    ("a", r"z is below 0: a is only a hundredth of it\.", lambda: lambda n: n.z < 0 and isclose(n.a, n.z / 100, rel_tol=1e-12, abs_tol=1e-320)),
    ("a", rf"Softmax shares 100% among the outputs: {NAME} gets (\S+%|less than 0.1%|more than 99.9%)\.", lambda _, part: lambda n: _share(part, n.a)),
    ("cost", r"Every output is exactly on its target: there is nothing to learn from this data point\.", lambda: lambda n: n.outputs == n.y),
    ("cost", rf"The right class, {NAME}, gets (\S+%|less than 0.1%|more than 99.9%); C is −ln of that share\.", lambda name, part: lambda n: n.y.count(1.0) == 1 and n.y.count(0.0) == len(n.y) - 1 and _share(part, n.outputs[n.y.index(1.0)])),
    ("cost", rf"{NAME} (?:is furthest from its target|misses its target): too (high|low) by {NUMBER}\.{FIRST}", lambda name, way, size, _: _furthest(name, way, size)),
    ("cost", rf"(All|\d+) outputs are furthest from their targets, by {NUMBER} each\.{FIRST}", lambda count, size, _: lambda n: (sizes := [abs(m) for m in _misses(n)]).count(max(sizes)) == (len(sizes) if count == "All" else int(count)) and shows(size, max(sizes))),
    ("delta", rf"{NAME} is exactly on its target, so its δ is 0\.", lambda _: lambda n: n.last and n.miss == 0 == n.delta),
    ("delta", r"The (step|sign) function is flat: σ′ = 0, so δ = 0, and no error passes back through this neuron\.", lambda s: lambda n: n.sigma == s and n.slope == 0 == n.delta),
    ("delta", r"z is not above 0, so σ′ = 0 and δ = 0: the ReLU stops the error\.", lambda: lambda n: n.z <= 0 == n.slope == n.delta),
    ("delta", r"The neuron is saturated: σ′ is 0 to the last digit, and no error passes back\.", lambda: lambda n: n.slope == 0 == n.delta),
    ("delta", r"No error comes back from the layer above, so δ is 0\.", lambda: lambda n: not n.last and n.delta == 0 and not any(n.paths)),
    ("delta", r"The errors from the layer above cancel exactly, so δ is 0\.", lambda: lambda n: not n.last and n.delta == 0 and any(n.paths) and max(n.paths) > 0 > min(n.paths)),
    ("delta", r"The error is too small for a number of 64 bits, so δ becomes 0\.", lambda: lambda n: n.delta == 0 and n.slope > 0 and (n.miss != 0 if n.last else any(n.paths))),
    ("delta", rf"{NAME} is too (high|low) by {NUMBER}(; σ′ is taken as \d, so δ has the sign of that\.|: C (?:rises|falls) as its z rises\.)", lambda _, way, size, rest: _off(way, size, rest)),
    ("delta", rf"The neuron is saturated: σ′ = {NUMBER}, so less than a hundredth of the error passes back\.", lambda s: lambda n: shows(s, n.slope) and n.slope < 0.01),
    ("delta", rf"The same weights in and out as {NAME}, so the same δ: the two stay alike\.", lambda name: lambda n: _alike(n, name, True)),
    ("delta", r"δ is small here: the largest δ of the layer above is (\d+|over a million) times as large\.", lambda t: lambda n: _ratio(t, max(map(abs, n.above)), abs(n.delta))),
    ("delta", r"δ grows on its way back: it is (\d+|over a million) times as large as the largest δ above it\.", lambda t: lambda n: _ratio(t, abs(n.delta), max(map(abs, n.above)))),
    ("delta", rf"(One path leads back|Only one of the (\d+) paths carries an error): {NUMBER}; times σ′ = {NUMBER}\.", lambda which, count, value, s: lambda n: len(n.paths) == int(count or 1) and [shows(value, p) for p in n.paths if p] == [True] and shows(s, n.slope)),
    ("delta", r"The paths have different signs: the weaker ones cancel (under 1|over 99|\d+)% of the stronger\.", _cancelled),
    ("delta", rf"(Both paths|All (?:\d+) paths|The (?:\d+) paths that carry an error) have the same sign; σ′ = {NUMBER} scales their sum\.", lambda which, s: _agree(which, (re.findall(r"\d+", which) or [""])[0], s)),
    ("gradient", r"δ is 0, so every gradient of this neuron is 0\.", lambda: lambda n: n.delta == 0 and not any(n.gradient.values())),
    ("gradient", r"Every signal is 0, so every gradient of this neuron is 0\.", lambda: lambda n: not any(n.signals[1:]) and not any(n.gradient.values())),
    ("gradient", r"Every signal is 0: by \(13\) only the bias has a gradient\.", lambda: lambda n: not any(n.signals[1:]) and [j for j, g in n.gradient.items() if g] == [0]),
    ("gradient", rf"The same signals as for {NAME}, here times δ = {NUMBER}\.", lambda name, d: lambda n: shows(d, n.delta) and 0 < int(re.findall(r"\d+", name)[0]) < n.k),
    ("gradient", r"(\d+) of (\d+) signals are 0: by \(13\) their weights have the gradient 0\.", lambda c, of: lambda n: n.signals[1:].count(0.0) == int(c) and len(n.signals) == int(of) + 1),
    ("gradient", rf"{NAME}(?: and {NAME})? sent 0: by \(13\) (?:its weight has|their weights have) the gradient 0\.", lambda a, b: _dead([name for name in (a, b) if name])),
    ("gradient", rf"By \(15\) it is δ times the signal, {NUMBER}\.", lambda s: lambda n: [*n.gradient] == [1] and shows(s, n.signals[1]) and n.gradient[1] == n.delta * n.signals[1]),
    ("gradient", r"All gradients of this neuron have the same size\.", lambda: lambda n: len({abs(g) for g in n.gradient.values()}) == 1 < len(n.gradient)),
    ("gradient", r"(\d+) gradients of this neuron have the same size; none is larger\.", lambda c: _count_largest("gradient", c)),
    ("gradient", r"The largest gradients? of this neuron: (the bias|the weight from [^.]*?)(?: and (the bias|the weight from [^.]*))?\.", lambda a, b: _largest("gradient", [name for name in (a, b) if name])),
    ("update", rf"{STAY}: `update` of this scenario keeps these weights as they are\.", lambda: lambda n: not _moved(n) and not _changeable(n)),
    ("update", r"The weights wait: this is data point (\d+) of (\d+) of its batch\. Its gradient is added to the sum G, which the note does not have\.", lambda at, of: lambda n: not _moved(n) and n.network.batched and _place(n) == (int(at), int(of)) and int(at) < int(of)),
    ("update", rf"The weights into {NAME} wait, too; every gradient is 0, so G stays\.", lambda _: lambda n: _waits(n) and not any(n.gradient.values())),
    ("update", rf"The weights into {NAME} wait, too; the largest gradient that goes into G is {NUMBER} in size\.", lambda _, size: lambda n: _waits(n) and shows(size, max(map(abs, n.gradient.values())))),
    ("update", rf"{STAY}: the step of these weights is 0, or too small for their last digit\.", lambda: lambda n: not _moved(n) and _changeable(n) and (n.network.batched or n.network.momentum > 0)),
    ("update", rf"Momentum is added to \(11\): v keeps {NUMBER} of what it was, less η times the gradient, and moves the weights\.", lambda mu: lambda n: shows(mu, n.network.momentum) and not n.network.batched and bool(_moved(n))),
    ("update", r"The batch of (\d+) is complete: \(11\) is applied once, with the (sum G|mean G / \d+) of its gradients( and with v)?\.", lambda of, what, v: _applied(int(of), what, v)),
    ("update", r"The batch ends with one data point: \(11\) is applied once, with the (sum G) of its gradients( and with v)?\.", lambda what, v: _applied(1, what, v)),
    ("update", rf"{STAY}: every gradient is 0\.", lambda: lambda n: not _moved(n) and _changeable(n) and not any(_changeable(n))),
    ("update", rf"{STAY}: η times the gradient is too small for the last digit of these weights\.", lambda: lambda n: not _moved(n) and any(_changeable(n))),
    ("update", rf"Too large a step: with the same signals {NAME} would go from {NUMBER} to {NUMBER}, past its target {NUMBER}\.", lambda _, a, b, y: lambda n: shows(a, n.a) and shows(y, n.y[n.k - 1]) and (n.a - n.y[n.k - 1]) * (float(b.replace("−", "-")) - n.y[n.k - 1]) <= 0),
    ("update", r"(\d+) weights change sign here\.", lambda c: lambda n: len(_crossing(n)) == int(c) > 1),
    ("update", rf"The weight from {NAME} changes sign: {NUMBER} becomes {NUMBER}\.", lambda name, a, b: lambda n: _crossing(n) == [n.sender(name)] and shows(a, n.before[n.sender(name)]) and shows(b, n.after[n.sender(name)])),
    ("update", rf"The weights change, but with the same signals z of {NAME} would stay {NUMBER}\.", lambda _, z: lambda n: bool(_moved(n)) and n.again == n.z and shows(z, n.z)),
    ("update", rf"With the same signals, z of {NAME} would (rise|fall) by {NUMBER}\.", lambda _, way, by: lambda n: (n.again > n.z) == (way == "rise") and n.again != n.z and shows(by, abs(n.again - n.z))),
    ("update", rf"With the same signals, z of {NAME} would now be {NUMBER}; it was {NUMBER}\.", lambda _, now, old: lambda n: shows(now, n.again) and shows(old, n.z)),
)  # fmt: skip

CHAIN = " The lecture has no equation for δ of an output; it follows by the chain rule, as in (12)."


def fault(text, frame):
    """What is wrong with the sentence of a step, or nothing: unread, read in two ways, or untrue."""
    numbers = Numbers(frame)
    if text.endswith(CHAIN):
        if frame.number or numbers.kind != "delta" or not numbers.last:
            return "it is not the first δ of an output"
        text = text.removesuffix(CHAIN)
    text, wrong = read_loop(text, frame)
    if wrong or not text:
        return wrong
    read = [
        (pattern, check(*found.groups()))
        for kind, pattern, check in READINGS
        if kind in ("*", numbers.kind) and (found := re.fullmatch(pattern, text))
    ]
    if len(read) != 1:
        return f"{len(read)} readings"
    return "" if read[0][1](numbers) else "untrue"
