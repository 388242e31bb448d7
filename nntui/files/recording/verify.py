"""Verifying a recording: every keyframe of every run is compared with recomputed weights."""

from nntui.files.recording.keyframe import Keyframe, digest_of
from nntui.files.recording.reader import Recording
from nntui.lesson.chapters import timeline_of
from nntui.training.address import Address
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: how many keyframes are equal, and the address of the first that is not."""

    equal: int
    difference: Address | None


def verdict(recording: Recording) -> Verification:
    """Recomputes the runs of the sound part of a recording, each up to its last keyframe."""
    equal, difference = 0, None
    timelines: dict[int, Timeline] = {}
    by_chapter: dict[int, list[Keyframe]] = {}
    for keyframe in recording.keyframes:
        by_chapter.setdefault(keyframe.chapter, []).append(keyframe)
    for chapter in range(len(recording.lesson.scenarios)):
        if chapter not in recording.lesson.forks:
            timelines.clear()  # of another scenario
        if chapter not in by_chapter:
            continue
        timeline = timeline_of(recording.lesson, chapter, timelines)
        for keyframe in sorted(by_chapter[chapter], key=lambda keyframe: keyframe.iteration):
            if _recomputed(timeline, keyframe) == keyframe.digest:
                equal += 1
            elif difference is None:
                course = timeline.course
                difference = course.address(min(keyframe.iteration * course.length, course.last))
    return Verification(equal, difference)


def _recomputed(timeline: Timeline, keyframe: Keyframe) -> str:
    n = keyframe.iteration
    return digest_of(timeline.iteration(n).before if n < len(timeline) else timeline.iteration(n - 1).after)


def report(recording: Recording) -> tuple[list[str], int]:
    """What `nntui verify` prints, and its exit code."""
    name, found = recording.name, verdict(recording)
    lesson = recording.lesson
    place = lesson.end
    ends = lesson.scenarios[place.chapter].course.address(place.step)
    sound = f"{recording.moves} moves, ends at {ends}, {found.equal} keyframes recomputed and equal"
    lines = recording.remarks
    if found.difference is not None:
        sound = f"first difference at {found.difference}; {sound}"
    if recording.fault:
        lines.append(f"{recording.fault}; saved is what stands before it: {sound}")
    else:
        lines.append(f"{name}: {sound}")
    return lines, 1 if recording.fault or found.difference is not None else 0
