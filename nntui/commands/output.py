"""Writing to standard output: its errors are of a class of their own, so that no other file's error looks like one."""

import os
import sys

from nntui.text.usage_error import UsageError


class OutputError(Exception):
    """Standard output cannot be written; the OSError that says why is its cause."""


def put(text: str) -> None:
    """Writes one line, or several, to standard output; OutputError if that fails."""
    try:
        sys.stdout.write(text + "\n")
    except OSError as error:
        raise OutputError from error


def flush_output() -> None:
    """Writes what is buffered; OutputError if that fails. Without a standard output there is nothing to write."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise OutputError from error


def discard_output() -> None:
    """Sends the rest of standard output to nowhere, so that the interpreter's last flush raises nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def need_letters() -> None:
    """Raises UsageError if standard output cannot encode the letters of the lecture; called before anything is written."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        "δ²₁ⱼ½ΣΣ∂≈−·│".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise UsageError(
            f"standard output is {encoding}, which has no delta; expected UTF-8 (try PYTHONIOENCODING=utf-8)"
        ) from None
