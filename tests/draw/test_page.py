"""A page of text in rows; how its lines are broken is tested in test_screen."""

from nntui.draw.panels.page import page_rows


def test_rows_are_made_once_for_all_paints():
    assert page_rows("a page\nof text", 78, 80, 24) is page_rows("a page\nof text", 78, 80, 24)
