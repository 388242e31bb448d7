"""The lesson on the screen: keys and clicks go to the walk, and what it stands at is painted."""

import asyncio
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
from nntui.draw.timebar import Instant
from nntui.draw.view import View
from nntui.files.faults import InputError
from nntui.training.steps import Address, AddressError, Moment
from nntui.training.timeline import Timeline
from nntui.tui.canvas import Canvas
from nntui.tui.hints import hints
from nntui.tui.keys import ACTIONS, bindings
from nntui.tui.opening import Opening
from nntui.tui.prompt import Prompt, Question
from nntui.tui.session import Session
from nntui.tui.stand import PACES, Pace, Stand, at_stop, other_point, other_speed
from nntui.tui.walk import Walk
from nntui.tui.wire import NarrowCompositor

PROGRESS = 0.2  # seconds between two paints of a far jump
FILLING = 0.5  # seconds between two paints while the plot is filled
FOLLOWING = 0.15  # seconds between two looks at a recording that is being written
LEAST_WAIT = 1 / 50  # seconds between two stops of a replay; faster ones are passed over
LARGEST = (500, 200)  # a window may claim any size; a picture is never larger
LONGEST_REMARK = 500  # characters


class Lesson(Screen[None]):
    """Shows a walk step by step. What is painted is a function of it; this room has keys, timers and the canvas."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("lesson"))
    AUTO_FOCUS = ""
    DEFAULT_CSS = "Lesson { layers: base bar; }"

    def __init__(self, opening: Opening, session: Session) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.walk = Walk(opening.timeline, session.keeper, opening.tape)
        self._opening, self._session = opening, session
        self._clock = session.clock
        self._message = ""
        self._untold = False  # whether there is news in it that was not painted yet
        self._progress = ""
        self._timer: Timer | None = None
        self._replayed_from = (0.0, 0.0)  # the clock, and the time of the bar, when play began or last changed
        self._waiting = False

    @property
    def timeline(self) -> Timeline:
        """The run one stands in."""
        return self.walk.timeline

    @property
    def stand(self) -> Stand:
        """Where one stands."""
        return self.walk.stand

    def compose(self) -> ComposeResult:
        """The canvas, and the line in which things are typed."""
        yield Canvas()
        yield Prompt()

    def on_mount(self) -> None:
        """Goes to where the lesson begins."""
        self._become(self._opening.stand)
        if self.walk.tape is not None and self.walk.tape.follower is not None:
            self.set_interval(FOLLOWING, self._look)

    def on_resize(self) -> None:
        """Paints for the new size."""
        self._paint_soon()

    # --- moving

    def _become(self, stand: Stand) -> None:
        """Takes a new stand and paints it; a far one is computed first, in slices."""
        if self.walk.aim(stand):
            self.workers.cancel_group(self, "jump")
            self._settle()
        else:
            self._compute()

    def _settle(self) -> None:
        """One stands somewhere new, or moves in another way."""
        self._progress, self._message = "", self._message if self._untold else ""
        self._tell()
        self._keep_time()
        self._fill_in()
        self._paint_soon()

    def _jump(self, stand: Stand) -> None:
        """A way that Backspace leads back."""
        self.walk.remember()
        self._become(stand)

    @work(group="jump", exclusive=True)
    async def _compute(self) -> None:
        """Computes up to the goal and goes there; another key or Escape stops it and keeps what is computed."""
        whole = max(self.walk.distance(), 1)
        painter = self.set_interval(PROGRESS, self._paint_soon)
        try:
            for left in self.walk.approach():
                self._progress = f"computing {whole - left:,} of {whole:,} data points  {1 - left / whole:.0%}  Esc stops"
                await asyncio.sleep(0)
        finally:
            painter.stop()
        self.walk.arrive()
        self._settle()

    def _fill_in(self) -> None:
        """What a recording let one pass over is computed in the background, for the plot, and compared with it."""
        wanted = min(self.stand.farthest + 1, len(self.timeline))
        if self.timeline.computed < wanted and not any(worker.group == "fill" for worker in self.workers):
            self._fill(self.timeline)

    @work(group="fill", exclusive=True)
    async def _fill(self, timeline: Timeline) -> None:
        await asyncio.sleep(FILLING)  # what was opened, or gone to, is painted first
        painted = self._clock()
        while timeline is self.timeline and timeline.computed < min(self.stand.farthest + 1, len(timeline)):
            for _ in timeline.reach(min(timeline.computed + timeline.slice, len(timeline))):
                await asyncio.sleep(0)
            if self._clock() - painted > FILLING:
                painted = self._clock()
                self._paint_soon()
        self._tell()
        self._paint_soon()

    # --- time

    def _keep_time(self) -> None:
        """Runs the timer of play, or stops it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.stand.playing:
            return
        if self.stand.grain != "stop":
            self._timer = self.set_interval(1 / self.stand.speed, self._tick)
        elif self.walk.lesson is not None:
            self._replayed_from = (self._clock(), self.walk.lesson.time_of(self.stand.stop))
            self._wait_for_stop()

    def _tick(self) -> None:
        if self.walk.goal is not None:
            return
        stand = self.walk.next_tick()
        ended = not stand.playing
        if not self.walk.aim(stand):
            self._compute()
            return
        if ended:
            self._keep_time()
        self._tell()
        self._paint_soon()

    def _wait_for_stop(self) -> None:
        """Sets the timer for the next stop of the lesson that is replayed."""
        lesson = self.walk.lesson
        if lesson is not None and self.stand.stop < lesson.stops - 1:
            wait = (lesson.time_of(self.stand.stop + 1) - self._bar_time()) / self.stand.rate
            self._timer = self.set_timer(max(wait, LEAST_WAIT), self._tick_of_lesson)

    def _bar_time(self) -> float:
        clock, bar = self._replayed_from
        return bar + (self._clock() - clock) * self.stand.rate

    def _tick_of_lesson(self) -> None:
        if not self.walk.aim(self.walk.replayed(self._bar_time())):
            self._compute()
            return
        self._tell()
        self._fill_in()
        self._paint_soon()
        if self.stand.playing:
            self._wait_for_stop()

    def _look(self) -> None:
        """Looks at a recording that is followed: who goes with its writer is taken along."""
        tape = self.walk.tape
        if tape is None or self.walk.goal is not None:
            return
        live = tape.is_live(self.stand)
        if not tape.news():
            return
        if live:
            self._become(self.walk.live())
        else:
            self._paint_soon()

    # --- actions, by the names of the table of keys

    def action_forward(self) -> None:
        """→."""
        self._become(self.walk.forward())

    def action_back(self) -> None:
        """←."""
        self._become(self.walk.back())

    def action_grain(self, grain: Pace) -> None:
        """1 … 6."""
        if grain == "stop" and self.walk.lesson is None:
            self._say("this is no recording: there are no stops to go along; space plays, R records")
        else:
            self._adjust(lambda stand: replace(stand, grain=grain, playing=stand.playing and grain != "stop"))

    def action_next_grain(self) -> None:
        """A click on the grain: the next one."""
        paces = PACES if self.walk.lesson is not None else PACES[:-1]
        self.action_grain(paces[(paces.index(self.stand.grain) + 1) % len(paces)])

    def action_point(self, points: int) -> None:
        """PgUp, PgDn."""
        self._become(other_point(self.walk.base, self.walk.course, points))

    def action_home(self) -> None:
        """Home."""
        self._jump(self.walk.first())

    def action_end(self) -> None:
        """End."""
        self._jump(self.walk.last())

    def action_play(self) -> None:
        """Space."""
        if self.stand.playing or (self.walk.goal and self.walk.goal.playing):
            self._adjust(lambda stand: replace(stand, playing=False))
        elif self.stand.grain == "stop":
            self._become(self.walk.played())
        else:
            last = self.timeline.course.last
            self._adjust(lambda stand: replace(stand, playing=stand.step < last))

    def action_faster(self) -> None:
        """+."""
        self._adjust(lambda stand: other_speed(stand, 1))

    def action_slower(self) -> None:
        """-."""
        self._adjust(lambda stand: other_speed(stand, -1))

    def _adjust(self, change: Callable[[Stand], Stand]) -> None:
        """Changes how one moves, also for the place one is going to."""
        self.walk.adjust(change)
        if self.walk.goal is None:
            self._settle()
        else:
            self._paint_soon()

    def action_note(self, change: int) -> None:
        """n, N."""
        stand = self.walk.note(change)
        if stand is not None:
            self._become(stand)
        elif self.walk.has_notes:
            self._say(f"no note {'after' if change > 0 else 'before'} this step")
        else:
            self._say("there are no notes here; m types one")

    def action_return(self) -> None:
        """Backspace."""
        stand = self.walk.returned()
        if stand is not None:
            self._become(stand)
        else:
            self._say("there is nowhere to go back to")

    def action_reload(self) -> None:
        """r: the file as it is now, at the same address where that still exists."""
        if self._opening.reload is None:
            self._say("a recording is what it is: there is no file to read again")
            return
        try:
            scenario = self._opening.reload()
        except InputError as fault:
            self._say(str(fault))
            return
        self.workers.cancel_group(self, "jump")
        stand, said = self.walk.change(scenario)
        self._become(stand)
        self._say(said)

    def action_go_to(self) -> None:
        """g."""
        self._ask(Question("go to", "such as 3:2:delta:1:2, 40, end · Esc closes", self._typed_address))

    def _typed_address(self, text: str) -> str:
        try:
            step = self.timeline.course.parse(text)
        except AddressError as error:
            return str(error)
        self._jump(self.walk.to(step))
        return ""

    def action_remark(self) -> None:
        """m."""
        if not self.walk.keeper.keeps:
            self._say("nothing is being recorded here that could hold a note; R records")
            return
        self._adjust(lambda stand: replace(stand, playing=False))
        self._ask(Question("note", "Enter keeps it · Esc closes", self._typed_remark, LONGEST_REMARK))

    def _typed_remark(self, text: str) -> str:
        self.walk.remark(text)
        self._settle()
        return ""

    def action_record(self) -> None:
        """R."""
        keeper = self.walk.keeper
        if keeper.mark:
            self._say(keeper.end())
        else:
            self._ask(Question("record to", "Enter begins · Esc closes", self._typed_name, 200, self._session.recording_name()))

    def _typed_name(self, text: str) -> str:
        try:
            self.walk.keeper.begin(text, self.timeline.scenario, self.stand.step)
        except InputError as fault:
            return str(fault)
        self._say(self.walk.news() or f"recording to {text}; R ends it")
        return ""

    # --- words at the foot

    def _say(self, message: str) -> None:
        """Words in the place of the footer, until the next step."""
        self._message = message
        self._paint_soon()

    def _tell(self) -> None:
        """What has gone wrong stands at the foot: while playing, and however many keys are painted as one."""
        news = self.walk.news()
        if news:
            self._message = f"{self._message} {news}" if self._untold else news
            self._untold = True

    # --- keys and clicks

    def _ask(self, question: Question) -> None:
        self.query_one(Prompt).ask(question)

    async def on_key(self, event: events.Key) -> None:
        """Keys are taken in the order in which they came: into the line while it is open, else as the table says.

        Bindings alone would run a step that was typed before g after the address that was typed behind it.
        """
        line = self.query_one(Prompt)
        if line.is_open:
            event.stop()
            line.take(event)
        elif event.key in ACTIONS:
            event.stop()
            await self.run_action(ACTIONS[event.key])
        elif event.key == "escape" and self.walk.goal is not None:
            event.stop()
            self.workers.cancel_group(self, "jump")
            self.walk.give_up()
            self._settle()

    def on_paste(self, event: events.Paste) -> None:
        """A paste into the line."""
        if self.query_one(Prompt).is_open:
            self.query_one(Prompt).put(event.text)

    async def on_canvas_clicked(self, message: Canvas.Clicked) -> None:
        """A click means what the key would."""
        course = self.timeline.course
        match message.target:
            case Address() as address:
                self._jump(self.walk.to(course.step(address)))
            case Along() as along:
                iteration = along.iteration(message.offset)
                if 0 <= iteration < course.iterations:
                    self._jump(self.walk.to(iteration * course.length + course.offset(Moment("cost", len(course.units)))))
            case Instant() as instant if self.walk.lesson is not None:
                lesson = self.walk.lesson
                self._become(at_stop(self.walk.base, lesson, lesson.stop_at(instant.seconds(message.offset))))
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
            self._untold = False
            canvas.show(self.picture(cells, height))

    def picture(self, cells: int, height: int) -> Block:
        """What stands on a screen of cells × height."""
        return screen(self._view(), cells, height, hints(self.walk, self._progress, self._message))

    def _view(self) -> View:
        stand, timeline, tape = self.stand, self.timeline, self.walk.tape
        return View(
            timeline.frame(stand.step),
            costs=timeline.costs_seen,
            means=timeline.epoch_means,
            farthest=stand.farthest,
            computed=timeline.computed,
            diverged=timeline.diverged,
            note=self.walk.words(),
            bar=tape.bar(stand) if tape is not None else None,
            recording=self.walk.keeper.mark,
        )
