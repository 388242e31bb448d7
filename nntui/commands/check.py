"""`nntui check FILE...`: whether files are sound, and whether backpropagation agrees with a numerical gradient."""

import argparse

from nntui.commands.common import add_set
from nntui.commands.complain import complain
from nntui.commands.output import put
from nntui.explain.gradient_check.report import report
from nntui.files.io.errors import InputError
from nntui.files.library import meant
from nntui.files.open import all_faults, read_scenario
from nntui.text.safe import safe
from nntui.training.scenario import Scenario


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE|NAME", nargs="+", help="scenario files, or names of bundled scenarios")
    parser.add_argument("--all", action="store_true", help="tell every fault of an unsound file, a line each")
    add_set(parser)
    parser.epilog = (
        "Exit code 0: all is well; 1: a gradient disagrees; 2: a file is unsound (its first fault is on stderr, and "
        "nothing on stdout). What has no derivative, such as the corner of relu, is said to be not checkable."
    )


def run(options: argparse.Namespace) -> int:
    """Prints a few lines for each file or, if any is unsound, only the faults; exit code 0, 1 or 2 as in the epilog."""
    faults: dict[str, None] = {}  # in order, each once: a fault of --set is the same for all files
    lines: list[str] = []
    code = 0
    for file in options.files:
        try:
            scenario = read_scenario(meant(file), options.changes)
        except InputError as fault:
            faults |= dict.fromkeys(map(str, _faults(file, fault, options)))
            continue
        if not faults:
            found = report(scenario)
            lines += [_head(file, scenario), *found.lines]
            code = max(code, int(found.disagrees))
    for line in faults:
        complain(line)
    if faults:
        return 2
    for line in lines:
        put(line)
    return code


def _faults(file: str, first: InputError, options: argparse.Namespace) -> list[InputError]:
    if not options.all:
        return [first]
    try:
        return all_faults(meant(file), options.changes) or [first]
    except InputError:
        return [first]


def _head(file: str, scenario: Scenario) -> str:
    shape = "–".join(map(str, scenario.network.sizes))
    counts = [f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in ((scenario.points, "data point"), (scenario.epochs, "epoch"))]
    return f"{safe(file, 200)}: sound; {shape}, {', '.join(counts)}"
