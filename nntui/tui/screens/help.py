"""Help: the table of keys, what the colours mean, and the letters."""

from collections.abc import Iterable

from textual.content import Content

from nntui.explain.notation.glossary import glossary
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.tui.widgets.keys import KEYS
from nntui.tui.widgets.text_page import Page

READING = """\
Panels are layers; the signal flows from left to right, the error δ back.
 · a number this step has not reached     ∂ the gradient ∂C/∂w of the row above
 → on its update step, the new weights under the old ones
In tables: › the mark · ▸ where you are · ★ watched · ✗ the wrong class
What the step makes is lit; what feeds it is underlined; ≈ where digits are cut.
"""


class Help(Page):
    """Everything a key does, then how to read the screen."""

    def __init__(self, notation: Notation = LECTURE) -> None:
        super().__init__(
            "help",
            _table((f"{key.shown:>7}  ", key.words) for key in KEYS),
            Content.assemble(("\nReading the screen\n", "bold"), READING),
            Content.assemble(
                ("Letters, and the numbers of their equations\n", "bold"),
                _table((f"{letter:<9}", meaning) for letter, meaning in glossary(notation)),
            ),
            width=78,
        )


def _table(rows: Iterable[tuple[str, str]]) -> Content:
    return Content("\n").join(Content.assemble((name, "$accent"), words) for name, words in rows)
