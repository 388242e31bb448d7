"""What a scenario is about, above the plot and the data, or in their place."""

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Span
from nntui.draw.base.wrap import wrapped
from nntui.draw.panels.around import LEAST_PLOT
from nntui.text.reflow import reflowed

FRAME = 2  # lines, and cells on each side


def about_panel(text: str, cells: int, height: int, *, offers_tour: bool = False) -> tuple[Block, bool]:
    """The text in a frame of at most cells × height, and whether all of it is there; what is cut ends with ….

    The frame is as tall as its text where the lines below it are enough for the plot; else it takes them too.
    """
    inner, room = cells - 2 * FRAME, height - FRAME
    lines = [line for paragraph in reflowed(text).split("\n") for line in wrapped(paragraph, inner)]
    whole = len(lines) <= room
    if not whole:
        lines = lines[: max(room, 0)]
        lines[-1:] = [f"{line[: inner - 2]} …" for line in lines[-1:]]
    if height - len(lines) - FRAME >= LEAST_PLOT:
        height = len(lines) + FRAME
    inside = [(Span(f" {line}"),) for line in lines]
    foot = "→ begins · a shows this again" if whole else "→ begins · a shows all of it"
    foot += " · T: a tour of one minute" if offers_tour else ""
    return framed((Span("about", "dim"),), inside, cells, height, foot=foot), whole
