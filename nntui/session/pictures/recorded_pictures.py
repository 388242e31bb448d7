"""The pictures of a recorded lesson, stop by stop: what the app paints at each of them."""

from collections.abc import Iterator

from nntui.draw.export.picture import Picture
from nntui.files.recording.reader import Recording
from nntui.lesson.log import Lesson
from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.session.opening import of_recording
from nntui.session.pictures.no_window import NoWindow
from nntui.session.position import at_stop
from nntui.session.session import Session


class RecordedPictures:
    """The pictures of a recording on a screen of cells × height. session: one that keeps nothing."""

    def __init__(self, recording: Recording, cells: int, height: int, session: Session) -> None:
        self.lesson: Lesson = recording.lesson
        self.cells, self.height = cells, height
        opening = of_recording(recording)
        self._window = NoWindow(cells)
        self._controllers = LessonControllers(opening, session, self._window)
        self._controllers.workspace.colours = True
        self._controllers.begin()
        self.news: list[str] = []
        """What the app would have said on the way, such as that this machine computes other weights."""

    def __iter__(self) -> Iterator[Picture]:
        """The pictures, one for each stop, in the order of time. All that a picture shows is computed before it is drawn."""
        lesson, movement = self.lesson, self._controllers.movement
        for stop in range(max(lesson.stops, 1)):
            movement.become(at_stop(movement.navigator.base, lesson, stop))
            self._window.finish()
            if movement.status.words:
                self.news.append(movement.status.words)
                movement.status.clear()
            navigator, workspace = self._controllers.navigator, self._controllers.workspace
            block = workspace.picture(navigator, self.cells, self.height, [], "")
            address = str(navigator.course.address(navigator.position.step))
            yield Picture(lesson.time_of(stop), block, address, "\n".join(mark.text for mark in lesson.marks.between(stop, stop)))
