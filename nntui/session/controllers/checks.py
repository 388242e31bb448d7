"""Checks whose result is a page of text: of the gradients, and of a sheet of the student's own numbers."""

from typing import TYPE_CHECKING

from nntui.session.controllers.tools import ToolController
from nntui.session.movement.movement import Movement
from nntui.session.movement.page_keys import PageKeys

if TYPE_CHECKING:
    from nntui.session.pages.page_card import Sheets


class CheckController:
    """Shows such pages, and the check of one weight."""

    def __init__(self, movement: Movement, pages: PageKeys, tools: ToolController) -> None:
        self._movement, self._pages, self._tools = movement, pages, tools

    def gradients(self) -> None:
        """Moves one weight, to compare what C does with ∂C/∂w; where that is open, shows the page of all weights."""
        from nntui.explain.gradient_check.chosen_weight import first_weight
        from nntui.session.pages.page_table import check_of
        from nntui.session.tools.nudge import NudgeKeeper, Nudger

        workspace, navigator = self._movement.workspace, self._movement.navigator
        if isinstance(workspace.tool, Nudger):
            self._pages.open(check_of(navigator.position.step))
            return
        cursor = workspace.tool.cursor if workspace.tool is not None else None
        self._tools.open(Nudger(first_weight(navigator.frame, cursor), NudgeKeeper(workspace)))

    def sheet(self) -> None:
        """Asks for a file of answers, or a folder of them, and marks it."""
        from nntui.session.tools.prompts import for_sheet

        self._movement.status.ask(for_sheet(self._movement.navigator, self._show, self._show_all))

    def _show(self, text: str) -> None:
        from nntui.session.pages.page_table import sheet_of

        self._pages.open(sheet_of(text))

    def _show_all(self, sheets: "Sheets") -> None:
        from nntui.session.pages.page_table import sheets_of

        self._movement.workspace.shown_page.sheets = sheets
        self._pages.open(sheets_of(sheets))
