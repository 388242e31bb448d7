"""The types of lists in a scenario file: of texts, of numbers, of rows of numbers."""

from collections.abc import Iterator
from typing import Any

from nntui.files.schema.value_types import ChoiceType, ValueFault, fault_unless, found, is_number, is_whole
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class TextListType:
    """A list of texts; options: only these, each at most once; distinct: no text twice; column: as for a text."""

    distinct: bool = False
    options: tuple[str, ...] = ()
    column: bool = False

    @property
    def expected(self) -> str:
        if self.options:
            return f"a list of one or more of {ChoiceType(self.options).expected.replace(' or ', ', ')}"
        return f"a list of {'distinct ' if self.distinct else ''}texts"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        if not isinstance(value, list) or not value:
            yield ValueFault((), "", found(value), self.expected)
            return
        seen = set()
        for at, text in enumerate(value):
            if not isinstance(text, str) or (self.options and text not in self.options):
                expected = ChoiceType(self.options).expected if self.options else "a text"
                if self.column and is_number(text):
                    expected = f'the name of a column in quotes: "{found(text)}"'
                yield ValueFault((at,), f"number {at + 1}", found(text), expected)
            elif text in seen and (self.distinct or self.options):
                yield ValueFault((at,), f"number {at + 1}", f"{found(text)} again", "each once")
            else:
                seen.add(text)

    def schema(self) -> dict[str, Any]:
        items = {"enum": list(self.options)} if self.options else {"type": "string"}
        unique = {"uniqueItems": True} if self.distinct or self.options else {}
        return {"type": "array", "items": items, "minItems": 1} | unique


@dataclass(frozen=True, slots=True)
class NumbersOrFalseType:
    """A list of numbers, or false."""

    expected: str = "a list of numbers, or false"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        if value is False:
            return
        if not isinstance(value, list):
            yield ValueFault((), "", found(value), self.expected)
            return
        for at in _wrong_numbers(value):
            yield ValueFault((at,), f"number {at + 1}", found(value[at]), "a finite number")

    def schema(self) -> dict[str, Any]:
        numbers = {"type": "array", "items": {"type": "number"}, "minItems": 1}
        return {"anyOf": [numbers, {"const": False}]}


@dataclass(frozen=True, slots=True)
class NumberRowsType:
    """A list of lists of numbers."""

    expected: str = "a list of rows of numbers, such as [[0, 1], [1, 0]]"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        if not isinstance(value, list) or not value:
            yield ValueFault((), "", found(value), self.expected)
            return
        for at, row in enumerate(value):
            if not isinstance(row, list) or not row:
                yield ValueFault((at,), f"row {at + 1}", found(row), "a list of numbers")
            else:
                for j in _wrong_numbers(row):
                    yield ValueFault((at, j), f"row {at + 1}, number {j + 1}", found(row[j]), "a finite number")

    def schema(self) -> dict[str, Any]:
        row = {"type": "array", "items": {"type": "number"}, "minItems": 1}
        return {"type": "array", "items": row, "minItems": 1}


@dataclass(frozen=True, slots=True)
class SizeType:
    """Rows and columns: two whole numbers from 1 to `most`."""

    most: int

    @property
    def expected(self) -> str:
        return f"rows and columns, two whole numbers from 1 to {self.most}, such as [8, 8]"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        fits = isinstance(value, list) and len(value) == 2 and all(is_whole(part) and 1 <= part <= self.most for part in value)
        return fault_unless(fits, self, value)

    def schema(self) -> dict[str, Any]:
        side = {"type": "integer", "minimum": 1, "maximum": self.most}
        return {"type": "array", "items": side, "minItems": 2, "maxItems": 2}


def _wrong_numbers(values: list[object]) -> list[int]:
    """The positions in `values` without a finite number."""
    return [at for at, value in enumerate(values) if not is_number(value)]
