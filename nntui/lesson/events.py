"""The events of a lesson: what a student or a teacher did, each with its time in seconds since the start."""

from typing import TYPE_CHECKING, get_args

from nntui.lesson.display_state import DisplayState
from nntui.training.scenario import Scenario
from nntui.training.steps import Grain
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.training.edits.edit import Edit


class LessonError(ValueError):
    """An event that cannot happen in this lesson; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The student moved to `step`; grain: if it changed with this move, how far keys move from now on."""

    seconds: float
    step: int
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """Playback over the stops of a grain after `first` up to `last`, `speed` stops a second; the first at `seconds`.

    Each tick of a playback that is recorded live is a Play with one stop; first == last: playback begins here.
    """

    seconds: float
    first: int
    last: int
    speed: float
    grain: Grain


@dataclass(frozen=True, slots=True)
class Reload:
    """The scenario file was read again: the student is at `step` of the new scenario, as are all later events."""

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

    Texts already made safe; `slip` is empty where the answer is right, or wrong in no known way. help: how many parts of
    the way had been shown before (1 the symbols, 2 the numbers too).
    """

    seconds: float
    step: int
    typed: str
    right: bool
    slip: str = ""
    help: int = 0


@dataclass(frozen=True, slots=True)
class Fork:
    """The current run was forked by edits before iteration `start`; the student is at `step` of the fork."""

    seconds: float
    step: int
    start: int
    edits: "tuple[Edit, ...]"


@dataclass(frozen=True, slots=True)
class Switch:
    """The student went to `step` of the run of another chapter, which is the current one from now on."""

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
    """A fork that is not the current run was removed from the list of runs."""

    seconds: float
    chapter: int


@dataclass(frozen=True, slots=True)
class Look:
    """Something else is looked at, at the same step. With the time of the event before it, it is seen at the stop of that."""

    seconds: float
    state: DisplayState


Event = Stop | Play | Reload | Remark | Score | Fork | Switch | Rename | Discard | Look
Quiet = Score | Rename | Discard | Look
"""Events that do not change the student's position."""
QUIET: frozenset[type[Event]] = frozenset(get_args(Quiet))
