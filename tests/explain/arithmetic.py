"""Reads what an equation prints and works it out in plain Python, strictly from left to right.

A row is text such as `(0.1385·0.4 + (−0.0381)·0.5) · 0.2406`. Every sum starts at 0.0; products and quotients go from
left to right; (g₁, g₂) is a list, with which + − · / work entry by entry. e^, ln(1 + …), ln and tanh are the functions of
the contract; nothing else is taken from nntui.
"""

import re

from tests import reference

_TOKEN = re.compile(r"(e\^\(|ln\(|tanh\(|max\(|step\(|sign\(|(?:\d+\.?\d*(?:e[+-]?\d+)?|nan|inf)|[-+−·/(),|²½])\s*")


def worked_out(text):
    """The numbers that a printed row comes to."""
    whole = text
    text = re.split(r",?  (?:with|since|0 for|−1 for) ?", text)[0]
    at_zero = "z ≤ 0, 1 for" not in whole
    tokens, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        assert match, f"{text[place:]!r} in {text!r}"
        tokens.append(match[1])
        place = match.end()
    reader = _Reader(tokens, at_zero)
    value = reader.list()
    assert not reader.tokens, f"{reader.tokens} is left over in {text!r}"
    return value


class _Reader:
    def __init__(self, tokens, at_zero):
        self.tokens = tokens
        self.at_zero = at_zero  # the side of a jump that the row says

    def take(self, *wanted):
        """The next token if it is one of these, else nothing."""
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def must(self, token):
        assert self.take(token), f"{token!r} expected before {self.tokens}"

    def list(self):
        """a, b, c."""
        entries = self.sum()
        while self.take(","):
            entries = entries + self.sum()
        return entries

    def sum(self):
        total = _each(lambda a, b: a + b, [0.0], self.product())
        while sign := self.take("+", "−"):
            total = _each((lambda a, b: a + b) if sign == "+" else (lambda a, b: a - b), total, self.product())
        return total

    def product(self):
        value = self.signed()
        while sign := self.take("·", "/"):
            value = _each((lambda a, b: a * b) if sign == "·" else (lambda a, b: a / b), value, self.signed())
        return value

    def signed(self):
        if self.take("−"):
            return [-value for value in self.signed()]
        value = self.atom()
        return _each(lambda a, b: a * b, value, value) if self.take("²") else value

    def atom(self):
        token = self.tokens.pop(0)
        match token:
            case "(":
                value = self.list()
                self.must(")")
            case "|":
                value = [abs(number) for number in self.sum()]
                self.must("|")
            case "e^(":
                value = [reference.exp(number) for number in self.sum()]
                self.must(")")
            case "ln(":
                one_more = self.tokens[:2] == ["1", "+"]  # ln(1 + x) is log1p
                del self.tokens[: 2 if one_more else 0]
                value = [(reference.log1p if one_more else reference.log)(number) for number in self.sum()]
                self.must(")")
            case "tanh(" | "step(" | "sign(":
                value = [reference.sigma(token[:-1], number, self.at_zero) for number in self.sum()]
                self.must(")")
            case "max(":
                first, second = self.list()
                value = [second if second != second or second > first else first]
                value = [first] if first != first else value
                self.must(")")
            case "½":
                value = [0.5]
            case _:
                value = [float(token)]
        return value


def _each(work, left, right):
    """Entry by entry; one number goes with every entry of a list."""
    size = max(len(left), len(right))
    left, right = (values * size if len(values) == 1 else values for values in (left, right))
    return [work(a, b) for a, b in zip(left, right, strict=True)]
