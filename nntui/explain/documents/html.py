"""Documents in HTML: one file with MathML, light or dark as the reader has it, that prints on A4."""

from collections.abc import Iterator, Sequence
from html import escape
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
from nntui.explain.documents.formulas.in_mathml import mathml
from nntui.explain.documents.formulas.nodes import MathNode
from nntui.explain.documents.picture import connections, drawn_neurons

_STYLE = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #ffffff; --line: #8a8a8a; --quiet: #555555; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #16181c; --line: #7a7f87; --quiet: #a8adb5; }
}
body { color: var(--ink); background: var(--paper); font: 16px/1.5 Georgia, "Times New Roman", serif;
  max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
table { border-collapse: collapse; margin: 1rem auto; border-block: 2px solid var(--ink); }
th, td { padding: 0.15rem 0.7rem; text-align: right; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
thead th { border-bottom: 1px solid var(--line); font-weight: normal; }
.wide { overflow-x: auto; }
.step { margin: 1.2rem 0 0.3rem; font-weight: bold; break-after: avoid; }
.equation { display: flex; align-items: center; gap: 1rem; margin: 0.4rem 0; overflow-x: auto; overflow-y: hidden;
  break-inside: avoid; }
.equation math { flex: 1; text-align: left; }
.equation mtd { text-align: left; padding: 0.3em 0.2em; }
.equation mtd:first-child { text-align: right; }
.tag { color: var(--quiet); white-space: nowrap; }
.answer { margin: 0.6rem 1.5rem 0.6rem 0; display: inline-block; }
.blank { display: inline-block; width: 8rem; border-bottom: 1px solid var(--ink); }
.line { border-bottom: 1px solid var(--line); height: 2.2rem; }
svg { display: block; margin: 1rem auto; max-width: 100%; height: auto; }
svg circle { fill: var(--paper); stroke: var(--ink); }
svg line { stroke: var(--line); }
svg text { fill: var(--ink); font-size: 13px; text-anchor: middle; dominant-baseline: central; }
@page { size: A4; margin: 2cm; }
@media print {
  :root { color-scheme: light; --ink: #000000; --paper: #ffffff; --line: #666666; --quiet: #333333; }
  body { max-width: none; margin: 0; padding: 0; font-size: 11pt; }
  th, td { padding: 0.1rem 0.45rem; }
  .equation, .wide { overflow: visible; }
}
"""
_SPACE = 34.0  # pixels to a unit of a picture


def html_document(title: str, blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a whole document."""
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    for block in blocks:
        yield from _block(block)
    yield "</body>"
    yield "</html>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case DocumentHeading():
            yield f"<h{block.level}>{_spans(block.spans)}</h{block.level}>"
        case DocumentParagraph():
            yield f'<p class="step">{_spans(block.spans)}</p>' if block.strong else f"<p>{_spans(block.spans)}</p>"
        case DocumentTable():
            yield from _table(block)
        case Display():
            yield from _display(block)
        case WritingLines():
            yield "<div>"
            for answer in block.answers:
                yield f'<span class="answer">{_math(answer)} = <span class="blank"></span></span>'
            yield from ['<div class="line"></div>'] * block.lines
            yield "</div>"
        case DocumentPicture():
            yield from _picture(block)
        case _:
            assert_never(block)


def _spans(spans: Spans) -> str:
    return "".join(escape(span) if isinstance(span, str) else _math(span.nodes) for span in spans)


def _math(nodes: Sequence[MathNode]) -> str:
    return f"<math>{mathml(nodes)}</math>"


def _table(table: DocumentTable) -> Iterator[str]:
    yield '<div class="wide"><table>'
    yield f"<thead><tr>{''.join(f'<th>{_spans(cell)}</th>' for cell in table.header)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{_spans(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"


def _display(display: Display) -> Iterator[str]:
    yield '<div class="equation"><math display="block"><mtable displaystyle="true">'
    left = mathml(display.left)
    for row in display.rows:
        for number, line in enumerate(row):
            indent = '<mspace width="2em"/>' if number else ""
            yield f"<mtr><mtd>{left}</mtd><mtd><mrow>{indent}{mathml(line)}</mrow></mtd></mtr>"
            left = ""
    tag = f'<span class="tag">{escape(display.tag)}</span>' if display.tag else ""
    yield f"</mtable></math>{tag}</div>"


def _picture(picture: DocumentPicture) -> Iterator[str]:
    neurons = drawn_neurons(picture)
    high = max(neuron.y for neuron in neurons) + 0.8
    wide = max(neuron.x for neuron in neurons) + 1.6
    size = f"{-0.8 * _SPACE:.0f} {-high * _SPACE:.0f} {wide * _SPACE:.0f} {2 * high * _SPACE:.0f}"
    yield f'<svg viewBox="{size}" width="{wide * _SPACE:.0f}" role="img" aria-label="the network">'
    for sender, receiver in connections(neurons):
        ends = (sender.x, sender.y, receiver.x, receiver.y)
        x1, y1, x2, y2 = (f"{end * _SPACE:.1f}" for end in ends)
        yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
    for neuron in neurons:
        x, y = f"{neuron.x * _SPACE:.1f}", f"{neuron.y * _SPACE:.1f}"
        if neuron.number:
            yield f'<circle cx="{x}" cy="{y}" r="13"/>'
        yield f'<text x="{x}" y="{y}">{neuron.number or "⋮"}</text>'
    yield "</svg>"
