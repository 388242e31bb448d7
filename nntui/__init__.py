"""nntui: step through how a neural network learns, number by number, in a terminal.

For notebooks and scripts:

    import nntui
    scenario = nntui.load("xor")
    timeline = nntui.Timeline(scenario)
    timeline.iteration(41).cost, timeline.weights(42), timeline.costs(0, 100)
    timeline.fork(41, "eta=2 w1.2.1=0.5").costs(0, 100)  # what if something were changed from iteration 41 on
"""

from importlib import import_module
from os import environ
from typing import TYPE_CHECKING, Any

from nntui.engine.compiled.switch import SWITCH
from nntui.version import __version__

__all__ = ["Scenario", "Timeline", "__version__", "load"]

if TYPE_CHECKING:
    from nntui.files.library import load
    from nntui.training.scenario import Scenario
    from nntui.training.timeline import Timeline

SWITCH.pure = environ.get("NNTUI_PURE", "0") not in ("", "0")

_WHERE = {"load": "nntui.files.library", "Scenario": "nntui.training.scenario", "Timeline": "nntui.training.timeline"}


def __getattr__(name: str) -> Any:
    """NumPy is loaded when something that needs it is first asked for, so that `nntui --version` is quick."""
    if name not in _WHERE:
        raise AttributeError(f"module 'nntui' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
