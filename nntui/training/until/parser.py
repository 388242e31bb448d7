"""The grammar in which a student types a condition for `run until`.

    condition  =  address  |  epoch N  |  row N  |  nan  |  misclassified  |  all classified
               |  [mean] C rose [for] [N] [epochs]  |  number RELATION DECIMAL
    number     =  C  |  mean C  |  zL.K  |  aL.K  |  δL.K  |  gL.K.J  |  wL.K.J  |  bL.K,  each between | | too

L.K is LAYER.NEURON and L.K.J is LAYER.NEURON.FROM as in addresses and traces: the receiving layer; FROM 0 is the bias.
Every error names the character, counted from 1.
"""

import re
from math import isfinite
from typing import NoReturn

from nntui.text.decimal import NotANumber, read_typed
from nntui.text.safe import quoted
from nntui.training.classes import classes_of
from nntui.training.scenario import Scenario
from nntui.training.steps import AddressError
from nntui.training.until.condition import (
    AllClassified,
    AtStep,
    Compared,
    Condition,
    Judged,
    Misclassified,
    NotFinite,
    NumberOfRun,
    Relation,
    Rose,
    TurnOfRow,
)

LONGEST = 200  # characters of a condition

_RELATIONS: dict[str, Relation] = {"<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">="}
_LETTERS: dict[str, Judged] = {
    "z": "z",
    "a": "a",
    "δ": "delta",
    "delta": "delta",
    "d": "delta",
    "g": "gradient",
    "gradient": "gradient",
    "w": "update",
    "b": "update",
}

_WORD = re.compile(r"[^\W\d_]{1,20}")
_INTEGER = re.compile(r"[0-9]{1,20}")
_RELATION = re.compile(r"[<>]=?|[≤≥]")
_DECIMAL = re.compile(r"[^\s<>≤≥|]+")
_ADDRESS = re.compile(r"[0-9:].*|(start|end)\s*\Z")
_GAP = re.compile(r"\s*")
_FOUND = re.compile(r"[^\W\d_]+|[0-9.:]+|[^\w\s]|\S")

_SOME = "such as C < 0.01, |δ1.2| < 1e-6, nan, row 3 or an address"
_NUMBERS = "C, mean C, or one of z a δ g w b with its place, such as w1.2.1"


class ConditionError(ValueError):
    """A condition that cannot be read, or names what this run does not have; the message names the character.

    column: the character, from 1.
    """

    def __init__(self, column: int, message: str) -> None:
        super().__init__(f"character {column}: {message}")
        self.column = column


def read_condition(text: str, scenario: Scenario) -> Condition:
    """The condition in a text, for a run of that scenario; ConditionError says what is wrong with it."""
    if len(text) > LONGEST:
        raise ConditionError(LONGEST + 1, f"the condition goes on; expected at most {LONGEST} characters")
    return _Reader(text, scenario).condition()


class _Reader:
    """Parses from left to right; `at` is the position of the next character."""

    def __init__(self, text: str, scenario: Scenario) -> None:
        self.text, self.scenario = text, scenario
        self.at = 0

    def condition(self) -> Condition:
        """Parses the whole text."""
        self._skip()
        if _ADDRESS.match(self.text, self.at):
            return self._address()
        read = self._named() or self._about_number()
        self._skip()
        if self.at < len(self.text):
            self._refuse("the end of the condition")
        return read

    # --- characters

    def _skip(self) -> None:
        self.at = _GAP.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing too

    def _take(self, pattern: re.Pattern[str], gap: bool = True) -> str:
        """The text that matches here, after blanks if `gap`; empty, and `at` unchanged, if nothing matches."""
        before = self.at
        if gap:
            self._skip()
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else before
        return found[0] if found else ""

    def _word(self, *wanted: str) -> str:
        """The next word in small letters if it is one of `wanted`, else empty."""
        before = self.at
        word = self._take(_WORD).lower()
        if word not in wanted:
            self.at = before
            return ""
        return word

    def _refuse(self, expected: str) -> NoReturn:
        self._skip()
        found = _FOUND.match(self.text, self.at)
        what = quoted(found[0], 30) if found else "the condition ends here" if self.text.strip() else "nothing is typed"
        raise ConditionError(self.at + 1, f"{what}; expected {expected}")

    # --- conditions without a number of the run

    def _address(self) -> AtStep:
        typed = self.text[self.at :].strip()
        course = self.scenario.course
        if (relation := _RELATION.search(typed)) is not None:
            raise ConditionError(
                self.at + relation.start() + 1, f"'{relation[0]}' in an address; expected the number last: C < 0.01"
            )
        parts = typed.split(":")
        for count in range(1, len(parts) + 1):
            try:
                step = course.parse(":".join(parts[:count]))
            except AddressError as error:
                before = sum(len(part) + 1 for part in parts[: count - 1])
                raise ConditionError(self.at + before + 1, str(error)) from None
        return AtStep(step, typed)

    def _named(self) -> Condition | None:
        start = self.at
        match self._word("nan", "misclassified", "all", "epoch", "row"):
            case "nan":
                return NotFinite()
            case "misclassified":
                self._need_classes(start)
                return Misclassified()
            case "all":
                if not self._word("classified"):
                    self._refuse("'classified', as in: all classified")
                self._need_classes(start)
                return AllClassified()
            case "epoch":
                epoch = self._integer("epoch", self.scenario.epochs)
                return AtStep(self.scenario.course.parse(str(epoch)), f"epoch {epoch}")
            case "row":
                row = self._integer("row", self.scenario.rows)
                if self.scenario.is_held(row - 1):
                    raise ConditionError(start + 1, f"row {row} is held out and has no turn; expected a row that is trained on")
                return TurnOfRow(row)
            case _:
                return None

    def _need_classes(self, at: int) -> None:
        if classes_of(self.scenario) is None:
            raise ConditionError(at + 1, "the targets of this run are no classes; expected a condition about C or another number")

    def _integer(self, name: str, most: int) -> int:
        digits = self._take(_INTEGER)
        if not digits:
            self._refuse(f"the number of the {name}, 1 to {most}")
        if not 1 <= int(digits) <= most:
            raise ConditionError(self.at - len(digits) + 1, f"{name} {int(digits)} is not in this run; expected 1 to {most}")
        return int(digits)

    def _rise(self) -> Rose:
        """The rest after `C rose`."""
        self._word("for")
        self._skip()
        start, digits = self.at, self._take(_INTEGER)
        self._word("epoch", "epochs")
        times, most = int(digits or 1), self.scenario.epochs - 1
        if not 1 <= times <= most:
            epochs = f"1 to {most}" if most else "a run of more than one epoch"
            raise ConditionError(start + 1, f"{times} epochs in a row; expected {epochs}")
        return Rose(times)

    # --- numbers of the run

    def _about_number(self) -> Condition:
        absolute = self._take_bar()
        number = self._number()
        if absolute and not self._take_bar():
            self._refuse("'|', the end of the absolute value")
        if not absolute and number.kind in ("cost", "mean") and self._word("rose"):
            return self._rise()
        relation = self._take(_RELATION)
        if not relation:
            rises = not absolute and number.kind in ("cost", "mean")
            self._refuse("one of < <= > >=" + (", or 'rose'" if rises else ""))
        return Compared(number, _RELATIONS[relation], self._decimal(), absolute)

    def _take_bar(self) -> bool:
        self._skip()
        bar = self.text.startswith("|", self.at)
        self.at += bar
        return bar

    def _number(self) -> NumberOfRun:
        if self._word("mean"):
            if not self._word("c", "cost"):
                self._refuse("'C', as in: mean C < 0.01")
            return NumberOfRun("mean")
        if self._word("c", "cost"):
            return NumberOfRun("cost", len(self.scenario.network.layers))
        word = self._word(*_LETTERS)
        if not word:
            inside = self.at > 0 and self.text[self.at - 1] == "|"
            self._refuse(_NUMBERS if inside else _SOME)
        return self._number_at_place(word)

    def _number_at_place(self, word: str) -> NumberOfRun:
        """The number of a letter, by the place that follows it."""
        kind, network = _LETTERS[word], self.scenario.network
        linked = kind in ("gradient", "update")
        form = f"{word}LAYER.NEURON{'.FROM' if linked and word != 'b' else ''}"
        column = self.at + 1
        layer = self._index("layer", 1, len(network.layers), form)
        block = network.blocks[layer - 1]
        neuron = self._index("neuron", 1, block.units, form, dotted=True)
        if not linked:
            return NumberOfRun(kind, layer, neuron)
        if word == "b" and not block.biases:
            raise ConditionError(column, f"layer {layer} has no biases; expected a weight, such as w{layer}.{neuron}.1")
        least = 0 if block.biases else 1
        sender = 0 if word == "b" else self._index("sender", least, block.inputs, form, dotted=True)
        return NumberOfRun(kind, layer, neuron, sender)

    def _index(self, name: str, least: int, most: int, form: str, dotted: bool = False) -> int:
        if dotted and not self.text.startswith(".", self.at):
            self._refuse(f"'.' and the {name}: {form}")
        self.at += dotted
        digits = self._take(_INTEGER, gap=False)
        if not digits:
            self._refuse(f"the {name}, {least} to {most}: {form}")
        if not least <= int(digits) <= most:
            at = self.at - len(digits) + 1
            raise ConditionError(at, f"{name} {int(digits)} is not in this network; expected {least} to {most}: {form}")
        return int(digits)

    def _decimal(self) -> float:
        typed = self._take(_DECIMAL)
        if not typed:
            self._refuse("a number such as 0.01 or -2.5e-3")
        try:
            value = read_typed(typed).value
        except NotANumber as fault:
            raise ConditionError(self.at - len(typed) + 1, str(fault)) from None
        if not isfinite(value):
            raise ConditionError(
                self.at - len(typed) + 1, f"{typed} as a bound; expected a finite number (the word nan looks for one)"
            )
        return value
