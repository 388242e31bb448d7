"""Running until something holds, forward or back: asked for at the foot, looked for in the background, gone to."""

import asyncio

from textual import work
from textual.content import Content

from nntui.explain.sentences.conditions import GRAMMAR, held, named
from nntui.session.position import Position
from nntui.session.text_request import TextRequest
from nntui.session.tools.prompts import for_condition
from nntui.training.until.condition import Condition
from nntui.training.until.search import Search
from nntui.tui.lesson.forking import Forking
from nntui.tui.lesson.moving import PROGRESS
from nntui.tui.widgets.text_page import Page


class Searching(Forking):
    """While it is searched one stands where one stood; whatever moves, plays or asks ends the search."""

    condition = ""
    """What was typed last, which is proposed again."""

    _search: Search | None = None

    def action_until(self, direction: int) -> None:
        """u, U."""
        self._ask(for_condition(self.navigator, direction > 0, self.condition, self._begin_search, self._tell_grammar))

    def _tell_grammar(self) -> None:
        self.app.push_screen(Page("run until", Content(GRAMMAR), width=78))

    def _begin_search(self, typed: str, condition: Condition, forward: bool) -> None:
        """From where one stands; a far jump and play are given up for it."""
        self.condition = typed
        self.workers.cancel_group(self, "jump")
        self.navigator.give_up()
        self._settle()
        self._search = Search(self.timeline, condition, self.position.step, forward)
        self._look_for(self._search)

    @work(group="search", exclusive=True)
    async def _look_for(self, search: Search) -> None:
        """Looks at all of it in slices, and goes where the condition holds."""
        painter = self.set_interval(PROGRESS, self._paint_soon)
        whole, way = max(search.whole, 1), "until" if search.forward else "back until"
        try:
            for looked in search:
                self._progress = f"{way} {search.condition}: {looked:,} of {whole:,} data points  {looked / whole:.0%}  Esc stops"
                await asyncio.sleep(0)
            if search.found is not None:
                for _ in search.timeline.approach(search.timeline.course.iteration(search.found.step)):
                    await asyncio.sleep(0)
        finally:
            painter.stop()
        self._search, self._progress = None, ""
        self._arrive(search)

    def _arrive(self, search: Search) -> None:
        """At the step that was found, with what holds there; else one stays."""
        if search.found is None:
            self._say(f"nowhere {'after' if search.forward else 'before'} this step: {self.condition}")
        elif search.timeline is self.timeline:  # a recording that is followed may have been made anew
            frame, display = self.timeline.frame(search.found.step), self.workspace.display
            words = held(search.condition, search.found, frame, display.numerals.write, named(display.notation))
            self.navigator.recorders.say(f"{words} at {frame.address}")
            self._jump(self.navigator.to(frame.step))

    def stop_searching(self) -> bool:
        """Ends a search, if there is one; one stays where one stands."""
        if self._search is None:
            return False
        self._search, self._progress = None, ""
        self.workers.cancel_group(self, "search")
        self._paint_soon()
        return True

    # --- what ends a search

    def _become(self, position: Position) -> None:
        self.stop_searching()
        super()._become(position)

    def _ask(self, question: TextRequest) -> None:
        self.stop_searching()
        super()._ask(question)

    def action_play(self) -> None:
        """Space."""
        self.stop_searching()
        super().action_play()
