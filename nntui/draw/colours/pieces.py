"""A line as pieces of one look, as few as it can be."""

from nntui.draw.base.spans import Line
from nntui.draw.colours.role_styles import Look


def runs(line: Line) -> list[tuple[str, Look]]:
    """The line in as few pieces of one look as it can be: a blank takes the look of its neighbour where none shows."""
    pieces: list[tuple[str, Look]] = []
    for span in line:
        if not span.text:
            continue
        look = (span.role, span.reverse, span.ground)
        if pieces and (pieces[-1][1] == look or (_invisible(span.text, look) and not shows_ground(pieces[-1][1]))):
            pieces[-1] = (pieces[-1][0] + span.text, pieces[-1][1])
        elif pieces and not pieces[-1][0].strip() and not shows_ground(pieces[-1][1]) and not shows_ground(look):
            pieces[-1] = (pieces[-1][0] + span.text, look)
        else:
            pieces.append((span.text, look))
    return pieces


def _invisible(text: str, look: Look) -> bool:
    return not text.strip() and not shows_ground(look)


def shows_ground(look: Look) -> bool:
    """Whether a blank of this look can be told from another."""
    return look[1] or look[0] in ("lit", "source", "cursor") or look[2] != "plain"
