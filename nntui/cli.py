"""The roof: arguments, signals, exit codes. Everything below is imported only when it is needed.

Exit codes: 0 done; 1 a check failed; 2 bad usage or bad input, with one line on stderr; 128 + n on signal n.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from nntui import __version__
from nntui.usage import UsageError

USAGE = "see `nntui --help`"
MESSAGE_LIMIT = 300

HELP = """\
usage: nntui [FILE|NAME] [--at ADDRESS]
       nntui COMMAND ...

Step through how a neural network learns, number by number.

  nntui                        choose from the bundled scenarios
  nntui FILE|NAME              open a scenario file, or a bundled scenario by name (nntui xor)
    --at ADDRESS               where to begin: EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end

commands (nntui COMMAND --help tells more; none of them needs a terminal):
"""


class Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are one line, ours to print."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError instead of printing the usage and leaving."""
        raise UsageError(f"{message}; {USAGE}")


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand: what it is called, what it does, its arguments, and how it is run."""

    name: str
    about: str
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], int]


# --- commands


def _list(options: argparse.Namespace) -> int:
    from nntui.files.library import bundled, load

    for name, path in bundled():
        _print(f"{name:<20}  {load(path).title}")
    return 0


def _show_arguments(parser: Parser) -> None:
    _file_argument(parser)
    parser.add_argument("--at", metavar="ADDRESS", default="start", help="the step to show (default: start)")
    parser.add_argument("--width", type=_width, default=80, help="columns, 60 to 500 (default: 80)")


def _show(options: argparse.Namespace) -> int:
    from nntui.draw.screen import page
    from nntui.draw.spans import plain_with_marks
    from nntui.draw.view import View
    from nntui.training.timeline import Timeline

    timeline = Timeline(_load(options.file))
    step = _span(timeline, options.at, "--at")[0]
    view = View(timeline.frame(step), diverged=timeline.diverged)
    _print(plain_with_marks(page(view, options.width)))
    return 0


def _trace_arguments(parser: Parser) -> None:
    _file_argument(parser)
    parser.add_argument("--from", dest="start", metavar="ADDRESS", help="first step (default: start)")
    parser.add_argument("--to", dest="end", metavar="ADDRESS", help="last step, included (default: the end of that data point)")
    parser.add_argument("--format", choices=("text", "jsonl", "csv", "markdown"), default="text", help="default: text")


def _trace(options: argparse.Namespace) -> int:
    from nntui.explain.trace import trace
    from nntui.training.timeline import Timeline

    timeline = Timeline(_load(options.file))
    length = timeline.course.length
    first = _span(timeline, options.start, "--from")[0] if options.start is not None else 0
    last = _span(timeline, options.end, "--to")[1] if options.end is not None else (first // length + 1) * length - 1
    if first > last:
        raise UsageError(
            f"--from {timeline.course.address(first)} comes after --to {timeline.course.address(last)}; expected it before"
        )
    for line in trace(timeline, first, last, options.format):
        _print(line)
    return 0


def _schema(options: argparse.Namespace) -> int:
    import json

    from nntui.files.schema import json_schema

    _print(json.dumps(json_schema(), indent=2, ensure_ascii=True))
    return 0


def _no_arguments(parser: Parser) -> None:
    """The command takes none."""


COMMANDS = (
    Command("list", "the bundled scenarios, a line each", _no_arguments, _list),
    Command("show", "the panels and the equation of one step as plain text", _show_arguments, _show),
    Command("trace", "the numbers of a stretch of the run: text, jsonl, csv or markdown", _trace_arguments, _trace),
    Command("schema", "JSON Schema of the scenario file", _no_arguments, _schema),
)


# --- what commands share


def _file_argument(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE|NAME", help="a scenario file, or the name of a bundled scenario")


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 60 <= int(text) <= 500):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no width; expected 60 to 500")
    return int(text)


def _load(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # the type would import NumPy
    from nntui.files.library import load

    return load(name)


def _span(timeline, text: str, option: str) -> tuple[int, int]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from nntui.training.steps import AddressError

    try:
        first, last = timeline.course.span(text)
    except AddressError as error:
        raise UsageError(f"{option}: {error}") from None
    return int(first), int(last)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


# --- opening the app


def _open(arguments: Sequence[str]) -> int:
    parser = Parser(prog="nntui", add_help=False)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--at", metavar="ADDRESS")
    options = parser.parse_args(arguments)
    from nntui.terminal import prepared_terminal

    with prepared_terminal():
        from nntui.files.library import load

        scenario = load(options.file) if options.file is not None else None
        if scenario is None and options.at is not None:
            raise UsageError(f"--at needs a scenario to stand in; {USAGE}")
        from nntui.tui.app import NntuiApp

        step = 0
        if scenario is not None and options.at is not None:
            from nntui.training.timeline import Timeline

            step = _span(Timeline(scenario), options.at, "--at")[0]
        NntuiApp(scenario, step).run()
    return 0


# --- the door


def _command_help() -> str:
    lines = [f"  {command.name:<10} {command.about}" for command in COMMANDS]
    return HELP + "\n".join(lines) + "\n\n  --version, --help\n"


def _dispatch(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--version"]:
        _print(f"nntui {__version__}")
        return 0
    if arguments[:1] in (["--help"], ["-h"]):
        sys.stdout.write(_command_help())
        return 0
    command = next((command for command in COMMANDS if [command.name] == arguments[:1]), None)
    if command is None:
        return _open(arguments)
    parser = Parser(prog=f"nntui {command.name}", description=command.about, allow_abbrev=False)
    command.arguments(parser)
    return command.run(parser.parse_args(arguments[1:]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        code = _dispatch(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that the interpreter's last flush is quiet too
        return 0
    except KeyboardInterrupt:
        return 130
    except UnicodeEncodeError:
        return _failed(
            f"this output is {sys.stdout.encoding}, which has no letters such as δ; expected UTF-8 (try PYTHONIOENCODING=utf-8)"
        )
    except Exception as error:
        if not _is_users(error):
            raise
        return _failed(str(error))
    return code


def _is_users(error: Exception) -> bool:
    if isinstance(error, UsageError):
        return True
    faults = sys.modules.get("nntui.files.faults")
    return faults is not None and isinstance(error, faults.InputError)


def _failed(message: str) -> int:
    from nntui.training.text import safe

    line = safe(f"nntui: {message}", MESSAGE_LIMIT)
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    return 2
