"""The content of the time bar of a recorded lesson, as a value."""

from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A moment of a replay; times in seconds on the time bar, where long pauses are cut.

    stop: from 0. away: whether the viewer has left the recorded stops. rate: speed of the replay. state: words about the
    writer of a recording that is followed; live: whether it is still there.
    """

    seconds: float
    duration: float
    marks: tuple[float, ...]
    stop: int
    stops: int
    playing: bool
    rate: float
    away: bool
    state: str = ""
    live: bool = False
