"""What a user asks for that cannot be done, and the one line that says so."""

import sys

MESSAGE_LIMIT = 300


class UsageError(Exception):
    """The command line, or the terminal it is given, is not one nntui can work with; the message is one sentence."""


def complain(message: str) -> None:
    """One line on stderr, in whatever letters it has."""
    from nntui.text.safe import safe  # noqa: PLC0415  only where there is something to say

    encoding = sys.stderr.encoding or "ascii"
    line = safe(f"nntui: {message}", MESSAGE_LIMIT)
    sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
