"""docs/architecture.md names what there is: every path in it exists, every room of nntui is in it."""

import re

import pytest

from tests.docs.pages import DOCS, ROOT

PAGE = DOCS / "architecture.md"
PATH = re.compile(r"`((?:nntui|tests|scenarios|docs|README|pyproject)[\w./]*)`")


def paths():
    return sorted(set(PATH.findall(PAGE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", paths())
def test_path_exists(path):
    assert (ROOT / path).exists()


def test_every_room_is_described():
    rooms = {str(init.parent.relative_to(ROOT)) for init in (ROOT / "nntui").rglob("__init__.py")} - {"nntui"}
    lacking = sorted(rooms - set(paths()))
    assert not lacking, f"the table of rooms in docs/architecture.md lacks {', '.join(lacking)}"


def test_modules_of_the_picture_exist():
    names = re.findall(r'\["((?:tui|session|training|draw)/[\w/]+)', PAGE.read_text(encoding="utf-8"))
    assert names
    for name in names:
        assert (ROOT / "nntui" / name).is_dir() or (ROOT / "nntui" / f"{name}.py").is_file()


def test_at_least_twenty_changes_are_described():
    table = PAGE.read_text(encoding="utf-8").partition("## To change X, open Y")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 20
    assert all(PATH.search(row) for row in rows)
