"""A far jump forward, in slices between which the keyboard is heard."""

import asyncio
from collections.abc import Callable

from nntui.training.timeline import Timeline

NEAR = 64  # iterations that are computed at once: a few milliseconds


def is_far(timeline: Timeline, iteration: int) -> bool:
    """Whether reaching an iteration needs more computing than a key press may take."""
    at_once = max(1, min(NEAR, (1 << 21) // timeline.scenario.network.parameters))
    return iteration >= timeline.computed + at_once


async def jump(timeline: Timeline, iteration: int, progress: Callable[[int], None]) -> None:
    """Computes up to and including an iteration; `progress` is told how many are known. Cancelling keeps them."""
    for computed in timeline.reach(iteration):
        progress(computed)
        await asyncio.sleep(0)
