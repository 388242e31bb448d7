"""Where the compiled object lies and what it is called. Standard library only: the build imports it too."""

from hashlib import sha256
from pathlib import Path

SOURCE = Path(__file__).with_name("fold.c")


def object_name(source: bytes) -> str:
    """The file name of the object made of a source: it carries the source's hash, so that no other source's is loaded."""
    return f"fold_{sha256(source).hexdigest()[:16]}.so"
