"""A lesson without its window: the navigator, the workspace, and the picture that is a function of both."""

from nntui.draw.base.plain_text import plain
from nntui.explain.equations.cursor import lit_cell
from nntui.session.navigator import Navigator
from nntui.session.opening import of_scenario
from nntui.session.runs import RunRegistry
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.workspace import Workspace
from tests.tui.driven_app import a_session


class WindowlessLesson:
    """A run at one of its steps; what the app does between a key and the canvas, in the same order."""

    def __init__(self, scenario, step=0, display=None):
        opening = of_scenario(scenario, step)
        self.navigator = Navigator(RunRegistry.of(opening.timeline), opening.position, a_session().recorders)
        self.workspace = Workspace(self.navigator.timeline, display)
        self.go_to(step)

    def go_to(self, step):
        """Moves to a step that is near, as a key does."""
        assert self.navigator.aim(self.navigator.to(step))

    def frame(self, ahead=0):
        """The frame of the step, or of one after it."""
        return self.navigator.timeline.frame(self.navigator.position.step + ahead)

    @property
    def cell(self):
        """The inspected number."""
        return self.workspace.inspector.cell

    def inspect(self, cell=None):
        """Opens the inspector on a number; without one on the number that the step makes."""
        self.workspace.inspector = Inspector(cell or lit_cell(self.frame()))

    def press(self, key):
        """Gives a key to the tool that is open."""
        outcome = self.workspace.tool.pressed(key, self.navigator)
        self.workspace.tool = outcome.tool
        if outcome.to is not None:
            assert self.navigator.aim(outcome.to)

    def text(self, cells=120, height=40):
        """The picture as plain text, its footer empty."""
        return plain(self.workspace.picture(self.navigator, cells, height, [], ""))
