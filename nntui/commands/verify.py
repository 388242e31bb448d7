"""`nntui verify`: whether recomputing a recording gives the recorded weights."""

import argparse

from nntui.commands.output import put
from nntui.files.recording.format import Damage
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.text.safe import safe


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="RECORDING", help="a recording, made with `nntui --record`")


def run(options: argparse.Namespace) -> int:
    """Prints the result; exit code 1 if a line is damaged or a number differs."""
    try:
        lines, code = report(read_recording(options.file))
    except Damage as fault:
        lines, code = [f"{fault}; nothing stands before it"], 1
    for line in lines:
        put(safe(line))
    return code
