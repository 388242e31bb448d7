"""`nntui run`: prints the first step where a condition holds."""

import argparse
import time

from nntui.commands.common import add_file, load_scenario
from nntui.commands.complain import complain
from nntui.commands.output import need_letters, put
from nntui.explain.notation.numerals import full
from nntui.explain.sentences.conditions import GRAMMAR, held
from nntui.session.recordings.recorders import Recorders
from nntui.text.usage_error import UsageError
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.training.until.condition import Condition
from nntui.training.until.parser import read_condition
from nntui.training.until.search import Search
from nntui.training.until.typed_condition import ConditionError

_HELP = f"""\
Prints the address of the first step where the condition holds, and what holds
there, the number with all its digits:

  $ nntui run xor --until 'mean C < 0.01'
  883:4:cost: mean C = 0.009981864408012173

{GRAMMAR}
Exit code 0: it holds there; 1: the run ended first; 2: a file or the condition is unsound.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _HELP
    add_file(parser)
    parser.add_argument("--until", metavar="CONDITION", required=True, help="run to the first step where this holds")
    parser.add_argument(
        "--record", metavar="FILE", help="keep the start and the step reached as a recording; an existing one is continued"
    )


def run(options: argparse.Namespace) -> int:
    """Prints the step and what holds there; exit code 1 if the run ends before."""
    need_letters()
    scenario = load_scenario(options)
    condition = _condition(options.until, scenario)
    timeline = Timeline(scenario)
    recorders = Recorders(time.monotonic)
    if options.record is not None:
        _begin(recorders, options.record, scenario)
    try:
        recorders.enter(timeline, 0, "neuron")
        search = Search(timeline, condition, -1)
        for _ in search:
            pass
        step = search.found.step if search.found is not None else timeline.course.last
        frame = timeline.frame(step)
        if step > 0:
            recorders.stop(step, "neuron")
    finally:
        lost = recorders.close()
    if lost:
        raise UsageError(lost[0])
    if search.found is None:
        put(f"{frame.address}: the run ended first; never was: {condition}")
        return 1
    put(f"{frame.address}: {held(condition, search.found, frame, full, span=search.span)}")
    return 0


def _begin(recorders: Recorders, path: str, scenario: Scenario) -> None:
    """Begins the recording; UsageError if it cannot be written."""
    recorders.begin(path, scenario)
    if news := recorders.news():
        if recorders.mark == "lost":
            raise UsageError(news)
        complain(news)


def _condition(text: str, scenario: Scenario) -> Condition:
    try:
        return read_condition(text, scenario)
    except ConditionError as error:
        raise UsageError(f"--until: {error}") from None
