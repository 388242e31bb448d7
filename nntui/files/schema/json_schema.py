"""The JSON Schema (draft 2020-12) of a scenario file, for editors: made from the same table as the checks."""

from typing import Any

from nntui.files.schema.keys import DATA, TABLES, SchemaKey, Source, TableType

_REQUIRED: dict[Source, list[dict[str, Any]]] = {
    "x": [{"required": ["x", "y"]}],
    "file": [{"required": ["file", "target"]}, {"required": ["file", "targets"]}],
    "generate": [{"required": ["generate"]}],
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema that `nntui schema` prints. Only nntui itself checks what one key requires of another."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nntui scenario, format 1",
        "description": "A neural network, its data and its training, to be stepped through in a terminal.",
        **_table(""),
    }


def _table(name: str) -> dict[str, Any]:
    keys = TABLES[name]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: _key(key) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }
    return schema | ({"oneOf": _sources()} if name == "data" else {})


def _sources() -> list[dict[str, Any]]:
    """Exactly one data source, with only the keys of that source."""
    schemas = []
    for source, ways in _REQUIRED.items():
        own = [key.name for key in DATA if key.source in (source, None)]
        schemas.append({"propertyNames": {"enum": own}, "oneOf": ways})
    return schemas


def _key(key: SchemaKey) -> dict[str, Any]:
    default = {"default": key.default} if key.default is not None else {}
    return {"description": key.about, **_value(key), **default}


def _value(key: SchemaKey) -> dict[str, Any]:
    if not isinstance(key.kind, TableType):
        return key.kind.schema()
    if not key.kind.most:
        return _table(key.kind.name)
    return {"type": "array", "items": _table(key.kind.name), "minItems": key.kind.least, "maxItems": key.kind.most}
