"""The lesson on the screen: keys and clicks go to the walk, and what it stands at is painted."""

from textual import events

from nntui.draw.base.axes import IterationPlace
from nntui.draw.panels.timebar import Instant
from nntui.draw.screen import KeyHint
from nntui.explain.equations.equation import Cell
from nntui.session.position import at_stop
from nntui.session.tools.inspector import Inspector
from nntui.training.steps import Address
from nntui.tui.lesson.searching import Searching
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keys import ACTIONS
from nntui.tui.widgets.prompt import Prompt

FOLLOWING = 0.15  # seconds between two looks at a recording that is being written


class LessonScreen(Searching):
    """Shows a walk step by step. What is painted is a function of it; this room has keys, timers and the canvas."""

    def on_mount(self) -> None:
        """Goes to where the lesson begins."""
        self._become(self._opening.position)
        if self.navigator.replay is not None and self.navigator.replay.follower is not None:
            self.set_interval(FOLLOWING, self._follow)

    def on_unmount(self) -> None:
        """Leaves a recording that is followed."""
        if self.navigator.replay is not None:
            self.navigator.replay.close()

    def on_resize(self) -> None:
        """Paints for the new size."""
        self._paint_soon()

    # --- keys and clicks

    async def on_key(self, event: events.Key) -> None:
        """Keys are taken in the order in which they came: into the line while it is open, else as the table says.

        Bindings alone would run a step that was typed before g after the address that was typed behind it.
        """
        line = self.query_one(Prompt)
        if line.is_open:
            event.stop()
            line.take(event)
        elif event.key == "escape" and self.stop_searching():
            event.stop()
            self._say(f"stopped looking for {self.condition}")
        elif event.key == "escape" and self.navigator.goal is not None:
            event.stop()
            self.workers.cancel_group(self, "jump")
            self.navigator.give_up()
            self._settle()
        elif self.workspace.tool is not None and self._does(self.workspace.tool.pressed(event.key, self.navigator)):
            event.stop()
        elif event.key in ACTIONS:
            event.stop()
            await self.run_action(ACTIONS[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """A paste into the line."""
        if self.query_one(Prompt).is_open:
            self.query_one(Prompt).put(event.text)

    async def on_canvas_clicked(self, message: Canvas.Clicked) -> None:
        """A click means what the key would; an open line is closed by it, as Escape does."""
        self.query_one(Prompt).leave()
        course, tool = self.timeline.course, self.workspace.tool
        if tool is not None and self._does(tool.clicked(message.target, message.offset, self.navigator)):
            return
        match message.target:
            case Address() as address:
                self._jump(self.navigator.to(course.step(address)))
            case Cell() as cell:
                self._open(tool.at(cell) if isinstance(tool, Inspector) else Inspector(cell))
            case IterationPlace() as along:
                iteration = along.iteration(message.offset)
                if 0 <= iteration < course.iterations:
                    self._jump(self.navigator.to(course.cost(iteration)))
            case Instant() as instant if self.navigator.lesson is not None:
                lesson = self.navigator.lesson
                self._become(at_stop(self.navigator.base, lesson, lesson.stop_at(instant.seconds(message.offset))))
            case KeyHint(action=action) if action:
                await self.run_action(action)
