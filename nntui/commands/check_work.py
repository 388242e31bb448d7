"""`nntui check-work SCENARIO ANSWERS`: a student's numbers, followed from the first to the last."""

import argparse

from nntui.commands.common import add_set, load_scenario, need_letters
from nntui.commands.output import put
from nntui.explain.marking.report import work_lines
from nntui.explain.marking.sheet import NotTheInput, TooMuch, follow_work
from nntui.files.io.errors import InputError
from nntui.files.paper.answers import read_answers
from nntui.text.safe import safe
from nntui.training.timeline import Timeline

_HELP = """\
Every number is judged against what follows from the student's own numbers before it, so that a slip counts once, and
with what their rounding may do; write as many digits as you like. A line for each wrong number names the slip that it
probably comes from; the last line counts.

ANSWERS is a CSV file in the form of a trace (`nntui trace SCENARIO --format csv --blank > sheet.csv` prints one to fill
in): the columns epoch, point, kind, layer, neuron, from and value by name, lines in any order. Lines may be missing and
values empty. Or a TOML file, its name ending in .toml:

  [[answer]]
  at = "1:1:delta:1:2"          # EPOCH:POINT:KIND[:LAYER[:NEURON]]
  value = "0.0100"              # a number, or a text to keep its zeros

  [[answer]]
  at = "1:1:update:1:2"         # a gradient or an update is a row
  weights = [0.2497, ""]        # "" is not answered
  bias = 0.345

Exit code 0: no number is wrong; 1: one is; 2: a file is unsound.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="SCENARIO", help="a scenario file, or the name of a bundled scenario")
    parser.add_argument("answers", metavar="ANSWERS", help="the student's numbers: a CSV or a TOML file")
    add_set(parser)
    parser.epilog = _HELP


def run(options: argparse.Namespace) -> int:
    """Prints a line for each wrong number and a summary; 1 where one is wrong."""
    need_letters()
    scenario = load_scenario(options)
    answers = read_answers(options.answers, scenario)
    timeline = Timeline(scenario)
    try:
        work = follow_work(timeline, answers)
    except NotTheInput as fault:
        raise InputError(options.answers, fault.line, str(fault)) from None
    except TooMuch as fault:
        raise InputError(options.answers, None, str(fault)) from None
    for line in work_lines(work, timeline.course, safe(options.answers, 200)):
        put(line)
    return int(work.wrong > 0)
