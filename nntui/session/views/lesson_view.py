"""What the writer of a replayed lesson looked at, shown while the viewer goes along with them; and what is recorded of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nntui.session.navigator import Navigator
from nntui.session.position import is_away
from nntui.session.tools.workspace import Workspace

if TYPE_CHECKING:
    from nntui.lesson.display_state import DisplayState


class LessonView:
    """Shows recorded display states in a workspace, and hands those of the workspace to the recordings."""

    def __init__(self, navigator: Navigator, workspace: Workspace, width: Callable[[], int], say: Callable[[str], None]) -> None:
        """width: the columns of the window. say: takes what a tool has to say at the foot."""
        self._navigator, self._workspace, self._width, self._say = navigator, workspace, width, say

    def restore(self, state: "DisplayState") -> None:
        """Shows what was looked at when a session ended."""
        from nntui.session.views.restored import Restorer

        Restorer(self._navigator, self._workspace, self._say).show(state, self._width())

    def follow(self) -> None:
        """Shows what was looked at where the viewer is in a lesson, unless they have opened something of their own."""
        replay, position = self._navigator.replay, self._navigator.position
        if replay is None or position.grain != "stop" or is_away(position, replay.lesson):
            return
        from nntui.session.views.taken import display_state

        state = replay.lesson.looks.at(position.stop)
        if state is not None and (not self._workspace.is_own or display_state(self._workspace) == state):
            self.restore(state)
            self._workspace.lead()

    def rejoin(self) -> None:
        """At the next move along the lesson its display state is shown in place of what the viewer has opened."""
        self._workspace.led = None

    def record(self) -> None:
        """Hands what is looked at to the recordings, where it is something else; called before each paint."""
        recorders = self._navigator.recorders
        if recorders.keeps:
            from nntui.session.views.taken import compared_run, display_state

            recorders.look(display_state(self._workspace), compared_run(self._workspace, self._navigator))
