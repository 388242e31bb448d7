"""`nntui export FILE`: the network with the weights of one place of its run, for other programs."""

import argparse
from pathlib import Path

from nntui.commands.common import add_file, load_scenario, span
from nntui.commands.output import put
from nntui.commands.working import Working
from nntui.files.networks.formats import CARDS, NETWORK_FORMATS, network_bytes, write_network
from nntui.files.networks.state import state_before
from nntui.text.safe import safe
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--at", metavar="ADDRESS", help="the weights before this data point (default, and `end`: after the last)")
    parser.add_argument("--format", choices=NETWORK_FORMATS, required=True, help="see below")
    parser.add_argument("--out", metavar="FILE", help="the file to write; one that is there already is never touched")
    parser.epilog = "formats:\n" + "\n".join(f"  {name:<12} {card.about}" for name, card in CARDS.items())


def run(options: argparse.Namespace) -> int:
    """Writes the file, or a format that is text to stdout."""
    if CARDS[options.format].binary and options.out is None:
        raise UsageError(f"--format {options.format} is binary; expected --out FILE")
    timeline = Timeline(load_scenario(options))
    if options.at is None or options.at.strip() == "end":
        iteration = len(timeline)
    else:
        iteration = span(timeline.course, options.at, "--at")[0] // timeline.course.length
    with Working(f"computing up to {options.at or 'the end'}") as working:
        for computed in timeline.reach(iteration):
            working.done = computed / max(iteration, 1)
        state = state_before(timeline, iteration)
    if options.out is None:
        put(network_bytes(state, options.format).decode().removesuffix("\n"))
        return 0
    for path in write_network(Path(options.out), state, options.format):
        put(f"wrote {safe(str(path))}")
    return 0
