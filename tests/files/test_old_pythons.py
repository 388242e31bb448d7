"""What Pythons that are still in use get wrong: Debian 12 has 3.11.2."""

from pathlib import Path

import nntui


def test_no_group_is_repeated_possessively():
    """Below 3.11.5 `(?:…)*+` with alternatives inside matches wrongly (gh-106052); `(?>(?:…)*)` is right everywhere."""
    sources = Path(nntui.__file__).parent.rglob("*.py")
    wrong = [(path.name, end) for path in sources for end in (")*+", ")++", ")?+") if end in without_comments(path)]
    assert not wrong


def without_comments(path):
    return "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
