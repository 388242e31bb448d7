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
from nntui.draw.view import View
from nntui.files.faults import InputError
from nntui.training.scenario import Scenario
from nntui.training.steps import Address, AddressError, Grain, Moment
from nntui.training.timeline import Timeline
from nntui.training.tour import neighbour, tour
from nntui.tui.canvas import Canvas
from nntui.tui.goto import GoTo
from nntui.tui.jump import is_far, jump
from nntui.tui.keys import KEYS, bindings
from nntui.tui.stand import Stand, back, forward, moved, other_point, other_speed
from nntui.tui.wire import NarrowCompositor

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
            self._compute(stand)
            return
        self.workers.cancel_group(self, "jump")
        self._settle(stand)

    def _settle(self, stand: Stand) -> None:
        self.stand, self._progress, self._message = stand, "", ""
        self._keep_time()
        self._paint_soon()

    def _go(self, step: int) -> None:
        self._become(moved(replace(self.stand, playing=False), self.timeline.course, step))

    @work(group="jump", exclusive=True)
    async def _compute(self, stand: Stand) -> None:
        """Computes up to a far stand and goes there; another key or Escape stops it and keeps what is computed."""
        goal = self.timeline.course.iteration(stand.step)
        begun = self.timeline.computed

        def tell(computed: int) -> None:
            share = (computed - begun) / (goal - begun)
            text = f"computing {computed:,} of {goal:,} data points  {share:.0%}  Esc stops"
            if text[-14:] != self._progress[-14:]:
                self._progress = text
                self._paint_soon()

        try:
            await jump(self.timeline, goal, tell)
        finally:
            self._progress = ""
            self._paint_soon()
        self._settle(stand)

    def _keep_time(self) -> None:
        """Runs the timer of play, or stops it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.stand.playing:
            self._timer = self.set_interval(1 / self.stand.speed, self._tick)

    def _tick(self) -> None:
        if not self._progress:
            stand = forward(self.stand, self.timeline.course)
            if is_far(self.timeline, self.timeline.course.iteration(stand.step)):
                self._compute(stand)
                return
            ended = self.stand.playing and not stand.playing
            self.stand = stand
            if ended:
                self._keep_time()
            self._paint_soon()

    # --- actions, by the names of the table of keys

    def action_forward(self) -> None:
        """→."""
        self._become(forward(replace(self.stand, playing=False), self.timeline.course))

    def action_back(self) -> None:
        """←."""
        self._become(back(replace(self.stand, playing=False), self.timeline.course))

    def action_grain(self, grain: Grain) -> None:
        """1 … 5."""
        self._settle(replace(self.stand, grain=grain))

    def action_point(self, points: int) -> None:
        """PgUp, PgDn."""
        self._become(other_point(replace(self.stand, playing=False), self.timeline.course, points))

    def action_home(self) -> None:
        """Home."""
        self._go(0)

    def action_end(self) -> None:
        """End."""
        self._go(self.timeline.course.last)

    def action_play(self) -> None:
        """Space."""
        playing = not self.stand.playing and self.stand.step < self.timeline.course.last
        self._settle(replace(self.stand, playing=playing))

    def action_faster(self) -> None:
        """+."""
        self._settle(other_speed(self.stand, 1))

    def action_slower(self) -> None:
        """-."""
        self._settle(other_speed(self.stand, -1))

    def action_note(self, change: int) -> None:
        """n, N."""
        step = neighbour(self._tour, self.stand.step, change)
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

    def on_key(self, event: events.Key) -> None:
        """Escape stops a computation; what is computed stays."""
        if event.key == "escape" and self._progress:
            self.workers.cancel_group(self, "jump")
            event.stop()

    # --- messages from below

    def on_go_to_typed(self, message: GoTo.Typed) -> None:
        """An address was typed."""
        try:
            step = self.timeline.course.parse(message.text)
        except AddressError as error:
            self.query_one(GoTo).refuse(str(error))
            return
        self.query_one(GoTo).close()
        self._go(step)

    async def on_canvas_clicked(self, message: Canvas.Clicked) -> None:
        """A click means what the key would."""
        course = self.timeline.course
        match message.target:
            case Address() as address:
                self._go(course.step(address))
            case Along(first, each):
                iteration = int(first + (message.offset + 0.5) * each)
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
            canvas.show(screen(self._view(), cells, height, self._hints()))

    def _view(self) -> View:
        stand = self.stand
        return View(
            self.timeline.frame(stand.step),
            grain=stand.grain,
            costs=self.timeline.costs_seen,
            means=self.timeline.epoch_means,
            farthest=stand.farthest,
            computed=self.timeline.computed,
            diverged=self.timeline.diverged,
            playing=stand.speed if stand.playing else None,
            note=self._tour.get(stand.step, ""),
        )

    def _hints(self) -> list[KeyHint]:
        if self._progress or self._message:
            return [KeyHint("…" if self._progress else "▍", self._progress or self._message, "")]
        hints = [KeyHint(key.shown, key.footer, key.action) for key in KEYS if key.footer]
        hints[0] = KeyHint("←→", "step", "forward")
        hints.insert(1, KeyHint("1-5", f"grain: {self.stand.grain}", "next_grain"))
        if self._tour:
            hints.insert(3, KeyHint("n", "notes", "note(1)"))
        return hints

    def action_next_grain(self) -> None:
        """A click on the grain: the next one."""
        grains: tuple[Grain, ...] = ("neuron", "layer", "phase", "point", "epoch")
        self.action_grain(grains[(grains.index(self.stand.grain) + 1) % len(grains)])
