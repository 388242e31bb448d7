"""Pinned requirements: every package with its hashes, no address of a registry, and within what pyproject.toml asks for."""

import re
import tomllib

import pytest

from tests.docs.pages import DOCS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = sorted(ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"^([a-z0-9._-]+)==([\w.]+)[^\\]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
ASKED = re.compile(r"([A-Za-z0-9._-]+)(?:\[\w+\])?>=([\d.]+)(?:,<([\d.]+))?")


def numbers(version):
    return tuple(map(int, re.findall(r"\d+", version)))


def asked(file):
    """What a file's requirements come from."""
    groups = PROJECT["dependency-groups"]
    own = PROJECT["project"]["dependencies"]
    return {
        "requirements.txt": own,
        "requirements-dev.txt": [*own, *PROJECT["project"]["optional-dependencies"]["web"], *groups["test"], *groups["lint"]],
        "requirements-docs.txt": groups["docs"],
    }[file.name]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_requirements_are_pinned_with_hashes_and_nothing_else(file):
    lines = [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if not line.lstrip().startswith("#")]
    text = "".join(lines)
    assert PINNED.sub("", text) == ""
    assert "://" not in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pinned_versions_are_what_the_project_asks_for(file):
    pinned = {}
    for name, version, _ in PINNED.findall(file.read_text(encoding="utf-8")):
        pinned.setdefault(name, []).append(numbers(version))
    for requirement in asked(file):
        name, floor, below = ASKED.fullmatch(requirement).groups()
        assert pinned[name.lower()], requirement
        for version in pinned[name.lower()]:
            assert numbers(floor) <= version, requirement
            assert not below or version < numbers(below), requirement


def test_every_page_is_in_the_contents_of_the_site():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    named = {line for line in index.splitlines() if (DOCS / f"{line}.md").is_file()}
    assert named | {"index"} == {page.stem for page in DOCS.glob("*.md")}
