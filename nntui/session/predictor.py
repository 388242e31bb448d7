"""What is asked for before it is shown, and how that went: counted by kind of step.

Asked for are the next step (p), every step of chosen kinds (P), and the questions of the scenario. None of it moves
anything: a controller does, once the answer is there.
"""

from dataclasses import field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nntui.engine.batch_place import batch_place_of
from nntui.training.kinds import KIND_CARDS, KINDS, Kind
from nntui.training.scenario import Question, QuestionKind
from nntui.training.steps import Course
from nntui.training.timeline import Timeline
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.lesson.events import Score

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
RISES = "r"  # whether C rises or falls, at every last update


_OF_COST = frozenset(("rises", "falls", "same", "+", "-", "−", ">", "<", "="))
"""Answers to "C rises or falls?" that are no numbers."""


def counted_as(made: Kind, asked: QuestionKind) -> Kind:
    """As which kind an answer is counted: of what the step makes, but of whether C rises or falls as one of C."""
    return "cost" if asked == "cost" else made


def _kind_asked(score: "Score", made: Kind, question: Question | None) -> QuestionKind:
    """What a recorded answer was asked for; without a question of the scenario only what was typed tells it."""
    if question is not None:
        return question.kind
    return "cost" if made == "update" and score.typed.strip().lower() in _OF_COST else "value"


@dataclass(slots=True)
class Predictor:
    """What is to be asked for, and how it went. every, questions: what → asks for on its way, where the viewer has chosen so."""

    every: frozenset[Kind] = frozenset()
    questions: bool = False
    rises: bool = False
    scores: dict[Kind, list[int]] = field(default_factory=dict)  # right, and asked
    helped: int = 0  # of the right answers, those for which `?` showed a part of the way
    shown: int = 0  # answers that `?` showed in this session; they are not counted as asked
    _done: set[int] = field(default_factory=set)  # steps of the present run that were asked for
    _of_runs: WeakKeyDictionary[Timeline, set[int]] = field(default_factory=WeakKeyDictionary)

    def recall(self, scores: "tuple[Score, ...]", course: Course, questions: dict[int, Question]) -> None:
        """Takes in how it went in an earlier session. questions: of the scenario, by step."""
        for score in scores:
            kind = course.address(score.step).moment.kind
            self._count(counted_as(kind, _kind_asked(score, kind, questions.get(score.step))), score.right, score.help)
            self._done.add(score.step)

    def enter(self, before: Timeline, run: Timeline) -> None:
        """Another run: what was asked for in it before is not asked for again, and counts no more. The score stays."""
        self._of_runs[before] = self._done
        self._done = self._of_runs.get(run, set())

    def wish(self, text: str) -> None:
        """What is asked for from now on: `z a`, `δ w`, `q` (questions), `r` (C rises or falls), `all`, `none`.

        ValueError, in words, for others.
        """
        words = text.lower().split()
        others = (QUESTIONS, RISES)
        letters = {"all": [*LETTERS, *others], "none": []}.get(" ".join(words), [letter for word in words for letter in word])
        unknown = next((letter for letter in letters if letter not in (*LETTERS, *others)), None)
        if unknown is not None:
            raise ValueError(f"'{unknown}' is no kind of step; expected some of z a c d (δ) g (∂C/∂w) w q r, or all, or none")
        self.every = frozenset(LETTERS[letter] for letter in letters if letter in LETTERS)
        self.questions = QUESTIONS in letters
        self.rises = RISES in letters

    @property
    def wishes(self) -> bool:
        """Whether → asks for anything."""
        return self.questions or self.rises or bool(self.every)

    def due(self, here: int, target: int, course: Course, questions: dict[int, Question], batch: int = 1) -> int | None:
        """The first step after `here` up to `target` that is to be asked for before it is shown.

        batch: data points after which weights change; before that nothing is asked of the new weights.
        """
        asked = [step for step in questions if here < step <= target and step not in self._done]
        first = min(asked, default=None) if self.questions else None
        if (self.every or self.rises) and here < target:
            wished = self._first_wished(here + 1, target if first is None else first, course, batch)
            return first if wished is None else wished
        return first

    def _first_wished(self, start: int, end: int, course: Course, batch: int) -> int | None:
        """The first step of a wished kind from `start` to `end`, looked for in as many data points as a batch has."""
        number = course.iteration(start)
        last = min(course.iteration(end), number + batch)
        while number <= last:
            place = batch_place_of(batch, number % course.points, course.points)
            kinds = self.every if place.closes else self.every - {"update"}
            if not kinds and not place.closes:
                number += place.size - place.number  # to the data point that closes the batch: before it nothing is wished
                continue
            for step in range(max(start, course.first(number)), min(end + 1, course.first(number + 1))):
                m = step % course.length
                wished = course.moment(m).kind in kinds or (self.rises and place.closes and m == course.length - 1)
                if wished and step not in self._done:
                    return step
            number += 1
        return None

    def about(self, step: int, course: Course, questions: dict[int, Question]) -> Question | None:
        """The question at a step: of the scenario, or at a last update whether C rises, where that alone is wished."""
        m = step % course.length
        if step in questions or not self.rises or m != course.length - 1 or course.moment(m).kind in self.every:
            return questions.get(step)
        return Question(str(course.address(step)), "cost")

    def count(self, step: int, kind: Kind, right: bool, helps: int = 0) -> bool:
        """Counts the first answer to a step; whether this was the first. helps: how often `?` had helped on the way."""
        if step in self._done:
            return False
        self._done.add(step)
        self._count(kind, right, helps)
        return True

    def show(self, step: int) -> None:
        """The answer to a step was shown: it is not to be asked for again."""
        if step not in self._done:
            self._done.add(step)
            self.shown += 1

    def leave(self, step: int) -> None:
        """A step that is not to be asked for again."""
        self._done.add(step)

    def was_asked(self, step: int) -> bool:
        """Whether a step of this run was asked for, or left."""
        return step in self._done

    def tally(self) -> str:
        """`7 of 9 right (2 with help), 1 shown: z 3/4, δ 4/5`; nothing where nothing was answered."""
        if not self.scores:
            return ""
        right, asked = (sum(score[n] for score in self.scores.values()) for n in (0, 1))
        parts = ", ".join(
            f"{KIND_CARDS[kind].letter} {score[0]}/{score[1]}" for kind in KINDS if (score := self.scores.get(kind))
        )
        helped = f" ({self.helped} with help)" if self.helped else ""
        return f"{right} of {asked} right{helped}{f', {self.shown} shown' if self.shown else ''}: {parts}"

    def _count(self, kind: Kind, right: bool, helps: int) -> None:
        self.helped += right and helps > 0
        score = self.scores.setdefault(kind, [0, 0])
        score[0] += right
        score[1] += 1
