"""Wrapping sentences into lines, measured in cells, because a character may be two cells wide."""

from rich.cells import cell_len, chop_cells


def wrapped(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells` cells; a word longer than a line is broken."""
    lines = [""]
    for word in text.split():
        for piece in chop_cells(word, cells):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(joined) <= cells:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines
