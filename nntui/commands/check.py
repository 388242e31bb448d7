"""`nntui check FILE...`: whether files are sound, and whether backpropagation agrees with a numerical gradient."""

import argparse

from nntui.commands.common import add_set
from nntui.commands.complain import complain
from nntui.commands.output import put
from nntui.commands.working import Working
from nntui.explain.gradient_check.report import report
from nntui.files.io.errors import InputError
from nntui.files.library import meant
from nntui.files.open import all_faults, read_scenario
from nntui.text.counted import counted
from nntui.text.safe import safe
from nntui.training.scenario import Scenario

MOST_FAULTS = 20  # of one file, unless all are asked for


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE|NAME", nargs="+", help="scenario files, or names of bundled scenarios")
    parser.add_argument(
        "--all", action="store_true", help=f"tell every fault of an unsound file, not only the first {MOST_FAULTS}"
    )
    add_set(parser)
    parser.epilog = (
        f"Exit code 0: all is well; 1: a gradient disagrees; 2: a file is unsound (its faults, up to {MOST_FAULTS}, are on "
        "stderr, a line each, and nothing on stdout). What has no derivative, such as the corner of relu, is said to be not "
        "checkable."
    )


def run(options: argparse.Namespace) -> int:
    """Prints a few lines for each file or, if any is unsound, only the faults; exit code 0, 1 or 2 as in the epilog."""
    faults: dict[str, None] = {}  # in order, each once: a fault of --set is the same for all files
    lines: list[str] = []
    code = 0
    for file in options.files:
        with Working(f"checking {file}"):
            try:
                scenario = read_scenario(meant(file), options.changes)
            except InputError as fault:
                faults |= dict.fromkeys(_faults(file, fault, options))
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


def _faults(file: str, first: InputError, options: argparse.Namespace) -> list[str]:
    """The faults of an unsound file, and how many are not told."""
    try:
        found = all_faults(meant(file), options.changes) or [first]
    except InputError:
        found = [first]
    told = found if options.all else found[:MOST_FAULTS]
    rest = len(found) - len(told)
    more = [f"{safe(str(file), 100)}: {counted(rest, 'more fault')} (--all tells them)"] if rest else []
    return [*map(str, told), *more]


def _head(file: str, scenario: Scenario) -> str:
    shape = "–".join(map(str, scenario.network.sizes))
    counts = [counted(scenario.points, "data point"), counted(scenario.epochs, "epoch")]
    if held := len(scenario.held_rows):
        counts.append(f"{counted(held, 'row')} held out")
    if scenario.left_out:
        counts.append(f"{counted(scenario.left_out, 'row')} with a missing cell left out")
    if scenario.forks:
        counts.append(counted(len(scenario.forks), "fork"))
    return f"{safe(file, 200)}: sound; {shape}, {', '.join(counts)}"
