"""The pages of the project, and what is in them: fenced blocks, paths, commands."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
_FENCED = re.compile(r"^(?:<!-- ([a-z]+)(?:: (\S+))? -->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block. mark, argument: of the comment over it, <!-- mark: argument -->, where there is one."""

    line: int
    language: str
    text: str
    mark: str = ""
    argument: str = ""


def complete(place, told, there):
    """Fails, in one line, where a place does not tell of all that there is, or tells of what is not there."""
    lacking = [str(name) for name in there if name not in told]
    stale = [str(name) for name in told if name not in there]
    assert not lacking, f"{place} lacks {', '.join(lacking)}"
    assert not stale, f"{place} has what is not there: {', '.join(stale)}"


def blocks(page, language=None):
    """The fenced blocks of a page, of one language or of all."""
    text = page.read_text(encoding="utf-8")
    found = [
        Block(text.count("\n", 0, match.start()) + 1, match[3], match[4], match[1] or "", match[2] or "")
        for match in _FENCED.finditer(text)
    ]
    return [block for block in found if language in (None, block.language)]


def section(page, header):
    """The text under a header of a page, up to the next header of its level or above."""
    text = page.read_text(encoding="utf-8")
    level = header.split()[0]
    start = text.index(f"\n{header}\n") + len(header) + 2
    end = re.compile(rf"^#{{1,{len(level)}}} ", re.MULTILINE).search(text, start)
    return text[start : end.start() if end else len(text)]


def commands(page):
    """The lines of code in a page that begin with `nntui `, with their line numbers; what follows two blanks is a remark."""
    found = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```"):
            inside = not inside
        match = re.match(r"(?: {4})?(?:\$ )?(nntui .*)", line) if inside or line.startswith("    ") else None
        if match:
            found.append((number, re.split(r" {2,}", match[1])[0]))
    return found
