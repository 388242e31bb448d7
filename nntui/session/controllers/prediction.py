"""Predicting a number before it is shown, and stepping forward, which may ask for that."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from nntui.session.movement.movement import Movement
from nntui.session.position import Position
from nntui.session.predictor import counted_as

if TYPE_CHECKING:  # until something is asked for, none of it is loaded
    from nntui.explain.predicting.fading import AskedStep

_LONGEST_ANSWER = 400  # characters of each number


class PredictionController:
    """Asks for the next step's numbers where that is wished."""

    def __init__(self, movement: Movement) -> None:
        self._movement = movement
        self._navigator, self._predictor = movement.navigator, movement.workspace.predictor
        self._asked_at_notes: set[int] = set()

    def forward(self) -> None:
        """To the next stop of the grain; what is to be predicted on the way is asked for first."""
        position = self._movement.destinations.forward()
        while (step := self._asked_before(position)) is not None:
            if not self._navigator.is_near(step):
                self._movement.become(self._navigator.to(step - 1))  # once that is computed, → asks
                return
            if self._ask(step):
                return
            self._predictor.leave(step)
        self._movement.become(position)

    def predict(self) -> None:
        """Asks for the next step's numbers."""
        if self._navigator.goal is not None:
            return
        if self._navigator.position.step == self._navigator.course.last:
            self._movement.status.say("this is the last step: there is nothing left to predict")
        elif not self._ask(self._navigator.position.step + 1):
            self._movement.status.say("the next step makes nothing that could be predicted; → goes there")

    def asks_at_note(self, step: int) -> bool:
        """Asks the question that a tour puts at the step of a note, once; False where there is none, or it is far away."""
        position = self._navigator.position
        open_question = step in self._navigator.questions and not self._predictor.was_asked(step)
        if not open_question or step in self._asked_at_notes or position.grain == "stop" or not self._navigator.is_near(step):
            return False
        self._asked_at_notes.add(step)
        return self._ask(step)

    def choose_kinds(self) -> None:
        """Asks for the kinds of step that → asks for from now on."""
        from nntui.session.tools.prompts import for_kinds

        self._movement.status.ask(for_kinds(self._predictor, self._movement.status.say))

    def _asked_before(self, position: Position) -> int | None:
        """The step to be predicted before the viewer goes to a position."""
        here = self._navigator.base
        if self._navigator.goal is not None or position.grain == "stop" or position.step <= here.step:
            return None
        navigator = self._navigator
        batch = navigator.timeline.scenario.network.batch
        return self._predictor.due(here.step, position.step, navigator.course, navigator.questions, batch)

    def _ask(self, step: int) -> bool:
        """Goes right before a step and asks for what it makes; False where there is nothing to ask."""
        from nntui.explain.predicting.fading import AskedStep
        from nntui.explain.predicting.prediction import asked

        navigator, predictor = self._navigator, self._predictor
        about = asked(navigator.timeline, step, predictor.about(step, navigator.course, navigator.questions))
        if about is None:
            return False
        if navigator.position.step != step - 1:
            self._movement.become(navigator.to(step - 1))
        else:
            self._movement.adjust(lambda position: replace(position, playing=False))  # the answer must not come by itself
        self._put(AskedStep(about))
        return True

    def _put(self, asked: "AskedStep") -> None:
        """Asks in the line at the foot; the picture shows as much of the way as its stage."""
        from nntui.explain.predicting.fading import NEXT
        from nntui.session.text_request import TextRequest

        workspace, about = self._movement.workspace, asked.asked
        workspace.asked = asked
        label, hint = about.label(workspace.display.notation), f"{NEXT[asked.stage]} · Esc leaves it"
        accept, closed, longest = partial(self._take, asked), partial(self._left, asked), _LONGEST_ANSWER * len(about.cells)
        self._movement.status.ask(TextRequest(label, hint, accept, longest, closed=closed, at_once="?"))
        self._movement.window.paint_soon()

    def _take(self, asked: "AskedStep", text: str) -> str:
        """An answer, or `?` for more of the way; why it is refused, or nothing. The first counts, a wrong one may be mended."""
        if text == "?":
            self._help(asked)
            return ""
        about, display, helps = asked.asked, self._movement.workspace.display, asked.helps
        try:
            answered = about.judged(text, display.numerals, display.notation)
        except ValueError as error:
            return str(error)
        step = about.frame.step
        if self._predictor.count(step, counted_as(about.frame.moment.kind, about.kind), answered.right, helps):
            self._navigator.recorders.score(step, text, answered.right, answered.slip, helps)
        if not answered.right:
            return answered.sentence
        self._answered(step, f"{answered.sentence} {self._predictor.tally()}")
        return ""

    def _help(self, asked: "AskedStep") -> None:
        """The next part of the way; after the last the answer."""
        about, display = asked.asked, self._movement.workspace.display
        if (further := asked.further) is not None:
            self._put(further)
            return
        self._predictor.show(about.frame.step)
        self._answered(about.frame.step, about.answer(display.numerals, display.notation))

    def _left(self, asked: "AskedStep") -> None:
        """It was not answered."""
        self._movement.workspace.asked = None
        self._predictor.leave(asked.asked.frame.step)
        self._movement.window.paint_soon()

    def _answered(self, step: int, said: str) -> None:
        self._movement.workspace.asked = None
        self._movement.become(self._navigator.to(step))
        self._movement.status.say(said)
