"""nntui: step through how a neural network learns, number by number, in a terminal.

For notebooks and scripts:

    import nntui
    scenario = nntui.load("xor")
    timeline = nntui.Timeline(scenario)
    timeline.iteration(41).layer(1).delta, timeline.weights(42), timeline.costs(0, 100)
    timeline.until("mean C < 0.01")
    timeline.trace()  # rows for pandas.DataFrame or polars.DataFrame
    timeline.fork(41, "eta=2 w1.2.1=0.5").costs(0, 100)  # what if something were changed from iteration 41 on
"""

from importlib import import_module
from os import environ
from typing import TYPE_CHECKING, Any

from nntui.engine.compiled.switch import SWITCH
from nntui.version import __version__

__all__ = ["Iteration", "Scenario", "Timeline", "__version__", "load"]

if TYPE_CHECKING:
    from nntui.files.library import load
    from nntui.notebook.data_point import NotebookIteration as Iteration
    from nntui.notebook.run import NotebookTimeline as Timeline
    from nntui.training.scenario import Scenario

SWITCH.pure = environ.get("NNTUI_PURE", "0") not in ("", "0")

_WHERE = {
    "load": ("nntui.files.library", "load"),
    "Scenario": ("nntui.training.scenario", "Scenario"),
    "Iteration": ("nntui.notebook.data_point", "NotebookIteration"),
    "Timeline": ("nntui.notebook.run", "NotebookTimeline"),
}


def __dir__() -> list[str]:
    """The public names, those that are not loaded yet included."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """NumPy is loaded when something that needs it is first asked for, so that `nntui --version` is quick."""
    if name not in _WHERE:
        raise AttributeError(f"module 'nntui' has no attribute {name!r}")
    import_module("nntui.notebook.displays")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
