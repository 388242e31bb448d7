"""Which lines of a long list are visible, so that a chosen line is among them. Places and lines count from 0."""


def first_visible(place: int, room: int, total: int) -> int:
    """The first of `room` visible lines of a list, so that `place` is in their middle if the ends allow; all from 0."""
    return min(max(place - room // 2, 0), max(total - room, 0))


def page_of(place: int, room: int, total: int) -> int:
    """Of a long list, all from 0: the first line of the page that has a place. From place to place few lines change."""
    return min(place // room * room, max(total - room, 0))
