"""`nntui schema`: prints the JSON Schema of the scenario file."""

import argparse
import json

from nntui.commands.output import put
from nntui.files.schema.json_schema import json_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    put(json.dumps(json_schema(), indent=2))
    return 0
