"""docs/settings.md: its example is read without a mistake, and its actions are those that there are."""

from nntui.files.settings import read_settings
from nntui.tui.widgets.keymap import CANONICAL
from nntui.tui.widgets.themes import LOOKS
from tests.docs.pages import DOCS, blocks, complete

PAGE = DOCS / "settings.md"


def marked(mark):
    [block] = [block for block in blocks(PAGE) if block.mark == mark]
    return block


def test_the_example_is_sound_and_names_every_key(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(marked("settings").text, encoding="utf-8")
    found = read_settings(path, CANONICAL)
    assert found.faults == ()
    assert (found.digits, found.keys["go_to"], found.keys["next_point"]) == (4, ("G",), ("J", "ctrl+n"))
    assert found.keys["back"] == ("h",)
    assert all(look in marked("settings").text for look in LOOKS)


def test_every_action_is_listed():
    listed = marked("actions").text.split()
    complete("the list of actions in docs/settings.md", listed, CANONICAL)
    assert listed == list(CANONICAL), "docs/settings.md lists the actions in another order than the table of keys"
