"""`nntui [FILE|NAME]`: the app."""

import argparse

from nntui.commands.common import span
from nntui.terminal import prepared_terminal
from nntui.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE|NAME, --at."""
    parser.add_argument("file", nargs="?")
    parser.add_argument("--at", metavar="ADDRESS")


def run(options: argparse.Namespace) -> int:
    """Checks the terminal, then the file, then opens. NumPy and Textual come after the signals are in hand."""
    with prepared_terminal():
        from nntui.files.library import load  # noqa: PLC0415
        from nntui.tui.app import NntuiApp  # noqa: PLC0415

        if options.file is None:
            if options.at is not None:
                raise UsageError("--at needs a scenario to stand in; expected `nntui FILE|NAME --at ADDRESS`")
            NntuiApp().run()
            return 0
        scenario = load(options.file)
        step = span(scenario.course, options.at, "--at")[0] if options.at is not None else 0
        NntuiApp(scenario, step).run()
    return 0
