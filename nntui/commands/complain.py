"""The one line on standard error that says what cannot be done. Loads nothing else: an error must be quick to tell."""

import sys

from nntui.text.safe import safe

MESSAGE_LIMIT = 300  # characters


def complain(message: str) -> None:
    """Writes one line to stderr, in whatever letters it has."""
    encoding = sys.stderr.encoding or "ascii"
    line = safe(f"nntui: {message}", MESSAGE_LIMIT)
    sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
