"""`nntui trace`: prints the numbers of a range of steps."""

import argparse

from nntui.commands.common import add_file, load_scenario, need_letters, span
from nntui.commands.output import put
from nntui.explain.trace import FORMATS, trace
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument("--from", dest="first", metavar="ADDRESS", help="first step (default: start)")
    parser.add_argument("--to", dest="last", metavar="ADDRESS", help="last step, included (default: the end of that data point)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--blank", action="store_true", help="(csv) leave out every value but the inputs: a sheet for `nntui check-work`"
    )


def run(options: argparse.Namespace) -> int:
    """Prints one line or several for each step."""
    if options.blank and options.format != "csv":
        raise UsageError(f"--blank with --format {options.format}; expected --format csv")
    if options.format in ("text", "markdown"):
        need_letters()
    timeline = Timeline(load_scenario(options))
    course = timeline.course
    first = span(course, options.first, "--from")[0] if options.first is not None else 0
    if options.last is not None:
        last = span(course, options.last, "--to")[1]
    else:
        last = (course.iteration(first) + 1) * course.length - 1
    if first > last:
        raise UsageError(f"--from {course.address(first)} comes after --to {course.address(last)}; expected it before")
    for line in trace(timeline, first, last, options.format, options.blank):
        put(line)
    return 0
