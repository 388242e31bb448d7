"""The keyframes of a recording that is read: each is checked against its run, its digest and those before it."""

from typing import Any

from nntui.engine.arithmetic import Array
from nntui.files.recording.keyframe import Keyframe, decoded_weights, digest_of
from nntui.files.recording.lines.values import WrongLine, text_in, whole_in
from nntui.training.scenario import Scenario


class KeyframeTable:
    """The keyframes so far; of those before one iteration of a chapter the first, and the first with weights."""

    def __init__(self) -> None:
        self.found: list[Keyframe] = []
        """In the order of their lines."""
        self._known: dict[tuple[int, int], Keyframe] = {}  # by chapter and iteration

    def add(self, record: dict[str, Any], line: int, chapter: int, scenario: Scenario) -> None:
        """Takes in the keyframe of a line; WrongLine for wrong content. chapter, scenario: those in force."""
        iteration, digest = whole_in(record, "iteration"), text_in(record, "digest")
        iterations = scenario.course.iterations
        if iteration > iterations:
            raise WrongLine(f"a keyframe of an iteration that is not in this run; expected 0 to {iterations}")
        known = self._known.get((chapter, iteration))
        if known is not None and known.digest != digest:
            raise WrongLine(
                f"a keyframe that contradicts that of line {known.line}; expected the same weights before an iteration"
            )
        theta = None
        if "weights" in record:
            theta = _weights(record, iteration, digest, scenario)
        elif len(digest) != 64:
            raise WrongLine(f"a digest of {len(digest)} characters; expected 64")
        if known is None or (known.theta is None and theta is not None):  # else it adds nothing
            self._known[chapter, iteration] = keyframe = Keyframe(line, chapter, iteration, digest, theta)
            self.found.append(keyframe)


def _weights(record: dict[str, Any], iteration: int, digest: str, scenario: Scenario) -> Array:
    """The weights (parameters,) of a keyframe; WrongLine if there are others in the line, or none."""
    try:
        theta = decoded_weights(text_in(record, "weights"), scenario.network.state_size)
    except ValueError as fault:
        raise WrongLine(str(fault)) from None
    if digest_of(theta) != digest:
        course = scenario.course
        at = course.address(min(iteration * course.length, course.last))
        raise WrongLine(f"first difference at {at}, where the weights have another digest; expected the one beside them")
    return theta
