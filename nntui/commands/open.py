"""`nntui [FILE|NAME]`: opens the app."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.commands.complain import complain, complaint
from nntui.text.usage_error import UsageError

if TYPE_CHECKING:  # NumPy and Textual are imported after the signals are blocked
    from nntui.files.history import KeptSession
    from nntui.files.recording.reader import Recording
    from nntui.session.opening import Opening
    from nntui.session.session import Session
    from nntui.tui.terminal.signals import EndingAction

_ALONE = "expected `nntui FILE|NAME {}`"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds FILE|NAME and the options of the app; `parsers.HELP` explains them."""
    parser.add_argument("file", nargs="?")
    parser.add_argument("--at", metavar="ADDRESS")
    parser.add_argument("--set", dest="changes", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--record", metavar="FILE")
    parser.add_argument("--follow", action="store_true")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--offer", metavar="FOLDER")
    parser.add_argument("--files-in", metavar="FOLDER")
    parser.add_argument("--no-history", action="store_true")
    parser.add_argument("--no-mouse", action="store_true")
    parser.add_argument("--big", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Checks the options, the file and the terminal, then runs the app."""
    _check(options)
    check_system(sys.platform)
    gc.disable()  # until the first picture: what a start makes stays, and looking through it takes a tenth of its time
    try:
        return _run(options)
    finally:
        gc.enable()


def _run(options: argparse.Namespace) -> int:
    with ending_signals() as on_signal:
        from nntui.files.history import SessionHistory
        from nntui.files.io.write import remove_unfinished
        from nntui.files.settings import read_settings
        from nntui.session.session import begun
        from nntui.tui.app import NntuiApp
        from nntui.tui.widgets.keymap import CANONICAL

        settings = read_settings(settings_file(), CANONICAL)
        keeps = settings.history and not options.no_history
        folder = state_folder() if keeps or options.resume else None
        history = SessionHistory(folder / "nntui" / "sessions") if folder is not None else None
        offered, work_folder = _folder_given(options.offer, "--offer"), _folder_given(options.files_in, "--files-in")
        session = begun(time.monotonic, lambda: datetime.now().astimezone(), history, os.getpid(), settings, offered, work_folder)
        if folder is None and keeps:
            session.recorders.say("This session is not kept for --resume: there is no home folder (--no-history keeps none).")
        to_resume = _to_resume(options, session) if options.resume else []
        opened: Callable[[], Opening] | None = None
        if len(to_resume) == 1:
            opened = partial(_resumed, options, session, to_resume[0])
        elif options.file is not None:
            opened = _opened(options, session)
        check_terminal()
        on_signal += [
            remove_unfinished,
            session.recorders.sync,
            remove_unfinished,
            lambda: map(complaint, session.recorders.farewells()),
        ]
        app = NntuiApp(session, opened() if opened is not None else None, to_resume, big=options.big)
        app.run(mouse=not options.no_mouse)
        for words in (*session.recorders.close(), *map(str, settings.faults)):
            complain(words)
        if app.fault is not None:
            raise app.fault
    return 0


def check_system(platform: str) -> None:
    """Raises UsageError where no terminal is of the kind that the app needs."""
    if platform == "win32":
        raise UsageError(
            "the app needs a terminal of Linux or macOS; expected to run in WSL, or on another machine through ssh "
            "(nntui show, trace, run and the other commands work here)"
        )


def check_terminal() -> None:
    """Raises UsageError where the app cannot be painted or typed at."""
    from nntui.tui.terminal import signals  # not on every system

    signals.check_terminal()


def ending_signals() -> "AbstractContextManager[list[EndingAction]]":
    """Inside, a signal that ends the session leaves the terminal as it was."""
    from nntui.tui.terminal import signals

    return signals.ending_signals()


def state_folder() -> Path | None:
    """$XDG_STATE_HOME, or its default; None if the account has no home folder."""
    return _folder("XDG_STATE_HOME", ".local/state")


def settings_file() -> Path | None:
    """config.toml in $XDG_CONFIG_HOME/nntui, or in its default; None if the account has no home folder."""
    folder = _folder("XDG_CONFIG_HOME", ".config")
    return folder / "nntui" / "config.toml" if folder is not None else None


def _folder(variable: str, default: str) -> Path | None:
    given = os.environ.get(variable, "")
    if given.startswith("/"):  # the XDG standard says to ignore a relative path
        return Path(given)
    try:
        return Path.home() / default
    except RuntimeError:
        return None


def _folder_given(text: str | None, option: str) -> Path | None:
    """The folder of an option, as a whole path; UsageError if it is none."""
    if text is None:
        return None
    try:
        folder = Path(text).resolve()
        known = folder.is_dir()
    except (OSError, ValueError):  # ValueError: a NUL in it
        known = False
    if not known:
        raise UsageError(f"{option}: {text[:100]!r} is no folder that can be read; expected one")
    return folder


def _check(options: argparse.Namespace) -> None:
    """UsageError for options that exclude or need one another."""
    if options.resume:
        for said, option in (
            (options.file, "file"),
            (options.follow, "--follow"),
            (options.at, "--at"),
            (options.changes, "--set"),
        ):
            if said:
                raise UsageError(
                    f"--resume goes on where the last session ended and takes no {option}; expected `nntui --resume`"
                )
        if options.no_history:
            raise UsageError("--resume goes on with what --no-history would not keep; expected one of them")
    elif options.file is None:
        for said, option in (
            (options.at, "--at ADDRESS"),
            (options.changes, "--set KEY=VALUE"),
            (options.record, "--record FILE"),
            (options.follow, "--follow"),
        ):
            if said:
                raise UsageError(f"{option.split()[0]} needs a scenario; {_ALONE.format(option)}")
    if options.offer is not None and (options.file is not None or options.resume):
        raise UsageError("--offer is for a session that begins with a choice; expected neither a file nor --resume")
    if options.record is not None and options.files_in is not None:
        raise UsageError("--files-in is for files that are named inside the app; expected no --record (R records)")
    if options.follow and (options.at or options.changes):
        raise UsageError("--follow goes where the writer of the recording goes; expected neither --at nor --set")


def _to_resume(options: argparse.Namespace, session: "Session") -> "list[KeptSession]":
    """The session to resume, or several if any of them may be meant; UsageError if there is none."""
    found: list[KeptSession] = []
    broken = False
    if session.history is not None:
        session.history.check()
        found = session.history.to_resume()
        broken = session.history.passed_over > 0
    if not found:
        which = "that can be read; " if broken else "to go on with; "
        raise UsageError(f"there is no earlier session {which}expected one (`nntui FILE|NAME` begins one)")
    if broken:
        session.recorders.say("The session that ended last cannot be read (its first line is damaged); an earlier one is shown.")
    if len(found) > 1 and options.record is not None:
        raise UsageError("--record: several sessions could be meant; expected `nntui --resume`, and R in the one you choose")
    return found


def _opened(options: argparse.Namespace, session: "Session") -> "Callable[[], Opening]":
    """Reads the file; the function that opens it once the terminal is checked."""
    from nntui.commands.common import load_scenario, span
    from nntui.files.library import meant
    from nntui.session import opening

    path = meant(options.file)
    recording = _recording(path, options)
    goes_on = recording is not None and options.record is not None and _same_file(path, options.record)
    present = (recording.scenario if goes_on else recording.lesson.scenarios[0]) if recording is not None else None
    scenario = present if present is not None else load_scenario(options)
    step = span(scenario.course, options.at, "--at")[0] if options.at is not None else None
    reload = partial(load_scenario, options) if recording is None else None
    if goes_on and options.follow:
        raise UsageError("--record names the recording that is followed, which its writer keeps; expected a file of its own")

    def open_it() -> "Opening":
        if session.history is not None and path == options.file:
            session.history.remember(str(Path(path).absolute()))
        if options.follow:
            from nntui.files.recording.follower import Follower

            shown = opening.of_following(Follower(path))
        elif recording is None:
            shown = opening.of_scenario(scenario, step or 0, reload)
        else:
            shown = opening.of_recording(recording, step, session)
        if options.record is None:
            return shown
        in_force = scenario if goes_on else shown.timeline.root.scenario
        begun = session.recorders.begin(options.record, in_force, known=recording if goes_on else None).continued
        if begun is None or (recording is not None and not goes_on):
            return shown
        return opening.of_continuing(begun, step, reload)

    return open_it


def _recording(path: str | Path, options: argparse.Namespace) -> "Recording | None":
    """The recording in a file; None where it is a scenario's, or the recorded scenario is wanted with changes."""
    from nntui.files.recording.header import is_recording

    if not options.follow and (options.changes or not is_recording(path)):
        return None
    from nntui.files.recording.reader import read_recording

    return read_recording(path)


def _resumed(options: argparse.Namespace, session: "Session", kept: "KeptSession") -> "Opening":
    from nntui.session import opening

    resumed = opening.of_session(kept, session)
    if options.record is not None:
        session.recorders.begin(options.record, resumed.timeline.root.scenario)
    return resumed


def _same_file(one: str | Path, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
