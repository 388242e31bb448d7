"""One step of a run, as `nntui trace` tells it to programs."""

import json

from nntui.explain.trace import trace


def traced_at(timeline, step):
    """The object of a step."""
    return json.loads(next(trace(timeline, step, step, "jsonl")))
