"""Documents in LaTeX: ASCII, with amsmath, booktabs and geometry; TikZ where a picture is asked for."""

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
from nntui.explain.documents.latex_text import latex_text
from nntui.explain.documents.picture import connections, drawn_neurons

_SECTIONS = {1: r"\section*", 2: r"\subsection*", 3: r"\subsubsection*"}


def latex_document(title: str, blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a whole document."""
    yield r"\documentclass[11pt,a4paper]{article}"
    yield r"\usepackage[margin=2.2cm]{geometry}"
    yield r"\usepackage{amsmath}"
    yield r"\usepackage{booktabs}"
    if any(isinstance(block, DocumentPicture) for block in blocks):
        yield r"\usepackage{tikz}"
    yield r"\setlength{\parindent}{0pt}"
    yield r"\setlength{\parskip}{5pt plus 2pt}"
    yield r"\renewcommand{\arraystretch}{1.3}"
    yield r"\allowdisplaybreaks"
    yield r"\postdisplaypenalty=10000"
    yield r"\begin{document}"
    yield r"\sloppy"
    for block in blocks:
        yield from _block(block)
    yield r"\end{document}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case DocumentHeading():
            yield ""
            yield f"{_SECTIONS[block.level]}{{{_spans(block.spans)}}}"
        case DocumentParagraph():
            yield ""  # without it a heading goes on in the line of the sentence before
            if block.strong:
                yield r"\medskip"
            yield rf"\textbf{{{_spans(block.spans)}}}" if block.strong else _spans(block.spans)
            if block.strong:
                yield r"\nopagebreak"
        case DocumentTable():
            yield from _table(block)
        case Display():
            yield from _display(block)
        case WritingLines():
            yield from _writing_lines(block)
        case DocumentPicture():
            yield from _picture(block)
        case _:
            assert_never(block)


def _spans(spans: Spans) -> str:
    return "".join(latex_text(span) if isinstance(span, str) else f"${latex_math(span.nodes)}$" for span in spans)


def _table(table: DocumentTable) -> Iterator[str]:
    yield r"\begin{center}"
    yield rf"\begin{{tabular}}{{l{'r' * (len(table.header) - 1)}}}"
    yield r"\toprule"
    yield _table_row(table.header)
    yield r"\midrule"
    yield from (_table_row(row) for row in table.rows)
    yield r"\bottomrule"
    yield r"\end{tabular}"
    yield r"\end{center}"


def _table_row(cells: Sequence[Spans]) -> str:
    """The brackets before it keep a row that opens with [ from being read as an option of the row before."""
    return "{}" + " & ".join(_spans(cell) for cell in cells) + r" \\"


def _display(display: Display) -> Iterator[str]:
    tag = display.tag if display.tag.count("(") == 1 and display.tag.startswith("(") else ""
    told = rf"\tag{{{tag[1:-1]}}}" if tag else rf"\tag*{{{display.tag}}}" if display.tag else r"\notag"
    yield r"\begin{equation}"
    yield r"\begin{aligned}"
    rows = [(first, line) for row in display.rows for first, line in zip([True, *[False] * len(row)], row, strict=False)]
    for number, (opens, line) in enumerate(rows):
        left = latex_math(display.left) if number == 0 else ""
        end = r" \\" if number < len(rows) - 1 else ""
        indent = "" if opens else r"\qquad {}"
        yield f"{left} &{indent}{latex_math(line)}{end}".lstrip()
    yield r"\end{aligned}"
    yield f"{told}"
    yield r"\end{equation}"


def _writing_lines(room: WritingLines) -> Iterator[str]:
    yield ""
    yield r"\hspace{1em}".join(rf"\mbox{{${latex_math(answer)} = $~\underline{{\hspace{{3cm}}}}}}" for answer in room.answers)
    for _ in range(room.lines):
        yield ""
        yield r"\vspace{7mm}\hrule height 0.2pt"
    yield r"\vspace{1ex}"


def _picture(picture: DocumentPicture) -> Iterator[str]:
    neurons = drawn_neurons(picture)
    names = {neuron: f"n{neuron.layer}-{at}" for at, neuron in enumerate(neurons)}
    scale = min(1.0, 15.0 / max(neuron.x + 1.0 for neuron in neurons))
    yield r"\begin{center}"
    style = rf"neuron/.style={{circle,draw,minimum size={7 * scale:.1f}mm,inner sep=0pt}}"
    yield rf"\begin{{tikzpicture}}[x={scale:.3f}cm,y={scale:.3f}cm,{style}]"
    for neuron in neurons:
        style, text = ("neuron", f"${neuron.number}$") if neuron.number else ("", r"$\vdots$")
        yield rf"\node[{style}] ({names[neuron]}) at ({neuron.x:.2f},{-neuron.y:.2f}) {{{text}}};"
    for sender, receiver in connections(neurons):
        yield rf"\draw ({names[sender]}) -- ({names[receiver]});"
    yield r"\end{tikzpicture}"
    yield r"\end{center}"
