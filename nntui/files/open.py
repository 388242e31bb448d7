"""Reading a scenario from a path: from a scenario file, or from a recording."""

from collections.abc import Sequence
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.read import SCENARIO_LIMIT, read_text
from nntui.files.recording.header import is_recording, recorded_document
from nntui.files.scenario.read import check_document, scenario_from_document
from nntui.files.toml.document import Document, parse
from nntui.training.scenario import Scenario


def read_scenario(path: str | Path, changes: Sequence[str] = ()) -> Scenario:
    """The scenario in a file or in a recording, with the `changes` of a command line (KEY=VALUE); InputError names its
    first fault.
    """
    return scenario_from_document(*_opened(path), changes)


def all_faults(path: str | Path, changes: Sequence[str] = ()) -> list[InputError]:
    """Every fault of a scenario file that can be found, in the order of its lines; empty if it is sound."""
    try:
        return check_document(*_opened(path), changes)[1]
    except InputError as fault:
        return [fault]


def _opened(path: str | Path) -> tuple[Document, Path | None]:
    """The document in a file, and the folder of its data file; None for a recording, which contains its data."""
    if is_recording(path):
        return recorded_document(path), None
    return parse(read_text(path, SCENARIO_LIMIT), str(path)), Path(path).parent
