"""Moving: the keys that go somewhere, far jumps, play, and what is computed while nothing is pressed."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

from textual import work

from nntui.files.io.errors import InputError
from nntui.session.display_options import DisplayOptions
from nntui.session.opening import Opening
from nntui.session.position import LESSON_GRAINS, LessonGrain, Position, other_point, other_speed, with_grain
from nntui.session.session import Session
from nntui.session.tools.prompts import for_address, for_note, for_recording
from nntui.training.timeline import Timeline
from nntui.tui.lesson.player import Player
from nntui.tui.lesson.screen_base import Stage

PROGRESS = 0.2  # seconds between two paints of a far jump
FILLING = 0.5  # seconds between two paints while the plot is filled


class Moving(Stage):
    """A stage on which one can walk. All ways of going somewhere end in `_become`."""

    def __init__(self, opening: Opening, session: Session, display: DisplayOptions | None = None) -> None:
        super().__init__(opening, session, display)
        self._player = Player(self, self.navigator, session.clock, self._played, self._compute)

    def _become(self, position: Position) -> None:
        """Takes a new stand and paints it; a far one is computed first, in slices."""
        if self.navigator.aim(position):
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
        self._prepare()
        self._paint_soon()

    def _jump(self, position: Position) -> None:
        """A way that Backspace leads back."""
        self.navigator.remember()
        self._become(position)

    @work(group="jump", exclusive=True)
    async def _compute(self) -> None:
        """Computes up to the goal and goes there; another key or Escape stops it and keeps what is computed."""
        whole = max(self.navigator.distance(), 1)
        painter = self.set_interval(PROGRESS, self._paint_soon)
        try:
            for left in self.navigator.approach():
                self._progress = f"computing {whole - left:,} of {whole:,} data points  {1 - left / whole:.0%}  Esc stops"
                await asyncio.sleep(0)
        finally:
            painter.stop()
        self.navigator.arrive()
        self._settle()

    def _fill_in(self) -> None:
        """What is drawn and not computed is computed in the background: what a recording let one pass over, other runs."""
        if self._behind is not None and not any(worker.group == "fill" for worker in self.workers):
            self._fill()

    @property
    def _behind(self) -> Timeline | None:
        """A run that the plot shows and that is not computed as far as one has been."""
        drawn = (self.timeline, *(run.timeline for run in self.navigator.runs.beside(self.position.chapter)))
        return next((timeline for timeline in drawn if timeline.computed < self._visited), None)

    @property
    def _visited(self) -> int:
        """How many iterations the plot shows."""
        return min(self.position.farthest + 1, len(self.timeline))

    @work(group="fill", exclusive=True)
    async def _fill(self) -> None:
        await asyncio.sleep(FILLING)  # what was opened, or gone to, is painted first
        painted = self._clock()
        while (timeline := self._behind) is not None:
            for _ in timeline.reach(min(timeline.computed + timeline.slice, self._visited)):
                await asyncio.sleep(0)
            if self._clock() - painted > FILLING:
                painted = self._clock()
                self._paint_soon()
        self._tell()
        self._paint_soon()

    def _prepare(self) -> None:
        """What lies open and is not whole is computed in the background."""
        tool = self.workspace.tool
        slices = tool.work(self.navigator) if tool is not None else None
        if slices is not None:
            self._complete(slices)
        else:
            self.workers.cancel_group(self, "tool")

    @work(group="tool", exclusive=True)
    async def _complete(self, slices: Iterator[object]) -> None:
        painted = self._clock()
        for _ in slices:
            await asyncio.sleep(0)
            if self._clock() - painted > FILLING:
                painted = self._clock()
                self._paint_soon()
        self._paint_soon()

    def _played(self) -> None:
        """Play has gone on; what has gone wrong meanwhile stays at the foot."""
        self._tell()
        self._fill_in()
        self._prepare()
        self._paint_soon()

    def _follow(self) -> None:
        """Looks at a recording that is followed: who goes with its writer is taken along."""
        replay = self.navigator.replay
        if replay is None or self.navigator.goal is not None:
            return
        live = replay.is_live(self.position)
        if not replay.news():
            return
        if live:
            self._become(self.navigator.live())
        else:
            self._paint_soon()

    # --- actions, by the names of the table of keys

    def action_forward(self) -> None:
        """→."""
        self._become(self.navigator.forward())

    def action_back(self) -> None:
        """←."""
        self._become(self.navigator.back())

    def action_grain(self, grain: LessonGrain) -> None:
        """1 … 6."""
        if grain == "stop" and self.navigator.lesson is None:
            self._say("this is no recording: there are no stops to go along; space plays, R records")
        else:
            self._adjust(lambda position: with_grain(position, grain))

    def action_next_grain(self) -> None:
        """A click on the grain: the next one."""
        grains = LESSON_GRAINS if self.navigator.lesson is not None else LESSON_GRAINS[:-1]
        self.action_grain(grains[(grains.index(self.position.grain) + 1) % len(grains)])

    def action_point(self, points: int) -> None:
        """PgUp, PgDn."""
        self._become(other_point(self.navigator.base, self.navigator.course, points))

    def action_home(self) -> None:
        """Home."""
        self._jump(self.navigator.first())

    def action_end(self) -> None:
        """End."""
        self._jump(self.navigator.last())

    def action_play(self) -> None:
        """Space."""
        if self.position.playing or (self.navigator.goal and self.navigator.goal.playing):
            self._adjust(lambda position: replace(position, playing=False))
        elif self.position.grain == "stop":
            self._become(self.navigator.played())
        else:
            last = self.timeline.course.last
            self._adjust(lambda position: replace(position, playing=position.step < last))

    def action_faster(self) -> None:
        """+."""
        self._adjust(lambda position: other_speed(position, 1))

    def action_slower(self) -> None:
        """-."""
        self._adjust(lambda position: other_speed(position, -1))

    def _adjust(self, change: Callable[[Position], Position]) -> None:
        """Changes how one moves, also for the place one is going to."""
        self.navigator.adjust(change)
        if self.navigator.goal is None:
            self._settle()
        else:
            self._paint_soon()

    def action_note(self, change: int) -> None:
        """n, N."""
        position = self.navigator.note(change)
        if position is not None:
            self._become(position)
        elif self.navigator.has_notes:
            self._say(f"no note {'after' if change > 0 else 'before'} this step")
        else:
            self._say("there are no notes here; m types one")

    def action_return(self) -> None:
        """Backspace."""
        position = self.navigator.returned()
        if position is not None:
            self._become(position)
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
        position, said = self.navigator.change(scenario)
        self.navigator.recorders.say(said)
        self._become(position)

    def action_go_to(self) -> None:
        """g."""
        self._ask(for_address(self.navigator, lambda step: self._jump(self.navigator.to(step))))

    def action_remark(self) -> None:
        """m."""
        if not self.navigator.recorders.keeps:
            self._say("nothing is being recorded here that could hold a note; R records")
            return
        self._adjust(lambda position: replace(position, playing=False))
        self._ask(for_note(self.navigator, self._settle))

    def action_record(self) -> None:
        """R."""
        recorders = self.navigator.recorders
        if recorders.mark:
            self._say(recorders.end())
        else:
            self._ask(for_recording(self.navigator, self._session.recording_name(), self._say))
