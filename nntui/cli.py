"""The command line: arguments, exit codes, and the one line of an error. A command is imported only when it runs.

Exit codes: 0 done; 1 a check failed; 2 bad usage or bad input, with one line on stderr; 128 + n on signal n;
70 a fault of nntui itself.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from nntui.commands.complain import complain
from nntui.commands.output import OutputError, discard_output, flush_output, put
from nntui.text.safe import quoted
from nntui.text.usage_error import UsageError
from nntui.version import __version__

INTERNAL = 70  # EX_SOFTWARE of sysexits.h

COMMANDS = {
    "list": "the bundled scenarios, a line each",
    "show": "the panels and the equation of one step as plain text",
    "trace": "the numbers of a stretch of the run, or a whole document: LaTeX, HTML, Markdown",
    "run": "the first step where a condition holds, such as 'mean C < 0.01'",
    "check": "is a file sound, and does backpropagation agree with a numerical gradient?",
    "check-work": "sheets of students' numbers: the first that is wrong, the likely slips, points",
    "sheets": "a sheet of their own for each student, and its solution",
    "new": "a commented file to start from, or an editable copy of a bundled scenario",
    "export": "the weights at one place of the run: npz, safetensors, a PyTorch script or notebook, toml",
    "verify": "does recomputing a recording give what was recorded?",
    "schema": "JSON Schema of the scenario file",
}

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
  nntui --resume     go on where the last session in this account ended, also after a dropped line
    --no-history     keep no recording of this session for --resume
    --no-mouse       leave the mouse to the terminal

commands (nntui COMMAND --help tells more; none of them needs a terminal):
{commands}

  --version, --help
    --verbose        (with --version) whether long runs are computed by the compiled engine or by NumPy
"""


def main_help() -> str:
    """What `nntui --help` prints."""
    return HELP.format(commands="\n".join(f"  {name:<10} {about}" for name, about in COMMANDS.items()))


class Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are UsageErrors. first: the first word of the command line."""

    first = ""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError instead of printing the usage and ending the process."""
        raise UsageError(f"{message}; see `{self.prog} --help`")


class MainParser(Parser):
    """The parser of `nntui` without a command; `nntui xor --help` says what `nntui --help` says."""

    def error(self, message: str) -> NoReturn:
        """Of more words than a file: the first may be a command that was mistyped."""
        if message.startswith("unrecognized arguments: ") and (near := _command_meant(self.first)):
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        flush_output()
    except OutputError as error:
        discard_output()
        if isinstance(error.__cause__, BrokenPipeError):  # `nntui trace … | head`: whoever reads has enough
            return 0
        reason = error.__cause__.strerror if isinstance(error.__cause__, OSError) else None
        return _failed(f"standard output cannot be written ({reason}); expected room for what was asked")
    except KeyboardInterrupt:
        return 130
    except UnicodeEncodeError:
        return _failed(f"standard output is {sys.stdout.encoding}, which has no δ; expected UTF-8 (try PYTHONIOENCODING=utf-8)")
    except UsageError as error:
        return _failed(str(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, a user is told in one line
        if _is_input_error(error):
            return _failed(str(error))
        if isinstance(error, OSError) and error.filename is not None:
            reason = (error.strerror or "input/output error").lower()
            return _failed(f"{quoted(os.fsdecode(error.filename), 100)} cannot be used ({reason}); expected one that may be")
        return _failed(f"a fault of nntui itself, please report it: {type(error).__name__}: {error}", INTERNAL)
    return code


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first == "--version" and arguments[1:] in ([], ["--verbose"]):
        put(f"nntui {__version__}")
        if arguments[1:]:
            put(_engine())
        return 0
    if first in ("--help", "-h"):
        put(main_help().rstrip("\n"))
        return 0
    name = first if first in COMMANDS else "open"
    if sys.stdout is None and name != "open":
        raise UsageError("there is no standard output; expected one to print to")
    if name == "open":
        parser: Parser = MainParser(prog="nntui", allow_abbrev=False)
        parser.first = first
    else:
        parser = Parser(prog=f"nntui {name}", description=COMMANDS[name], allow_abbrev=False)
    command = import_module(f"nntui.commands.{name.replace('-', '_')}")
    command.arguments(parser)
    given = arguments[1:] if name != "open" else arguments
    prepared = getattr(command, "prepared", None)  # of a command with an option that argparse alone would misread
    code: int = command.run(parser.parse_args(prepared(given) if prepared else given))
    return code


def _engine() -> str:
    """What goes through many data points here, a line."""
    from nntui.engine.compiled.choice import engine_in_use

    return engine_in_use()


def _is_input_error(error: Exception) -> bool:
    """Whether an error is an InputError; nntui.files, and NumPy with it, is not imported to find out."""
    faults = sys.modules.get("nntui.files.io.errors")
    return faults is not None and isinstance(error, faults.InputError)


def _failed(message: str, code: int = 2) -> int:
    """Writes the message to standard error; the exit code."""
    complain(message)
    return code
