"""Whether the compiled object may be used at all; `nntui/__init__.py` sets it from the environment. Loads nothing."""


class EngineSwitch:
    """pure: NumPy does all the work, whatever is installed. No dataclass: their module takes longer than `nntui --version`."""

    __slots__ = ("pure",)

    def __init__(self) -> None:
        self.pure = False


SWITCH = EngineSwitch()
