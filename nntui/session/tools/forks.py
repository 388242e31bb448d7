"""The list of forks: a run is chosen, compared with the present run, gone to, named, saved, or deleted."""

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.panels.forks import ListedRun, RunLine, ShownForks, forks_panel, numbers_shown
from nntui.explain.equations.comparison import Pair, pairs
from nntui.explain.history.verdict import LearnedRuns, lower_words, right_words, verdict
from nntui.files.io.errors import InputError
from nntui.files.library import typed
from nntui.lesson.display_state import OpenForks
from nntui.session.navigator import Navigator, is_near
from nntui.session.runs import Run
from nntui.session.text_request import TextRequest
from nntui.session.tools.tool import Outcome, Tool, ToolKey
from nntui.text.safe import quoted
from nntui.training.classes import classes_of
from nntui.training.frame import Frame
from nntui.training.scenario import MOST_RUN_NAME
from nntui.training.timeline import Timeline
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.session.tools.workspace import Workspace

_LONGEST_PATH = 200
_NAME_IN_LABEL = 24  # cells; the field beside it needs room


@dataclass(frozen=True, slots=True)
class Forks(Tool):
    """chosen: number of the run that is compared. offset: numbers of the comparison that are scrolled away.

    doomed: D was pressed once already.
    """

    NAME: ClassVar[str] = "the forks"

    chosen: int
    keeper: "RunKeeper"
    offset: int = 0
    doomed: bool = False
    learned: LearnedRuns = field(default_factory=LearnedRuns, compare=False)

    @property
    def state(self) -> OpenForks:
        """The chosen run and its numbers; not that D was pressed, which no other session should go on with."""
        return OpenForks(self.chosen, self.offset)

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """↑↓ choose, Enter goes there, Tab turns the page of numbers, and what is done with a fork."""
        family = navigator.runs.family(navigator.base.chapter)
        place = next((index for index, run in enumerate(family) if run.number == self.chosen), 0)
        run = family[place]
        match key:
            case "escape" | "f":
                return Outcome(None)
            case "up" | "down":
                other = family[min(max(place + (1 if key == "down" else -1), 0), len(family) - 1)]
                return Outcome(replace(self, chosen=other.number, offset=0, doomed=False))
            case "tab" | "shift+tab":
                return Outcome(replace(self, offset=max(self.offset + (8 if key == "tab" else -8), 0), doomed=False))
            case "enter" if run.number == navigator.base.chapter:
                return Outcome(self, say="you are in this run; ↑↓ choose another")
            case "enter":
                return Outcome(replace(self, doomed=False), navigator.switched(run.number), jump=False)
            case "m":
                return self._name(run, navigator)
            case "S":
                return Outcome(self, ask=self._saved(run))
            case "D" | "delete":
                return self._discard(run, navigator)
            case _:
                return None

    def clicked(self, target: object, offset: int, navigator: Navigator) -> Outcome | None:
        """A click chooses; on what is chosen it goes there."""
        if not isinstance(target, RunLine):
            return None
        if target.number == self.chosen:
            return self.pressed("enter", navigator)
        return Outcome(replace(self, chosen=target.number, offset=0, doomed=False))

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of the list; in the foot only those that the chosen run does not refuse."""
        deletes = "again deletes" if self.doomed else "delete"
        return (
            ToolKey("up,down", "↑↓", "choose a run", "choose"),
            ToolKey("enter", "Enter", "go to that run", "go there", "enter"),
            ToolKey("tab,shift+tab", "Tab", "the next numbers", "more", "tab"),
            ToolKey("m", "m", "name the fork", "name" if self.keeper.may_name(self.chosen) else "", "m"),
            ToolKey("S", "S", "save the run as a scenario", "save", "S"),
            ToolKey("D,delete", "D", "twice: delete the fork", deletes if self.keeper.may_delete(self.chosen) else "", "D"),
            ToolKey("f,escape", "Esc", "close the forks", "closes", "escape"),
        )

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The list, and the chosen run beside the one that the viewer is in."""
        family = navigator.runs.family(navigator.position.chapter)
        chosen = self.chosen if any(run.number == self.chosen for run in family) else navigator.position.chapter
        compared = None if chosen == navigator.position.chapter else _compared(view.frame, navigator.runs.timeline(chosen))
        place = next((index for index, run in enumerate(family) if run.number == chosen), 0)
        listed = [_listed(run, view, navigator, abs(index - place) <= height) for index, run in enumerate(family)]
        offset = min(self.offset, max(len(compared or ()) - numbers_shown(view, cells, height), 0))
        said = self._verdict(view, navigator, chosen) if compared else ()
        return forks_panel(view, ShownForks(listed, chosen, compared, offset, said), cells, height)

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """Computes the chosen run up to the present step, and from when on both are right."""
        if not navigator.runs.has(self.chosen):
            return None
        timeline, n = navigator.runs.timeline(self.chosen), navigator.course.iteration(navigator.position.step)
        if not is_near(timeline, n):
            return timeline.approach(n)
        if self.chosen == navigator.position.chapter or classes_of(timeline.scenario) is None:
            return None
        both = [self.learned.of(run) for run in (navigator.timeline, timeline)]
        return chain.from_iterable(one.fill(n) for one in both) if any(one.known < n for one in both) else None

    def _verdict(self, view: View, navigator: Navigator, chosen: int) -> tuple[str, ...]:
        """Which run is lower now, from where, and from when on each is right."""
        runs, n = navigator.runs, view.frame.number
        here, there = navigator.timeline, runs.timeline(chosen)
        names = [f"'{runs.run(number).called(view.notation)}'" for number in (navigator.position.chapter, chosen)]
        write, course = view.numerals.write, navigator.course
        said = list(lower_words(verdict(here, there, n // course.points), names, write))
        if classes_of(there.scenario) is not None and n:
            learned = [self.learned.of(run) for run in (here, there)]
            said += right_words(course, names, learned, n)
        return tuple(said)

    def _name(self, run: Run, navigator: Navigator) -> Outcome:
        if navigator.runs.is_brought(run.number):
            return Outcome(self, say="the scenario brings this fork along: it keeps its name")
        if not navigator.runs.may_change(run.number):
            return Outcome(self, say="a recording is what it is: its runs keep their names")

        def accept(text: str) -> str:
            others = {self.keeper.name(one).casefold() for one in navigator.runs.family(run.number) if one.number != run.number}
            if text.casefold() in others:
                return f"another run is called {quoted(text, MOST_RUN_NAME)}; expected a name of its own"
            navigator.rename(run.number, text)
            return ""

        hint = "Enter keeps it · Esc closes"
        label = f"name of '{shortened((self.keeper.name(run),), _NAME_IN_LABEL)[0]}'"
        return Outcome(self, ask=TextRequest(label, hint, accept, MOST_RUN_NAME, run.name, replaced=True))

    def _saved(self, run: Run) -> TextRequest:
        hint = "a new file, with the weights of this step · Esc closes"
        return TextRequest("save as", hint, lambda text: self.keeper.save(run, text), _LONGEST_PATH, "fork.toml", replaced=True)

    def _discard(self, run: Run, navigator: Navigator) -> Outcome:
        if not run.is_fork:
            return Outcome(self, say="this is the original run, which cannot be deleted")
        if navigator.runs.is_brought(run.number):
            return Outcome(self, say="the scenario brings this fork along: it stays")
        if not navigator.runs.may_change(run.number):
            return Outcome(self, say="a recording is what it is: its forks stay")
        if run.number == navigator.base.chapter:
            return Outcome(self, say="you are in this fork; go to another run first (Enter), then D deletes this one")
        if not self.doomed:
            return Outcome(replace(self, doomed=True), say="D once more deletes this fork; what was forked from it stays")
        here = replace(self, chosen=navigator.base.chapter, offset=0, doomed=False)
        return Outcome(here, then=lambda: navigator.discard(run.number))


@dataclass(frozen=True, slots=True)
class RunKeeper:
    """What a run is called, whether it may be named or deleted, and how it is saved as a scenario, told by `say`."""

    navigator: Navigator
    workspace: "Workspace"
    say: Callable[[str], None]

    def name(self, run: Run) -> str:
        """What a run is called on the screen."""
        return run.called(self.workspace.display.notation)

    def may_name(self, number: int) -> bool:
        """Whether the run of a number may be given a name."""
        return self.navigator.runs.may_change(number)

    def may_delete(self, number: int) -> bool:
        """Whether the run of a number may be deleted: a fork of this session that the viewer is not in."""
        runs = self.navigator.runs
        return runs.may_change(number) and number != self.navigator.base.chapter and runs.run(number).is_fork

    def save(self, run: Run, text: str) -> str:
        """Saves a run at the present step. text: the name of the file. Why the run cannot be saved, or nothing."""
        from nntui.files.scenario.save import save_scenario
        from nntui.training.snapshot import scenario_at, weights_at

        step, course = self.navigator.position.step, self.navigator.course
        words = self.name(run)
        title = f"{run.timeline.scenario.title}, {words}" if run.is_fork else run.timeline.scenario.title
        try:
            path = typed(text, self.navigator.recorders.work_folder)
            files = save_scenario(path, scenario_at(run.timeline, step, title))
        except InputError as fault:
            return str(fault)
        before = weights_at(run.timeline, step)[1]
        point = f"before {course.address(course.first(before)).data_point}" if before < course.iterations else "at the end"
        network = run.timeline.scenario.network
        kept = [letter for letter, on in (("G", network.batched), ("v", network.moving)) if on]
        point += f", {' and '.join(kept)} at 0" if kept else ""
        self.say(f"saved with the weights {point}: {' and '.join(map(str, files))}")
        return ""


def _listed(run: Run, view: View, navigator: Navigator, near: bool) -> ListedRun:
    """near: whether its line may be visible; of others, which may be hundreds, no costs are looked up."""
    timeline, course, n = run.timeline, navigator.course, view.frame.number
    name, here = run.called(view.notation), run.number == navigator.position.chapter
    start = course.address(course.first(run.start)).data_point if run.is_fork else ""
    if not near:
        return ListedRun(run.number, name, run.depth, start, None, None, here)
    epoch = n // course.points
    cost = float(timeline.costs(n, n + 1)[0]) if n < timeline.computed and view.frame.knows("cost", len(course.units)) else None
    means = timeline.epoch_means.exact(epoch - 1, epoch) if 0 < epoch <= timeline.computed // course.points else None
    mean = float(means[0]) if means is not None and means.size else None
    return ListedRun(run.number, name, run.depth, start, cost, mean, here)


def _compared(here: Frame, timeline: Timeline) -> tuple[Pair, ...]:
    """Nothing where the other run is not computed so far."""
    return pairs(here, timeline.frame(here.step)) if is_near(timeline, here.number) else ()
