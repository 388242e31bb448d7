"""`nntui new FILE`: writes a scenario file to start from."""

import argparse
from pathlib import Path
from shlex import quote

from nntui.commands.output import put
from nntui.commands.working import Working
from nntui.files.networks.weights import start_from_weights
from nntui.files.new_from_data import start_from_data
from nntui.files.templates import copy_bundled, start
from nntui.text.safe import safe
from nntui.text.usage_error import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="the file to write; one that is there already is never touched (with --data: beside the data by default)",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--from", dest="source", metavar="NAME", help="copy this bundled scenario, and its data file beside it (see `nntui list`)"
    )
    source.add_argument(
        "--data", metavar="FILE.csv", help="look at a CSV file and write a scenario for it, with the reason for each choice"
    )
    source.add_argument("--weights", metavar="W", help="begin with the weights of a .npz or .safetensors file")
    parser.add_argument(
        "--activations", metavar="A,B,…", help="with --weights: the activation of each layer (default: as the file says)"
    )
    parser.add_argument("--target", metavar="COLUMN", help="with --data: the column that is the target")


def run(options: argparse.Namespace) -> int:
    """Writes the file and says how to open it."""
    path = _path(options)
    for file in _made(path, options):
        put(f"wrote {safe(str(file))}")
    typed = str(path) if path.is_absolute() or path.suffix else f"./{path}"  # a bare word may be a command
    name = safe(quote(f"./{typed}" if typed.startswith("-") else typed))
    put(f"open it with `nntui {name}`; after a change `nntui check {name}` tells what is wrong")
    return 0


def _path(options: argparse.Namespace) -> Path:
    """The file to write."""
    if options.target is not None and options.data is None:
        raise UsageError("--target without --data; expected it with the data file that has the column")
    if options.activations is not None and options.weights is None:
        raise UsageError("--activations without --weights; expected it with a file of weights")
    if options.file is not None:
        return Path(options.file)
    if options.data is None:
        raise UsageError("names no file; expected the file to write, as in `nntui new mine.toml`")
    return Path(options.data).with_suffix(".toml")


def _made(path: Path, options: argparse.Namespace) -> list[Path]:
    if options.source is not None:
        return copy_bundled(options.source, path)
    if options.data is not None:
        with Working(f"reading {options.data}"):
            return start_from_data(path, Path(options.data), options.target)
    if options.weights is not None:
        activations = options.activations.split(",") if options.activations is not None else None
        return start_from_weights(path, Path(options.weights), activations)
    return start(path)
