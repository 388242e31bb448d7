"""The types of values in a scenario file, but for lists (`list_types`).

Each states its rule three times: as a check, in words, and as JSON Schema.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import Any, NamedTuple, Protocol, TypeGuard

from nntui.files.io.errors import nearest
from nntui.text.counted import counted
from nntui.text.safe import quoted
from nntui.values import dataclass

_LARGEST = 1.7976931348623157e308  # of a float64
Path = tuple[str | int, ...]


class ValueFault(NamedTuple):
    """A fault inside a value: where (`path` from the value on, and in words), what was found, what was expected."""

    path: Path
    where: str
    found: str
    expected: str


class ValueType(Protocol):
    """A type of value."""

    @property
    def expected(self) -> str:
        """The rule in words."""
        ...

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        """Every fault of `value` by this rule."""
        ...

    def schema(self) -> dict[str, Any]:
        """The rule as JSON Schema."""
        ...


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a finite number that float64 can hold; true and false are not numbers."""
    return type(value) in (int, float) and -_LARGEST <= value <= _LARGEST  # type: ignore[operator]


def is_whole(value: object) -> TypeGuard[int]:
    """Whether `value` is an integer; true and false are not integers."""
    return type(value) is int


def found(value: object) -> str:
    """A value of a file as a sentence names it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            shown = repr(value)
            return shown if len(shown) <= 40 else shown[:20] + "…"
        case str():
            return f"the text {quoted(value)}"
        case list() if value and all(isinstance(v, dict) for v in value):
            return f"a list of {counted(len(value), 'table')}"
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def fault_unless(fits: bool, kind: ValueType, value: object) -> Iterator[ValueFault]:
    """The fault of a value that does not fit its type as a whole."""
    if not fits:
        yield ValueFault((), "", found(value), kind.expected)


@dataclass(frozen=True, slots=True)
class TextType:
    """A text; filled: it may not be blank; column: the name of a column, which may be typed as a number by mistake."""

    filled: bool = False
    column: bool = False

    @property
    def expected(self) -> str:
        return "a text that is not empty" if self.filled else "a text"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        if self.column and is_number(value):
            yield ValueFault((), "", found(value), f'the name of a column in quotes: "{found(value)}"')
        elif not isinstance(value, str) or (self.filled and not value.strip()):
            yield ValueFault((), "", found(value), self.expected)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"} | ({"minLength": 1} if self.filled else {})


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of a few words; `options` may be a table that has them as its keys.

    also: what other programs call them, in small letters; only ever suggested.
    """

    options: Collection[str]
    also: Mapping[str, str] = field(default_factory=dict)

    def meant(self, word: str) -> str | None:
        """The option that a word probably means."""
        return self.also.get(word.strip().lower()) or nearest(word, self.options)

    @property
    def expected(self) -> str:
        words = [f"'{word}'" for word in self.options]
        return f"{', '.join(words[:-1])} or {words[-1]}"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        return fault_unless(isinstance(value, str) and value in self.options, self, value)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class FlagType:
    """The value is true or false."""

    expected: str = "true or false"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        return fault_unless(isinstance(value, bool), self, value)

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class NumberType:
    """A finite number; greater than `above`, or at least `least`, and less than `below`, if given."""

    above: float | None = None
    least: float | None = None
    below: float | None = None

    @property
    def expected(self) -> str:
        if self.above is not None:
            return f"a finite number greater than {self.above:g}"
        if self.below is not None:
            return f"a number from {self.least:g} up to, but not including, {self.below:g}"
        return "a finite number" + (f", {self.least:g} or greater" if self.least is not None else "")

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        fits = is_number(value) and (self.above is None or value > self.above) and (self.least is None or value >= self.least)
        return fault_unless(fits and (self.below is None or (is_number(value) and value < self.below)), self, value)

    def schema(self) -> dict[str, Any]:
        bounds = {"exclusiveMinimum": self.above, "minimum": self.least, "exclusiveMaximum": self.below}
        return {"type": "number"} | {key: bound for key, bound in bounds.items() if bound is not None}


@dataclass(frozen=True, slots=True)
class WholeType:
    """An integer in a range."""

    least: int
    most: int

    @property
    def expected(self) -> str:
        if self.most == self.least + 1:
            return f"{self.least} or {self.most}"
        return f"a whole number from {self.least} to {self.most}"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        return fault_unless(is_whole(value) and self.least <= value <= self.most, self, value)

    def schema(self) -> dict[str, Any]:
        if self.least == self.most:
            return {"const": self.least}
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class BatchType:
    """A whole number from 1 on, or "epoch"."""

    expected: str = 'a whole number from 1 on, or "epoch"'

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        return fault_unless(value == "epoch" or (is_whole(value) and value >= 1), self, value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"const": "epoch"}]}


@dataclass(frozen=True, slots=True)
class ZeroOrOneType:
    """0 or 1, or the same as 0.0 or 1.0."""

    expected: str = "0 or 1"

    def faults_in(self, value: object) -> Iterator[ValueFault]:
        return fault_unless(is_number(value) and value in (0, 1), self, value)

    def schema(self) -> dict[str, Any]:
        return {"enum": [0, 1]}
