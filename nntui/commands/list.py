"""`nntui list`: the bundled scenarios, a line each."""

import argparse

from nntui.commands.common import need_letters
from nntui.commands.output import put
from nntui.files.library import bundled, load


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    """Prints name and title of each bundled scenario."""
    need_letters()
    for line in [f"{name:<20}  {load(path).title}" for name, path in bundled()]:
        put(line)
    return 0
