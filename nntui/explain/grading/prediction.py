"""A number, or a row of numbers, that a student is to predict: how it is asked, what is answered, and whether that is right."""

from nntui.explain.equations.cells import may_change, senders, symbol_of, value_of
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.differences import last_visit
from nntui.explain.grading.judge import judge
from nntui.explain.grading.question import answer
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import Notation
from nntui.text.decimal import read_typed, significant_digits
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.scenario import Question
from nntui.training.timeline import Timeline
from nntui.values import dataclass

_SIGNS = {"+": 1.0, ">": 1.0, "larger": 1.0, "-": -1.0, "−": -1.0, "<": -1.0, "smaller": -1.0, "0": 0.0, "=": 0.0, "same": 0.0}
_ANSWERS = {"sign": "+, − or 0", "larger": "larger, smaller or same"}
_EXAMPLE = {"sign": "+", "larger": "larger"}
_NAMES = {
    "sign": {1.0: "above 0", -1.0: "below 0", 0.0: "0"},
    "larger": {1.0: "larger", -1.0: "smaller", 0.0: "the same"},
}


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether an answer is right, a sentence about it, and the slip that a wrong answer was, if it is a known slip."""

    right: bool
    sentence: str
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prediction that is asked for: of the scenario's `question`, or, without one, the value of one number."""

    frame: Frame
    then: Frame | None = None  # the row's last turn, where a question is about that
    question: Question | None = None

    @property
    def cell(self) -> Cell:
        """The number that is asked for; the first of a row."""
        return lit_cell(self.frame)

    @property
    def cells(self) -> list[Cell]:
        """All that are asked for, in the order of the screen."""
        return row_of(self.frame, self.cell) if self._is_row else [self.cell]

    def label(self, notation: Notation) -> str:
        """`z₁² = ?`; of a question about signs `sign of z₁²?`."""
        symbol = symbol_of(self.cell, notation)
        if self._kind == "value":
            return f"{symbol}{' …' if self._is_row else ''} = ?"
        return f"sign of {symbol}?" if self._kind == "sign" else f"{symbol} will be?"

    @property
    def hint(self) -> str:
        """The scenario's hint, or how it is answered."""
        if self.question is not None and self.question.hint:
            return self.question.hint
        row = f"{len(self.cells)} of them, " if self._is_row else ""
        return f"{row}{_ANSWERS.get(self._kind, 'a number')} · ? shows it · Esc leaves it"

    def answer(self, numerals: Numerals) -> str:
        """The right answer in words."""
        if self._kind != "value":
            return ", ".join(_NAMES[self._kind].get(sign, "not known") for sign in self._signs())
        return ", ".join(numerals.write(value_of(self.frame, cell)) for cell in self.cells)

    def judged(self, text: str, numerals: Numerals = FOUR) -> Answered:
        """What there is to say of an answer; numerals: how the screen shows numbers. ValueError, in words, where it is none."""
        return (
            self._judged_values(text.replace(";", " ").split(), numerals)
            if self._kind == "value"
            else self._judged_signs(text.lower().split())
        )

    # ---

    @property
    def _kind(self) -> str:
        return self.question.kind if self.question is not None else "value"

    @property
    def _is_row(self) -> bool:
        return self.question is not None and len(self.frame.numbers(self.frame.moment)) > 1

    def _judged_values(self, typed: list[str], numerals: Numerals) -> Answered:
        cells = self.cells
        if len(typed) != len(cells):
            raise ValueError(f"{len(typed)} numbers; expected {len(cells)}, in the order in which they stand on screen")
        judgements = [judge(self.frame, cell, word) for cell, word in zip(cells, typed, strict=True)]
        wrong = next((judgement for judgement in judgements if not judgement.right), None)
        if wrong is None:
            return Answered(True, _right_words(typed[0], judgements[0].expected, numerals) if len(typed) == 1 else "Right.")
        return Answered(False, wrong.sentence, wrong.slip.name if wrong.slip is not None else "")

    def _judged_signs(self, typed: list[str]) -> Answered:
        wanted = self._signs()
        if len(typed) != len(wanted) or any(word not in _SIGNS for word in typed):
            example = " ".join([_EXAMPLE[self._kind]] * len(wanted))
            raise ValueError(f"expected {len(wanted)} of {_ANSWERS[self._kind]}, such as: {example}")
        right = tuple(_SIGNS[word] for word in typed) == wanted
        return Answered(right, "Right." if right else "This is not so.")

    def _signs(self) -> tuple[float, ...]:
        """The right signs, in the order of the screen: the bias last."""
        assert self.question is not None
        signs = answer(self.question.kind, self.frame, self.then)
        biased = self._is_row and self.frame.scenario.network.layers[self.frame.moment.layer - 1].biases
        return (*signs[1:], signs[0]) if biased else signs


def _right_words(typed: str, expected: float, numerals: Numerals) -> str:
    """Of a right number with fewer decimals than the screen shows: to how many digits it is right, and the number in full."""
    digits = significant_digits(typed)
    shown = numerals.write(expected)
    if read_typed(typed).value == expected or not digits or digits >= significant_digits(shown):
        return "Right."
    return f"Right to {digits} digit{'' if digits == 1 else 's'}; in full {shown}."


def asked(timeline: Timeline, step: int, question: Question | None = None) -> Asked | None:
    """What a step is asked for; None where it makes nothing that can be computed."""
    frame = timeline.frame(step)
    kind = frame.moment.kind
    if kind == "input" or (kind == "update" and question is None and not may_change(frame, lit_cell(frame))):
        return None
    visited = last_visit(frame, timeline.orders) if question is not None and question.kind == "larger" else None
    return Asked(frame, timeline.frame(visited) if visited is not None else None, question)


def row_of(frame: Frame, cell: Cell) -> list[Cell]:
    """The numbers of a row in the order of the screen: the bias last, where there is one."""
    return [Cell(cell.kind, cell.layer, cell.neuron, j) for j in senders(frame, cell.layer)]
