"""docs/keys.md: its table has every key of the lesson, and no other."""

from nntui.tui.widgets.keys import KEYS
from tests.docs.pages import DOCS, complete, section

ON_THE_PAGE = {"Bksp": "Backspace", "-": "−"}


def test_every_key_is_in_the_table():
    rows = [
        line.split(" | ")[0].removeprefix("| ") for line in section(DOCS / "keys.md", "## Walk").splitlines() if " | " in line
    ]
    written = [name if len(name) == 1 else name.rstrip(",") for row in rows[1:] for name in row.split()]
    keys = [ON_THE_PAGE.get(key.shown, key.shown) for key in KEYS]
    complete("the table of docs/keys.md", written, keys)
    assert sorted(written) == sorted(keys)
