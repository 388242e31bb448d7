"""No file of the project sends its reader to a page that is not in it; links of pages lead somewhere."""

import re
from urllib.parse import unquote

import pytest

from tests.docs.pages import PAGES, ROOT

SUFFIXES = {".py", ".md", ".toml", ".yml", ".yaml", ".cff", ".cfg", ".txt", ".c", ""}
SKIPPED = {"__pycache__", "build", "dist"}  # and what begins with a dot, but for the few below
PAGE = re.compile(r"(?<![\w$/-])((?:[\w.-]+/)*[\w.-]+\.md)\b")
# how prose cites a page by a name in capitals, or by its sections; NAME-… are placeholders in names of files
CAPITALS = re.compile(r"\b[A-Z]{4,},? §|(?<![-\w])(?!NAME-)[A-Z]{4,}-[A-Z]{4,}\b|§ ?\d+ (?:and §\d+ )?of the")


def skipped(part):
    return part in SKIPPED or (part.startswith(".") and part not in (".ci", ".github", ".pre-commit-config.yaml"))


def files():
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and path.suffix in SUFFIXES and not any(map(skipped, parts)) and path.name != "test_citations.py":
            yield path


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


def names():
    return {path.name for path in ROOT.rglob("*.md") if not any(map(skipped, path.relative_to(ROOT).parts))}


def test_every_page_that_is_named_is_there():
    known, missing = names(), []
    for path in files():
        for cited in PAGE.findall(text_of(path)):
            there = (
                (ROOT / cited).exists()
                or (path.parent / cited).exists()
                or (ROOT / "tests/golden" / cited).exists()
                or ("/" not in cited and cited in known)
            )
            if not there:
                missing.append(f"{path.relative_to(ROOT)}: {cited}")
    assert not missing


def test_no_page_is_cited_by_a_name_in_capitals_that_is_none():
    cited = [f"{path.relative_to(ROOT)}: {match[0]}" for path in files() for match in CAPITALS.finditer(text_of(path))]
    assert not cited


def anchor(header):
    """What a header is called in a link."""
    return re.sub(r"[^\w -]", "", header.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        file, _, place = unquote(target).partition("#")
        there = page.parent / file if file else page
        assert there.exists(), target
        if place:
            headers = [anchor(line.lstrip("#")) for line in text_of(there).splitlines() if line.startswith("#")]
            assert place in headers, target
