"""`nntui show`: prints panels and equation of one step as plain text, in sentences, or as a picture."""

import argparse
from typing import Literal, assert_never, get_args

from nntui.commands.common import add_file, load_scenario, span, whole_number
from nntui.commands.output import need_letters, put
from nntui.commands.working import Working
from nntui.draw.base.plain_text import plain_with_marks
from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.colours.svg import svg_of
from nntui.draw.screen import page, screen
from nntui.explain.plain_words import plain_lines
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline

_THEMES = ("dark", "light", "contrast")
ShowFormat = Literal["text", "plain", "svg"]


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument("--at", metavar="ADDRESS", default="start", help="the step to show (default: start)")
    parser.add_argument(
        "--format",
        choices=get_args(ShowFormat),
        default="text",
        help="text: panels (default); plain: sentences and lists, for a screen reader; svg: a picture, for slides",
    )
    width, height = whole_number("width", 60, 500), whole_number("height", 20, 200)
    parser.add_argument("--width", type=width, default=80, metavar="N", help="(text, svg) columns, 60 to 500 (default: 80)")
    parser.add_argument("--height", type=height, metavar="N", help="(text, svg) the whole screen in N lines, 20 to 200")
    parser.add_argument("--graph", action="store_true", help="(with --height) the network as a graph")
    parser.add_argument("--theme", choices=_THEMES, help="(svg) dark (default), light or contrast")


def run(options: argparse.Namespace) -> int:
    """Prints the page of the step."""
    _check(options)
    need_letters()
    with Working(f"reading {options.file}"):
        timeline = Timeline(load_scenario(options))
    step = span(timeline.course, options.at, "--at")[0]
    iteration = step // timeline.course.length
    with Working(f"computing up to {options.at}") as working:
        for left in timeline.approach(iteration):
            working.done = 1.0 - left / max(iteration, 1)
        frame = timeline.frame(step)
        view = View(
            frame,
            diverged=timeline.diverged,
            costs=timeline.costs_seen,
            means=timeline.epoch_means,
            farthest=frame.number,
            computed=timeline.computed,
            graph=options.graph,
            colours=options.format == "svg",
        )
    put(_printed(options, view))
    return 0


def _check(options: argparse.Namespace) -> None:
    """UsageError for an option that the format has no use for."""
    for given, option, needs in (
        (options.theme and options.format != "svg", "--theme", "--format svg"),
        (options.height and options.format == "plain", "--height", "--format text or svg"),
        (options.graph and options.height is None, "--graph", "--height N"),
    ):
        if given:
            raise UsageError(f"{option} without {needs}; expected both or neither")


def _printed(options: argparse.Namespace, view: View) -> str:
    """The step in the format that was asked for."""
    form: ShowFormat = options.format
    match form:
        case "text":
            return plain_with_marks(_block(options, view))
        case "plain":
            return "\n".join(plain_lines(view.frame))
        case "svg":
            title = f"{view.frame.scenario.title}, {view.frame.address}"
            return svg_of(_block(options, view), options.theme or "dark", title).rstrip("\n")
        case _:
            assert_never(form)


def _block(options: argparse.Namespace, view: View) -> Block:
    """The panels and the equation, or the whole screen."""
    height = options.height
    return page(view, options.width) if height is None else screen(view, options.width, height, ())[:-1]
