"""A page of text in rows: where each begins, and that a long line takes no longer than its length."""

from rich.cells import cell_len, chop_cells

from nntui.draw.panels import page
from nntui.draw.panels.page import page_rows


def test_a_long_line_is_gone_through_once(monkeypatch):
    looked_at = []
    monkeypatch.setattr(page, "chop_cells", lambda text, cells: looked_at.append(len(text)) or chop_cells(text, cells))
    text = "many words " * 2_000
    made = page_rows(text, 78, 80, 24)
    assert sum(looked_at) < 3 * len(text)
    assert " ".join(made.rows).split() == text.split()
    assert all(text.startswith(row, at) and cell_len(row) <= 74 for row, at in zip(made.rows, made.offsets, strict=True))


def test_characters_of_no_width_belong_to_their_row():
    text = "e\u0301" * 30 + " " + "a" + "\u0301" * 500 + " end"
    made = page_rows(text, 24, 80, 24)
    assert "".join(made.rows).replace(" ", "") == text.replace(" ", "")
    assert [cell_len(row) for row in made.rows] == [20, 16]


def test_rows_are_made_once_for_all_paints():
    assert page_rows("a page\nof text", 78, 80, 24) is page_rows("a page\nof text", 78, 80, 24)
