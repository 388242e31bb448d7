"""`nntui export FILE`: the network at one place of its run for other programs, or a recorded lesson for a player."""

import argparse
import math
import re
from pathlib import Path

from nntui.commands import lesson_formats
from nntui.commands.common import add_file, load_scenario, span
from nntui.commands.complain import complain
from nntui.commands.output import put
from nntui.commands.working import Working
from nntui.files.io.errors import InputError
from nntui.files.io.write import check_new, write_new
from nntui.files.library import meant
from nntui.files.networks.formats import CARDS, NETWORK_FORMATS, network_bytes, write_network
from nntui.files.networks.state import state_before
from nntui.files.recording.header import is_recording
from nntui.files.recording.reader import read_recording
from nntui.text.safe import safe
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline

SIZE = (80, 24)
LEAST_SIZE, MOST_SIZE = (60, 20), (200, 60)
LEAST_PACE, MOST_PACE = 0.01, 3600.0  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--at", metavar="ADDRESS", help="the weights before this data point (default, and `end`: after the last)")
    formats = (*NETWORK_FORMATS, *lesson_formats.LESSON_FORMATS)
    parser.add_argument("--format", choices=formats, required=True, help="see below")
    parser.add_argument("--out", metavar="FILE", help="the file to write; one that is there already is never touched")
    parser.add_argument("--size", type=_size, metavar="COLUMNSxLINES", help="(cast, html) the screen, 60x20 to 200x60 (80x24)")
    parser.add_argument("--pace", type=_pace, metavar="SECONDS", help="(cast) each stop takes so long (default: as recorded)")
    about: list[tuple[str, str]] = [(name, card.about) for name, card in CARDS.items()]
    about += [(name, card.about) for name, card in lesson_formats.CARDS.items()]
    parser.epilog = "formats (cast and html are of a recording):\n" + "\n".join(f"  {name:<12} {words}" for name, words in about)


def run(options: argparse.Namespace) -> int:
    """Writes the file, or a format that is text to stdout."""
    if options.format in lesson_formats.CARDS:
        return _export_lesson(options)
    for given, option in ((options.size, "--size"), (options.pace, "--pace")):
        if given is not None:
            raise UsageError(f"{option} is of a lesson's formats; expected none with --format {options.format}")
    return _export_network(options)


def _export_network(options: argparse.Namespace) -> int:
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


def _export_lesson(options: argparse.Namespace) -> int:
    """A recording as it is seen; what is odd about it is said on standard error."""
    form = options.format
    if options.at is not None or options.changes:
        raise UsageError(f"{'--at' if options.at is not None else '--set'} is of a network's formats; expected none with {form}")
    if options.pace is not None and not lesson_formats.CARDS[form].paced:
        raise UsageError(f"--pace is of --format cast; expected none with {form}, in which a reader steps")
    path = meant(options.file)
    if not is_recording(path):
        load_scenario(options)  # a fault of the file itself comes first
        raise InputError(
            str(options.file), None, f"is a scenario; --format {form} expected a recording (nntui FILE --record LESSON)"
        )
    out = Path(options.out) if options.out is not None else None
    if out is not None:
        check_new(out)
    recording = read_recording(path)
    with Working(f"drawing {path}") as working:
        text, said = lesson_formats.lesson_text(recording, form, options.size or SIZE, options.pace, working.made)
    for words in (*recording.faults, *said):
        complain(words)
    if out is None:
        put(text)
        return 0
    write_new({out: f"{text}\n".encode()})
    put(f"wrote {safe(str(out))}")
    return 0


def _size(text: str) -> tuple[int, int]:
    if match := re.fullmatch(r"(\d{1,4})x(\d{1,4})", text, re.ASCII):
        columns, lines = int(match[1]), int(match[2])
        if LEAST_SIZE[0] <= columns <= MOST_SIZE[0] and LEAST_SIZE[1] <= lines <= MOST_SIZE[1]:
            return columns, lines
    raise argparse.ArgumentTypeError(f"{text[:20]!r} is no size; expected 60x20 to 200x60")


def _pace(text: str) -> float:
    try:
        pace = float(text) if text.isascii() else math.nan
    except ValueError:
        pace = math.nan
    if not LEAST_PACE <= pace <= MOST_PACE:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no pace; expected {LEAST_PACE:g} to {MOST_PACE:g} seconds")
    return pace
