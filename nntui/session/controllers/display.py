"""Keys that change how numbers are displayed."""

from dataclasses import replace

from nntui.draw.base.numbers import signed
from nntui.explain.equations.differences import last_visit
from nntui.session.display_options import SINCE_WORDS, DisplayOptions
from nntui.session.movement.movement import Movement
from nntui.session.movement.page_keys import PageKeys


class DisplayController:
    """Changes the display options."""

    def __init__(self, movement: Movement, pages: PageKeys) -> None:
        self._movement, self._workspace, self._pages = movement, movement.workspace, pages

    @property
    def _display(self) -> DisplayOptions:
        return self._workspace.display

    def view(self) -> None:
        """The network as numbers, or as a graph."""
        self._show(replace(self._display, graph=not self._display.graph))

    def path(self, change: int) -> None:
        """In the graph the next path into the number of the step (1), or the one before (−1)."""
        navigator, path = self._movement.navigator, self._workspace.path
        frame = navigator.frame
        if not self._display.graph:
            self._movement.status.say("v draws the network as a graph; there Tab goes along its paths, one at a time")
        elif not path.turn(navigator.position.place, frame, self._display, change):
            self._movement.status.say("no paths lead here one by one; z, δ of a hidden neuron and ∂C/∂w have them")
        self._movement.window.paint_soon()

    def big(self) -> None:
        """Less and larger, for a projector; and back."""
        self._show(replace(self._display, big=not self._display.big))
        self._movement.status.say("larger: the layer, its equation and its number; b goes back" if self._display.big else "")

    def since(self) -> None:
        """Numbers as they are, or as changes: since the last step, the row's last turn, the start."""
        since, navigator = self._display.next_since, self._movement.navigator
        self._show(replace(self._display, since=since))
        said = f"changes {SINCE_WORDS[since]}{self._most_moved() if since == 'start' else ''}; c goes on"
        said = said if since else "numbers as they are"
        first = since == "visit" and last_visit(navigator.frame, navigator.timeline.orders) is None
        self._movement.status.say("this row had no turn before, so its numbers are shown as they are" if first else said)

    def _most_moved(self) -> str:
        """Which weight has moved most, in words."""
        from nntui.explain.equations.cells import symbol_of

        view = self._workspace.view(self._movement.navigator)
        if not view.moved:
            return ": no weight has moved yet"
        most = view.moved[0]
        return f": {symbol_of(most.cell, view.notation)} moved most, by {signed(view.numerals.write(most.change), most.change)}"

    def about(self) -> None:
        """What the scenario says about itself: under the equation or, where that is no room for all of it, as a page."""
        from nntui.lesson.display_state import OpenPage

        navigator, about = self._movement.navigator, self._workspace.about
        scenario = navigator.timeline.scenario
        text = scenario.about.strip()
        if not text:
            self._movement.status.say('this scenario says nothing about itself; its file may: about = "…"')
        elif self._workspace.tool is not None or self._display.big or (about.is_shown and not about.whole):
            self._pages.open(OpenPage("about"))
        elif not about.hide():
            about.show(navigator.position.place)
        self._movement.window.paint_soon()

    def digits(self, change: int) -> None:
        """More digits (1), or fewer (−1)."""
        self._show(self._display.digits(change))

    def exact(self) -> None:
        """Shows all digits, and back."""
        self._show(replace(self._display, exact=not self._display.exact))

    def notation(self) -> None:
        """Changes to the other notation: that of the lecture, or that of most other courses."""
        self._show(replace(self._display, notation=self._display.notation.other))

    def _show(self, display: DisplayOptions) -> None:
        self._workspace.display = display
        self._movement.window.paint_soon()
