"""The grammar in which a student types a condition for `run until`.

    condition  =  address  |  epoch N  |  row N  |  nan  |  misclassified  |  all classified
               |  [mean] C rose [for] [N] [epochs]  |  number RELATION DECIMAL
    number     =  C  |  mean C  |  zL.K  |  aL.K  |  δL.K  |  gL.K.J  |  wL.K.J  |  bL.K,  each between | | too

L.K is LAYER.NEURON and L.K.J is LAYER.NEURON.FROM as in addresses and traces: the receiving layer; FROM 0 is the bias.
Every error names the character, counted from 1.
"""

from nntui.text.regex import regex
from nntui.training.address import AddressError
from nntui.training.classes import classes_of
from nntui.training.scenario import Scenario
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
from nntui.training.until.typed_condition import ConditionError, TypedCondition

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

_RELATION = regex(r"[<>]=?|[≤≥]")
_ADDRESS = regex(r"[0-9:].*|(start|end)\s*\Z")

_SOME = "such as C < 0.01, |δ1.2| < 1e-6, nan, row 3 or an address"
_NUMBERS = "C, mean C, or one of z a δ g w b with its place, such as w1.2.1"


def read_condition(text: str, scenario: Scenario) -> Condition:
    """The condition in a text, for a run of that scenario; ConditionError says what is wrong with it."""
    if len(text) > LONGEST:
        raise ConditionError(LONGEST + 1, f"the condition goes on; expected at most {LONGEST} characters")
    return _Reader(text, scenario).condition()


class _Reader:
    """Parses a condition for the run of a scenario; every method reads what comes next."""

    def __init__(self, text: str, scenario: Scenario) -> None:
        self.typed, self.scenario = TypedCondition(text), scenario

    def condition(self) -> Condition:
        """Parses the whole text."""
        self.typed.skip()
        if _ADDRESS.match(self.typed.text, self.typed.at):
            return self._address()
        read = self._named() or self._about_number()
        self.typed.skip()
        if self.typed.at < len(self.typed.text):
            self.typed.refuse("the end of the condition")
        return read

    # --- conditions without a number of the run

    def _address(self) -> AtStep:
        typed = self.typed.rest.strip()
        course = self.scenario.course
        if (relation := _RELATION.search(typed)) is not None:
            raise ConditionError(
                self.typed.at + relation.start() + 1, f"'{relation[0]}' in an address; expected the number last: C < 0.01"
            )
        parts = typed.split(":")
        for count in range(1, len(parts) + 1):
            try:
                step = course.parse(":".join(parts[:count]))
            except AddressError as error:
                before = sum(len(part) + 1 for part in parts[: count - 1])
                raise ConditionError(self.typed.at + before + 1, str(error)) from None
        return AtStep(step, typed)

    def _named(self) -> Condition | None:
        """The condition that begins with a word; None where another word, or none, is next."""
        start = self.typed.at
        match self.typed.word("nan", "misclassified", "all", "epoch", "row"):
            case "nan":
                return NotFinite()
            case "misclassified":
                self._need_classes(start)
                return Misclassified()
            case "all":
                if not self.typed.word("classified"):
                    self.typed.refuse("'classified', as in: all classified")
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
        """The number of an epoch or a row, 1 to `most`."""
        digits = self.typed.digits()
        if not digits:
            self.typed.refuse(f"the number of the {name}, 1 to {most}")
        if not 1 <= int(digits) <= most:
            self.typed.reject(digits, f"{name} {int(digits)} is not in this run; expected 1 to {most}")
        return int(digits)

    def _rise(self) -> Rose:
        """The rest after `C rose`."""
        self.typed.word("for")
        self.typed.skip()
        start, digits = self.typed.at, self.typed.digits()
        self.typed.word("epoch", "epochs")
        times, most = int(digits or 1), self.scenario.epochs - 1
        if not 1 <= times <= most:
            epochs = f"1 to {most}" if most else "a run of more than one epoch"
            raise ConditionError(start + 1, f"{times} epochs in a row; expected {epochs}")
        return Rose(times)

    # --- numbers of the run

    def _about_number(self) -> Condition:
        """A number of the run, and what is asked of it."""
        absolute = self.typed.sign("|")
        number = self._number()
        if absolute and not self.typed.sign("|"):
            self.typed.refuse("'|', the end of the absolute value")
        if not absolute and number.kind in ("cost", "mean") and self.typed.word("rose"):
            return self._rise()
        relation = self.typed.take(_RELATION)
        if not relation:
            rises = not absolute and number.kind in ("cost", "mean")
            self.typed.refuse("one of < <= > >=" + (", or 'rose'" if rises else ""))
        return Compared(number, _RELATIONS[relation], self.typed.decimal(), absolute)

    def _number(self) -> NumberOfRun:
        if self.typed.word("mean"):
            if not self.typed.word("c", "cost"):
                self.typed.refuse("'C', as in: mean C < 0.01")
            return NumberOfRun("mean")
        if self.typed.word("c", "cost"):
            return NumberOfRun("cost", len(self.scenario.network.layers))
        word = self.typed.word(*_LETTERS)
        if not word:
            inside = self.typed.at > 0 and self.typed.text[self.typed.at - 1] == "|"
            self.typed.refuse(_NUMBERS if inside else _SOME)
        return self._number_at_place(word)

    def _number_at_place(self, word: str) -> NumberOfRun:
        """The number of a letter, by the place that follows it."""
        kind, network = _LETTERS[word], self.scenario.network
        linked = kind in ("gradient", "update")
        form = f"{word}LAYER.NEURON{'.FROM' if linked and word != 'b' else ''}"
        column = self.typed.at + 1
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
        """One part of LAYER.NEURON.FROM, after a dot if `dotted`; form: how all of it is written, for the error."""
        if dotted and not self.typed.sign(".", gap=False):
            self.typed.refuse(f"'.' and the {name}: {form}")
        digits = self.typed.digits(gap=False)
        if not digits:
            self.typed.refuse(f"the {name}, {least} to {most}: {form}")
        if not least <= int(digits) <= most:
            self.typed.reject(digits, f"{name} {int(digits)} is not in this network; expected {least} to {most}: {form}")
        return int(digits)
