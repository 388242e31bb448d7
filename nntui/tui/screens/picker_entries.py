"""What the picker offers: the last sessions, the files opened lately, and the bundled scenarios."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from textual.content import Content

from nntui.explain.notation.numerals import full
from nntui.files.history import KeptSession
from nntui.files.io.errors import InputError
from nntui.files.io.read import MIB
from nntui.files.library import ALIASES, bundled, grouped, head_of, load
from nntui.files.recording.format import SUFFIX
from nntui.session.session import Session
from nntui.text.counted import noun_for
from nntui.text.reflow import reflowed
from nntui.text.safe import safe
from nntui.values import dataclass

if TYPE_CHECKING:  # it is loaded once something is opened or looked into
    from nntui.session.opening import Opening
    from nntui.training.scenario import Scenario

_TITLE = 60  # characters
_LOOKED_AT = 2 * MIB  # of a recording, at most, that is read as the mark passes over it: a tenth of a second or two
_OFFERED = (".toml", SUFFIX)
_MOST_OFFERED = 200
_SHOWN = 3  # sessions and files: the scenarios are what most come for


@dataclass(frozen=True, slots=True)
class PickerEntry:
    """One thing that can be opened. about and open raise InputError where the file is not as it must be.

    glimpse: of what about gives, what is known without a look into the file, at its place.
    """

    group: str
    label: str
    search: str
    about: Callable[[], Content]
    open: Callable[[], "Opening"]
    name: str = ""  # of a bundled scenario
    glimpse: Callable[[], Content] = Content


def picker_entries(session: Session) -> list[PickerEntry]:
    """All there is, in groups."""
    if session.offered is not None:
        return list(_offered(session.offered, session))
    first = session.history is not None and session.history.is_first
    tour = _tour("New here?" if first else "Once more")
    kept = [*_sessions(session), *_files(session)]
    return [tour, *kept, *_scenarios()] if first else [*kept, *_scenarios(), tour]


def _tour(group: str) -> PickerEntry:
    about = Content.assemble(
        ("A tour of one minute\n\n", "bold"),
        "Seven keys, by doing: a step, why a number is what it is, what if it was another, and what was learned.\n\n"
        "Esc leaves it at any time.\n\n",
        ("in a lesson: T", "$text-muted"),
    )
    return PickerEntry(group, "A tour of one minute", "tour new begin", lambda: about, _open_tour, glimpse=lambda: about)


def kept_entries(kept: list[KeptSession], session: Session) -> list[PickerEntry]:
    """Sessions to choose from."""
    return [entry for one in kept if (entry := _session(one, session)) is not None]


def _sessions(session: Session) -> list[PickerEntry]:
    if session.history is None:
        return []
    ended = [kept for kept in session.history.sessions() if not kept.going_on]
    return kept_entries(ended[:_SHOWN], session)


def _session(kept: KeptSession, session: Session) -> PickerEntry | None:
    try:
        title = _title(kept.path)
    except InputError:
        return None
    ago = _ago(session.now().timestamp() - kept.ended)
    first = f"A session that ended {ago}."
    about, glimpse = partial(_about_recording, kept.path, first), partial(_told_recording, title, first, "")
    opened = partial(_open_session, kept, session)
    return PickerEntry("Go on", f"{title}, {ago}", f"go on session {title}", about, opened, glimpse=glimpse)


def _files(session: Session) -> Iterator[PickerEntry]:
    for path in (session.history.files() if session.history else [])[:_SHOWN]:
        yield _file("Files", path, session)


def _offered(folder: Path, session: Session) -> Iterator[PickerEntry]:
    """The scenarios and recordings in a folder, by their names."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix in _OFFERED)[:_MOST_OFFERED]
    except OSError:
        names = []
    for name in names:
        yield _file(safe(folder.name, _TITLE), str(folder / name), session)


def _file(group: str, path: str, session: Session) -> PickerEntry:
    from nntui.files.recording.header import is_recording

    name = safe(Path(path).name, _TITLE)
    if is_recording(path):
        about = partial(_about_recording, Path(path), f"A recording: {safe(path)}")
    else:
        about = partial(_about_file, path)
    return PickerEntry(group, name, f"file {name}", about, partial(_open_file, path, session))


def _scenarios() -> Iterator[PickerEntry]:
    """Of each file its first words; the rest is read when it is marked or opened."""
    paths = dict(bundled())
    for group, names in grouped():
        for name in names:
            try:
                title, words = head_of(paths[name])
            except InputError as fault:
                yield PickerEntry(group, name, name, partial(_raised, fault), partial(_raised, fault), name)
                continue
            also = " ".join(other for other, meant in ALIASES.items() if meant == name)
            about, search = partial(_about_bundled, name), f"{name} {title} {group} {words} {also}"
            glimpse = partial(_told, title, "\n\n\n", safe(words, newline=True), _command(name))
            yield PickerEntry(group, title, search, about, partial(_open_bundled, name), name, glimpse)


def _command(name: str) -> str:
    return f"nntui {name}"


def _about_bundled(name: str) -> Content:
    return _about(load(name), _command(name))


def _open_bundled(name: str) -> "Opening":
    from nntui.session.opening import of_scenario

    return of_scenario(load(name), reload=partial(load, name))


def _open_tour() -> "Opening":
    from nntui.session.opening import of_tour

    return of_tour()


def _open_file(path: str, session: Session) -> "Opening":
    from nntui.session.opening import of_file

    return of_file(path, session)


def _open_session(kept: KeptSession, session: Session) -> "Opening":
    from nntui.session.opening import of_session

    return of_session(kept, session)


def _raised(fault: InputError) -> NoReturn:
    raise fault


def _about(scenario: "Scenario", last: str) -> Content:
    """Title, shape and `about`."""
    from nntui.explain.equations.cards.costs import cost_card

    network = scenario.network
    shape = "–".join(str(size) for size in network.sizes)
    sigmas = ", ".join(dict.fromkeys(layer.activation for layer in network.layers))
    held = f" ({len(scenario.held_rows):,} more held out)" if scenario.trained is not None else ""
    facts = (
        f"{shape}  {sigmas}\n"
        f"η {full(network.eta)}   C {cost_card(network).short}\n"
        f"{scenario.points:,} {noun_for(scenario.points, 'data point')}{held}, "
        f"{scenario.epochs:,} {noun_for(scenario.epochs, 'epoch')}\n"
    )
    return _told(scenario.title, facts, scenario.about, last)


def _told(title: str, facts: str, about: str, last: str) -> Content:
    return Content.assemble((f"{title}\n\n", "bold"), (facts, "$text-muted"), f"\n{reflowed(about)}\n\n", (last, "$text-muted"))


def _about_file(path: str) -> Content:
    return _about(load(path), safe(path))


def _title(path: Path) -> str:
    """The title in the first line of a recording."""
    from nntui.files.recording.header import recorded_document

    title = recorded_document(path).values.get("title")
    return safe(title, _TITLE) if isinstance(title, str) else path.name


def _about_recording(path: Path, first: str) -> Content:
    """What was done, where it ended, and what was noted; of a long recording only that it is one."""
    from nntui.draw.panels.timebar import clock
    from nntui.files.recording.reader import read_recording

    if path.is_file() and path.stat().st_size > _LOOKED_AT:
        size = path.stat().st_size / MIB
        return _told_recording(_title(path), first, f"{size:.0f} MiB: opening it takes a while.")
    recording = read_recording(path)
    lesson = recording.lesson
    place = lesson.end
    address = lesson.scenarios[place.chapter].course.address(place.step)
    facts = f"{lesson.stops:,} stops in {clock(lesson.seconds)}\nended at {address}\n"
    notes = safe("\n\n".join(mark.text for mark in lesson.marks), newline=True)  # cut: it is all laid out at once
    return _told_recording(recording.scenario.title, first, facts, notes)


def _told_recording(title: str, first: str, facts: str, notes: str = "") -> Content:
    return Content.assemble((f"{title}\n\n", "bold"), (f"{first}\n{facts}", "$text-muted"), f"\n{notes}" if notes else "")


def _ago(seconds: float) -> str:
    minutes = int(seconds) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} h ago"
    return f"{hours // 24} days ago"
