"""A window without Textual: what controllers ask of it is kept in lists, and time passes when a test says so."""

from nntui.draw.base.plain_text import plain
from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.session.opening import of_scenario
from tests.tui.driven_app import a_session


class FakeTimer:
    """A timer that a test rings."""

    def __init__(self, seconds, call):
        self.seconds, self.call, self.is_on = seconds, call, True

    def stop(self):
        self.is_on = False


class FakeWindow:
    """paints: how often it was asked to paint. requests: what was asked. jobs: what runs in slices."""

    width = 80

    def __init__(self):
        self.paints = 0
        self.opened = []
        self.requests, self.copies, self.timers, self.jobs = [], [], [], {}

    def paint_soon(self):
        self.paints += 1

    def ask(self, request):
        self.requests.append(request)

    def open_file(self, path_or_name):
        self.opened.append(path_or_name)

    def copy(self, text):
        self.copies.append(text)

    def run_in_slices(self, job, slices, delay=0.0):
        self.stop_slices(job)
        self.jobs[job] = slices

    def stop_slices(self, job):
        if job in self.jobs:
            self.jobs.pop(job).close()

    def every(self, seconds, call):
        self.timers.append(FakeTimer(seconds, call))
        return self.timers[-1]

    after = every

    # --- what a test does

    def slice(self, job):
        """One slice of a job; whether there are more."""
        slices = self.jobs[job]
        if next(slices, slices) is not slices:
            return True
        if self.jobs.get(job) is slices:
            del self.jobs[job]
        return False

    def finish(self, job):
        """All slices of a job."""
        while self.slice(job):
            pass

    def answer(self, text):
        """Types an answer to what was asked last; why it is refused, or nothing."""
        return self.requests[-1].accept(text.strip())

    @property
    def ringing(self):
        """The timers that have not been stopped."""
        return [timer for timer in self.timers if timer.is_on]


class FakeLesson:
    """The controllers of a lesson in a fake window."""

    def __init__(self, scenario=None, step=0, reload=None, opening=None, session=None, **options):
        self.window = FakeWindow()
        opening = opening or of_scenario(scenario, step, reload)
        self.controllers = LessonControllers(opening, session or a_session(), self.window, **options)
        self.controllers.begin()

    def do(self, name, *arguments):
        """An action of the key table."""
        self.controllers.actions[name](*arguments)

    def press(self, *keys):
        """Keys of the open tool, by Textual's names."""
        for key in keys:
            assert self.controllers.pressed(key), key

    def paint(self, cells=80, height=24):
        """What the window does for a paint: the text of the picture, without its foot."""
        self.controllers.movement.view.record()
        return plain(self.workspace.picture(self.navigator, cells, height, [], "")).split("\n")[: height - 1]

    @property
    def navigator(self):
        return self.controllers.navigator

    @property
    def timeline(self):
        return self.navigator.timeline

    @property
    def workspace(self):
        return self.controllers.workspace

    @property
    def position(self):
        return self.navigator.position

    @property
    def address(self):
        return str(self.navigator.course.address(self.position.step))

    @property
    def words(self):
        """What is said at the foot."""
        return self.controllers.movement.status.words
