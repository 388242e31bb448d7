"""Running until a condition holds, forward or back: asked for at the foot, searched in the background, gone to."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from nntui.session.movement.movement import PROGRESS, Movement

if TYPE_CHECKING:
    from nntui.training.until.condition import Condition
    from nntui.training.until.search import Search


class SearchController:
    """While it searches the viewer stays where they are; whatever moves, plays or asks ends the search."""

    def __init__(self, movement: Movement, condition: str = "") -> None:
        self._movement, self._navigator = movement, movement.navigator
        self.condition = condition
        """What was typed last, which is proposed again."""

    @property
    def is_running(self) -> bool:
        """Whether a search is under way."""
        return self._movement.jobs.is_running("search")

    def ask(self, direction: int) -> None:
        """Asks for a condition, to search forward (1) or back (−1)."""
        from nntui.explain.sentences.conditions import GRAMMAR
        from nntui.session.tools.prompts import for_condition

        self._movement.status.ask(for_condition(self._navigator, direction > 0, self.condition, self._begin, GRAMMAR))

    def stop(self) -> bool:
        """Ends the search and says so; whether there was one."""
        if not self._movement.jobs.stop("search"):
            return False
        self._movement.status.say(f"stopped looking for {self.condition}")
        return True

    def _begin(self, typed: str, condition: "Condition", forward: bool) -> None:
        """From the present step; a far jump and play are given up for it."""
        from nntui.training.until.search import Search

        self.condition = typed
        self._movement.give_up()
        search = Search(self._navigator.timeline, condition, self._navigator.position.step, forward)
        self._movement.jobs.start("search", _slices(search), partial(self._arrive, search), PROGRESS)

    def _arrive(self, search: "Search") -> None:
        """Goes to the step that was found, with what holds there."""
        from nntui.explain.sentences.conditions import held, named

        if search.found is None:
            where = "after" if search.forward else "before"
            self._movement.status.say(f"nowhere {where} this step: {self.condition}")
        elif search.timeline is self._navigator.timeline:  # a recording that is followed may have got another run
            frame, display = search.timeline.frame(search.found.step), self._movement.workspace.display
            name = named(display.notation)
            words = held(search.condition, search.found, frame, display.numerals.write, name, search.span)
            self._navigator.recorders.say(f"{words} at {frame.address}")
            self._movement.jump(self._navigator.to(frame.step))
        else:
            self._movement.window.paint_soon()


def _slices(search: "Search") -> Iterator[str]:
    """Searches, and makes looking at what was found cheap."""
    whole, way = max(search.whole, 1), "until" if search.forward else "back until"
    words = ""
    for looked in search:
        words = f"{way} {search.condition}: {looked:,} of {whole:,} data points  {looked / whole:.0%}  Esc stops"
        yield words
    if search.found is not None:
        for _ in search.timeline.approach(search.timeline.course.iteration(search.found.step)):
            yield words
