"""The table of all pages: a card for each name."""

from collections.abc import Mapping

from nntui.lesson.display_state import OpenPage, PageName
from nntui.session.pages.page_card import PageCard, PageSource, PageText, Sheets
from nntui.text.reflow import reflowed


def check_of(step: int) -> OpenPage:
    """The gradient check of the data point of a step."""
    return OpenPage("check", values=(("step", step),))


def _check_text(page: OpenPage, source: PageSource) -> PageText:
    from nntui.explain.gradient_check.batch_check import batch_check, batch_frames
    from nntui.explain.gradient_check.check import gradient_check
    from nntui.explain.gradient_check.page import check_page

    navigator, step = source.navigator, page.number("step")
    if not 0 <= step <= navigator.course.last or not navigator.is_near(step):
        return PageText("gradient check", "This data point is not computed.")
    timeline = navigator.timeline
    frame = timeline.frame(step)
    together = batch_frames(timeline, frame)
    batch = batch_check(together) if together else None
    return PageText("gradient check", "\n".join(check_page(frame, gradient_check(frame), source.notation, batch)))


def _about_text(page: OpenPage, source: PageSource) -> PageText:
    scenario = source.navigator.timeline.scenario
    return PageText(scenario.title, reflowed(scenario.about), width=78)


def sheet_of(text: str) -> OpenPage:
    """The page of one marked sheet. text: its lines."""
    return OpenPage("sheet", text=text)


def sheets_of(sheets: Sheets) -> OpenPage:
    """The first of marked sheets, at its first slip."""
    return _slip(sheets, 0, 0)


def _slip(sheets: Sheets, number: int, slip: int) -> OpenPage:
    head, *slips = sheets[number]
    text = f"sheet {number + 1} of {len(sheets)} · n N next, before\n\n{head}"
    if slips:
        text += f"\n\nslip {slip + 1} of {len(slips)} · → ← next, before\n\n{slips[slip]}"
    return OpenPage("sheet", values=(("sheet", number), ("slip", slip)), text=text)


def _sheet_text(page: OpenPage, source: PageSource) -> PageText:
    return PageText("sheets" if page.values else "your sheet", page.text or "")


_TO_OTHERS = {"n": 1, "N": -1, "right": 1, "left": -1}


def _other_sheet(key: str, page: OpenPage, source: PageSource) -> OpenPage | str | None:
    """n, N: another sheet, at its first slip. → ←: another slip, and behind the last one another sheet."""
    sheets, number = source.sheets, page.number("sheet")
    by = _TO_OTHERS.get(key)
    if by is None or not page.values:
        return None
    if not 0 <= number < len(sheets):
        return "of these sheets only what is shown was kept; w marks them again"
    slip = page.number("slip") + by
    if key in ("right", "left") and 0 <= slip < len(sheets[number]) - 1:
        return _slip(sheets, number, slip)
    return _slip(sheets, (number + by) % len(sheets), 0)


PAGES: Mapping[PageName, PageCard] = {
    "check": PageCard("checking gradients", _check_text),
    "about": PageCard("at the introduction", _about_text),
    "sheet": PageCard("at a marked sheet", _sheet_text, _other_sheet),
}
