"""`nntui equations`: the lecture's equations (1) to (15), and where each is seen."""

import argparse

from nntui.commands.output import need_letters, put
from nntui.commands.parsers import fitted
from nntui.explain.equations_page import equation_lines


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    """Prints each equation with what it says and a step that shows it."""
    need_letters()
    for line in equation_lines():
        put(fitted(line))
    return 0
