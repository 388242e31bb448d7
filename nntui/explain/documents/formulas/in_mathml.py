"""Mathematics in MathML, the part of it that browsers agree on."""

from collections.abc import Sequence
from html import escape
from typing import assert_never

from nntui.explain.documents.formulas.glyphs import GLYPHS
from nntui.explain.documents.formulas.nodes import (
    MathFraction,
    MathFunction,
    MathGroup,
    MathNode,
    MathNumber,
    MathOperator,
    MathPower,
    MathSymbol,
    MathWords,
)
from nntui.text.regex import regex

# of a pair that stands on two lines: alone it would be taken for a sign between two numbers, with room round it
_FORMS = {"(": ' form="prefix" stretchy="false"', ")": ' form="postfix" stretchy="false"'}
_INDEX = regex(r"[A-Za-z]|[^A-Za-z]+")
_NOT_FINITE = {"inf": "∞", "-inf": "−∞"}


def mathml(nodes: Sequence[MathNode]) -> str:
    """Nodes as one row."""
    inside = "".join(_node(node) for node in nodes)
    return f"<mrow>{inside}</mrow>" if len(nodes) != 1 else inside


def _node(node: MathNode) -> str:
    match node:
        case MathNumber():
            text = mathml_number(node.text)
            return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>" if node.enclosed else text
        case MathSymbol():
            return _symbol(node)
        case MathOperator():
            form = _FORMS.get(node.sign, "")
            return f"<mo{form}>{_glyph(node.sign)}</mo>"
        case MathFunction():
            return f"<mi>{escape(node.name)}</mi><mo>&#8289;</mo>"
        case MathWords():
            return f"<mtext>&#160;{escape(node.text)}&#160;</mtext>" if node.text else '<mspace width="1em"/>'
        case MathGroup():
            edges = ("|", "|") if node.bars else ("(", ")")
            group = f'<mo stretchy="false">{edges[0]}</mo>{mathml(node.inside)}<mo stretchy="false">{edges[1]}</mo>'
            group = f"<mrow>{group}</mrow>"
            return f"<msup>{group}<mn>{escape(node.power)}</mn></msup>" if node.power else group
        case MathPower():
            return f"<msup><mi>{_glyph(node.base.letter)}</mi><mrow>{mathml(node.exponent)}</mrow></msup>"
        case MathFraction():
            return f"<mfrac><mrow>{mathml(node.over)}</mrow><mrow>{mathml(node.under)}</mrow></mfrac>"
    assert_never(node)


def _symbol(node: MathSymbol) -> str:
    tag = "mo" if node.letter in "Σ∂" else "mn" if node.letter == "½" else "mi"
    letter = f"<{tag}>{_glyph(node.letter)}</{tag}>"
    above = "".join(["′" * node.primes, node.above])
    below, upper = (_index(text) if text else "" for text in (node.below, above))
    if below and upper:
        return f"<msubsup>{letter}{below}{upper}</msubsup>"
    if below:
        return f"<msub>{letter}{below}</msub>"
    return f"<msup>{letter}{upper}</msup>" if upper else letter


def _index(text: str) -> str:
    """1j as a number and a letter."""
    parts = _INDEX.findall(text)
    inside = "".join(f"<{'mi' if part.isalpha() else 'mn'}>{escape(part)}</{'mi' if part.isalpha() else 'mn'}>" for part in parts)
    return f"<mrow>{inside}</mrow>" if len(parts) > 1 else inside


def _glyph(sign: str) -> str:
    return GLYPHS[sign].mathml if sign in GLYPHS else escape(sign)


def mathml_number(text: str) -> str:
    """3.2e-06 as 3.2 · 10 to the power of −6."""
    if text in _NOT_FINITE:
        return f"<mn>{_NOT_FINITE[text]}</mn>"
    digits, power, exponent = text.partition("e")
    number = f"<mn>{digits.replace('-', '−')}</mn>"
    if not power:
        return number
    exponent = str(int(exponent)).replace("-", "−")
    return f"{number}<mo>·</mo><msup><mn>10</mn><mn>{exponent}</mn></msup>"
