"""How a notebook shows a value of a floor that cannot draw: the room of notebooks registers how, and else nothing does."""

from collections.abc import Callable
from typing import Any, TypeVar

Shown = TypeVar("Shown")

_WRITERS: dict[type, Callable[[Any], str]] = {}


def show_as_html(kind: type[Shown], writer: Callable[[Shown], str]) -> None:
    """Values of this class are shown by `writer` from now on."""
    _WRITERS[kind] = writer


def html_of(value: object) -> str | None:
    """The value as HTML; None where nothing is registered for its class, and a notebook shows its repr."""
    writer = _WRITERS.get(type(value))
    return writer(value) if writer is not None else None
