"""The few iterations of a run that were looked at last, kept whole."""

from collections import OrderedDict
from dataclasses import replace

from nntui.engine.arithmetic import NAN, canonical
from nntui.engine.iteration import Iteration

_MOST, _MOST_BYTES = 3, 8 << 20  # iterations, and what their weights may take; one iteration at least


class RecentIterations:
    """Iterations by number. Every nan in them has the one pattern of `canonical`, however they were computed."""

    def __init__(self, state_bytes: int) -> None:
        """state_bytes: of the weights of one iteration, with G and v where the network has them."""
        self._most = min(max(_MOST_BYTES // state_bytes, 1), _MOST)
        self._kept: OrderedDict[int, Iteration] = OrderedDict()

    def __contains__(self, n: int) -> bool:
        return n in self._kept

    def get(self, n: int) -> Iteration | None:
        """Iteration n, if it is kept."""
        return self._kept.get(n)

    def make_room(self) -> None:
        """Drops the kept iteration of a network whose weights leave room for one alone; called before another is computed."""
        if self._most == 1:
            self._kept.clear()

    def keep(self, n: int, made: Iteration) -> Iteration:
        """Keeps iteration n, in place of the oldest where there is no room for both; returns it with every nan canonical."""
        kept = self._kept[n] = replace(
            made,
            z=canonical(made.z),
            a=canonical(made.a),
            delta=canonical(made.delta),
            before=canonical(made.before),
            after=canonical(made.after),
            cost=made.cost if made.cost == made.cost else NAN,
        )
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept

    def forget(self) -> None:
        """Drops all iterations."""
        self._kept.clear()
