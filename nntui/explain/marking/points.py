"""Points for a sheet: one for each number that is right or follows, weighted by its kind where a teacher wishes."""

from collections.abc import Mapping
from dataclasses import field

from nntui.explain.marking.marked_sheet import MarkedSheet, Tally
from nntui.text.decimal import NotANumber, read_typed
from nntui.text.safe import quoted
from nntui.training.kinds import KINDS, Kind
from nntui.values import dataclass

MOST = 1000.0  # points for one number
_WORKED: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "input")


@dataclass(frozen=True, slots=True)
class PointsRule:
    """What a number of each kind is worth; 1 where nothing is said."""

    weights: Mapping[Kind, float] = field(default_factory=dict)

    def weight(self, kind: Kind) -> float:
        """Points for one number."""
        return self.weights.get(kind, 1.0)

    def of(self, kind: Kind, tally: Tally) -> float:
        """Points for numbers of one kind: those that are right, and those that follow from an earlier slip."""
        return self.weight(kind) * (tally.right + tally.follows)

    def most(self, kind: Kind, tally: Tally) -> float:
        """Points that could be had for them."""
        return self.weight(kind) * (tally.right + tally.follows + tally.wrong + tally.missing)

    def points(self, work: MarkedSheet) -> float:
        """Points for a sheet."""
        return sum(self.of(kind, tally) for (kind, _), tally in work.tallies.items())

    def best(self, work: MarkedSheet) -> float:
        """Points that could be had for the data points that were answered."""
        return sum(self.most(kind, tally) for (kind, _), tally in work.tallies.items())

    def words(self) -> str:
        """The rule in a sentence."""
        each = ", ".join(f"{points_text(self.weights[kind])} for {kind}" for kind in _WORKED if kind in self.weights)
        rule = "points: 1 for each number that is right or follows from an earlier slip"
        return f"{rule}; {each}" if each else rule


def read_points(text: str) -> PointsRule:
    """`delta=2,cost=0.5`; ValueError says what is wrong with it."""
    weights: dict[Kind, float] = {}
    for part in text.split(","):
        name, equals, number = part.partition("=")
        kind = next((known for known in _WORKED if known == name.strip()), None)
        if kind is None or not equals:
            raise ValueError(f"{quoted(part)} is no kind with its points; expected such as delta=2,cost=0.5")
        try:
            value = read_typed(number).value
        except NotANumber as fault:
            raise ValueError(str(fault)) from None
        if not 0.0 <= value <= MOST:
            raise ValueError(f"{quoted(part)} gives {number.strip()} points; expected 0 to {MOST:.0f}")
        weights[kind] = value
    return PointsRule(weights)


def points_text(points: float) -> str:
    """3 for 3.0, else two decimals at most."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
