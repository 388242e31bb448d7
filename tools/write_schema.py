"""Writes the JSON Schema that `nntui schema` prints, from the table of keys; run it after a change of the keys."""

import json
from pathlib import Path

from nntui.files.schema.json_schema import json_schema

path = Path(__file__).parents[1] / "nntui" / "files" / "schema" / "scenario.json"
path.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
print(path)
