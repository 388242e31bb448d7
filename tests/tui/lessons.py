"""Lessons that are recorded in the app, and read again: what the stories of recording and replay share."""

import errno
import os

from nntui.files.recording import line_file
from nntui.session.opening import of_scenario
from nntui.tui.lesson.window import ScreenWindow
from nntui.tui.widgets.canvas import Canvas
from tests.recording.making import bodies
from tests.tui.driven_app import Clock, a_session, run_story


def moves(path):
    """What happened, as it is in the file: its lines but the first, the keyframes and what was looked at."""
    return [body for body in bodies(path.read_bytes())[1:] if body["kind"] not in ("keyframe", "view")]


def steps(path):
    """The places that were stood at, as they are in the file."""
    return [move["to"] if move["kind"] == "play" else move["step"] for move in moves(path)]


def record(path, story, scenario, clock=None, history=None, tell=run_story, **options):
    """Tells a story to an app that records to `path`, as `--record` does; the session, which has ended."""
    session = a_session(clock or Clock(), history)
    session.recorders.begin(path, scenario)
    begins = of_scenario(scenario, options.pop("step", 0), options.pop("reload", None))
    tell(story, opening=begins, session=session, **options)
    session.recorders.close()
    return session


def frame_of(w):
    """What is known at the step of the viewer."""
    return w.timeline.frame(w.position.step)


def place_of(w, wanted):
    """Column and line of the first span with such a target."""
    for y, line in enumerate(w.lesson.query_one(Canvas)._block):
        x = 0
        for span in line:
            if wanted(span.target):
                return x, y
            x += span.width
    raise AssertionError("nothing to click on")


async def click(w, x, y):
    """Clicks there, and waits for what follows."""
    await w.click(x, y)


def bits(frame):
    """All numbers of a frame, to the last bit, and how far it is revealed."""
    one = frame.iteration
    arrays = (one.x, one.y, one.z, one.a, one.delta, one.before, one.after)
    return frame.scenario.title, frame.step, one.cost.hex(), *(array.tobytes() for array in arrays)


def here(w):
    """The bits of the frame that is shown."""
    return bits(w.timeline.frame(w.position.step))


async def filled(w):
    """Until all that was visited is in the plot."""
    await w.until(lambda: w.timeline.computed > w.position.farthest, patience=120)
    await w.until(lambda: not w.lesson.workers._workers)
    await w.settled()


class Bell:
    """Rings when the next stop of a replay is due: the clock is put there, whatever the time."""

    def __init__(self, monkeypatch, clock):
        self._clock = clock
        self.wait = None  # seconds that were asked for, while one is waited for

        def after(window, delay, callback, after=ScreenWindow.after):
            if callback.__name__ != "lesson_tick":
                return after(window, delay, callback)
            self.wait, self._ring = delay, callback
            return self

        monkeypatch.setattr(ScreenWindow, "after", after)

    def stop(self):
        self.wait = None

    async def ring(self, w):
        """Lets the time pass, and what follows happen; how long it took."""
        passed, self.wait = self.wait, None
        self._clock.seconds += passed
        self._ring()
        await w.settled()
        return passed


def fill_disk(monkeypatch, after=0):
    """From now on `after` writes are still whole; the next is short, and no other is possible."""
    real, left = os.write, [after]

    def write(handle, data):
        left[0] -= 1
        if left[0] >= 0:
            return real(handle, data)
        if left[0] == -1:
            return real(handle, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(line_file.os, "write", write)
