"""The numbers that the small cost plot draws of a run, a few for each column."""

from collections.abc import Sequence

import numpy as np

from nntui.draw.base.spans import Role
from nntui.draw.charts.tracks import Thinned, Track
from nntui.engine.arithmetic import Array
from nntui.training.containers.series import Series
from nntui.values import dataclass

TICKS = 6  # cells of the ticks at the left
EPOCHS = 10  # epochs across from which the mean of each is the line, and its data points the band


@dataclass(frozen=True, slots=True)
class RunExtent:
    """The drawn part of a run. size: iterations across; reached: those up to the present; farthest: the largest visited one.

    log: the viewer wants a logarithmic scale. colours: the band is a colour, else characters.
    hurried: drawn without plotext, dot for dot the same in less time.
    """

    size: int
    reached: int
    farthest: int
    points: int
    log: bool = False
    colours: bool = False
    hurried: bool = False

    @property
    def by_means(self) -> bool:
        """Whether the line is the mean of each epoch; in a short run it is the cost of each data point."""
        return self.points > 1 and self.size >= EPOCHS * self.points


@dataclass(frozen=True, slots=True)
class ThinnedCosts:
    """The numbers that are drawn, a few for each column, whatever the length of the run.

    costs: C up to the present and beyond it, where C is the line. means: epoch means, None where an epoch is one data point.
    spread: C of all that was visited, for the band, None where C is the line.
    others: letter, role and numbers of other runs: epoch means, or C where an epoch is one data point.
    """

    costs: tuple[Thinned, ...]
    means: Thinned | None
    spread: Thinned | None
    others: tuple[tuple[str, Role, Thinned], ...] = ()

    def line(self) -> list[Array]:
        """The numbers of the lines, from which the scale is made."""
        means = [] if self.spread is None or self.means is None else [*ends(self.means)]
        of_run = means if any(np.isfinite(row).any() for row in means) else [row for one in self._points() for row in ends(one)]
        return [*of_run, *(row for _, _, thinned in self.others for row in ends(thinned))]

    def _points(self) -> tuple[Thinned, ...]:
        return self.costs if self.spread is None else (self.spread,)


def thinned_costs(costs: Series, means: Series, others: Sequence[Track], extent: RunExtent, cells: int) -> ThinnedCosts:
    """What is drawn of a run and of others in `cells` cells."""
    columns = cells - TICKS
    count = columns if extent.size > 2 * columns else 2 * columns

    def thinned(track: Track, most: int) -> Thinned:
        numbers = extent.size // track.every
        return track.columns(0, numbers, min(most, numbers) if track.every > 1 else most)

    known = max(extent.reached, extent.farthest)
    dense = extent.points > 1 and (extent.by_means or extent.size > 2 * columns)
    parts = min(columns, extent.size // extent.points)
    past = Track("C", costs, "past", stop=extent.reached)
    future = Track("C", costs, "future", start=extent.reached, stop=extent.farthest)
    return ThinnedCosts(
        () if extent.by_means else (thinned(past, count), thinned(future, count)),
        thinned(Track("mean", means, "mean", every=extent.points, stop=known), 2 * columns) if dense else None,
        thinned(Track("C", costs, "band", stop=known), parts) if extent.by_means else None,
        tuple((track.mark, track.role, thinned(track, count)) for track in others),
    )


def ends(thinned: Thinned) -> tuple[Array, Array]:
    """The smallest and the largest number of each column."""
    return thinned.low, thinned.high
