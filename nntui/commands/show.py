"""`nntui show`: prints panels and equation of one step as plain text."""

import argparse

from nntui.commands.common import add_file, load_scenario, span
from nntui.commands.output import need_letters, put
from nntui.commands.working import Working
from nntui.draw.base.spans import plain_with_marks
from nntui.draw.base.view import View
from nntui.draw.screen import page
from nntui.explain.plain_words import plain_lines
from nntui.training.timeline import Timeline


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument("--at", metavar="ADDRESS", default="start", help="the step to show (default: start)")
    parser.add_argument(
        "--format",
        choices=("text", "plain"),
        default="text",
        help="text: panels (default); plain: sentences and lists, for a screen reader",
    )
    parser.add_argument("--width", type=_width, default=80, metavar="N", help="(text) columns, 60 to 500 (default: 80)")


def run(options: argparse.Namespace) -> int:
    """Prints the page of the step."""
    need_letters()
    with Working(f"reading {options.file}"):
        timeline = Timeline(load_scenario(options))
    step = span(timeline.course, options.at, "--at")[0]
    iteration = step // timeline.course.length
    with Working(f"computing up to {options.at}") as working:
        for left in timeline.approach(iteration):
            working.done = 1.0 - left / max(iteration, 1)
        frame = timeline.frame(step)
        view = View(frame, diverged=timeline.diverged)
    put("\n".join(plain_lines(frame)) if options.format == "plain" else plain_with_marks(page(view, options.width)))
    return 0


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 60 <= int(text[:9]) <= 500):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no width, expected 60 to 500")
    return int(text)
