"""Steps and grains: every place in a run.

A step is one integer: step = iteration · M + m, with M = 2 + 5 Σ n_l steps in one data point and
iteration = (epoch − 1) · points + (point − 1). Within a data point, in this order:

    input · z, a of layer 1 · … · z, a of layer N · cost · delta of layer N … 1 · gradient, update of layer N … 1

one step for each neuron. Everything below follows from that one table of groups.
"""

from bisect import bisect_right
from dataclasses import field
from typing import Literal, get_args

from nntui.training.address import Address, AddressReader, Moment
from nntui.training.kinds import KIND_CARDS, Kind
from nntui.values import dataclass

Grain = Literal["neuron", "layer", "phase", "point", "epoch"]
GRAINS: tuple[Grain, ...] = get_args(Grain)


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
    first_layer: dict[Kind, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = _groups(self.units)
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "starts", tuple(group.start for group in groups))
        object.__setattr__(self, "start_of", {(group.kind, group.layer): group.start for group in groups})
        object.__setattr__(self, "first_layer", {group.kind: group.layer for group in reversed(groups)})

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
        epoch, point, moment = AddressReader(self.units, self.points, self.epochs, self.first_layer).read(text)
        start = self.first((epoch - 1) * self.points + point - 1)
        if moment is None:
            return start, start + self.length - 1
        step = start + self.offset(moment)
        return step, step

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
