"""Every link and picture of a page leads to a file that is there; every picture in docs is shown on a page."""

import re

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_picture_is_shown():
    shown = {(page.parent / target).resolve() for page in PAGES for target in LINK.findall(page.read_text(encoding="utf-8"))}
    assert {path.resolve() for path in DOCS.glob("*.png")} <= shown
