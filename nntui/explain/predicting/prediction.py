"""A number, or a row of numbers, that a student is to predict: how it is asked, what is answered, and whether that is right."""

from nntui.explain.equations.cells import ever_changes, may_change, senders, symbol_of, value_of
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.differences import last_visit
from nntui.explain.grading.ball_arithmetic import agrees
from nntui.explain.grading.judge import judge
from nntui.explain.notation.numerals import FOUR, MOST, Numerals
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.explain.predicting import asking
from nntui.explain.predicting.question import CostAfter, answer, asks_of_cost, cost_after
from nntui.text.counted import counted
from nntui.text.decimal import read_typed, significant_digits
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS
from nntui.training.scenario import Question, QuestionKind
from nntui.training.timeline import Timeline
from nntui.values import dataclass

_SIGNS = {"+": 1.0, ">": 1.0, "-": -1.0, "−": -1.0, "<": -1.0, "0": 0.0, "=": 0.0, "same": 0.0}
_WORDS = {"larger": 1.0, "smaller": -1.0, "rises": 1.0, "falls": -1.0}
_NAMES: dict[QuestionKind, dict[float, str]] = {
    "sign": {1.0: "above 0", -1.0: "below 0", 0.0: "0"},
    "larger": {1.0: "larger", -1.0: "smaller", 0.0: "the same"},
    "cost": {1.0: "rises", -1.0: "falls", 0.0: "stays the same"},
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
    def kind(self) -> QuestionKind:
        """What is asked of it."""
        return self.question.kind if self.question is not None else "value"

    @property
    def cells(self) -> list[Cell]:
        """All that are asked for, in the order of the screen; of new weights those that training may change, if any."""
        lit = lit_cell(self.frame)
        if self.kind == "cost":
            return [Cell("cost", len(self.frame.course.units))]
        if not KIND_CARDS[self.frame.moment.kind].row:
            return [lit]
        row = row_of(self.frame, lit)
        if lit.kind == "update":
            row = [cell for cell in row if ever_changes(self.frame, cell)] or row
        return row if self.question is not None else row[:1]

    @property
    def cell(self) -> Cell:
        """The first of them."""
        return self.cells[0]

    def label(self, notation: Notation) -> str:
        """How many answers it wants, and of what: `z₁² = ?`, `2 numbers: new w¹₂₁, new w¹₂₂ = ?`."""
        return asking.label(self.kind, self.cells, notation)

    def wanted(self, notation: Notation) -> str:
        """The scenario's hint, and what is to be typed."""
        hint = self.question.hint if self.question is not None else ""
        return f"{hint} {asking.wanted(self.kind, self.frame, self.cells, notation)}".strip()

    def answer(self, numerals: Numerals, notation: Notation = LECTURE) -> str:
        """The right answer in a sentence; of several each with its symbol."""
        if self.kind == "cost":
            before, after = told_apart(cost_after(self.frame), numerals)
            return f"C {_NAMES['cost'].get(self._signs()[0], 'is not known')}: it was {before} and is now {after}."
        if self.kind == "value":
            answers = [numerals.write(value_of(self.frame, cell)) for cell in self.cells]
        else:
            answers = [_NAMES[self.kind].get(sign, "not known") for sign in self._signs()]
        if len(answers) == 1:
            return f"It is {answers[0]}."
        pairs = zip((symbol_of(cell, notation) for cell in self.cells), answers, strict=True)
        return f"{', '.join(f'{symbol}: {text}' for symbol, text in pairs)}."

    def judged(self, text: str, numerals: Numerals = FOUR, notation: Notation = LECTURE) -> Answered:
        """What there is to say of an answer; numerals: how the screen shows numbers. ValueError, in words, where it is none."""
        if self.kind == "value":
            return self._judged_values(text.replace(";", " ").split(), numerals, notation)
        return self._judged_signs(text.lower().split(), numerals, notation)

    # ---

    def _expected(self, notation: Notation) -> str:
        """What was expected where something else was typed."""
        cells = self.cells
        each = asking.CHOICES[self.kind]
        if len(cells) == 1:
            return each
        of = asking.listed([symbol_of(cell, notation) for cell in cells])
        return f"{len(cells)} numbers: {of}" if self.kind == "value" else f"{len(cells)} answers, each {each}: {of}"

    def _judged_values(self, typed: list[str], numerals: Numerals, notation: Notation) -> Answered:
        cells = self.cells
        if len(typed) != len(cells):
            found = counted(len(typed), "number")
            raise ValueError(f"{found}; expected {'one' if len(cells) == 1 else self._expected(notation)}")
        judgements = [judge(self.frame, cell, word) for cell, word in zip(cells, typed, strict=True)]
        wrong = next((at for at, judgement in enumerate(judgements) if not judgement.right), None)
        if wrong is None:
            expected = [judgement.expected for judgement in judgements]
            return Answered(True, right_words(typed, expected, numerals))
        judgement = judgements[wrong]
        place = f"{symbol_of(cells[wrong], notation)}: " if len(cells) > 1 else ""
        return Answered(False, place + judgement.sentence, judgement.slip.name if judgement.slip is not None else "")

    def _judged_signs(self, typed: list[str], numerals: Numerals, notation: Notation) -> Answered:
        wanted = self._signs()
        known = {**_SIGNS, **_WORDS}
        if len(typed) != len(wanted) or any(word not in known for word in typed):
            raise ValueError(f"expected {self._expected(notation)}")
        right = tuple(known[word] for word in typed) == wanted
        if not right:
            return Answered(False, "This is not so.")
        return Answered(True, f"Right. {self.answer(numerals)}" if self.kind == "cost" else "Right.")

    def _signs(self) -> tuple[float, ...]:
        """The right signs of the cells."""
        signs = answer(self.kind, self.frame, self.then)
        if len(signs) == 1:
            return signs
        row = sorted(senders(self.frame, self.frame.moment.layer))
        return tuple(signs[row.index(cell.sender)] for cell in self.cells)


def told_apart(cost: CostAfter, numerals: Numerals) -> tuple[str, str]:
    """C before and after, with enough digits to tell them apart."""
    while cost.before != cost.after and numerals.write(cost.before) == numerals.write(cost.after) and numerals.digits < MOST:
        numerals = numerals.changed(1)
    return numerals.write(cost.before), numerals.write(cost.after)


def right_words(typed: list[str], expected: list[float], numerals: Numerals) -> str:
    """Of right numbers with fewer digits than the screen shows: to how many digits they are right, and the numbers in full.

    A number that follows from the rounded numbers on the screen may be right and yet differ from the number in full.
    """
    shown = [numerals.write(value) for value in expected]
    read = [read_typed(word) for word in typed]
    if not all(agrees(one, value, 0.0) for one, value in zip(read, expected, strict=True)):
        return f"Right for the rounded numbers on the screen; in full {', '.join(shown)}."
    exact = [one.value == value for one, value in zip(read, expected, strict=True)]
    digits = [significant_digits(word) for word in typed]
    enough = [one or count >= significant_digits(text) for one, count, text in zip(exact, digits, shown, strict=True)]
    if all(enough):
        return "Right."
    fewest = min(count for count, one in zip(digits, enough, strict=True) if not one)
    to = f"to {counted(fewest, 'digit')}" if fewest else "as far as it goes"
    return f"Right {to}; in full {', '.join(shown)}."


def asked(timeline: Timeline, step: int, question: Question | None = None) -> Asked | None:
    """What a step is asked for; None where it makes nothing that can be computed."""
    frame = timeline.frame(step)
    made = frame.moment.kind
    if made == "input" or (question is not None and question.kind == "cost" and not asks_of_cost(frame)):
        return None
    if made == "update" and question is None and not any(may_change(frame, cell) for cell in row_of(frame, lit_cell(frame))):
        return None
    visited = last_visit(frame, timeline.orders) if question is not None and question.kind == "larger" else None
    return Asked(frame, timeline.frame(visited) if visited is not None else None, question)


def row_of(frame: Frame, cell: Cell) -> list[Cell]:
    """The numbers of a row in the order of the screen: the bias last, where there is one."""
    return [Cell(cell.kind, cell.layer, cell.neuron, j) for j in senders(frame, cell.layer)]
