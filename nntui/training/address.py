"""Addresses: a step as people write it, EPOCH:POINT[:KIND[:LAYER[:NEURON]]], all counted from 1."""

import re
from collections.abc import Mapping

from nntui.text.safe import quoted
from nntui.training.kinds import KIND_CARDS, KINDS, Kind
from nntui.values import dataclass


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
class AddressReader:
    """Reads the addresses of one run.

    units: n_1 … n_N. points: data points in an epoch. first_layer: of each kind of step, the layer where it comes first.
    """

    units: tuple[int, ...]
    points: int
    epochs: int
    first_layer: Mapping[Kind, int]

    def read(self, text: str) -> tuple[int, int, Moment | None]:
        """Epoch, point and moment; None where the address names a whole data point. AddressError says what is wrong."""
        parts = text.split(":")
        if len(parts) > 5:
            raise AddressError(f"{quoted(text)} has {len(parts)} parts; expected at most five, EPOCH:POINT:KIND:LAYER:NEURON")
        epoch = self._number(parts[0], "epoch", self.epochs, text)
        point = self._number(parts[1], "point", self.points, text) if len(parts) > 1 else 1
        return epoch, point, self._moment(parts[2:], text) if len(parts) > 2 else None

    def _moment(self, parts: list[str], text: str) -> Moment:
        """KIND[:LAYER[:NEURON]]; without a layer the first of that kind, without a neuron the first of the layer."""
        kind = next((known for known in KINDS if known == parts[0]), None)
        if kind is None:
            raise AddressError(f"{quoted(parts[0])} is no kind of step in {quoted(text)}; expected one of {', '.join(KINDS)}")
        top, first = len(self.units), self.first_layer[kind]
        if not KIND_CARDS[kind].each:
            if len(parts) > 1 and self._number(parts[1], "layer", top, text, least=0) != first:
                raise AddressError(f"{quoted(text)} names layer {int(parts[1])}; expected {first}, where {kind} is")
            if len(parts) > 2:
                raise AddressError(f"{quoted(text)} names a neuron; expected none, {kind} is one step for all")
            return Moment(kind, first)
        layer = self._number(parts[1], "layer", top, text) if len(parts) > 1 else first
        neuron = self._number(parts[2], "neuron", self.units[layer - 1], text) if len(parts) > 2 else 1
        return Moment(kind, layer, neuron)

    @staticmethod
    def _number(part: str, name: str, most: int, text: str, least: int = 1) -> int:
        if not re.fullmatch(r"[0-9]{1,20}", part):
            raise AddressError(
                f"{quoted(part)} is no {name} in {quoted(text)}; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"
            )
        if not least <= int(part) <= most:
            raise NotInRun(f"{name} {int(part)} of {quoted(text)} is not in this run; expected {least} to {most}")
        return int(part)
