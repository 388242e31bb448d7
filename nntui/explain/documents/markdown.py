"""Documents in Markdown, as GitHub and Pandoc read it: mathematics between $ signs, tables with bars."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from nntui.explain.documents.content import (
    Block,
    Display,
    DocumentHeading,
    DocumentParagraph,
    DocumentPicture,
    DocumentTable,
    Spans,
    WritingLines,
)
from nntui.explain.documents.formulas.in_latex import latex_math
from nntui.text.regex import regex

_SIGNS = "\\`*_{}[]<>#|~$&@^"
# what would open a list, a heading, a quotation or a definition where it begins a line
_OPENING = regex(r"^(\s*)([-+=:%]|\(?[0-9A-Za-z]{1,9}[.)](?=\s|$))")


def markdown_text(text: str) -> str:
    """Text of a file: its letters are letters, no heading, list, link or formula."""
    flat = " ".join(text.split())
    escaped = "".join(f"\\{c}" if c in _SIGNS else c for c in flat).replace("://", "\\://").replace("www.", "www\\.")
    return _OPENING.sub(_as_letters, escaped)


def _as_letters(match: "re.Match[str]") -> str:
    return f"{match[1]}\\{match[2]}" if len(match[2]) == 1 else f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def markdown_document(title: str, blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a whole document."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case DocumentHeading():
            yield f"{'#' * block.level} {_spans(block.spans)}"
        case DocumentParagraph():
            yield f"**{_spans(block.spans)}**" if block.strong else _spans(block.spans)
        case DocumentTable():
            yield _table_row(block.header)
            yield f"|:--|{'--:|' * (len(block.header) - 1)}"
            yield from (_table_row(row) for row in block.rows)
        case Display():
            yield from _display(block)
        case WritingLines():
            yield ", ".join(rf"${latex_math(answer)} = \underline{{\hspace{{3cm}}}}$" for answer in block.answers)
            for _ in range(block.lines):
                yield ""
                yield r"$\underline{\hspace{14cm}}$"
        case DocumentPicture():
            yield _spans((f"Network {' – '.join(str(size) for size in block.sizes)}.",))
        case _:
            assert_never(block)


def _spans(spans: Spans) -> str:
    return "".join(_within(span, at) if isinstance(span, str) else f"${latex_math(span.nodes)}$"
                   for at, span in enumerate(spans))  # fmt: skip


def _within(text: str, at: int) -> str:
    """A part of a line; the blanks at its ends stay, and only the first part can open anything."""
    if not text.strip():
        return text
    escaped = markdown_text(text if at == 0 else f"'{text.strip()}")
    escaped = escaped if at == 0 else escaped[1:]
    return " " * text.startswith(" ") * (at > 0) + escaped + " " * text.endswith(" ")


def _table_row(cells: Sequence[Spans]) -> str:
    return "| " + " | ".join(_spans(cell) or " " for cell in cells) + " |"


def _display(display: Display) -> Iterator[str]:
    r"""Lines end with \\, which GitHub's MathJax and Pandoc both read; Pandoc knows no \cr."""
    yield "$$"
    yield r"\begin{aligned}"
    rows = [(number == 0, line) for row in display.rows for number, line in enumerate(row)]
    for number, (opens, line) in enumerate(rows):
        left = latex_math(display.left) if number == 0 else ""
        end = r" \\" if number < len(rows) - 1 else ""
        indent = "" if opens else r"\qquad "
        yield f"{left} & {indent}{latex_math(line)}{end}".lstrip()
    yield r"\end{aligned}"
    if display.tag:
        single = display.tag.count("(") == 1 and display.tag.startswith("(")
        yield rf"\tag{{{display.tag[1:-1]}}}" if single else rf"\tag*{{{display.tag}}}"
    yield "$$"
