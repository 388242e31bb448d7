"""The lesson on the screen: keys and clicks go to the walk, and what it stands at is painted."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from nntui.draw.costs import Along
from nntui.draw.screen import KeyHint
from nntui.draw.spans import Block
from nntui.draw.timebar import Instant
from nntui.explain.check_page import check_page
from nntui.explain.equation import Cell
from nntui.explain.gradient_check import gradient_check
from nntui.explain.walk import lit_cell
from nntui.files.faults import InputError
from nntui.training.steps import Address, Moment
from nntui.training.timeline import Timeline
from nntui.tui.canvas import Canvas
from nntui.tui.desk import Desk
from nntui.tui.hints import hints
from nntui.tui.inspector import Inspector
from nntui.tui.keys import ACTIONS, bindings
from nntui.tui.look import SINCE_WORDS, Look
from nntui.tui.opening import Opening
from nntui.tui.page import Page
from nntui.tui.player import Player
from nntui.tui.prompt import Prompt, Question
from nntui.tui.questions import for_address, for_kinds, for_note, for_prediction, for_recording, for_sheet
from nntui.tui.session import Session
from nntui.tui.stand import PACES, Pace, Stand, at_stop, other_point, other_speed, paced
from nntui.tui.walk import Walk
from nntui.tui.wire import NarrowCompositor

PROGRESS = 0.2  # seconds between two paints of a far jump
FILLING = 0.5  # seconds between two paints while the plot is filled
FOLLOWING = 0.15  # seconds between two looks at a recording that is being written
LARGEST = (500, 200)  # a window may claim any size; a picture is never larger


class Lesson(Screen[None]):
    """Shows a walk step by step. What is painted is a function of it; this room has keys, timers and the canvas."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("lesson"))
    AUTO_FOCUS = ""
    DEFAULT_CSS = "Lesson { layers: base bar; }"

    def __init__(self, opening: Opening, session: Session, look: Look | None = None) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.walk = Walk(opening.timeline, session.keeper, opening.tape, opening.remarks)
        self._opening, self._session = opening, session
        self._clock = session.clock
        self.desk = Desk(look)
        self.desk.predictor.recall(opening.scores, opening.timeline.course)
        self._message = ""
        self._untold = False  # whether there is news in it that was not painted yet
        self._progress = ""
        self._player = Player(self, self.walk, session.clock, self._played, self._compute)
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
            self.set_interval(FOLLOWING, self._follow)

    def on_unmount(self) -> None:
        """Leaves a recording that is followed."""
        if self.walk.tape is not None:
            self.walk.tape.close()

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
        self._player.keep_time()
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
        if self.timeline.computed < self._visited and not any(worker.group == "fill" for worker in self.workers):
            self._fill()

    @property
    def _visited(self) -> int:
        """How many iterations the plot shows."""
        return min(self.stand.farthest + 1, len(self.timeline))

    @work(group="fill", exclusive=True)
    async def _fill(self) -> None:
        await asyncio.sleep(FILLING)  # what was opened, or gone to, is painted first
        painted = self._clock()
        while (timeline := self.timeline).computed < self._visited:
            for _ in timeline.reach(min(timeline.computed + timeline.slice, self._visited)):
                await asyncio.sleep(0)
            if self._clock() - painted > FILLING:
                painted = self._clock()
                self._paint_soon()
        self._tell()
        self._paint_soon()

    def _played(self) -> None:
        """Play has gone on; what has gone wrong meanwhile stays at the foot."""
        self._tell()
        self._fill_in()
        self._paint_soon()

    def _follow(self) -> None:
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
        """→, and what is to be predicted on the way."""
        stand = self.walk.forward()
        step = self._asks(stand)
        if step is None:
            self._become(stand)
        else:
            self._predict(step)

    def action_back(self) -> None:
        """←."""
        self._become(self.walk.back())

    def action_grain(self, grain: Pace) -> None:
        """1 … 6."""
        if grain == "stop" and self.walk.lesson is None:
            self._say("this is no recording: there are no stops to go along; space plays, R records")
        else:
            self._adjust(lambda stand: paced(stand, grain))

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
        self.walk.keeper.say(said)
        self._become(stand)

    def action_go_to(self) -> None:
        """g."""
        self._ask(for_address(self.walk, lambda step: self._jump(self.walk.to(step))))

    def action_remark(self) -> None:
        """m."""
        if not self.walk.keeper.keeps:
            self._say("nothing is being recorded here that could hold a note; R records")
            return
        self._adjust(lambda stand: replace(stand, playing=False))
        self._ask(for_note(self.walk, self._settle))

    def action_record(self) -> None:
        """R."""
        keeper = self.walk.keeper
        if keeper.mark:
            self._say(keeper.end())
        else:
            self._ask(for_recording(self.walk, self._session.recording_name(), self._say))

    # --- looking closer

    def action_inspect(self) -> None:
        """i."""
        self._inspect(Inspector(lit_cell(self.timeline.frame(self.stand.step))))

    def action_open(self) -> None:
        """Enter."""
        self.action_inspect()

    def _inspect(self, inspector: Inspector | None) -> None:
        self.desk.inspector = inspector
        self._message = ""
        self._paint_soon()

    def _inspected(self, inspector: Inspector, key: str) -> bool:
        """A key while a number is inspected; whether it was one for that."""
        frame = self.timeline.frame(self.stand.step)
        if key in ("escape", "i"):
            self._inspect(None)
            return True
        went = inspector.pressed(key, frame)
        if isinstance(went, Address):
            self._inspect(inspector.made(frame))
            self._jump(self.walk.to(self.timeline.course.step(went)))
        elif went is not None:
            self._inspect(went)
        return went is not None

    def action_view(self) -> None:
        """v."""
        self._look(replace(self.desk.look, graph=not self.desk.look.graph))

    def action_since(self) -> None:
        """c."""
        since = self.desk.look.next_since
        self._look(replace(self.desk.look, since=since))
        self._say(f"changes {SINCE_WORDS[since]}; c goes on" if since else "numbers as they are")

    def action_digits(self, change: int) -> None:
        """`.` and `,`."""
        self._look(self.desk.look.digits(change))

    def action_exact(self) -> None:
        """0."""
        self._look(replace(self.desk.look, exact=not self.desk.look.exact))

    def action_notation(self) -> None:
        """o."""
        self._look(replace(self.desk.look, notation=self.desk.look.notation.other))

    def _look(self, look: Look) -> None:
        self.desk.look = look
        self._paint_soon()

    def action_check(self) -> None:
        """k."""
        frame = self.timeline.frame(self.stand.step)
        lines = check_page(frame, gradient_check(frame), self.desk.look.notation)
        self.app.push_screen(Page("gradient check", Content("\n".join(lines))))

    def action_sheet(self) -> None:
        """w."""
        self._ask(for_sheet(self.walk, lambda text: self.app.push_screen(Page("your sheet", Content(text)))))

    # --- predicting

    def action_predict(self) -> None:
        """p."""
        last = self.timeline.course.last
        if self.stand.step < last and not self._predict(self.stand.step + 1):
            self._say("the next step makes nothing that could be predicted; → goes there")

    def action_predict_every(self) -> None:
        """P."""
        self._ask(for_kinds(self.desk.predictor, self._say))

    def _asks(self, stand: Stand) -> int | None:
        """The step to be predicted before one goes to a stand."""
        here = self.walk.base
        if self.walk.goal is not None or stand.grain == "stop" or stand.step <= here.step:
            return None
        return self.desk.predictor.due(here.step, stand.step, self.timeline.course, self.walk.questions)

    def _predict(self, step: int) -> bool:
        """Asks for what a step makes, standing right before it; False where there is nothing to ask."""
        asked = self.desk.predictor.ask(step, self.timeline, self.walk.questions.get(step))
        if asked is None:
            return False
        if self.stand.step != step - 1:
            self._become(self.walk.to(step - 1))
        self._ask(for_prediction(self.walk, self.desk, asked, self._answered))
        return True

    def _answered(self, step: int, said: str) -> None:
        self._become(self.walk.to(step))
        self._say(said)

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
        elif self.desk.inspector is not None and self._inspected(self.desk.inspector, event.key):
            event.stop()
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
            case Cell() as cell:
                self._inspect(self.desk.inspector.at(cell) if self.desk.inspector is not None else Inspector(cell))
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
        said = self._progress or self._message
        return self.desk.picture(self.walk, cells, height, hints(self.walk, self.desk), said)
