"""Keyframes: the weights before an iteration, kept so that a replay recomputes little and `verify` can compare.

When they are due: a keyframe is written at an iteration that the student visits if none lies in the `SPACING` iterations
before it (the start of a run counts as one, because the scenario has its weights). So any recorded stop is at most
SPACING iterations from known weights. Each time the keyframes of a recording fill another `SHARE` of bytes the spacing
doubles, except at the end of a session, where the next one continues. Of weights of more than `LONGEST` bytes only the
digest is kept. An hour of 3,600 distant stops on a 2-2-1 network takes under 1 MiB, and the recording of a large network
grows with the logarithm of the run.
"""

from base64 import b64decode, b64encode
from bisect import bisect_right, insort
from dataclasses import field
from hashlib import sha256
from typing import Any

import numpy as np

from nntui.engine.arithmetic import Array, canonical, frozen
from nntui.values import dataclass

SPACING = 128  # iterations
SHARE = 256 << 10  # bytes; for a wide network AT_LEAST keyframes, up to MOST_SHARE
AT_LEAST, MOST_SHARE = 64, 4 << 20
LONGEST = 1 << 20  # bytes of weights


@dataclass(frozen=True, slots=True, eq=False)
class Keyframe:
    """The weights before an iteration of a chapter's run, and their line in the file, from 1. theta: None if not kept."""

    line: int
    chapter: int
    iteration: int
    digest: str
    theta: Array | None

    def agrees(self, theta: Array) -> bool:
        """Whether these weights equal the recorded ones to the last bit."""
        return digest_of(theta) == self.digest


def weight_bytes(theta: Array) -> bytes:
    """The weights as little-endian float64, every NaN with the canonical bits."""
    return canonical(theta).astype("<f8").tobytes()


def digest_of(theta: Array) -> str:
    """The sha256 of the weights, in hex."""
    return sha256(weight_bytes(theta)).hexdigest()


def keyframe_record(iteration: int, theta: Array) -> dict[str, Any]:
    """A keyframe as the JSON object of its line."""
    raw = weight_bytes(theta)
    record = {"kind": "keyframe", "iteration": iteration, "digest": sha256(raw).hexdigest()}
    return record | ({"weights": b64encode(raw).decode()} if len(raw) <= LONGEST else {})


def decoded_weights(text: str, parameters: int) -> Array:
    """The weights (parameters,) in the text of a keyframe; ValueError says what is wrong with it."""
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
    """The iterations with keyframes of each chapter, and the bytes of all keyframes.

    The start of a scenario counts as one, because the scenario has its weights. The start of a fork does not: its first
    stop gets a keyframe, so that the fork can be opened without computing what lies before.
    """

    chapter: int = 0
    size: int = 0
    iterations: dict[int, list[int]] = field(default_factory=lambda: {0: [0]})
    _longest: int = 0

    def is_due(self, iteration: int, at_the_end: bool = False) -> bool:
        """Whether a keyframe before this iteration is due; at the end of a session the spacing is never doubled."""
        lie = self.iterations[self.chapter]
        number = bisect_right(lie, iteration)
        if number == 0:
            return True
        share = min(max(SHARE, AT_LEAST * self._longest), MOST_SHARE)
        return iteration - lie[number - 1] > SPACING << (0 if at_the_end else self.size // share)

    def add(self, iteration: int, size: int) -> None:
        """Notes a keyframe that was written. size: bytes of its line."""
        insort(self.iterations[self.chapter], iteration)
        self.size += size
        self._longest = max(self._longest, size)

    def open(self, *, fork: bool) -> None:
        """Begins a new chapter and makes it the current one."""
        self.chapter = len(self.iterations)
        self.iterations[self.chapter] = [] if fork else [0]

    def bring(self, forks: int) -> None:
        """Begins chapters for the forks that the scenario of the current one brings along."""
        for chapter in range(len(self.iterations), len(self.iterations) + forks):
            self.iterations[chapter] = []
