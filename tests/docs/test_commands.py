"""Every `nntui …` line of README and docs that needs no terminal does what it says."""

import shlex
import shutil

import pytest

from nntui.cli import COMMANDS, main
from nntui.files.library import folder
from tests.docs.pages import DOCS, PAGES, ROOT, blocks, commands, complete

ALL = [(page, number, line) for page in PAGES for number, line in commands(page) if line.split()[1].split("|")[0] in COMMANDS]
LINES = [(page, number, line) for page, number, line in ALL if line.split()[1] != "serve"]  # it goes on: tests/web


@pytest.fixture
def classroom(tmp_path, monkeypatch, capsys):
    """A folder with the files that the pages speak of: a sheet, a recording, answers."""
    monkeypatch.chdir(tmp_path)
    [recording] = [block.text for block in blocks(DOCS / "recording-format.md") if block.mark == "recording"]
    (tmp_path / "lesson.nnrec").write_text(recording, encoding="utf-8")
    shutil.copy(folder() / "two-by-two.toml", tmp_path / "sheet.toml")
    assert main(["export", "xor", "--at", "3:2", "--format", "npz", "--out", "w.npz"]) == 0
    capsys.readouterr()
    assert main(["trace", "two-by-two", "--format", "csv"]) == 0
    (tmp_path / "FILE.csv").write_text("a,b,c\n1,2,0\n3,1,1\n4,2,1\n", encoding="utf-8")
    (tmp_path / "answers.csv").write_text(capsys.readouterr().out, encoding="utf-8")
    return tmp_path


def arguments(line):
    """What the shell would hand to nntui: without what follows in a pipe or is sent to a file."""
    words = shlex.split(line)[1:]
    end = next((at for at, word in enumerate(words) if word in (">", "|", "<")), len(words))
    return words[:end]


@pytest.mark.parametrize(("page", "number", "line"), LINES, ids=[f"{page.relative_to(ROOT)}:{n}" for page, n, _ in LINES])
def test_command_of_a_page_exits_with_0(page, number, line, classroom, capsys):
    words = arguments(line)
    if words[0] == "new":  # it makes a file, and never touches one that is there
        (classroom / "sheet.toml").unlink()
    code = main(words)
    printed = capsys.readouterr()
    assert code == 0, printed.err
    assert printed.err == ""
    assert printed.out


def test_the_pages_have_such_commands():
    complete("the list of commands in README and docs", {line.split()[1] for _, _, line in ALL}, COMMANDS)
