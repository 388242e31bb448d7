"""Looking closer: inspecting a number, predicting the next, other ways to look at all of them, and pages of text."""

from dataclasses import replace

from textual.content import Content

from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.differences import last_visit
from nntui.explain.gradient_check.check import gradient_check
from nntui.explain.gradient_check.page import check_page
from nntui.explain.grading.prediction import asked
from nntui.session.display_options import SINCE_WORDS, DisplayOptions
from nntui.session.position import Position
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.learned import of_scenario
from nntui.session.tools.plotter import Plotter, opened
from nntui.session.tools.prompts import for_kinds, for_prediction, for_sheet
from nntui.session.tools.table import RowTable, TableReader
from nntui.session.tools.tool import Outcome, Tool
from nntui.tui.lesson.moving import Moving
from nntui.tui.widgets.text_page import Page


class Reading(Moving):
    """A walk whose numbers can be asked where they come from."""

    def action_inspect(self) -> None:
        """i."""
        self._open(Inspector(lit_cell(self.timeline.frame(self.position.step))))

    def action_open(self) -> None:
        """Enter."""
        self.action_inspect()

    def action_cursor(self) -> None:
        """x."""
        self._open(opened(self.workspace.plotter, self.navigator, self.size.width))

    def action_data(self) -> None:
        """d."""
        self._open(RowTable(self.workspace.watched, TableReader()))

    def action_watch(self) -> None:
        """*."""
        self._say(self.workspace.watched.toggle(self.timeline.frame(self.position.step).row))

    def action_watched(self) -> None:
        """W."""
        watched = self.workspace.watched
        if not watched.rows:
            self._say("no row is watched; * watches the one you stand in, in the table (d) the marked one")
            return
        position, said = watched.next_turn(self.navigator, watched.rows)
        if position is not None:
            self._jump(position)
        else:
            self._say(said)

    def action_learned(self) -> None:
        """l."""
        self._open(of_scenario(self.timeline.scenario))

    def _open(self, tool: Tool | None) -> None:
        """Another tool lies open, or none."""
        self.workspace.tool = tool
        if isinstance(tool, Plotter):
            self.workspace.plotter = tool
        self._message = ""
        self._prepare()
        self._paint_soon()

    def _does(self, outcome: Outcome | None) -> bool:
        """Does what came of a key or a click on what lies open; False where it was none for that."""
        if outcome is None:
            return False
        self._open(outcome.tool)
        if outcome.to is not None:
            (self._jump if outcome.jump else self._become)(outcome.to)
        if outcome.say:
            self._say(outcome.say)
        if outcome.ask is not None:
            self._ask(outcome.ask)
        if outcome.then is not None:
            outcome.then()
        return True

    def action_tool(self, key: str) -> None:
        """A click on one of the keys at the foot while something lies open."""
        tool = self.workspace.tool
        if tool is not None and not self._does(tool.pressed(key, self.navigator)) and key == "backspace":
            self.action_return()

    def action_view(self) -> None:
        """v."""
        self._redisplay(replace(self.workspace.display, graph=not self.workspace.display.graph))

    def action_since(self) -> None:
        """c."""
        since = self.workspace.display.next_since
        self._redisplay(replace(self.workspace.display, since=since))
        said = f"changes {SINCE_WORDS[since]}; c goes on" if since else "numbers as they are"
        first = since == "visit" and last_visit(self.timeline.frame(self.position.step)) is None
        self._say("this row had no turn before, so its numbers are shown as they are" if first else said)

    def action_digits(self, change: int) -> None:
        """`.` and `,`."""
        self._redisplay(self.workspace.display.digits(change))

    def action_exact(self) -> None:
        """0."""
        self._redisplay(replace(self.workspace.display, exact=not self.workspace.display.exact))

    def action_notation(self) -> None:
        """o."""
        self._redisplay(replace(self.workspace.display, notation=self.workspace.display.notation.other))

    def _redisplay(self, display: DisplayOptions) -> None:
        self.workspace.display = display
        self._paint_soon()

    def action_check(self) -> None:
        """k."""
        frame = self.timeline.frame(self.position.step)
        lines = check_page(frame, gradient_check(frame), self.workspace.display.notation)
        self.app.push_screen(Page("gradient check", Content("\n".join(lines))))

    def action_sheet(self) -> None:
        """w."""
        self._ask(for_sheet(self.navigator, lambda text: self.app.push_screen(Page("your sheet", Content(text)))))

    # --- predicting

    def action_forward(self) -> None:
        """→, and what is to be predicted on the way."""
        position = self.navigator.forward()
        while (step := self._asks(position)) is not None:
            if not self.navigator.is_near(step):
                self._become(self.navigator.to(step - 1))  # once that is computed, → asks
                return
            if self._predict(step):
                return
            self.workspace.predictor.leave(step)
        self._become(position)

    def action_predict(self) -> None:
        """p."""
        if self.navigator.goal is not None:
            return
        if self.position.step == self.timeline.course.last:
            self._say("this is the last step: there is nothing left to predict")
        elif not self._predict(self.position.step + 1):
            self._say("the next step makes nothing that could be predicted; → goes there")

    def action_predict_every(self) -> None:
        """P."""
        self._ask(for_kinds(self.workspace.predictor, self._say))

    def _asks(self, position: Position) -> int | None:
        """The step to be predicted before one goes to a stand."""
        here = self.navigator.base
        if self.navigator.goal is not None or position.grain == "stop" or position.step <= here.step:
            return None
        return self.workspace.predictor.due(here.step, position.step, self.timeline.course, self.navigator.questions)

    def _predict(self, step: int) -> bool:
        """Asks for what a step makes, standing right before it; False where there is nothing to ask."""
        about = asked(self.timeline, step, self.navigator.questions.get(step))
        if about is None:
            return False
        if self.position.step != step - 1:
            self._become(self.navigator.to(step - 1))
        else:
            self._adjust(lambda position: replace(position, playing=False))  # what is asked for must not come by itself
        self._ask(for_prediction(self.navigator, self.workspace, about, self._answered))
        return True

    def _answered(self, step: int, said: str) -> None:
        self._become(self.navigator.to(step))
        self._say(said)
