"""Checks whose result is a page of text: of the gradients, and of a sheet of the student's own numbers."""

from functools import partial

from nntui.session.movement.movement import Movement


class CheckController:
    """Shows such pages."""

    def __init__(self, movement: Movement) -> None:
        self._movement, self._navigator = movement, movement.navigator

    def gradients(self) -> None:
        """Backpropagation beside a numerical derivative, at this data point."""
        from nntui.explain.gradient_check.batch_check import batch_check, batch_frames
        from nntui.explain.gradient_check.check import gradient_check
        from nntui.explain.gradient_check.page import check_page

        timeline = self._navigator.timeline
        frame = timeline.frame(self._navigator.position.step)
        together = batch_frames(timeline, frame)
        batch = batch_check(together) if together else None
        lines = check_page(frame, gradient_check(frame), self._movement.workspace.display.notation, batch)
        self._movement.window.show_page("gradient check", "\n".join(lines))

    def sheet(self) -> None:
        """Asks for a file of answers, or a folder of them, and marks it."""
        from nntui.session.tools.prompts import for_sheet

        window = self._movement.window
        show, show_all = partial(window.show_page, "your sheet"), partial(window.show_sheets, "sheets")
        self._movement.status.ask(for_sheet(self._navigator, show, show_all))
