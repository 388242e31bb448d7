"""The values of a scenario in one line of a recording, before anything is made of them: their bounds, and their places."""

from typing import Any

from nntui.files.io.errors import InputError
from nntui.files.schema.value_types import found
from nntui.files.toml import patterns
from nntui.files.toml.document import Document
from nntui.files.toml.places import ValuePlace


def check_bounds(values: object, name: str, line: int) -> dict[str, Any]:
    """The same values, if they keep the bounds of a TOML file; InputError if not."""
    if not isinstance(values, dict):
        raise InputError(name, line, f"`scenario` is {_found(values)}; expected a table")
    level: list[Any] = [values]
    for _ in range(patterns.MOST_DEPTH):
        level = [value for inside in level for value in _inside(inside, name, line)]
        if not level:
            return values
    raise InputError(name, line, f"lists or tables more than {patterns.MOST_DEPTH} deep in one another; expected a scenario")


def _inside(container: Any, name: str, line: int) -> list[Any]:
    """The lists and tables directly inside one; InputError if one of its texts or keys is too long."""
    items = container.values() if isinstance(container, dict) else container
    if isinstance(container, dict):
        texts = [key for key in container if len(key) > patterns.MOST_KEY]
        if texts:
            raise InputError(name, line, f"a key of {len(texts[0])} characters; expected at most {patterns.MOST_KEY}")
    deeper = []
    for item in items:
        if type(item) is str and len(item) > patterns.MOST_TEXT:
            raise InputError(name, line, f"a text of {len(item)} characters; expected at most {patterns.MOST_TEXT}")
        if item is None:
            raise InputError(name, line, "null in the scenario; expected a value")
        if type(item) in (dict, list):
            deeper.append(item)
    return deeper


def _found(value: object) -> str:
    return "null" if value is None else found(value)


def document_in_line(values: dict[str, Any], name: str, line: int) -> Document:
    """A document of values that do not come from TOML, all in the same line of the file `name`."""
    return Document(name, values, "", ValuePlace(0, {key: ValuePlace(0) for key in values}), [0] * line)
