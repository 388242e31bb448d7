"""Fewer bytes down the wire: of a changed line only the changed cells are sent.

Textual 8.2 sends a widget's line from its left edge up to the change (a TODO in its `ChopsUpdate`), which over a
slow line is most of what a step costs. `tests/tui/test_wire.py` fails loudly should these private classes change.
"""

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor  # noqa: PLC2701


class NarrowUpdate(ChopsUpdate):
    """An update that leaves out what lies left of a change."""

    def render_segments(self, console: Console) -> str:
        """The changed cells, each stretch after one move of the cursor."""
        pieces: list[str] = []
        for y, start, stop in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= stop or end <= start:
                    continue
                first, last = max(start, x), min(end, stop)
                pieces += (f"\x1b[{y + 1};{first + 1}H", strip.crop(first - x, last - x).render(console))
        return "".join(pieces)


class NarrowCompositor(Compositor):
    """A compositor whose partial updates are narrow."""

    def render_partial_update(self) -> NarrowUpdate | None:
        """The same cells as Textual's own, without those that have not changed."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
