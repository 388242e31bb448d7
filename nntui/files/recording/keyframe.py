"""Keyframes: the weights before an iteration, kept so that a replay recomputes little and `verify` can compare.

When they are due. A keyframe is written at an iteration where the student stands if none lies in the `SPACING`
iterations before it (the start of the run is one: the scenario holds its weights). So any recorded stop is at most
SPACING iterations from known weights. Each time the keyframes of a recording fill another `SHARE` of bytes the
spacing doubles, but not for the place where a session ends, which is gone on from; and weights of more than `LONGEST`
bytes are not kept, only their digest: an hour of 3,600 stops far apart on a 2-2-1 network takes under 1 MiB, and a
recording of a big network grows with the logarithm of the run.
"""

from base64 import b64decode, b64encode
from bisect import bisect_right, insort
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, canonical, frozen

SPACING = 128  # iterations
SHARE = 256 << 10  # bytes; of a wide network as many as its first keyframes take, within reason
AT_LEAST, MOST_SHARE = 64, 4 << 20
LONGEST = 1 << 20  # bytes of weights


@dataclass(frozen=True, slots=True, eq=False)
class Keyframe:
    """The weights before an iteration of a chapter's scenario, and where they stand in the file. theta None: not kept."""

    line: int
    chapter: int
    iteration: int
    digest: str
    theta: Array | None

    def agrees(self, theta: Array) -> bool:
        """Whether these weights, to the last bit, are the ones that were recorded."""
        return digest_of(theta) == self.digest


def weight_bytes(theta: Array) -> bytes:
    """Little-endian float64, every NaN in the one pattern."""
    return canonical(theta).astype("<f8").tobytes()


def digest_of(theta: Array) -> str:
    """The sha256 of the weights, in hex."""
    return sha256(weight_bytes(theta)).hexdigest()


def keyframe_record(iteration: int, theta: Array) -> dict[str, Any]:
    """A keyframe as the JSON object of its line."""
    raw = weight_bytes(theta)
    record = {"kind": "keyframe", "iteration": iteration, "digest": sha256(raw).hexdigest()}
    return record | ({"weights": b64encode(raw).decode()} if len(raw) <= LONGEST else {})


def kept_weights(text: str, parameters: int) -> Array:
    """The weights in a keyframe of a network with so many; ValueError, in words, where there are not as many."""
    if len(text) != (parameters * 8 + 2) // 3 * 4:
        raise ValueError(f"weights of {len(text)} characters of base64; expected those of {parameters} numbers")
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        raise ValueError("weights that are no base64; expected little-endian float64") from None
    if len(raw) != parameters * 8:
        raise ValueError(f"weights of {len(raw)} bytes; expected {parameters * 8}")
    return frozen(canonical(np.frombuffer(raw, "<f8").astype(np.float64)))


@dataclass(slots=True)
class KeyframeSpacing:
    """Where the keyframes of each chapter lie, and how many bytes all of them take.

    The start of a scenario is one (it holds its weights); that of a fork is not, so that its first stop has one and it
    can be opened without all that lies before.
    """

    chapter: int = 0
    size: int = 0
    iterations: dict[int, list[int]] = field(default_factory=lambda: {0: [0]})
    _longest: int = 0

    def is_due(self, iteration: int, at_the_end: bool = False) -> bool:
        """Whether the weights before an iteration should be kept; of the last one whatever the others take."""
        lie = self.iterations[self.chapter]
        number = bisect_right(lie, iteration)
        if number == 0:
            return True
        share = min(max(SHARE, AT_LEAST * self._longest), MOST_SHARE)
        return iteration - lie[number - 1] > SPACING << (0 if at_the_end else self.size // share)

    def add(self, iteration: int, size: int) -> None:
        """A keyframe that was written, with the length of its line."""
        insort(self.iterations[self.chapter], iteration)
        self.size += size
        self._longest = max(self._longest, size)

    def open(self, *, fork: bool) -> None:
        """Another chapter begins, and is in force."""
        self.chapter = len(self.iterations)
        self.iterations[self.chapter] = [] if fork else [0]
