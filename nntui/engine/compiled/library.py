"""Loads the compiled object, where there is one that was made of exactly this source; and its C interface."""

import ctypes
import struct
from ctypes import POINTER, Structure, c_double, c_int64, c_void_p
from functools import cache
from pathlib import Path

from nntui.engine.compiled.object_name import SOURCE, object_name

_ELF_64 = b"\x7fELF\x02\x01"  # of 64 bits, the lower byte first: how `_is_whole` reads the header


class CLayer(Structure):
    """`Layer` of fold.c."""

    _fields_ = (("inputs", c_int64), ("units", c_int64), ("activation", c_int64), ("biases", c_int64))


class CNetwork(Structure):
    """`Network` of fold.c."""

    _fields_ = (
        ("layer", POINTER(CLayer)),
        *((name, c_int64) for name in ("layers", "cost", "update_weights", "update_biases", "points", "batch", "average")),
        *((name, c_double) for name in ("eta", "step_slope", "at_zero", "momentum")),
    )


class CRecord(Structure):
    """`Record` of fold.c."""

    _fields_ = (
        *((name, c_void_p) for name in ("costs", "z", "a", "delta", "largest", "weight", "outputs", "seen")),
        *((name, c_int64) for name in ("watched", "count", "at_ends")),
    )


def object_path(folder: Path = SOURCE.parent) -> Path:
    """Where the object of the present source lies, if it was compiled."""
    return folder / object_name(SOURCE.read_bytes())


def load(path: Path) -> ctypes.CDLL | None:
    """The object at a path; None where there is none that this machine can load."""
    try:
        if not path.is_file() or not _is_whole(path):
            return None
        library = ctypes.CDLL(str(path))
        pointer, number = c_void_p, c_int64
        library.nntui_fold.argtypes = [pointer] * 7 + [number] * 2 + [pointer] * 2
        library.nntui_fold.restype = number
        library.nntui_outputs.argtypes = [pointer] * 4 + [number] + [pointer] * 2
        library.nntui_outputs.restype = None
        library.nntui_function.argtypes = [number, pointer, pointer, number]
        library.nntui_function.restype = None
    except (OSError, AttributeError):
        return None
    return library


def _is_whole(path: Path) -> bool:
    """Whether an ELF file of a usual machine reaches to the end of its section headers, which come last.

    To map one that was cut ends the process with SIGBUS. What any other file is, the loader says.
    """
    with path.open("rb") as file:
        head = file.read(64)
    if len(head) < 64 or not head.startswith(_ELF_64):
        return True
    (start,) = struct.unpack_from("<Q", head, 0x28)
    size, count = struct.unpack_from("<HH", head, 0x3A)
    return bool(start + size * count <= path.stat().st_size)


@cache
def installed() -> ctypes.CDLL | None:
    """The object that lies beside this module; None also where its source does not."""
    try:
        return load(object_path())
    except OSError:
        return None
