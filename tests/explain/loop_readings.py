"""What is said of C at the last update of a data point, read and held against the reference in plain Python."""

import re
from math import isfinite, isnan

from tests import reference
from tests.explain.reading_numbers import NUMBER, shows

_UNMOVED = re.compile(rf"No weight of the network changed, so C of this row stays {NUMBER}\.")
_TOLD = re.compile(
    rf"With the new weights C of this row (?:is {NUMBER}; it was {NUMBER}|stays {NUMBER}"
    rf"|is {NUMBER}, (higher|lower) by {NUMBER} than before)"
    rf"(?:; (\(11\)|the step) promised \+?{NUMBER})?\."
    r"( So small a change of C is lost in rounding\."
    r"| C (?:rose|did not fall|is not finite): (?:a slope tells of small steps only, and (?:η|this step) is too large"
    r"|a z of this row lies on a corner of its σ, where C has no slope)\.)?"
)


class Loop:
    """The row of a data point once before and once after its update, in plain numbers."""

    def __init__(self, frame):
        network, made = frame.scenario.network, frame.iteration
        self.net, self.frame = reference.net_of(network), frame
        self.x, self.y = made.x.tolist(), made.y.tolist()
        layers = range(1, len(network.layers) + 1)
        self.old = reference.rows_of(network, [frame.weights_before(layer) for layer in layers])
        self.new = reference.rows_of(network, [frame.weights_after(layer) for layer in layers])
        self.by_rule = network.batch != 1 or network.momentum > 0
        self.point = reference.one_point(self.net, self.old, self.x, self.y)
        self.before, self.after = self.point.cost, self.cost(self.new)
        flat = map(reference.flat, (self.point.gradient, self.new, self.old))
        self.terms = [g * (w - v) for g, w, v in zip(*flat, strict=True) if not isnan(v)]
        self.promised = reference.total(self.terms)
        self.size = abs(self.before) + max(map(abs, self.point.z[-1]))
        self.stepped = self.net.step_slope and any(name in ("step", "sign") for _, name, _ in self.net.layers)
        self.cornered = any(
            "relu" in name and 0.0 in z_l for (_, name, _), z_l in zip(self.net.layers, self.point.z, strict=True)
        )

    def cost(self, weights):
        z, a = reference.forward(self.net, weights, self.x)
        return reference.cost(self.net, z[-1], a[-1], self.y)

    def part_of_the_way(self, share):
        """C with only this share of the step."""
        rows = [
            [
                [None if v is None else v + share * (w - v) for v, w in zip(*pair, strict=True)]
                for pair in zip(*layer, strict=True)
            ]
            for layer in zip(self.old, self.new, strict=True)
        ]
        return self.cost(rows)

    @property
    def promise_is_broken(self):
        return self.promised < 0 and not self.after < self.before


def read_loop(text, frame):
    """(what is left of the text, what is wrong with the part that tells of C)."""
    last = frame.m == frame.course.length - 1
    found = _UNMOVED.search(text) or _TOLD.search(text)
    expected = last and frame.iteration.batch_place.closes and isfinite(frame.iteration.cost)
    if bool(found) != expected:
        return text, "C of the new weights is told where it must not be, or is not told" if last or found else ""
    if not found:
        return text, ""
    loop = Loop(frame)
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    if found.re is _UNMOVED:
        return rest, "" if loop.old == loop.new and shows(found[1], loop.before) else "a weight changed"
    return rest, _fault(loop, *found.groups())


def _fault(loop, now, was, stays, new, way, by, who, promised, why):
    if loop.old == loop.new:
        return "no weight changed"
    if now and not (shows(now, loop.after) and shows(was, loop.before)):
        return "not C before and after"
    if stays and not (loop.after == loop.before and shows(stays, loop.before)):
        return "C does not stay"
    difference = loop.after - loop.before
    if way and not (shows(new, loop.after) and shows(by, abs(difference)) and (way == "higher") == (difference > 0)):
        return "not the difference of C"
    if promised is None:
        return "" if loop.stepped or not isfinite(loop.promised) else "the promise is missing"
    if loop.stepped or (who == "the step") != loop.by_rule:
        return "another promised"
    slack = 1e-12 * sum(map(abs, loop.terms))
    if not any(shows(promised, value) for value in (loop.promised, loop.promised - slack, loop.promised + slack)):
        return "not what was promised"
    if bool(why) != loop.promise_is_broken:
        return "a reason too many, or too few"
    return _why_fault(loop, why) if why else ""


def _why_fault(loop, why):
    if "rounding" in why:
        return "" if max(loop.after - loop.before, -loop.promised) <= 1.001e-12 * loop.size else "more than rounding"
    what = "is not finite" if not isfinite(loop.after) else "rose" if loop.after > loop.before else "did not fall"
    if f"C {what}:" not in why:
        return "C did something else"
    if "corner" in why:
        return "" if loop.cornered else "no corner"
    if ("this step" in why) != loop.by_rule:
        return "the wrong cause"
    lower = any(loop.part_of_the_way(2.0**-k) < loop.before for k in range(1, 1070))
    return "" if lower else "no smaller step lowers C"
