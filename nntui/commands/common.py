"""What the commands share: the FILE argument, --set, addresses, whole numbers of options."""

import argparse
from collections.abc import Callable

from nntui.files.library import meant
from nntui.files.open import read_scenario
from nntui.text.usage_error import UsageError
from nntui.training.address import AddressError
from nntui.training.scenario import Scenario
from nntui.training.steps import Course


def add_file(parser: argparse.ArgumentParser) -> None:
    """Adds FILE|NAME and --set."""
    parser.add_argument("file", metavar="FILE|NAME", help="a scenario file, or the name of a bundled scenario")
    add_set(parser)


def add_set(parser: argparse.ArgumentParser) -> None:
    """Adds --set, which may be given several times."""
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a key for this run: training.eta=0.1, network.layer.1.units=3 (repeatable)",
    )


def load_scenario(options: argparse.Namespace) -> Scenario:
    """The scenario of FILE|NAME with the changes of --set; InputError says what is wrong with it."""
    return read_scenario(meant(options.file), options.changes)


def span(course: Course, text: str, option: str) -> tuple[int, int]:
    """First and last step of the address that was given with an option; UsageError says what is wrong with it."""
    try:
        return course.span(text)
    except AddressError as error:
        raise UsageError(f"{option}: {error}") from None


def whole_number(what: str, least: int, most: int) -> Callable[[str], int]:
    """The type of an option that takes a whole number from `least` to `most`; what: its name in the error, such as width."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text[:20]!r} is no {what}; expected {least} to {most}")
        return int(text)

    return read
