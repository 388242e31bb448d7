"""The lesson: one scenario, one place in it, and the keys that move it."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer

from nntui.draw.costs import Along
from nntui.draw.screen import KeyHint, screen
from nntui.draw.spans import Block
from nntui.draw.view import View
from nntui.files.faults import InputError
from nntui.training.scenario import Scenario
from nntui.training.steps import GRAINS, Address, AddressError, Grain, Moment
from nntui.training.timeline import Timeline
from nntui.training.tour import neighbour, tour
from nntui.tui.canvas import Canvas
from nntui.tui.goto import GoTo
from nntui.tui.hints import hints
from nntui.tui.jump import is_far, jump
from nntui.tui.keys import ACTIONS, bindings
from nntui.tui.stand import Stand, back, forward, moved, other_point, other_speed
from nntui.tui.wire import NarrowCompositor

PROGRESS = 0.2  # seconds between two paints of a far jump
LARGEST = (500, 200)  # a window may claim any size; a picture is never larger


class Lesson(Screen[None]):
    """Shows a scenario step by step. Its state is one Stand; everything painted is a function of it."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("lesson"))
    AUTO_FOCUS = ""
    DEFAULT_CSS = "Lesson { layers: base bar; }"

    def __init__(self, scenario: Scenario, step: int = 0, reload: Callable[[], Scenario] | None = None) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.timeline = Timeline(scenario)
        self.stand = Stand()
        self._tour = tour(scenario)
        self._reload = reload
        self._message = ""
        self._goal: Stand | None = None  # where a far jump is going
        self._first_step = step
        self._timer: Timer | None = None
        self._waiting = False
        self._progress = ""

    def compose(self) -> ComposeResult:
        """The canvas, and the line in which an address is typed."""
        yield Canvas()
        yield GoTo()

    def on_mount(self) -> None:
        """Goes to where the lesson begins."""
        self._go(self._first_step)

    def on_resize(self) -> None:
        """Paints for the new size."""
        self._paint_soon()

    # --- moving

    def _become(self, stand: Stand) -> None:
        """Takes a new stand and paints it; a far one is computed first, in slices."""
        if is_far(self.timeline, self.timeline.course.iteration(stand.step)):
            self._goal = stand
            self._compute()
            return
        self._stop_jump()
        self._settle(stand)

    def _settle(self, stand: Stand) -> None:
        self._stand_at(stand)
        self._progress, self._message = "", ""
        self._keep_time()
        self._paint_soon()

    def _stand_at(self, stand: Stand) -> None:
        """Where one stands is computed at once, so that what the plot knows does not hang on which stands were painted."""
        self.timeline.iteration(self.timeline.course.iteration(stand.step))
        self.stand = stand

    def _go(self, step: int) -> None:
        self._become(moved(self._paused(), self.timeline.course, step))

    def _paused(self) -> Stand:
        """What a key moves from: where one stands or, while that is still computed, where one is going."""
        return replace(self._goal or self.stand, playing=False)

    def _stop_jump(self) -> None:
        self._goal = None
        self.workers.cancel_group(self, "jump")

    @work(group="jump", exclusive=True)
    async def _compute(self) -> None:
        """Computes up to the goal and goes there; another key or Escape stops it and keeps what is computed."""
        assert self._goal is not None
        goal = self.timeline.course.iteration(self._goal.step)
        whole = max(self.timeline.distance(goal), 1)

        def tell(left: int) -> None:
            self._progress = f"computing {whole - left:,} of {whole:,} data points  {1 - left / whole:.0%}  Esc stops"

        painter = self.set_interval(PROGRESS, self._paint_soon)
        try:
            await jump(self.timeline, goal, tell)
        finally:
            painter.stop()
        arrived, self._goal = self._goal, None
        self._settle(arrived)

    def _keep_time(self) -> None:
        """Runs the timer of play, or stops it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.stand.playing:
            self._timer = self.set_interval(1 / self.stand.speed, self._tick)

    def _tick(self) -> None:
        if self._goal is None:
            stand = forward(self.stand, self.timeline.course)
            if is_far(self.timeline, self.timeline.course.iteration(stand.step)):
                self._become(stand)
                return
            ended = self.stand.playing and not stand.playing
            self._stand_at(stand)
            if ended:
                self._keep_time()
            self._paint_soon()

    # --- actions, by the names of the table of keys

    def action_forward(self) -> None:
        """→."""
        self._become(forward(self._paused(), self.timeline.course))

    def action_back(self) -> None:
        """←."""
        self._become(back(self._paused(), self.timeline.course))

    def action_grain(self, grain: Grain) -> None:
        """1 … 5."""
        self._adjust(lambda stand: replace(stand, grain=grain))

    def action_point(self, points: int) -> None:
        """PgUp, PgDn."""
        self._become(other_point(self._paused(), self.timeline.course, points))

    def action_home(self) -> None:
        """Home."""
        self._go(0)

    def action_end(self) -> None:
        """End."""
        self._go(self.timeline.course.last)

    def action_play(self) -> None:
        """Space."""
        last = self.timeline.course.last
        self._adjust(lambda stand: replace(stand, playing=not stand.playing and stand.step < last))

    def action_faster(self) -> None:
        """+."""
        self._adjust(lambda stand: other_speed(stand, 1))

    def action_slower(self) -> None:
        """-."""
        self._adjust(lambda stand: other_speed(stand, -1))

    def _adjust(self, change: Callable[[Stand], Stand]) -> None:
        """Changes how one moves, also for the place one is going to."""
        if self._goal is not None:
            self._goal = change(self._goal)
            self.stand = replace(change(self.stand), playing=False)
            self._paint_soon()
        else:
            self._settle(change(self.stand))

    def action_note(self, change: int) -> None:
        """n, N."""
        step = neighbour(self._tour, self._paused().step, change)
        if step is not None:
            self._go(step)
        else:
            self._say(
                "this scenario has no notes" if not self._tour else f"no note {'after' if change > 0 else 'before'} this step"
            )

    def action_reload(self) -> None:
        """r: the file as it is now, at the same address where that still exists."""
        if self._reload is None:
            return
        try:
            scenario = self._reload()
        except InputError as fault:
            self._say(str(fault))
            return
        self._stop_jump()
        address = str(self.timeline.course.address(self.stand.step))
        self.timeline, self._tour = Timeline(scenario), tour(scenario)
        self.stand = Stand(grain=self.stand.grain, speed=self.stand.speed)
        try:
            step, said = self.timeline.course.parse(address), f"read again, at {address}"
        except AddressError:
            step, said = 0, f"read again; {address} is no more, so this is the start"
        self._go(step)
        self._say(said)

    def _say(self, message: str) -> None:
        """Words in the place of the footer, until the next step."""
        self._message = message
        self._paint_soon()

    def action_go_to(self) -> None:
        """Opens the line in which an address is typed."""
        self.query_one(GoTo).open()

    async def on_key(self, event: events.Key) -> None:
        """Keys are taken in the order in which they came: into the line while it is open, else as the table says.

        Bindings alone would run a step that was typed before g after the address that was typed behind it.
        """
        line = self.query_one(GoTo)
        if line.is_open:
            event.stop()
            typed = line.take(event)
            if typed is not None:
                self._typed(typed)
        elif event.key in ACTIONS:
            event.stop()
            await self.run_action(ACTIONS[event.key])
        elif event.key == "escape" and self._goal is not None:
            self._stop_jump()
            self._settle(replace(self.stand, playing=False))
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """A paste into the line."""
        if self.query_one(GoTo).is_open:
            self.query_one(GoTo).put(event.text)

    def _typed(self, text: str) -> None:
        """An address was typed."""
        try:
            step = self.timeline.course.parse(text)
        except AddressError as error:
            self.query_one(GoTo).refuse(str(error))
            return
        self.query_one(GoTo).close()
        self._go(step)

    # --- messages from below

    async def on_canvas_clicked(self, message: Canvas.Clicked) -> None:
        """A click means what the key would."""
        course = self.timeline.course
        match message.target:
            case Address() as address:
                self._go(course.step(address))
            case Along() as along:
                iteration = along.iteration(message.offset)
                if 0 <= iteration < course.iterations:
                    self._go(iteration * course.length + course.offset(Moment("cost", len(course.units))))
            case KeyHint(action=action):
                await self.run_action(action)

    # --- painting

    def _paint_soon(self) -> None:
        """All keys that are waiting are taken in before one paint."""
        if not self._waiting:
            self._waiting = True
            self.call_later(self._paint)

    def _paint(self) -> None:
        self._waiting = False
        canvas = self.query_one(Canvas)
        cells, height = (min(size, most) for size, most in zip(self.size, LARGEST, strict=True))
        if cells and height:
            canvas.show(self.picture(cells, height))

    def picture(self, cells: int, height: int) -> Block:
        """What stands on a screen of cells × height."""
        return screen(self._view(), cells, height, hints(self.stand, self._progress, self._message, bool(self._tour)))

    def _view(self) -> View:
        stand = self.stand
        return View(
            self.timeline.frame(stand.step),
            costs=self.timeline.costs_seen,
            means=self.timeline.epoch_means,
            farthest=stand.farthest,
            computed=self.timeline.computed,
            diverged=self.timeline.diverged,
            note=self._tour.get(stand.step, ""),
        )

    def action_next_grain(self) -> None:
        """A click on the grain: the next one."""
        self.action_grain(GRAINS[(GRAINS.index(self.stand.grain) + 1) % len(GRAINS)])
