"""What is played to others: one picture for each stop of a lesson."""

from dataclasses import dataclass

from nntui.draw.base.spans import Block


@dataclass(frozen=True, slots=True)
class Picture:
    """seconds: when it comes, long pauses cut. address: the step that it shows. note: what was typed there, if anything."""

    seconds: float
    block: Block
    address: str
    note: str = ""


class TooManyPictures(Exception):
    """What all the pictures take is more than the format may be. stops: how many of them fit, from the first on."""

    def __init__(self, stops: int) -> None:
        super().__init__(stops)
        self.stops = stops
