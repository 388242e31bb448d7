"""`nntui completion`: scripts that the shells take, with every command and option that there is; and the man page."""

import re
import shutil
import subprocess
import sys

import pytest

from nntui.cli import COMMANDS, main
from nntui.commands.completion import command_words
from nntui.files.library import bundled

SHELLS = ("bash", "zsh", "fish")


def printed(form, capsys):
    assert main(["completion", form]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_option_and_name_is_completed(shell, capsys):
    script = printed(shell, capsys)
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", script)
        for flag in command_words(name).flags[:-1]:
            assert flag.removeprefix("--") in script, (name, flag)
    assert all(name in script for name, _ in bundled())


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_takes_the_script(shell, capsys, tmp_path):
    script = tmp_path / "script"
    script.write_text(printed(shell, capsys), encoding="utf-8")
    program = shutil.which(shell) or shutil.which("bash")
    if program.endswith("bash") and shell == "fish":  # a command a line, of words that bash quotes alike but for this
        script.write_text(script.read_text(encoding="utf-8").replace("\\'", "´"), encoding="utf-8")
    done = subprocess.run([program, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


COMPLETE = """\
source {script}
COMP_WORDS=({words}); COMP_CWORD={at}
_nntui
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nntui", "ver"], {"verify"}),
        (["nntui", "two"], {"two-by-two"}),
        (["nntui", "--res"], {"--resume"}),
        (["nntui", "show", "xor", "--wi"], {"--width"}),
        (["nntui", "trace", "--format", "c"], {"csv"}),
        (["nntui", "show", "two"], {"two-by-two"}),
        (["nntui", "completion", "z"], {"zsh"}),
        (["nntui", "xor", "--no-"], {"--no-history", "--no-mouse"}),
    ],
)
def test_bash_completes(words, expected, capsys, tmp_path):
    script = tmp_path / "script"
    script.write_text(printed("bash", capsys), encoding="utf-8")
    text = COMPLETE.format(script=script, words=" ".join(words), at=len(words) - 1)
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(done.stdout.split()) == expected


def test_the_man_page_has_every_command_and_option(capsys):
    page = printed("man", capsys)
    plain = page.replace("\\-", "-").replace("\\&", "")
    assert page.startswith(".TH NNTUI 1")
    for name in COMMANDS:
        assert f".SS nntui {name}" in plain
        assert all(flag in plain for flag in command_words(name).flags[:-1])
    kept = [line for part in plain.split(".nf\n")[1:] for line in part.partition("\n.fi")[0].splitlines()]
    assert max(map(len, kept)) <= 72
    for line in page.splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or line.split()[0] in {".TH", ".SH", ".SS", ".TP", ".B", ".I", ".nf", ".fi"}


def test_starting_the_app_does_not_load_the_scripts():
    code = "import sys; from nntui.cli import main; main(['--version']); print('nntui.commands.completion' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_another_shell_is_refused(capsys):
    assert main(["completion", "tcsh"]) == 2
    assert "tcsh" in capsys.readouterr().err
