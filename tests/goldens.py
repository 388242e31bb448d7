"""Texts kept in the repository, to be read by people: what the program prints is held against them.

tests/golden/README.md says how they are written again.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name, text):
    """Holds a text against its golden, or writes that."""
    path = FOLDER / name
    if os.environ.get("NNTUI_UPDATE_GOLDENS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert path.exists(), f"{name} is missing; see tests/golden/README.md"
    assert text + "\n" == path.read_text(encoding="utf-8"), f"{name} is another; if that is meant, see tests/golden/README.md"
