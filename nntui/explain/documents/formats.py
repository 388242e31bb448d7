"""The formats of a document, a card each."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from nntui.explain.documents.content import Block
from nntui.explain.documents.html import html_document
from nntui.explain.documents.latex import latex_document
from nntui.explain.documents.markdown import markdown_document
from nntui.values import dataclass

DocumentFormat = Literal["latex", "html", "markdown"]


@dataclass(frozen=True, slots=True)
class DocumentWriter:
    """How blocks become the lines of a file: its ending, whether it has pictures, and the writer itself."""

    ending: str
    pictures: bool
    write: Callable[[str, Sequence[Block]], Iterator[str]]


WRITERS: dict[DocumentFormat, DocumentWriter] = {
    "latex": DocumentWriter(".tex", True, latex_document),
    "html": DocumentWriter(".html", True, html_document),
    "markdown": DocumentWriter(".md", False, markdown_document),
}
