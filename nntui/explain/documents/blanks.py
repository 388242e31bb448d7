"""Which steps of a sheet are left to be worked out: all of them, those of some kinds, or every second, third, …"""

from nntui.text.safe import quoted
from nntui.training.address import Moment
from nntui.training.kinds import KINDS, Kind
from nntui.values import dataclass

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Blanks:
    """The kinds of step whose values are left out, and every which of them: 1 all, 2 every second."""

    kinds: frozenset[Kind]
    every: int = 1

    def leaves_out(self, moment: Moment, number: int) -> bool:
        """Whether a step is blank; `number` counts from 0 the steps that could be."""
        return moment.kind in self.kinds and (number + 1) % self.every == 0


WORKED: frozenset[Kind] = frozenset(kind for kind in KINDS if kind != "input")
ALL_BLANK = Blanks(WORKED)


def read_blanks(text: str) -> Blanks:
    """`all`, `z,delta` or `2`; ValueError says what is wrong with it."""
    stripped = text.strip()
    if stripped == "all":
        return ALL_BLANK
    if stripped.isascii() and stripped.isdigit():
        if not 1 <= int(stripped[:9]) <= _MOST:
            raise ValueError(f"every {stripped[:9]}th value; expected 1 to {_MOST}")
        return Blanks(WORKED, int(stripped[:9]))
    kinds = set()
    for name in stripped.split(","):
        kind = next((known for known in KINDS if known == name.strip() and known in WORKED), None)
        if kind is None:
            known_kinds = ", ".join(known for known in KINDS if known in WORKED)
            raise ValueError(f"{quoted(name)} is no kind to be left out; expected some of {known_kinds}, or a number")
        kinds.add(kind)
    return Blanks(frozenset(kinds))
