"""Whether the compiled object may be used at all; `nntui/__init__.py` sets it from the environment. Loads nothing."""

from dataclasses import dataclass


@dataclass(slots=True)
class EngineSwitch:
    """pure: NumPy does all the work, whatever is installed."""

    pure: bool = False


SWITCH = EngineSwitch()
