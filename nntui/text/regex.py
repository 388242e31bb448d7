"""Regular expressions that are compiled when they are first used, so that the import of a module with many costs nothing."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["regex"]


class _Regex:
    """Behaves as the `re.Pattern` of its source; an attribute that was asked for once is found without a detour."""

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:  # whoever checks types knows what patterns are
    from re import compile as regex
else:
    regex = _Regex
