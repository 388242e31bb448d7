"""What was looked at in a lesson, by the stop at which it was seen."""

from array import array
from bisect import bisect_right
from dataclasses import replace

from nntui.lesson.display_state import DisplayState
from nntui.lesson.events import Look


def past(state: DisplayState) -> DisplayState:
    """What is still seen at the next stop: the words of the scenario and the lit path of the graph end with it."""
    return replace(state, about=False, path=0) if state.about or state.path else state


class Looks:
    """The display states of one lesson; they are only appended, and their stops never fall."""

    def __init__(self) -> None:
        self._stops = array("q")
        self._states: list[DisplayState] = []
        self._arrivals = array("q")  # the stop at which the student came to the place of each

    def append(self, stop: int, state: DisplayState, before: int) -> None:
        """Adds what was seen from a stop on. before: the stop before this event, −1 for none."""
        again = before > 0 and len(self._stops) > 0 and self._stops[-1] == before  # looked at there, too: arrived earlier
        self._arrivals.append(self._arrivals[-1] if again else max(before, 0))
        self._stops.append(stop)
        self._states.append(state)

    def whole(self, event: Look) -> Look:
        """The next event, with the text of a page that leaves out that of the state before; empty if that has none."""
        page = event.state.page
        if page is None or page.text is not None:
            return event
        before = self._states[-1].page if self._states else None
        text = before.text if before is not None and before.name == page.name else ""
        return replace(event, state=replace(event.state, page=replace(page, text=text)))

    def now(self, stop: int) -> DisplayState | None:
        """What is seen at the last stop of the lesson; None if nothing is known of it."""
        if not self._states:
            return None
        return self._states[-1] if self._stops[-1] == stop else past(self._states[-1])

    def at(self, stop: int) -> DisplayState | None:
        """What was seen at a stop; None if nothing is known of it, as in a recording of an older nntui."""
        number = bisect_right(self._stops, stop) - 1
        if number < 0:
            return None
        state = self._states[number]
        return state if self._stops[number] == stop else past(state)

    def arrival(self, stop: int) -> int:
        """The stop at which the student came to the place of a stop: before it where the place was only looked at otherwise."""
        number = bisect_right(self._stops, stop) - 1
        return self._arrivals[number] if number >= 0 and self._stops[number] == stop else stop
