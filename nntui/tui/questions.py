"""What can be asked for in the line at the foot: an address, a note, the name of a recording."""

from collections.abc import Callable

from nntui.files.faults import InputError
from nntui.training.steps import AddressError
from nntui.tui.prompt import Question
from nntui.tui.walk import Walk

_LONGEST_NOTE = 500  # characters
_LONGEST_NAME = 200


def for_address(walk: Walk, go: Callable[[int], None]) -> Question:
    """g."""

    def accept(text: str) -> str:
        try:
            step = walk.course.parse(text)
        except AddressError as error:
            return str(error)
        go(step)
        return ""

    return Question("go to", "such as 3:2:delta:1:2, 40, end · Esc closes", accept)


def for_note(walk: Walk, done: Callable[[], None]) -> Question:
    """m."""

    def accept(text: str) -> str:
        walk.remark(text)
        done()
        return ""

    return Question("note", "Enter keeps it · Esc closes", accept, _LONGEST_NOTE)


def for_recording(walk: Walk, name: str, say: Callable[[str], None]) -> Question:
    """R."""

    def accept(text: str) -> str:
        try:
            walk.keeper.begin(text, walk.timeline.scenario, walk.stand.step)
        except InputError as fault:
            return str(fault)
        say(walk.news() or f"recording to {text}; R ends it")
        return ""

    return Question("record to", "Enter begins · Esc closes", accept, _LONGEST_NAME, name)
