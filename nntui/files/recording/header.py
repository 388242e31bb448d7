"""The first line of a recording: whether a file is a recording of a known format, and the scenario in it."""

from pathlib import Path
from typing import Any

from nntui.files.io.errors import InputError
from nntui.files.io.read import open_regular, pieces
from nntui.files.recording.format import FILE_LIMIT, FORMAT, SHORTEST, SUFFIX, first_line, looks_like_recording
from nntui.files.scenario.in_line import check_bounds, document_in_line
from nntui.files.schema.value_types import found, is_whole
from nntui.files.toml.document import Document

_EXPECTED = "expected a recording made with `nntui --record`"


def is_recording(path: str | Path) -> bool:
    """Whether a file begins as a recording does; one too short to tell is known by its name. False if it cannot be read."""
    try:
        with open_regular(path, FILE_LIMIT) as file:
            first = file.read(16)
            return looks_like_recording(first) or (len(first) < SHORTEST and Path(path).suffix == SUFFIX)
    except (InputError, OSError):
        return False


def recorded_document(path: str | Path) -> Document:
    """The first scenario of a recording as a document; only the first line is read. InputError says what is wrong."""
    name = str(path)
    with open_regular(path, FILE_LIMIT) as file:
        try:
            line = first_line(pieces(file), name)
        except OSError as error:
            raise InputError(name, None, f"cannot be read ({error.strerror}); {_EXPECTED}") from None
    if line is None:
        raise no_header(name)
    return document_in_line(header_scenario(line.record, name), name, line.number)


def no_header(name: str) -> InputError:
    """The InputError of a file without a whole first line."""
    return InputError(name, None, f"has no whole line; {_EXPECTED}")


def header_scenario(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The values of the scenario in a first line; InputError if that is no header of this format."""
    version = record.get("format")
    if is_whole(version) and version > FORMAT:
        raise InputError(name, 1, f"a recording of format {found(version)}, of a newer nntui; this one reads format {FORMAT}")
    if "format" not in record or "scenario" not in record:
        raise InputError(name, 1, f"the line has no `format` and `scenario`; {_EXPECTED}")
    if not is_whole(version) or version != FORMAT:
        raise InputError(name, 1, f"`format` of the recording is {found(version)}; expected {FORMAT}")
    return check_bounds(record["scenario"], name, 1)
