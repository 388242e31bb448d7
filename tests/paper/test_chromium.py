"""HTML as it is used: Chromium opens a document, prints it on A4, and shows what is in it."""

import subprocess

import pytest

from nntui.files.library import load
from tests.paper.hostile import TEXTS, deep, dressed
from tests.paper.test_documents import written


@pytest.fixture
def chromium(tmp_path):
    """Runs Chromium on a document: its dumped page, and the sizes of the pages that it prints."""

    def run(text):
        (tmp_path / "d.html").write_text(text, encoding="utf-8")
        base = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        url = (tmp_path / "d.html").as_uri()
        page = subprocess.run([*base, "--dump-dom", url], capture_output=True, text=True, timeout=120, check=True).stdout
        printed = tmp_path / "d.pdf"
        subprocess.run([*base, f"--print-to-pdf={printed}", url], capture_output=True, timeout=120, check=True)
        told = subprocess.run(["pdfinfo", printed], capture_output=True, text=True, timeout=60, check=True).stdout
        return page, told

    return run


def test_chromium_opens_and_prints_on_a4(chromium):
    page, told = chromium(written(load("two-by-two"), "html", picture=True))
    assert "<h1>Two by two</h1>" in page
    assert "<msubsup>" in page
    assert "A4" in told


def test_chromium_shows_a_deep_network(chromium):
    page, told = chromium(written(deep(), "html", picture=True))
    assert page.count("<circle") == 2 + 6 * 3
    assert "A4" in told


def test_chromium_runs_no_script_of_a_file(chromium):
    for text in (TEXTS[2], TEXTS[11]):
        page, _ = chromium(written(dressed(text), "html"))
        assert "<script" not in page
