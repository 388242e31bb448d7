"""Predict: the next number is asked for before it is shown, judged, and counted by kind of step.

What is asked for: the next step (p), every step of chosen kinds (P), and the questions of the scenario. None of it
moves anything: the walk does, once the answer is there.
"""

from dataclasses import dataclass, field

from nntui.explain.asked import answer
from nntui.explain.cells import senders, symbol_of, value_of
from nntui.explain.differences import last_visit
from nntui.explain.equation import Cell
from nntui.explain.numerals import Numerals
from nntui.explain.slips import judge
from nntui.explain.symbols import Notation
from nntui.explain.walk import lit_cell
from nntui.training.frame import Frame
from nntui.training.lesson import Score
from nntui.training.scenario import Question
from nntui.training.steps import KINDS, Course, Kind
from nntui.training.timeline import Timeline

LETTERS: dict[str, Kind] = {
    "z": "z",
    "a": "a",
    "c": "cost",
    "d": "delta",
    "δ": "delta",
    "g": "gradient",
    "∂": "gradient",
    "w": "update",
}
QUESTIONS = "q"  # those of the scenario
_SHOWN: dict[Kind, str] = {"z": "z", "a": "a", "cost": "C", "delta": "δ", "gradient": "∂", "update": "w"}
_SIGNS = {"+": 1.0, ">": 1.0, "larger": 1.0, "-": -1.0, "−": -1.0, "<": -1.0, "smaller": -1.0, "0": 0.0, "=": 0.0, "same": 0.0}
_WORDS = {"sign": "+, − or 0", "larger": "larger, smaller or same"}
_EXAMPLE = {"sign": "+", "larger": "larger"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that is to be predicted; question: of the scenario, else one number's value is asked for."""

    step: int
    frame: Frame
    then: Frame | None = None
    question: Question | None = None

    @property
    def cell(self) -> Cell:
        """The number that is asked for; the first of a row."""
        return lit_cell(self.frame)

    @property
    def is_row(self) -> bool:
        """Whether all numbers of a row are asked for."""
        return self.question is not None and len(self.frame.numbers(self.frame.moment)) > 1

    @property
    def cells(self) -> list[Cell]:
        """All that are asked for, as they stand on screen."""
        return row_of(self.frame, self.cell) if self.is_row else [self.cell]

    def label(self, notation: Notation) -> str:
        """`z₁² = ?`; of a question about signs `sign of z₁²?`."""
        symbol = symbol_of(self.cell, notation)
        if self.question is None or self.question.kind == "value":
            return f"{symbol}{' …' if self.is_row else ''} = ?"
        return f"sign of {symbol}?" if self.question.kind == "sign" else f"{symbol} will be?"

    @property
    def hint(self) -> str:
        """The scenario's hint, or how it is answered."""
        if self.question is not None and self.question.hint:
            return self.question.hint
        row = f"{len(self.frame.numbers(self.frame.moment))} of them, " if self.is_row else ""
        words = _WORDS.get(self.question.kind, "") if self.question is not None else ""
        return f"{row}{words or 'a number'} · ? shows it · Esc leaves it"


@dataclass(slots=True)
class Predictor:
    """What is to be asked for, and how it went. every, questions: what → asks for on its way, once that is wished."""

    every: frozenset[Kind] = frozenset()
    questions: bool = False
    scores: dict[Kind, list[int]] = field(default_factory=dict)  # right, and asked
    _done: set[int] = field(default_factory=set)

    def recall(self, scores: tuple[Score, ...], course: Course) -> None:
        """Takes in how it went in an earlier session."""
        for score in scores:
            self._count(course.address(score.step).moment.kind, score.right)
            self._done.add(score.step)

    def forget(self) -> None:
        """Another run: its steps were not asked for yet. The score stays."""
        self._done.clear()

    def wish(self, text: str) -> None:
        """What is asked for from now on: `z a`, `δ w`, `q` (questions), `all`, `none`; ValueError, in words, for others."""
        words = text.lower().split()
        letters = {"all": [*LETTERS, QUESTIONS], "none": []}.get(" ".join(words), [letter for word in words for letter in word])
        unknown = next((letter for letter in letters if letter not in (*LETTERS, QUESTIONS)), None)
        if unknown is not None:
            raise ValueError(f"'{unknown}' is no kind of step; expected some of z a c d (δ) g (∂C/∂w) w q, or all, or none")
        self.every = frozenset(LETTERS[letter] for letter in letters if letter in LETTERS)
        self.questions = QUESTIONS in letters

    @property
    def wishes(self) -> bool:
        """Whether → asks for anything."""
        return self.questions or bool(self.every)

    def due(self, here: int, target: int, course: Course, questions: dict[int, Question]) -> int | None:
        """The first step after `here` up to `target` that is to be asked for before it is shown."""
        asked = [step for step in questions if here < step <= target and step not in self._done]
        first = min(asked, default=None) if self.questions else None
        if self.every:
            end = min(target if first is None else first, here + course.length)
            kinds = (step for step in range(here + 1, end + 1) if course.moment(step % course.length).kind in self.every)
            first = next((step for step in kinds if step not in self._done), first)
        return first

    def ask(self, step: int, timeline: Timeline, question: Question | None = None) -> Asked | None:
        """The question about a step; None where it makes nothing that could be worked out."""
        frame = timeline.frame(step)
        if frame.moment.kind == "input":
            return None
        if frame.moment.kind == "update" and question is None and not may_be_asked(frame):
            return None
        visited = last_visit(frame) if question is not None and question.kind == "larger" else None
        return Asked(step, frame, timeline.frame(visited) if visited is not None else None, question)

    def judged(self, asked: Asked, text: str) -> tuple[bool, str, str]:
        """Whether an answer is right, a sentence about it, and the slip it was; ValueError, in words, where it is none."""
        if asked.question is not None and asked.question.kind != "value":
            return (*_judged_signs(asked, text), "")
        cells = asked.cells
        typed = text.split()
        if len(typed) != len(cells):
            raise ValueError(f"{len(typed)} numbers; expected {len(cells)}, in the order in which they stand on screen")
        judgements = [judge(asked.frame, cell, word) for cell, word in zip(cells, typed, strict=True)]
        wrong = next((judgement for judgement in judgements if not judgement.right), None)
        if wrong is None:
            return True, "Right.", ""
        slip = wrong.slip.name if wrong.slip is not None else ""
        return False, wrong.sentence, slip

    def count(self, asked: Asked, right: bool) -> bool:
        """Counts the first answer to a step; whether this was the first."""
        if asked.step in self._done:
            return False
        self._done.add(asked.step)
        self._count(asked.frame.moment.kind, right)
        return True

    def leave(self, step: int) -> None:
        """A step that is not to be asked for again."""
        self._done.add(step)

    def tally(self) -> str:
        """`7 of 9 right: z 3/4, δ 4/5`; nothing where nothing was answered."""
        if not self.scores:
            return ""
        right, asked = (sum(score[n] for score in self.scores.values()) for n in (0, 1))
        parts = ", ".join(f"{_SHOWN[kind]} {score[0]}/{score[1]}" for kind in KINDS if (score := self.scores.get(kind)))
        return f"{right} of {asked} right: {parts}"

    def _count(self, kind: Kind, right: bool) -> None:
        score = self.scores.setdefault(kind, [0, 0])
        score[0] += right
        score[1] += 1


def may_be_asked(frame: Frame) -> bool:
    """Whether an update changes the weight that would be asked for."""
    return frame.scenario.network.update_weights


def shown_answer(asked: Asked, numerals: Numerals) -> str:
    """The right answer in words."""
    if asked.question is not None and asked.question.kind != "value":
        names = {1.0: "above 0", -1.0: "below 0", 0.0: "0"}
        if asked.question.kind == "larger":
            names = {1.0: "larger", -1.0: "smaller", 0.0: "the same"}
        return ", ".join(names.get(sign, "not known") for sign in _signs(asked))
    return ", ".join(numerals.write(value) for value in _values(asked))


def _values(asked: Asked) -> list[float]:
    return [value_of(asked.frame, cell) for cell in asked.cells]


def _signs(asked: Asked) -> tuple[float, ...]:
    assert asked.question is not None
    signs = answer(asked.question.kind, asked.frame, asked.then)
    biased = asked.is_row and asked.frame.scenario.network.layers[asked.frame.moment.layer - 1].biases
    return (*signs[1:], signs[0]) if biased else signs


def _judged_signs(asked: Asked, text: str) -> tuple[bool, str]:
    assert asked.question is not None
    typed = text.lower().split()
    wanted = _signs(asked)
    if len(typed) != len(wanted) or any(word not in _SIGNS for word in typed):
        kind = asked.question.kind
        raise ValueError(f"expected {len(wanted)} of {_WORDS[kind]}, such as: {' '.join([_EXAMPLE[kind]] * len(wanted))}")
    right = tuple(_SIGNS[word] for word in typed) == wanted
    return right, "Right." if right else "This is not so."


def row_of(frame: Frame, cell: Cell) -> list[Cell]:
    """The numbers of a row as they stand on screen: the bias last, where there is one."""
    return [Cell(cell.kind, cell.layer, cell.neuron, j) for j in senders(frame, cell.layer)]
