"""Mathematics in LaTeX: ASCII, and amsmath only. Markdown uses it too."""

from collections.abc import Sequence
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

_NAMED = ("max", "min", "ln", "tanh", "log", "exp")  # functions that LaTeX has a command for
_NOT_FINITE = {"nan": r"\mathrm{nan}", "inf": r"\infty", "-inf": r"-\infty"}


def latex_math(nodes: Sequence[MathNode]) -> str:
    """Nodes as the inside of a formula."""
    return " ".join(_node(node) for node in nodes)


def _node(node: MathNode) -> str:
    match node:
        case MathNumber():
            text = latex_number(node.text)
            return f"({text})" if node.enclosed else text
        case MathSymbol():
            below = f"_{{{node.below}}}" if node.below else ""
            above = f"^{{{node.above}}}" if node.above else ""
            return f"{_glyph(node.letter)}{chr(39) * node.primes}{below}{above}"
        case MathOperator():
            return _glyph(node.sign)
        case MathFunction():
            return f"\\{node.name}" if node.name in _NAMED else rf"\operatorname{{{node.name}}}"
        case MathWords():
            return rf"\;\text{{{node.text}}}\;" if node.text else r"\quad"
        case MathGroup():
            edge = (r"\lvert ", r" \rvert") if node.bars else ("(", ")")
            return f"{edge[0]}{latex_math(node.inside)}{edge[1]}" + (f"^{{{node.power}}}" if node.power else "")
        case MathPower():
            return f"{_glyph(node.base.letter)}^{{{latex_math(node.exponent)}}}"
        case MathFraction():
            return rf"\frac{{{latex_math(node.over)}}}{{{latex_math(node.under)}}}"
    assert_never(node)


def _glyph(sign: str) -> str:
    """A sign; one that the table of notations lacks by its code point, since a document is ASCII."""
    if sign in GLYPHS:
        return GLYPHS[sign].latex
    return sign if sign.isascii() and sign.isalnum() else rf"\text{{[U+{ord(sign):04X}]}}"


def latex_number(text: str) -> str:
    r"""3.2e-06 as 3.2 \cdot 10^{-6}."""
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    digits, power, exponent = text.partition("e")
    return rf"{digits} \cdot 10^{{{int(exponent)}}}" if power else digits
