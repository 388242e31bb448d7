"""`nntui list`: the bundled scenarios, a line each."""

import argparse

from nntui.commands.output import need_letters, put
from nntui.files.library import bundled, title_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    """Prints name and title of each bundled scenario."""
    need_letters()
    for line in [f"{name:<20}  {title_of(path)}" for name, path in bundled()]:
        put(line)
    return 0
