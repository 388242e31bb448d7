"""A map in colours: each cell is two square pixels, one above the other.

The palette of values goes from orange over a neutral middle to blue; people with red-green blindness tell them apart, and
the grounds of the classes too.
"""

from functools import lru_cache

from nntui.draw.base.spans import CLASS_ROLES, MAP_ROLES, Line, Paint, Role, Span
from nntui.draw.charts.images import NOT_A_NUMBER, two_pixels

_TIMES = (1, 4, 3, 1, 1, 1, 1, 1, 3, 4, 1)  # levels of each colour
_OF_LEVEL: tuple[Role, ...] = tuple(role for role, times in zip(MAP_ROLES, _TIMES, strict=True) for _ in range(times))
LEVELS = len(_OF_LEVEL)
MIDDLE, LOW, HIGH = MAP_ROLES[5], MAP_ROLES[1], MAP_ROLES[9]


@lru_cache(maxsize=512)
def pixel_pair(above: int, below: int) -> Paint:
    """A cell of two levels, from 0 to LEVELS − 1; ? where a level is −1, which means nan."""
    if above < 0 or below < 0:
        return NOT_A_NUMBER
    return two_pixels(_OF_LEVEL[above], _OF_LEVEL[below])


@lru_cache(maxsize=512)
def class_pair(above: int, below: int) -> Paint:
    """A cell of two predicted classes, from 0; ? where a class is −1: no class, as an output is nan."""
    if above < 0 or below < 0:
        return NOT_A_NUMBER
    return two_pixels(class_role(above), class_role(below))


def class_role(label: int) -> Role:
    """The ground of a class."""
    return CLASS_ROLES[label % len(CLASS_ROLES)]


def on_middle(character: str, role: Role) -> Paint:
    """A piece of the boundary line."""
    return (character, role, False, MIDDLE)


def marked(cell: Paint, character: str, role: Role) -> Paint:
    """A cell with the mark of a data point, on a colour of its side against which it can be read; a wrong one on the middle."""
    ground = cell[3]
    if ground == "plain" or role == "warning":
        return (character, role, False, MIDDLE if ground != "plain" else "plain")
    if ground in CLASS_ROLES:
        return (character, "strong", False, ground)
    place = MAP_ROLES.index(ground)
    return (character, "strong", False, MIDDLE if place == 5 else LOW if place < 5 else HIGH)


def legend_colours() -> Line:
    """The palette from low to high."""
    return tuple(Span(" ", "plain", None, False, role) for role in MAP_ROLES)
