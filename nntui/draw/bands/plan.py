"""The plan of the bands for one step: for its layer or that of the cursor, with the neurons of the page they are on."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nntui.draw.bands.layouts import too_many_inputs
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import page_of
from nntui.engine.iteration import Iteration
from nntui.explain.notation.numerals import Numerals
from nntui.explain.notation.symbols import Notation
from nntui.training.address import Moment
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.draw.bands.planner import Band, BandPlanner, Plan

FRAME = 2  # cells of both borders


def plan(view: View, cells: int, height: int) -> "Plan | None":
    """The bands in `cells` columns and at most `height` lines; None where even the layer of the step has no room."""
    room, frame = cells - FRAME, view.frame
    if any(too_many_inputs(block.inputs, room) for block in frame.scenario.network.blocks):
        return None
    then = _Numbers.of(view.then) if view.then is not None else None
    planner = _planner(_Numbers.of(frame), then, view.numerals, view.notation, room, height)
    step = _step(view)
    present = max(view.cursor.layer if view.cursor is not None else step.layer, 1)
    found = planner.plan(present, step.layer if step.layer != present else 0, _least_needed(view))
    return found and replace(found, bands=tuple(_on_its_page(view, band) for band in found.bands))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of a data point, the same at all its steps; equal to those of the same iteration alone."""

    scenario: Scenario
    made: Iteration

    @classmethod
    def of(cls, frame: Frame) -> "_Numbers":
        return cls(frame.scenario, frame.iteration)

    @property
    def frame(self) -> Frame:
        return Frame(self.scenario, self.scenario.course, 0, 0, 1, self.made)


@lru_cache(maxsize=2)  # the steps of a data point share their plans; the cache keeps at most four data points alive
def _planner(
    now: _Numbers, then: _Numbers | None, numerals: Numerals, notation: Notation, room: int, height: int
) -> "BandPlanner":
    from nntui.draw.bands.band_numbers import BandNumbers
    from nntui.draw.bands.planner import BandPlanner

    return BandPlanner(BandNumbers(now.frame, then.frame if then is not None else None, numerals, notation), room, height)


def _step(view: View) -> Moment:
    """What the step computes, or the next one while its number is asked for."""
    asked = next((cell for cell in view.lit if cell.layer), None) if view.asked is not None else None
    moment = view.frame.moment
    return moment if asked is None else Moment(moment.kind, asked.layer, asked.neuron)


def _least_needed(view: View) -> str:
    """The column of a neuron's numbers that is left out last: σ′, or if the cursor is there, one that is not lit."""
    if view.cursor is None or view.cursor.kind != "slope":
        return "σ′"
    return "z" if view.frame.moment.kind != "z" else "a"


def _on_its_page(view: View, band: "Band") -> "Band":
    """A band with the neurons of the page of the cursor, else of the step; with that of the step in place of another."""
    total, count = view.frame.course.units[band.layer - 1], len(band.neurons)
    if count in (0, total):
        return band
    cursor, moment = view.cursor, _step(view)
    pointed = cursor.neuron if cursor is not None and cursor.layer == band.layer else 0
    step = moment.neuron if moment.layer == band.layer else 0
    start = page_of(max(pointed or step, 1) - 1, count, total)
    rows = list(range(start + 1, start + count + 1))
    if step and step not in rows and count > 1:
        rows[-1 if pointed != rows[-1] else 0] = step
    return replace(band, neurons=tuple(sorted(rows)))
