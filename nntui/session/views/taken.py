"""What is looked at now, as a recording keeps it."""

from typing import TYPE_CHECKING

from nntui.lesson.display_state import DisplayState, PlotState
from nntui.session.navigator import Navigator
from nntui.session.tools.workspace import Workspace
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.session.tools.plotter import Plotter


def display_state(workspace: Workspace) -> DisplayState:
    """The display state of a workspace."""
    display = workspace.display
    return DisplayState(
        display.chosen.digits,
        display.exact,
        display.notation.name,
        display.graph,
        display.since,
        workspace.about.is_shown,
        workspace.watched.rows,
        workspace.tool.state if workspace.tool is not None else None,
        plot_state(workspace.plotter) if workspace.plotter is not None else None,
        workspace.page,
        workspace.path.shown,
    )


def plot_state(plotter: "Plotter") -> PlotState:
    """The plot; what it shows of the run does not depend on how wide it is."""
    plot = plotter.plot_view
    part = None
    if plot.zoom is not None:
        shown = plot.zoom.window(plotter.kept.columns)
        part = shown.first, shown.size
    row = plot.places.row if plot.places.unit == "turn" else 0
    return PlotState(plot.at, plot.chosen, plot.places.unit, row, part, plot.log, plot.followed)


def compared_run(workspace: Workspace, navigator: Navigator) -> Timeline | None:
    """The run that the list of forks compares with the present one."""
    tool = workspace.tool
    if tool is None:
        return None
    from nntui.session.tools.forks import Forks

    if not isinstance(tool, Forks) or not navigator.runs.has(tool.chosen):
        return None
    return navigator.runs.timeline(tool.chosen)
