"""`nntui [FILE|NAME]`: the app."""

import argparse
from functools import partial

from nntui.terminal import check_terminal, ending_signals
from nntui.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE|NAME, --at, --set."""
    parser.add_argument("file", nargs="?")
    parser.add_argument("--at", metavar="ADDRESS")
    parser.add_argument("--set", dest="changes", action="append", default=[], metavar="KEY=VALUE")


def run(options: argparse.Namespace) -> int:
    """Checks the file, then the terminal, then opens. NumPy and Textual come after the signals are in hand."""
    with ending_signals():
        from nntui.commands.common import load_scenario, span  # noqa: PLC0415

        if options.file is None and options.at is not None:
            raise UsageError("--at needs a scenario to stand in; expected `nntui FILE|NAME --at ADDRESS`")
        if options.file is None and options.changes:
            raise UsageError("--set needs a scenario to change; expected `nntui FILE|NAME --set KEY=VALUE`")
        scenario = load_scenario(options) if options.file is not None else None
        step = span(scenario.course, options.at, "--at")[0] if scenario and options.at is not None else 0
        check_terminal()
        from nntui.tui.app import NntuiApp  # noqa: PLC0415

        app = NntuiApp(scenario, step, partial(load_scenario, options))
        app.run()
        if app.fault is not None:
            raise app.fault
    return 0
