"""What a user asks for that cannot be done."""


class UsageError(Exception):
    """The command line, or the terminal it is given, is not one nntui can work with; the message is one sentence."""
