"""What the commands share: the FILE argument, addresses, printing."""

import argparse
import sys

from nntui.files.library import meant
from nntui.files.open import read_scenario
from nntui.text.usage_error import UsageError
from nntui.training.scenario import Scenario
from nntui.training.steps import AddressError, Course


def add_file(parser: argparse.ArgumentParser) -> None:
    """FILE|NAME and --set, as everywhere."""
    parser.add_argument("file", metavar="FILE|NAME", help="a scenario file, or the name of a bundled scenario")
    add_set(parser)


def add_set(parser: argparse.ArgumentParser) -> None:
    """--set, which may be there several times."""
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a key for this run: training.eta=0.1, network.layer.1.units=3 (repeatable)",
    )


def load_scenario(options: argparse.Namespace) -> Scenario:
    """The scenario that FILE|NAME means, with what --set changes; InputError says what is wrong with it."""
    return read_scenario(meant(options.file), options.changes)


def span(course: Course, text: str, option: str) -> tuple[int, int]:
    """First and last step of an address given with an option; UsageError says what is wrong with it."""
    try:
        return course.span(text)
    except AddressError as error:
        raise UsageError(f"{option}: {error}") from None


def need_letters() -> None:
    """Raises UsageError where stdout cannot write what is to come, before anything is written."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        "δ²₁ⱼ½ΣΣ∂≈−·│".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise UsageError(
            f"standard output is {encoding}, which has no delta; expected UTF-8 (try PYTHONIOENCODING=utf-8)"
        ) from None


def put(text: str) -> None:
    """One line, or lines, on stdout."""
    sys.stdout.write(text + "\n")
