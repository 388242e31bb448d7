"""Mathematics as a tree, read from the one-line form in which equations are shown on screen.

`z₁² = Σⱼ w¹₁ⱼ aⱼ¹ + w¹₁₀` and rows of numbers become nodes that every format of a document writes in its own way: powers,
fractions and indices where the screen has e^(…), … / … and small letters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nntui.explain.equations.equation import Atom, EquationRow, Number, Part
from nntui.explain.notation.numerals import MINUS, Numerals
from nntui.text.regex import regex
from nntui.values import dataclass

SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ⱼₘₖᵢ", "0123456789jmki", strict=True))
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᴺˡ⁽⁾", "0123456789-Nl()", strict=True))
FUNCTIONS = ("max", "min", "ln", "tanh", "step", "sign", "log", "exp")


@dataclass(frozen=True, slots=True)
class MathSymbol:
    """A letter with its index below, its index above and its primes."""

    letter: str
    below: str = ""
    above: str = ""
    primes: int = 0


@dataclass(frozen=True, slots=True)
class MathNumber:
    """A decimal as it is shown, with - for a minus: -0.25, 3.2e-06, nan, inf. enclosed: brackets belong round it."""

    text: str
    enclosed: bool = False


@dataclass(frozen=True, slots=True)
class MathOperator:
    """A sign between or before others: + − · = ≈ ← , … and the like."""

    sign: str


@dataclass(frozen=True, slots=True)
class MathFunction:
    """A function by its name: max, ln."""

    name: str


@dataclass(frozen=True, slots=True)
class MathWords:
    """Words among mathematics."""

    text: str


@dataclass(frozen=True, slots=True)
class MathGroup:
    """Something in brackets, or between bars, and its power."""

    inside: "tuple[MathNode, ...]"
    bars: bool = False
    power: str = ""


@dataclass(frozen=True, slots=True)
class MathPower:
    """e to a power."""

    base: MathSymbol
    exponent: "tuple[MathNode, ...]"


@dataclass(frozen=True, slots=True)
class MathFraction:
    """One thing over another."""

    over: "tuple[MathNode, ...]"
    under: "tuple[MathNode, ...]"


MathNode = MathSymbol | MathNumber | MathOperator | MathFunction | MathWords | MathGroup | MathPower | MathFraction

_FIRST = 0xE000  # code points that stand for the numbers of a row while it is read
_SMALL = "".join((*SUBSCRIPTS, *SUPERSCRIPTS))
_TOKEN = regex(
    rf"""(?P<number>[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)
    |(?P<words>[A-Za-z]{{2,}}(?![{_SMALL}′]))
    |(?P<symbol>[A-Za-zα-ωΣ½∂](?:[{_SMALL}]|,(?=[{"".join(SUBSCRIPTS)}]))*′*)
    |(?P<held>[\ue000-\uf8ff])
    |(?P<power>[{"".join(SUPERSCRIPTS)}]+)
    |(?P<gap>[ ]{{2,}})
    |(?P<other>[^ ])""",
    re.VERBOSE,
)


@lru_cache(maxsize=512)  # the steps of every data point have the same formulas
def read_formula(text: str) -> tuple[MathNode, ...]:
    """A formula of the screen as nodes."""
    return _FormulaReader(text, ()).all()


def read_row(row: EquationRow, numerals: Numerals, most: int) -> tuple[MathNode, ...]:
    """A row of numbers as nodes, its sums shortened in the middle to `most` terms."""
    held: list[MathNumber] = []
    text = "".join(_held(part, numerals, most, held) for part in row.parts)
    return _FormulaReader(text, held).all()


def plain_number(text: str) -> MathNumber:
    """A number as `Numerals` writes it."""
    return MathNumber(text.replace(MINUS, "-"))


def _held(part: Part | Atom, numerals: Numerals, most: int, held: list[MathNumber]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Number):
        held.append(plain_number(part.write(numerals)))
        return chr(_FIRST + len(held) - 1)
    terms = part.terms
    shortened = len(terms) > most + 1
    kept = terms if not shortened else terms[: most - 1] + terms[-1:]
    texts = ["".join(_held(atom, numerals, most, held) for atom in term) for term in kept]
    if shortened:
        texts.insert(most - 1, f"… {len(terms) - most} more …")
    return part.joiner.join(texts)


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[tuple[str, str], ...]:
    """The tokens of a line, each with its kind; the numbers of a row are held, so that rows of the same form are one text."""
    return tuple((match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text))


class _FormulaReader:
    """Reads the tokens of one line from left to right."""

    def __init__(self, text: str, held: Sequence[MathNumber]) -> None:
        self.tokens = _tokens(text)
        self.held = held
        self.at = 0

    def all(self) -> tuple[MathNode, ...]:
        return tuple(_enclosed(_with_fractions(self._until(""))))

    def _until(self, close: str) -> list[MathNode]:
        """The nodes up to a closing sign, which is passed over."""
        nodes: list[MathNode] = []
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            self.at += 1
            if kind == "other" and text == close:
                break
            nodes.append(self._node(kind, text))
        return nodes

    def _node(self, kind: str, text: str) -> MathNode:
        match kind:
            case "number":
                return MathNumber(text)
            case "held":
                return self.held[ord(text) - _FIRST]
            case "words":
                return MathFunction(text) if text in FUNCTIONS else MathWords(text)
            case "symbol":
                return self._symbol(text)
            case "gap":
                return MathWords("")
            case _ if text in "(|":
                return self._group(text)
            case _:
                return MathOperator(text)

    def _symbol(self, text: str) -> MathNode:
        below = "".join(SUBSCRIPTS.get(c, c if c == "," else "") for c in text[1:])
        above = "".join(SUPERSCRIPTS.get(c, "") for c in text[1:])
        symbol = MathSymbol(text[0], below, above, text.count("′"))
        if text == "e" and self._next() == "^":
            self.at += 1
            self._next_is_open()
            return MathPower(symbol, tuple(_enclosed(_with_fractions(self._until(")")))))
        return symbol

    def _next(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _next_is_open(self) -> None:
        assert self._next() == "(", "a power of e has brackets round it"
        self.at += 1

    def _group(self, opening: str) -> MathGroup:
        inside = self._until(")" if opening == "(" else "|")
        power = ""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "power":
            power = "".join(SUPERSCRIPTS[c] for c in self.tokens[self.at][1])
            self.at += 1
        return MathGroup(tuple(_enclosed(_with_fractions(inside))), opening == "|", power)


def _with_fractions(nodes: list[MathNode]) -> list[MathNode]:
    """a / b as a fraction: with what is right before and right after it, a partial sign or a sum's sign with its term."""
    made: list[MathNode] = []
    at = 0
    while at < len(nodes):
        if nodes[at] == MathOperator("/") and made and at + 1 < len(nodes):
            over = [made.pop()]
            if made and made[-1] == MathSymbol("∂"):
                over.insert(0, made.pop())
            end = at + 2
            if isinstance(sign := nodes[at + 1], MathSymbol) and sign.letter in "∂Σ" and end < len(nodes):
                end += 1
            made.append(MathFraction(_bare(over), _bare(nodes[at + 1 : end])))
            at = end
        else:
            made.append(nodes[at])
            at += 1
    return made


def _bare(nodes: Sequence[MathNode]) -> tuple[MathNode, ...]:
    """Without the brackets round all of it: a fraction's line does their work."""
    if len(nodes) == 1 and isinstance(group := nodes[0], MathGroup) and not group.bars and not group.power:
        return group.inside
    return tuple(nodes)


def _enclosed(nodes: list[MathNode]) -> Iterator[MathNode]:
    """Brackets round a negative number after an operator, or before a multiplication: (−0.04) · 0.55."""
    for at, node in enumerate(nodes):
        before = nodes[at - 1] if at else None
        after_sign = isinstance(before, MathOperator) and before.sign in "+−·"
        if isinstance(node, MathNumber) and node.text.startswith("-") and after_sign:
            yield MathNumber(node.text, enclosed=True)
        else:
            yield node
