"""Predicting a number before it is shown, and stepping forward, which may ask for that."""

from dataclasses import replace

from nntui.session.movement.movement import Movement
from nntui.session.position import Position
from nntui.session.text_request import TextRequest


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
        from nntui.explain.predicting.prediction import asked
        from nntui.session.tools.prompts import for_prediction

        navigator, predictor = self._navigator, self._predictor
        about = asked(navigator.timeline, step, predictor.about(step, navigator.course, navigator.questions))
        if about is None:
            return False
        if navigator.position.step != step - 1:
            self._movement.become(navigator.to(step - 1))
        else:
            self._movement.adjust(lambda position: replace(position, playing=False))  # the answer must not come by itself
        left = self._movement.status.repaint
        self._put(for_prediction(navigator, self._movement.workspace, about, self._answered, self._put, left))
        return True

    def _put(self, request: TextRequest) -> None:
        """Asks in the line at the foot; the picture shows the formula."""
        self._movement.status.ask(request)
        self._movement.status.repaint()

    def _answered(self, step: int, said: str) -> None:
        self._movement.become(self._navigator.to(step))
        self._movement.status.say(said)
