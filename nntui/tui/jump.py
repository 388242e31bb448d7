"""A far jump, forward or back, in slices between which the keyboard is heard."""

import asyncio
from collections.abc import Callable

from nntui.training.timeline import Timeline

AT_ONCE = 8  # slices that a key press may take: some tens of milliseconds


def is_far(timeline: Timeline, iteration: int) -> bool:
    """Whether reaching an iteration needs more computing than a key press may take."""
    return timeline.distance(iteration) > AT_ONCE * timeline.slice


async def jump(timeline: Timeline, iteration: int, progress: Callable[[int], None]) -> None:
    """Computes up to an iteration; `progress` is told how many are left. Cancelling keeps what is computed."""
    for left in timeline.approach(iteration):
        progress(left)
        await asyncio.sleep(0)
