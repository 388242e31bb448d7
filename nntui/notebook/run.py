"""The run of a scenario, as notebooks and scripts ask for it (`nntui.Timeline`)."""

from collections.abc import Sequence
from itertools import chain
from operator import index
from typing import Any, SupportsIndex

from nntui.engine.arithmetic import Array
from nntui.notebook.data_point import NotebookIteration
from nntui.notebook.number_rows import Row, number_rows
from nntui.training.edits.edit import Edit
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.training.steps import Course
from nntui.training.timeline import Timeline


class NotebookTimeline:
    """Any iteration, any frame of one run, in any order; computed on demand, and then remembered.

    An iteration is one data point's turn: it is epoch (n // points + 1), data point (n % points + 1). The numbers are the
    same to the last bit on every machine. Not thread-safe.
    """

    def __init__(self, scenario: Scenario, inner: Timeline | None = None) -> None:
        """inner: a run that is there already, of the same scenario."""
        self.inner = Timeline(scenario) if inner is None else inner
        """The run as the rest of nntui has it; what it knows beyond this class can be asked here too."""

    def __getattr__(self, name: str) -> Any:
        if name == "inner":  # not made yet: a copy that is being unpickled
            raise AttributeError(name)
        return getattr(self.inner, name)

    def __len__(self) -> int:
        return len(self.inner)

    @property
    def scenario(self) -> Scenario:
        """The scenario that holds from where the run begins; of a fork, with its edits."""
        return self.inner.scenario

    @property
    def course(self) -> Course:
        """The steps of the run, and their addresses: `course.parse("3:2:delta:1:2")` is a step."""
        return self.inner.course

    # --- numbers

    def iteration(self, n: SupportsIndex) -> NotebookIteration:
        """All numbers of iteration n, 0 ≤ n < len; IndexError outside."""
        number, length = index(n), self.inner.course.length
        if not 0 <= number < len(self):
            raise IndexError(f"iteration {number} is not in 0 … {len(self) - 1}")
        return NotebookIteration(self.inner.frame(number * length + length - 1))

    def weights(self, n: SupportsIndex) -> tuple[Array, ...]:
        """The weights before iteration n, 0 ≤ n ≤ len: a read-only float64 array (n_l, 1 + n_{l−1}) a layer.

        Row k, column j as in the lecture: w_kj^{l−1}, column 0 the bias (nan where the layer has none). IndexError outside.
        """
        return self.inner.weights(index(n))

    def frame(self, step: SupportsIndex) -> Frame:
        """What is known at a step of the run, 0 ≤ step < len · M, M steps a data point; IndexError outside."""
        return self.inner.frame(index(step))

    def costs(self, start: SupportsIndex, stop: SupportsIndex) -> Array:
        """C of iterations start … stop − 1, shape (stop − start,), each before its update; IndexError outside 0 … len."""
        return self.inner.costs(index(start), index(stop))

    def mean(self, epoch: SupportsIndex) -> float:
        """The mean C of an epoch, from 0: its costs added from left to right, divided by their number."""
        return self.inner.mean(index(epoch))

    def trace(self, start: SupportsIndex = 0, stop: SupportsIndex | None = None) -> list[Row]:
        """Every number that iterations start … stop − 1 make (stop left out: of one iteration), a row each.

        The rows are those of `nntui trace --format csv`, and `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them
        as they are. neuron is 0 where a number belongs to none, as x and C; from is j of a weight or input, 0 the bias, and
        None where a number comes from no one. IndexError outside 0 ≤ start ≤ stop ≤ len.
        """
        first = index(start)
        last = first + 1 if stop is None else index(stop)
        if not 0 <= first <= last <= len(self):
            raise IndexError(f"iterations {first} … {last} are not in 0 … {len(self)}")
        length = self.inner.course.length
        frames = (self.inner.frame(step) for step in range(first * length, last * length))
        return list(chain.from_iterable(map(number_rows, frames)))

    # --- other runs, other places

    def until(self, condition: str, after: SupportsIndex | None = None) -> NotebookIteration | None:
        """The first data point at which a condition holds, or None: "mean C < 0.01", "|δ1.2| < 1e-6", "all classified", ….

        The conditions are those of `nntui run --until`. after: the iteration after which the search begins. ValueError says
        what is wrong with a condition. `.step` of what is found is the step at which it holds.
        """
        from nntui.training.until.parser import read_condition
        from nntui.training.until.search import Search

        wanted = read_condition(condition, self.scenario)
        here = -1 if after is None else (index(after) + 1) * self.inner.course.length - 1
        search = Search(self.inner, wanted, here)
        for _ in search:
            pass
        return None if search.found is None else NotebookIteration(self.inner.frame(search.found.step))

    def fork(self, n: SupportsIndex, edits: Sequence[Edit] | str) -> "NotebookTimeline":
        """The run that this one would be if something were changed before iteration n, 0 ≤ n < len: "eta=0.1 w1.2.1=0.5".

        It shares all that lies before; this run stays what it is. EditError (a ValueError) if an edit cannot be made.
        """
        made = self.inner.fork(index(n), edits)
        return NotebookTimeline(made.scenario, made)

    @property
    def forks(self) -> "tuple[NotebookTimeline, ...]":
        """The runs that the scenario brings along, in the order of `scenario.forks`, which names them; of a fork none."""
        return tuple(NotebookTimeline(made.scenario, made) for made in self.inner.brought)

    # --- shown

    def __repr__(self) -> str:
        scenario = self.scenario
        place = f"{scenario.epochs} epochs of {scenario.points} data points"
        return f"<nntui.Timeline of {scenario.title!r}: {len(self)} iterations, {place}; {self.inner.computed} computed>"

    def _repr_html_(self) -> str:
        from nntui.notebook.html import timeline_html

        return timeline_html(self.inner)
