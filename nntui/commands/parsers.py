"""The commands: what each is for, and its parser. A command is imported only when its parser is made."""

import argparse
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from nntui.commands.output import flush_output, put
from nntui.text.usage_error import UsageError

COMMANDS = {
    "list": "the bundled scenarios, a line each",
    "equations": "the lecture's equations (1) to (15), and where each is seen",
    "show": "the panels and the equation of one step as plain text",
    "trace": "the numbers of a stretch of the run, or a whole document: LaTeX, HTML, Markdown",
    "run": "the first step where a condition holds, such as 'mean C < 0.01'",
    "check": "is a file sound, and does backpropagation agree with a numerical gradient?",
    "check-work": "sheets of students' numbers: the first that is wrong, the likely slips, points",
    "sheets": "a sheet of their own for each student, and its solution",
    "new": "a commented file to start from, or an editable copy of a bundled scenario",
    "export": "the weights at one place of the run for other programs, or a recording for a player or a browser",
    "serve": "the app in a browser on this machine (127.0.0.1 only)",
    "verify": "does recomputing a recording give what was recorded?",
    "schema": "JSON Schema of the scenario file",
    "completion": "what bash, zsh or fish completes; or a man page",
}

LEAST_COLUMNS = 40  # of a line that is fitted, in a terminal however narrow

HELP = """\
usage: nntui [FILE|NAME] [--at ADDRESS] [--set KEY=VALUE]... [--record FILE]
       nntui RECORDING [--follow]
       nntui --resume
       nntui COMMAND ...

Step through how a neural network learns, number by number.

  nntui              choose from the bundled scenarios, the last files and sessions
  nntui FILE|NAME    open a scenario file, a bundled scenario by name (nntui xor), or a recording to replay it
    --at ADDRESS     where to begin: EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end
    --set KEY=VALUE  changes a key for this run: training.eta=0.1 (repeatable; wherever a FILE is taken)
    --record FILE    keep what is done as a recording; an existing recording is continued where it ended
    --follow         (a recording) move as its writer moves, live
  nntui --offer FOLDER   choose from the scenarios and recordings in a folder
  nntui --resume     go on where the last session in this account ended, also after a dropped line
    --files-in FOLDER    recordings (R), saved runs (S) and sheets (w) are files in this folder alone; no settings are kept
    --no-history     keep no recording of this session for --resume
    --no-mouse       leave the mouse to the terminal
    --big            less and larger, for a projector (b goes back)
settings (theme, digits, notation, history, keys) are read from ~/.config/nntui/config.toml: docs/settings.md

commands (nntui COMMAND --help tells more; none of them needs a terminal):
{commands}

  --version, --help
    --verbose        (with --version) whether long runs are computed by the compiled engine or by NumPy
"""


def main_help() -> str:
    """What `nntui --help` prints."""
    return fitted(HELP.format(commands="\n".join(f"  {name:<11} {about}" for name, about in COMMANDS.items())))


def fitted(text: str) -> str:
    """A text in lines that are shorter than the terminal is wide, each going on below its words."""
    import shutil

    from nntui.text.reflow import hung

    columns = max(shutil.get_terminal_size().columns - 1, LEAST_COLUMNS)
    return "\n".join(hung(line, columns) for line in text.split("\n"))


class Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are UsageErrors. first: the first word of the command line."""

    first = ""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError instead of printing the usage and ending the process."""
        raise UsageError(f"{message}; see `{self.prog} --help`")

    def format_help(self) -> str:
        """What argparse makes, and the text behind it, in lines that fit."""
        return fitted(super().format_help())

    def print_help(self, file: object = None) -> None:
        """Prints it as every output is printed; OutputError if that fails."""
        put(self.format_help().rstrip("\n"))
        flush_output()


class MainParser(Parser):
    """The parser of `nntui` without a command; `nntui xor --help` says what `nntui --help` says."""

    def error(self, message: str) -> NoReturn:
        """Of more words than a file: the first may be a command that was mistyped."""
        if message.startswith("unrecognized arguments: ") and (near := _command_meant(self.first)):
            from nntui.text.safe import quoted

            raise UsageError(f"no command {quoted(self.first)}; did you mean {quoted(near)}?")
        super().error(message)

    def format_help(self) -> str:
        """The one help text of the app."""
        return main_help()


def _command_meant(word: str) -> str | None:
    """The command that is like a word, if that is neither a file nor a bundled scenario."""
    from nntui.files.io.errors import InputError, nearest
    from nntui.files.library import meant

    try:
        return nearest(word, COMMANDS) if not Path(meant(word)).exists() else None
    except (InputError, OSError, ValueError):
        return nearest(word, COMMANDS)


def command_parser(name: str, first: str = "") -> tuple[ModuleType, Parser]:
    """The module of a command, and its parser; `open` is the app. first: the first word of the command line."""
    if name == "open":
        parser: Parser = MainParser(prog="nntui", allow_abbrev=False)
        parser.first = first
    else:
        parser = Parser(prog=f"nntui {name}", description=COMMANDS[name], allow_abbrev=False)
    command = import_module(f"nntui.commands.{name.replace('-', '_')}")
    command.arguments(parser)
    return command, parser
