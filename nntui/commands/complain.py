"""The one line on standard error that says what cannot be done. Imports little, so that an error is reported at once."""

import sys

from nntui.text.safe import safe

MESSAGE_LIMIT = 300  # characters


def complaint(message: str) -> str:
    """The line that says what cannot be done."""
    return safe(f"nntui: {message}", MESSAGE_LIMIT)


def complain(message: str) -> None:
    """Writes one line to standard error; characters that its encoding lacks are replaced."""
    encoding = sys.stderr.encoding or "ascii"
    line = complaint(message)
    sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
