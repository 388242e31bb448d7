"""`nntui sheets`: a sheet of their own for each student, and its solution."""

import argparse
import json
from pathlib import Path
from typing import get_args

from nntui.commands.common import add_file, load_scenario
from nntui.commands.output import put
from nntui.commands.trace import csv_style
from nntui.commands.working import Working
from nntui.explain.documents.formats import DocumentFormat
from nntui.explain.exercises.drawing import NoGoodDraw, drawn_sheet
from nntui.files.io.errors import InputError
from nntui.files.paper.handout import handout_files, write_handout
from nntui.files.paper.students import students
from nntui.text.counted import counted
from nntui.text.usage_error import UsageError
from nntui.training.scenario import Scenario, SheetRules

_HELP = """\
Every student gets weights, biases and inputs of their own, multiples of a grid
that a pencil can work with, drawn from the key and their id alone: the same
key gives the same sheets again, and a new student changes nobody else's. What
is drawn is said in [sheet] of the scenario, or in the options here.

  DIR/sheets/     to hand out: ID.tex (or .html, .md) and ID.csv, every value but the inputs left blank
  DIR/solutions/  to keep: ID.tex worked out, and ID.toml, the scenario that marks what comes back
  DIR/index.csv   who got what;  DIR/teacher.tex  what was drawn, and how long a sheet may take

`nntui check-work DIR RETURNED` marks the sheets that come back. Nothing that
is there already is overwritten.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --students, --key, --out, --format, --draw, --grid, --range, --points, --locale."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_file(parser)
    parser.add_argument(
        "--students", required=True, metavar="LIST|N", help="a CSV file with an id in its first column, or a number"
    )
    parser.add_argument("--key", required=True, metavar="TEXT", help="what the draws are made from; keep it to yourself")
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder to be made")
    parser.add_argument("--format", choices=get_args(DocumentFormat), default="latex", help="default: latex")
    parser.add_argument("--draw", metavar="WHAT", help="weights,biases,inputs, or some of them (as [sheet] has it)")
    parser.add_argument("--grid", metavar="NUMBER", help="drawn numbers are multiples of it (default 0.05)")
    parser.add_argument("--range", metavar="NUMBER", help="they lie between -NUMBER and NUMBER (default 1)")
    parser.add_argument("--points", metavar="N", help="data points that a sheet asks for (default 1)")
    parser.add_argument("--locale", metavar="LL", help="CSV for spreadsheets of a country: de gives ; and decimal commas")
    parser.epilog = _HELP


def run(options: argparse.Namespace) -> int:
    """Draws, then writes; nothing is written where one draw fails."""
    if not options.key:
        raise UsageError("--key is empty; expected a text that only you know")
    for name in ("grid", "range", "points"):
        if getattr(options, name) is not None:
            options.changes.append(f"sheet.{name}={getattr(options, name)}")
    if options.draw is not None:
        options.changes.append(f"sheet.draw={json.dumps([part.strip() for part in options.draw.split(',')])}")
    style = csv_style(options.locale)
    scenario = _scenario(options)
    rules = scenario.sheet or SheetRules()
    if rules.points > scenario.course.iterations:
        raise InputError(options.file, None, f"has {scenario.course.iterations} data points; expected {rules.points} at least")
    ids = students(options.students)
    folder = Path(options.out)
    with Working(f"making {counted(len(ids), 'sheet')} of {counted(rules.points, 'data point')}") as working:
        try:
            sheets = [drawn_sheet(scenario, rules, options.key, student) for student in ids]
        except NoGoodDraw as fault:
            raise InputError(options.file, None, f"{fault}; expected another grid or range, or more data points") from None
        write_handout(folder, handout_files(folder, scenario, rules, sheets, options.format, style, working.made))
    sheet, solution = ("sheet", "its solution") if len(sheets) == 1 else ("sheets", "their solutions")
    put(f"{options.out}: {len(sheets)} {sheet} to hand out in sheets, {solution} in solutions; index.csv says whose is whose")
    return 0


def _scenario(options: argparse.Namespace) -> Scenario:
    """The scenario with the rules of the options in it; a fault of theirs names the option that was given."""
    try:
        return load_scenario(options)
    except InputError as fault:
        if not fault.path.startswith("--set sheet."):
            raise
        option, _, value = fault.path.removeprefix("--set sheet.").partition("=")
        raise InputError(f"--{option} {value}", fault.line, fault.message) from None
