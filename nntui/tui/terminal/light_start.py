"""Of what Textual loads, two parts are left until somebody asks for them: they cost a twentieth of a start, and no picture.

asyncio takes TLS in where there is a module `ssl`, and does without where Python was built without it; no terminal app needs
it. `textual.types` lists types for programmers, of six widgets more than an app has; Textual itself takes one of the others.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_TYPES, _OWN_TYPES = "textual.types", "textual._types"


def load_lightly() -> None:
    """Comes before Textual; where asyncio or Textual is loaded already, its part stays as it is."""
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]  # to import it is an ImportError then, as the reference says
        try:
            import_module("asyncio")
        finally:
            del sys.modules["ssl"]
    if "textual" not in sys.modules:
        sys.modules[_TYPES] = _TypesOnDemand(_TYPES)


class _TypesOnDemand(ModuleType):
    """Stands in for `textual.types` until a name is asked for that Textual's own list of types has not."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        own = vars(import_module(_OWN_TYPES))
        return own[name] if name in own else getattr(self._whole(), name)

    def _whole(self) -> ModuleType:
        if sys.modules.get(_TYPES) is self:
            del sys.modules[_TYPES]
        return import_module(_TYPES)
