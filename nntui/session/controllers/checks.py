"""Checks whose result is a page of text: of the gradients, and of a sheet of the student's own numbers."""

from nntui.session.movement.movement import Movement
from nntui.session.pages.page_card import Sheets
from nntui.session.pages.page_keys import PageKeys
from nntui.session.pages.page_table import check_of, sheet_of, sheets_of


class CheckController:
    """Shows such pages."""

    def __init__(self, movement: Movement, pages: PageKeys) -> None:
        self._movement, self._pages = movement, pages

    def gradients(self) -> None:
        """Backpropagation beside a numerical derivative, at this data point."""
        self._pages.open(check_of(self._movement.navigator.position.step))

    def sheet(self) -> None:
        """Asks for a file of answers, or a folder of them, and marks it."""
        from nntui.session.tools.prompts import for_sheet

        self._movement.status.ask(for_sheet(self._movement.navigator, self._show, self._show_all))

    def _show(self, text: str) -> None:
        self._pages.open(sheet_of(text))

    def _show_all(self, sheets: Sheets) -> None:
        self._movement.workspace.shown_page.sheets = sheets
        self._pages.open(sheets_of(sheets))
