"""`nntui schema`: prints the JSON Schema of the scenario file."""

import argparse
from pathlib import Path

from nntui import files
from nntui.commands.output import put

STORED = Path(files.__path__[0]) / "schema" / "scenario.json"
"""Written by tools/write_schema.py from the table of keys, which takes NumPy; a test compares the two."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    put(STORED.read_text(encoding="utf-8").rstrip("\n"))
    return 0
