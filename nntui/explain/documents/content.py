"""What a document is made of, before it is written in a format: headings, paragraphs, tables, worked steps."""

from typing import Literal

from nntui.explain.documents.formulas.nodes import MathNode
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """Mathematics within a text or a cell of a table."""

    nodes: tuple[MathNode, ...]


Span = str | Formula
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DocumentHeading:
    """A heading; level 1 is the title of the document."""

    level: Literal[1, 2, 3]
    spans: Spans


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """A paragraph. strong: the headline of a step."""

    spans: Spans
    strong: bool = False


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table with a line of headers; the first column names the rows. Its rows are as long as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Display:
    """An equation on lines of its own: what is on the left, then rows that open with =, ≈ or ←, each on one or more lines.

    tag: the lecture's number, "(14)", or nothing.
    """

    left: tuple[MathNode, ...]
    rows: tuple[tuple[tuple[MathNode, ...], ...], ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Room for an answer: the left side of each number, and a short line after it; then lines to work on."""

    answers: tuple[tuple[MathNode, ...], ...]
    lines: int


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """The network as neurons and the connections between them: n_0 … n_N, and how many of a layer are drawn at most."""

    sizes: tuple[int, ...]
    most: int = 8


Block = DocumentHeading | DocumentParagraph | DocumentTable | Display | WritingLines | DocumentPicture
