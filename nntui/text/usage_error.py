"""The error of a command line that cannot be carried out."""


class UsageError(Exception):
    """The command line, or the terminal, is not one that nntui can work with; the message is one sentence."""
