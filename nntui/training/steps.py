"""Steps, addresses and grains: every place in a run.

A step is one integer: step = iteration · M + m, with M = 2 + 5 Σ n_l steps in one data point and
iteration = (epoch − 1) · points + (point − 1). Within a data point, in this order:

    input · z, a of layer 1 · … · z, a of layer N · cost · delta of layer N … 1 · gradient, update of layer N … 1

one step for each neuron. Everything below follows from that one table of groups.
"""

import re
from bisect import bisect_right
from dataclasses import field
from typing import Literal, get_args

from nntui.text.safe import quoted
from nntui.values import dataclass

Kind = Literal["input", "z", "a", "cost", "delta", "gradient", "update"]
"""A kind of step, and of the numbers that it makes."""
KINDS: tuple[Kind, ...] = get_args(Kind)

NumberKind = Literal[Kind, "y", "slope", "weight", "sum", "velocity"]
"""What a number is: the kind of step that makes it, or one that no step is named after (`made_by`).

`sum` is G of a weight with this data point added, `velocity` v after this data point.
"""

Phase = Literal["input", "forward", "cost", "backward", "update"]


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind of step. letter: of what it makes. each: one step for each neuron, else one for the whole data point.

    row: it makes a number for each weight into a neuron, bias first, else one number (`input`: all of x).
    """

    phase: Phase
    letter: str
    each: bool = True
    row: bool = False


def _card(kind: Kind) -> KindCard:
    match kind:
        case "input":
            return KindCard("input", "x", each=False)
        case "z":
            return KindCard("forward", "z")
        case "a":
            return KindCard("forward", "a")
        case "cost":
            return KindCard("cost", "C", each=False)
        case "delta":
            return KindCard("backward", "δ")
        case "gradient":
            return KindCard("update", "∂", row=True)
        case "update":
            return KindCard("update", "w", row=True)


KIND_CARDS: dict[Kind, KindCard] = {kind: _card(kind) for kind in KINDS}


def made_by(kind: NumberKind) -> Kind:
    """The kind of step from which on a number is known: y and the weights come in with the input, σ′ with a, G and v with w."""
    match kind:
        case "y" | "weight":
            return "input"
        case "slope":
            return "a"
        case "sum" | "velocity":
            return "update"
        case _:
            return kind


Grain = Literal["neuron", "layer", "phase", "point", "epoch"]
GRAINS: tuple[Grain, ...] = get_args(Grain)


class AddressError(ValueError):
    """An address that cannot be read, or that is not in this run. The message is one sentence."""


class NotInRun(AddressError):
    """An address that is well formed but names an epoch, a point, a layer or a neuron that this run does not have."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A step within one data point. `neuron` counts from 1; it is 0 for input and cost, which are one step each."""

    kind: Kind
    layer: int
    neuron: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """EPOCH:POINT[:KIND[:LAYER[:NEURON]]], all counted from 1."""

    epoch: int
    point: int
    moment: Moment

    def __str__(self) -> str:
        m = self.moment
        place = f":{m.layer}:{m.neuron}" if m.neuron else ""
        return f"{self.data_point}:{m.kind}{place}"

    @property
    def data_point(self) -> str:
        """EPOCH:POINT alone."""
        return f"{self.epoch}:{self.point}"


@dataclass(frozen=True, slots=True)
class Group:
    """All steps of one kind in one layer; `start` is the m of the first."""

    kind: Kind
    layer: int
    start: int
    count: int

    @property
    def last(self) -> int:
        """The m of the last step of the group."""
        return self.start + self.count - 1


def _groups(units: tuple[int, ...]) -> tuple[Group, ...]:
    """The table of one data point, for n_1 … n_N."""
    top = len(units)
    upward, downward = range(1, top + 1), range(top, 0, -1)
    order: list[tuple[Kind, int]] = [("input", 0)]
    order += [(kind, layer) for layer in upward for kind in ("z", "a")]
    order += [("cost", top)]
    order += [("delta", layer) for layer in downward]
    order += [(kind, layer) for layer in downward for kind in ("gradient", "update")]
    groups, start = [], 0
    for kind, layer in order:
        count = units[layer - 1] if KIND_CARDS[kind].each else 1
        groups.append(Group(kind, layer, start, count))
        start += count
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of one run: n_1 … n_N, data points in an epoch, epochs."""

    units: tuple[int, ...]
    points: int
    epochs: int
    groups: tuple[Group, ...] = field(init=False, repr=False, compare=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    start_of: dict[tuple[Kind, int], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = _groups(self.units)
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "starts", tuple(group.start for group in groups))
        object.__setattr__(self, "start_of", {(group.kind, group.layer): group.start for group in groups})

    @property
    def length(self) -> int:
        """M, the steps of one data point."""
        return self.groups[-1].last + 1

    @property
    def iterations(self) -> int:
        """Data points in the whole run."""
        return self.points * self.epochs

    @property
    def last(self) -> int:
        """The last step of the run."""
        return self.iterations * self.length - 1

    # --- step ⇄ address

    def group_at(self, m: int) -> Group:
        """The group that the m-th step of a data point belongs to."""
        return self.groups[bisect_right(self.starts, m) - 1]

    def moment(self, m: int) -> Moment:
        """The m-th step of a data point."""
        group = self.group_at(m)
        return Moment(group.kind, group.layer, m - group.start + 1 if KIND_CARDS[group.kind].each else 0)

    def offset(self, moment: Moment) -> int:
        """The m of a moment of this network."""
        return self.start_of[moment.kind, moment.layer] + max(moment.neuron - 1, 0)

    def iteration(self, step: int) -> int:
        """The iteration a step belongs to."""
        return step // self.length

    def first(self, iteration: int) -> int:
        """The `input` step of an iteration."""
        return iteration * self.length

    def cost(self, iteration: int) -> int:
        """The `cost` step of an iteration."""
        return self.first(iteration) + self.start_of["cost", len(self.units)]

    def address(self, step: int) -> Address:
        """The address of a step; IndexError outside the run."""
        if not 0 <= step <= self.last:
            raise IndexError(f"step {step} is not in 0 … {self.last}")
        iteration, m = divmod(step, self.length)
        epoch, point = divmod(iteration, self.points)
        return Address(epoch + 1, point + 1, self.moment(m))

    def step(self, address: Address) -> int:
        """The step of an address of this run."""
        iteration = (address.epoch - 1) * self.points + address.point - 1
        return iteration * self.length + self.offset(address.moment)

    # --- reading an address

    def parse(self, text: str) -> int:
        """The step of `EPOCH:POINT[:KIND[:LAYER[:NEURON]]]`, `start` or `end`; AddressError says what is wrong."""
        return self.span(text)[0]

    def span(self, text: str) -> tuple[int, int]:
        """First and last step of an address: of the whole data point if it names no kind, else the same step twice."""
        text = text.strip()
        if text == "start":
            return 0, 0
        if text == "end":
            return self.last, self.last
        parts = text.split(":")
        if len(parts) > 5:
            raise AddressError(f"{quoted(text)} has {len(parts)} parts; expected at most five, EPOCH:POINT:KIND:LAYER:NEURON")
        epoch = self._number(parts[0], "epoch", self.epochs, text)
        point = self._number(parts[1], "point", self.points, text) if len(parts) > 1 else 1
        start = ((epoch - 1) * self.points + point - 1) * self.length
        if len(parts) < 3:
            return start, start + self.length - 1
        step = start + self._offset(parts[2:], text)
        return step, step

    def _offset(self, parts: list[str], text: str) -> int:
        kind = next((known for known in KINDS if known == parts[0]), None)
        if kind is None:
            raise AddressError(f"{quoted(parts[0])} is no kind of step in {quoted(text)}; expected one of {', '.join(KINDS)}")
        top = len(self.units)
        if not KIND_CARDS[kind].each:
            only = 0 if kind == "input" else top
            if len(parts) > 1 and self._number(parts[1], "layer", top, text, least=0) != only:
                raise AddressError(f"{quoted(text)} names layer {int(parts[1])}; expected {only}, where {kind} is")
            if len(parts) > 2:
                raise AddressError(f"{quoted(text)} names a neuron; expected none, {kind} is one step for all")
            return self.start_of[kind, only]
        layer = self._number(parts[1], "layer", top, text) if len(parts) > 1 else self._first_layer(kind)
        neuron = self._number(parts[2], "neuron", self.units[layer - 1], text) if len(parts) > 2 else 1
        return self.start_of[kind, layer] + neuron - 1

    def _first_layer(self, kind: Kind) -> int:
        return next(group.layer for group in self.groups if group.kind == kind)

    @staticmethod
    def _number(part: str, name: str, most: int, text: str, least: int = 1) -> int:
        if not re.fullmatch(r"[0-9]{1,20}", part):
            raise AddressError(
                f"{quoted(part)} is no {name} in {quoted(text)}; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"
            )
        if not least <= int(part) <= most:
            raise NotInRun(f"{name} {int(part)} of {quoted(text)} is not in this run; expected {least} to {most}")
        return int(part)

    # --- grains

    def _bounds(self, step: int, grain: Grain) -> tuple[int, int]:
        """First and last step of the grain's group that `step` is in."""
        iteration, m = divmod(step, self.length)
        start = iteration * self.length
        match grain:
            case "neuron":
                return step, step
            case "layer":
                group = self.group_at(m)
                return start + group.start, start + group.last
            case "phase":
                phase = KIND_CARDS[self.group_at(m).kind].phase
                groups = [group for group in self.groups if KIND_CARDS[group.kind].phase == phase]
                return start + groups[0].start, start + groups[-1].last
            case "point":
                return start, start + self.length - 1
            case "epoch":
                first = iteration // self.points * self.points * self.length
                return first, first + self.points * self.length - 1

    def forward(self, step: int, grain: Grain) -> int:
        """The next stop of the grain after `step`: the last step of its group, or of the next group if it is that already."""
        if step >= self.last:
            return self.last
        stop = self._bounds(step, grain)[1]
        return stop if stop > step else self._bounds(step + 1, grain)[1]

    def back(self, step: int, grain: Grain) -> int:
        """The last stop of the grain before the group of `step`; the start of the run counts as one."""
        return max(self._bounds(step, grain)[0] - 1, 0)
