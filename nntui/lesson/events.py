"""What a student or a teacher did: the events that a lesson is made of, each with its time in seconds since the start."""

from dataclasses import dataclass

from nntui.training.edits import Edit
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain


@dataclass(frozen=True, slots=True)
class Stop:
    """The student stood at `step`; `grain` where keys went another way from now on."""

    seconds: float
    step: int
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """The stops of a grain after `first` up to `last`, at `speed` a second; the first of them at `seconds`.

    One tick of a play that is watched is a Play with one stop; first == last: a play begins here.
    """

    seconds: float
    first: int
    last: int
    speed: float
    grain: Grain


@dataclass(frozen=True, slots=True)
class Reload:
    """The scenario changed; the student stands at `step` of the new one, and later steps are its."""

    seconds: float
    scenario: Scenario
    step: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A note that was typed at `step` (text already made safe)."""

    seconds: float
    step: int
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """The student predicted the number that `step` makes: what was typed, whether it is right, and which slip it was.

    Texts already made safe; `slip` is empty where the answer is right, or wrong in no known way.
    """

    seconds: float
    step: int
    typed: str
    right: bool
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """Something was changed before iteration `start` of the run in force; the student stands at `step` of what came of it."""

    seconds: float
    step: int
    start: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """The run of another chapter is in force, where the student stands at `step`."""

    seconds: float
    chapter: int
    step: int


@dataclass(frozen=True, slots=True)
class Rename:
    """The run of a chapter was given a name (text already made safe)."""

    seconds: float
    chapter: int
    name: str


@dataclass(frozen=True, slots=True)
class Discard:
    """A fork that is not in force is not wanted any more."""

    seconds: float
    chapter: int


Event = Stop | Play | Reload | Remark | Score | Fork | Switch | Rename | Discard
Quiet = Score | Rename | Discard
"""Events that move nothing."""
