"""Which lines of a long list are visible, so that a chosen line is among them. Places and lines count from 0."""


def first_visible(place: int, room: int, total: int) -> int:
    """The first of `room` visible lines of a list, so that `place` is in their middle if the ends allow."""
    return min(max(place - room // 2, 0), max(total - room, 0))


def page_of(place: int, room: int, total: int) -> int:
    """The first line of the page of `room` lines that holds `place`; the last page is full.

    The lines stay where they are while `place` moves within a page, so that a terminal has few lines to repaint.
    """
    return min(place // room * room, max(total - room, 0))
