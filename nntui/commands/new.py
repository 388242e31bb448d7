"""`nntui new FILE`: writes a scenario file to start from."""

import argparse
from pathlib import Path
from shlex import quote

from nntui.commands.output import put
from nntui.files.templates import copy_bundled, start
from nntui.text.safe import safe


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file to write; one that is there already is never touched")
    parser.add_argument(
        "--from", dest="source", metavar="NAME", help="copy this bundled scenario, and its data file beside it (see `nntui list`)"
    )


def run(options: argparse.Namespace) -> int:
    """Writes the file and says how to open it."""
    path = Path(options.file)
    made = start(path) if options.source is None else copy_bundled(options.source, path)
    for file in made:
        put(f"wrote {safe(str(file))}")
    typed = str(path) if path.is_absolute() or path.suffix else f"./{path}"  # a bare word may be a command
    name = safe(quote(f"./{typed}" if typed.startswith("-") else typed))
    put(f"open it with `nntui {name}`; after a change `nntui check {name}` tells what is wrong")
    return 0
