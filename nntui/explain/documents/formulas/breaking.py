"""Where a row of mathematics is broken that is wider than a line: before a sign or after a comma, within brackets too."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from nntui.explain.documents.formulas.glyphs import RELATIONS
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

LINE = 66.0  # of a line, in widths of a digit

_OPEN, _CLOSE, _BAR = MathOperator("("), MathOperator(")"), MathOperator("|")


def width(nodes: Sequence[MathNode]) -> float:
    """About how wide nodes are, in widths of a digit."""
    return sum(_width(node) for node in nodes)


def _width(node: MathNode) -> float:
    match node:
        case MathNumber():
            return len(node.text) + (3.0 if "e" in node.text else 0.0) + (1.5 if node.enclosed else 0.0)
        case MathSymbol():
            return 1.2 + 0.7 * max(len(node.below), len(node.above)) + 0.5 * node.primes
        case MathOperator():
            return 1.0 if node.sign in ",()|" else 2.4
        case MathFunction():
            return 1.1 * len(node.name)
        case MathWords():
            return 1.0 * len(node.text) + 2.0
        case MathGroup():
            return 1.6 + width(node.inside) + 0.7 * len(node.power)
        case MathPower():
            return 1.2 + 0.75 * width(node.exponent)
        case MathFraction():
            return 1.0 + max(width(node.over), width(node.under))
    assert_never(node)


def halves(nodes: Sequence[MathNode]) -> tuple[tuple[MathNode, ...], tuple[MathNode, ...]]:
    """What comes before the first relation, and the relation with all that follows."""
    for at, node in enumerate(nodes):
        if isinstance(node, MathOperator) and node.sign in RELATIONS:
            return tuple(nodes[:at]), tuple(nodes[at:])
    return (), tuple(nodes)


def lines(nodes: Sequence[MathNode], most: float = LINE) -> list[tuple[MathNode, ...]]:
    """The nodes on as many lines as they need."""
    made: list[tuple[MathNode, ...]] = []
    here: list[MathNode] = []
    room = most
    for piece in _pieces(list(_opened(nodes, most))):
        if here and width(piece) > room:
            made.append(tuple(here))
            here, room = [], most - 4.0  # lines after the first are set in
        here += piece
        room -= width(piece)
    return [*made, tuple(here)] if here or not made else made


def _opened(nodes: Sequence[MathNode], most: float) -> Iterator[MathNode]:
    """Groups and fractions that are too wide for a line in pieces that may be parted."""
    for node in nodes:
        match node:
            case MathGroup() if _width(node) > 0.5 * most and not node.power:
                edge = (_BAR, _BAR) if node.bars else (_OPEN, _CLOSE)
                yield edge[0]
                yield from _opened(node.inside, most)
                yield edge[1]
            case MathFraction() if _width(node) > 0.8 * most:
                yield from _opened(node.over, most)
                yield MathOperator("/")
                yield _OPEN
                yield from _opened(node.under, most)
                yield _CLOSE
            case _:
                yield node


def _pieces(nodes: Sequence[MathNode]) -> Iterator[list[MathNode]]:
    """Nodes that stay together: up to the next + or −, or with the comma after them."""
    piece: list[MathNode] = []
    for at, node in enumerate(nodes):
        sign = node.sign if isinstance(node, MathOperator) else ""
        binary = at > 0 and not isinstance(nodes[at - 1], MathOperator)
        if piece and sign in ("+", "−") and (binary or nodes[at - 1] == _CLOSE):
            yield piece
            piece = []
        if piece and sign in ("=", "≈"):
            yield piece
            piece = []
        piece.append(node)
        if sign == ",":
            yield piece
            piece = []
    if piece:
        yield piece
