"""The formats in which `nntui export` writes a recorded lesson, one card each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

from nntui.text.usage_error import UsageError

if TYPE_CHECKING:  # what draws is imported when a lesson is to be drawn
    from nntui.draw.export.picture import Picture
    from nntui.files.recording.reader import Recording

LessonFormat = Literal["cast", "html"]
LESSON_FORMATS: tuple[LessonFormat, ...] = get_args(LessonFormat)
MOST_STOPS = 10_000


@dataclass(frozen=True, slots=True)
class LessonContent:
    """What is written of a lesson: its pictures on a screen of cells × height. pace: seconds a stop; None: as recorded."""

    pictures: "Iterable[Picture]"
    cells: int
    height: int
    title: str
    pace: float | None


@dataclass(frozen=True, slots=True)
class LessonFormatCard:
    """How a lesson is written, in lines. paced: it has times, so that it takes a pace."""

    about: str
    paced: bool
    content: Callable[[LessonContent], Iterator[str]]


def _cast(content: LessonContent) -> Iterator[str]:
    from nntui.draw.export.asciicast import asciicast

    return asciicast(content.pictures, content.cells, content.height, content.title, content.pace)


def _page(content: LessonContent) -> Iterator[str]:
    """The keys at the foot of the screen are not those of the page, and are left out."""
    from nntui.draw.export.lesson_page import lesson_page

    yield lesson_page(content.pictures, content.cells, content.height - 1, content.title)


CARDS: dict[LessonFormat, LessonFormatCard] = {
    "cast": LessonFormatCard("the lesson as an asciicast (version 2), which players of terminal recordings play", True, _cast),
    "html": LessonFormatCard("the lesson as one page that steps forward and back in a browser, without a server", False, _page),
}


def lesson_text(
    recording: "Recording", form: LessonFormat, size: tuple[int, int], pace: float | None, made: Callable[[float], None]
) -> tuple[str, list[str]]:
    """The file without its last line break, and what is to be said of it; UsageError where the lesson is too long.

    size: columns and lines of the screen. made: is told the share of the pictures that are made.
    """
    from nntui.draw.export.picture import TooManyPictures
    from nntui.session.pictures.recorded_pictures import RecordedPictures
    from nntui.session.session import begun

    stops = max(recording.lesson.stops, 1)
    if stops > MOST_STOPS:
        raise UsageError(f"{recording.name} has {stops:,} stops; expected at most {MOST_STOPS:,} for --format {form}")
    drawn = RecordedPictures(recording, *size, begun(lambda: 0.0, lambda: datetime.min.replace(tzinfo=UTC)))  # no clock is asked

    def pictures() -> "Iterator[Picture]":
        for number, picture in enumerate(drawn):
            made(number / stops)
            yield picture

    content = LessonContent(pictures(), *size, recording.lesson.scenarios[0].title, pace)
    try:
        text = "\n".join(CARDS[form].content(content))
    except TooManyPictures as error:
        fits = f"{error.stops:,} of its {stops:,} stops fill it at {size[0]}x{size[1]}"
        raise UsageError(
            f"{recording.name} is too long for --format {form}: {fits}; expected fewer, or a smaller --size"
        ) from None
    return text, list(dict.fromkeys(drawn.news))
