"""What the time bar of a recorded lesson shows, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A moment of a lesson, in seconds of its bar (long silences cut).

    stop: from 0. away: one looks round on one's own. state: what there is to say of its writer, live or gone.
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
