"""The command line: arguments, exit codes, and the one line of an error. A command is imported only when it runs.

Exit codes: 0 done; 1 a check failed; 2 bad usage or bad input, with one line on stderr; 128 + n on signal n;
70 a fault of nntui itself.
"""

import os
import sys
from collections.abc import Sequence

from nntui.commands.output import OutputError, discard_output, flush_output, put
from nntui.commands.parsers import COMMANDS, command_parser, main_help
from nntui.text.usage_error import UsageError
from nntui.version import __version__

INTERNAL = 70  # EX_SOFTWARE of sysexits.h


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
        # Python remembers one that came out of an exec of a text, as makes the first instance of a class, and under -m ends
        # itself by the signal, although it was caught here; the next exec of a text clears that.
        exec("")  # noqa: S102
        return 130
    except UnicodeEncodeError:
        return _failed(f"standard output is {sys.stdout.encoding}, which has no δ; expected UTF-8 (try PYTHONIOENCODING=utf-8)")
    except UsageError as error:
        return _failed(str(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, a user is told in one line
        if _is_input_error(error):
            return _failed(str(error))
        if isinstance(error, OSError) and error.filename is not None:
            from nntui.files.io.errors import system_reason
            from nntui.text.safe import quoted

            reason = system_reason(error)
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
    if first == "--version":
        raise UsageError("--version takes nothing after it but --verbose; expected `nntui --version`")
    if first in ("--help", "-h"):
        put(main_help().rstrip("\n"))
        return 0
    name = first if first in COMMANDS else "open"
    if sys.stdout is None and name != "open":
        raise UsageError("there is no standard output; expected one to print to")
    command, parser = command_parser(name, first)
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
    from nntui.commands.complain import complain

    complain(message)
    return code
