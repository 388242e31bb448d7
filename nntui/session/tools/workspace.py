"""What is open beside the panels: the display options, the open tool, what is to be predicted, watched rows.

And the picture of all that, which is a function of the navigator and of the workspace.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.layout.foot import KeyHint, message_lines
from nntui.draw.screen import SMALLEST, page_over, screen
from nntui.explain.equations.equation import Equation
from nntui.explain.warnings.of_scenario import scenario_facts
from nntui.explain.warnings.rules import warnings
from nntui.explain.warnings.warning import LearningWarning, history_of
from nntui.session.compared import earlier_frame, first_frame, other_runs
from nntui.session.display_options import SINCE_WORDS, DisplayOptions
from nntui.session.highlights.graph_path import GraphPath
from nntui.session.highlights.watched_rows import WatchedRows
from nntui.session.navigator import Navigator
from nntui.session.pages.shown_page import ShownPage
from nntui.session.predictor import Predictor
from nntui.session.tools.about import About
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import parting
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.explain.history.moved import MovedWeight
    from nntui.explain.predicting.fading import AskedStep
    from nntui.lesson.display_state import OpenPage
    from nntui.session.pages.page_card import PageSource
    from nntui.session.tools.inspector import Inspector
    from nntui.session.tools.plotter import KeptPlot, Plotter
    from nntui.session.tools.tool import Tool


class Workspace:
    """What is open in a lesson; changed by keys, and closed where another run is entered that it does not belong to."""

    def __init__(self, timeline: Timeline, display: DisplayOptions | None = None) -> None:
        self.display = display or DisplayOptions()
        self.tool: Tool | None = None
        self.plotter: Plotter | None = None
        """The plot as it was left."""
        self.page: OpenPage | None = None
        """The page of text that lies over all else."""
        self.shown_page = ShownPage()
        self.predictor = Predictor()
        self.asked: AskedStep | None = None
        """What is asked for at the foot; None while nothing is to be predicted there."""
        self.watched = WatchedRows()
        self.about = About()
        self.path = GraphPath()
        self.tool_line: int | None = None
        """The first line of the open tool, as it was drawn last; None while none is open."""
        self.help_was_shown = False
        """Whether the help was opened, which the tour asks for."""
        self.led: object = None
        """What a lesson showed last (`snapshot`); None where no lesson shows what is to be looked at."""
        self._led_path = 0  # of the graph, that a lesson showed last; it ends by itself, and then no path is the viewer's own
        self.hurries = False
        """Whether pictures follow each other so quickly that what they take counts."""
        self.colours = False
        """Whether the terminal has at least 256 colours."""
        self._timeline = timeline
        self._scenario: Scenario | None = None
        self._facts: tuple[LearningWarning, ...] = ()

    def picture(self, navigator: Navigator, cells: int, height: int, hints: list[KeyHint], said: str, guide: str = "") -> Block:
        """What is on a screen of cells × height. guide: words below all else; where that leaves too little, in its last lines."""
        below = tuple(fit(line, cells) for line in message_lines(guide, cells)) if guide else ()
        if below and height - len(below) < SMALLEST[1]:
            return (*self.picture(navigator, cells, height, hints, said)[: height - len(below)], *below)
        if below:
            return (*self.picture(navigator, cells, height - len(below), hints, said), *below)
        view, tool, about = self.view(navigator), self.tool, navigator.timeline.scenario.about.strip()
        self.tool_line = None
        if (page := self.page) is not None:
            source = self.page_source(navigator)
            return page_over(view, cells, height, hints, lambda wide, high: self.shown_page.block(page, source, wide, high, said))
        if tool is None or view.asked is not None:
            shown = (lambda wide, high: self.about.panel(about, wide, high)) if self.about.is_shown and about else None
            return screen(view, cells, height, hints, said, about=shown)

        def panel(wide: int, high: int) -> Block:
            self.tool_line = height - 1 - (view.bar is not None) - high
            return tool.panel(view, navigator, wide, high)

        return screen(view, cells, height, hints, said, panel, beside_plot=tool.BESIDE_PLOT)

    @cached_property
    def kept_plot(self) -> "KeptPlot":
        """The measures and the histories that the plot and the inspector draw."""
        from nntui.session.tools.plotter import KeptPlot

        return KeptPlot()

    @property
    def inspector(self) -> "Inspector | None":
        """The number that is inspected, if that is what lies open."""
        if self.tool is None:
            return None
        from nntui.session.tools.inspector import Inspector

        return self.tool if isinstance(self.tool, Inspector) else None

    @inspector.setter
    def inspector(self, inspector: "Inspector | None") -> None:
        self.tool = inspector

    # --- along a lesson that shows what is to be looked at

    def lead(self) -> None:
        """What is open now is what the lesson shows."""
        self.led, self._led_path = self.snapshot, self.path.shown

    @property
    def snapshot(self) -> object:
        """What is open, to be compared; not the scenario's words, which go by themselves, nor `big`, which is each window's."""
        plot = self.plotter.plot_view if self.plotter is not None else None
        return replace(self.display, big=False), self.tool, plot, self.watched.rows, self.page

    @property
    def is_own(self) -> bool:
        """Whether the viewer of a lesson has opened or changed something themselves."""
        return self.led is not None and (self.led != self.snapshot or self.path.shown not in (0, self._led_path))

    def tool_is_led(self, navigator: Navigator) -> bool:
        """Whether the open tool or page is the lesson's, so that keys go along the lesson."""
        return self.led is not None and not self.is_own and navigator.position.grain == "stop"

    def page_source(self, navigator: Navigator) -> "PageSource":
        """What pages are made of."""
        from nntui.session.pages.page_card import PageSource

        return PageSource(navigator, self.display.notation, self.shown_page.sheets)

    def view(self, navigator: Navigator) -> View:
        """The present step with the display options."""
        timeline, position, replay = navigator.timeline, navigator.position, navigator.replay
        frame = timeline.frame(position.step)
        asked = self._asked(frame)
        why, unkept = navigator.recorders.losses
        away = self._away(navigator)
        first = first_frame(navigator) if self.display.since == "start" else None
        return View(
            frame,
            self.display.numerals,
            self.display.notation,
            costs=timeline.costs_seen,
            means=timeline.epoch_means,
            farthest=position.farthest,
            computed=timeline.computed,
            diverged=timeline.diverged,
            asked=asked,
            note=navigator.notes.at(timeline, position) if asked is None else "",
            bar=replay.bar(position, self.is_own or bool(away)) if replay is not None else None,
            away=away,
            recording=navigator.recorders.mark,
            why=why,
            unkept=unkept,
            cursor=self.tool.cursor if self.tool is not None and asked is None else None,
            warnings=warnings(frame, history_of(timeline, position.step, self._scenario_facts(frame.scenario))),
            then=earlier_frame(navigator, frame, self.display.since),
            first=first,
            moved=_moved(first, frame) if first is not None else (),
            since=SINCE_WORDS[self.display.since],
            graph=self.display.graph,
            path=self.path.of(frame, self.display) if self.display.graph else None,
            watched=self.watched.rows,
            others=other_runs(navigator, frame, self.display.notation),
            fork="" if timeline.origin is None else navigator.runs.run(position.chapter).called(self.display.notation),
            log=self.plotter is not None and self.plotter.plot_view.log,
            colours=self.colours,
            big=self.display.big,
            hurried=self.hurries,
        )

    def _asked(self, frame: Frame) -> Equation | None:
        """The equation of the step that is asked for, if it is the next of this run."""
        asked = self.asked
        if asked is None or asked.asked.frame.step != frame.step + 1 or asked.asked.frame.scenario is not frame.scenario:
            return None
        return asked.equation(self.display.notation)

    def _away(self, navigator: Navigator) -> str:
        """To a follower who does not go with the writer: so, and what the writer does."""
        replay = navigator.replay
        if replay is None or replay.follower is None or replay.follower.state != "written":
            return ""
        if replay.is_live(navigator.position) and not self.is_own:
            return ""
        from nntui.session.tools.doing import doing

        return f"away · teacher: {doing(replay.lesson, self.display.notation)}"

    def enter(self, timeline: Timeline) -> None:
        """Another run is entered: what belongs to the run before is closed; a fork keeps the display options of its original."""
        before, self._timeline = self._timeline, timeline
        was_led = self.led is not None and not self.is_own
        if timeline is not before:
            self.predictor.enter(before, timeline)
            if parting(timeline, before) is None:
                self.tool = self.plotter = self.page = None
                self.watched.keep(timeline.scenario.rows)
        if was_led:
            self.lead()

    def _scenario_facts(self, scenario: Scenario) -> tuple[LearningWarning, ...]:
        """What is true of the scenario at every step, made once."""
        if scenario is not self._scenario:
            self._scenario, self._facts = scenario, scenario_facts(scenario)
        return self._facts


def _moved(first: Frame, frame: Frame) -> "tuple[MovedWeight, ...]":
    """The weights that have moved most since the first frame of the run, as many as their panel shows."""
    from nntui.draw.panels.moved import MOST_MOVED
    from nntui.explain.history.moved import most_moved

    return most_moved(first, frame, MOST_MOVED)
