"""NumPy's npz: arrays W1, b1, W2, … (receiver × sender), `sizes` and `activations`, in a zip without a clock in it.

Reading runs nothing that the file holds (no pickle) and never takes more memory than its own bounds.
"""

import io
import re
import struct
import zipfile
import zlib

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.networks.state import NetworkState
from nntui.files.schema.keys import MOST_LAYERS, MOST_WEIGHTS
from nntui.text.regex import regex
from nntui.text.safe import quoted

MOST_ARRAYS = 4 * MOST_LAYERS
_MOST_BYTES = 8 * MOST_WEIGHTS + (1 << 20)  # of one array
_MOST_HEADER = 4096
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAGIC = b"\x93NUMPY"
_HEADER = regex(
    r"""\{(?=.*'descr':\ '(?P<kind>[<>|=][a-zA-Z][0-9]{1,4})')(?=.*'fortran_order':\ (?P<fortran>True|False))
    (?=.*'shape':\ \((?P<shape>[0-9, ]*)\))[^{}]*\}\s*""",
    re.VERBOSE,
)
_NUMBERS = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"}


# --- writing


def npz_bytes(state: NetworkState) -> bytes:
    """The network as an npz file; the same network gives the same bytes."""
    layers = state.scenario.network.layers
    arrays: dict[str, NDArray[np.generic]] = {}
    for number, (layer, matrix) in enumerate(zip(layers, state.matrices, strict=True), start=1):
        arrays[f"W{number}"] = np.ascontiguousarray(matrix[:, 1:])
        if layer.biases:
            arrays[f"b{number}"] = np.ascontiguousarray(matrix[:, 0])
    arrays["sizes"] = np.array(state.scenario.network.sizes, dtype="<i8")
    arrays["activations"] = np.array([layer.activation for layer in layers], dtype="<U10")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, values in arrays.items():
            inside = io.BytesIO()
            np.lib.format.write_array(inside, values, version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, inside.getvalue())
    return written.getvalue()


# --- reading


def npz_arrays(content: bytes, shown: str) -> dict[str, Array | list[str]]:
    """The arrays of an npz file by name, numbers as float64, texts as a list; InputError (of `shown`) where it is none."""
    arrays: dict[str, Array | list[str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ARRAYS:
                raise InputError(shown, None, f"holds {len(entries)} files; expected at most {MOST_ARRAYS} arrays")
            if sum(entry.file_size for entry in entries) > 2 * _MOST_BYTES:
                raise InputError(shown, None, f"holds more than {2 * _MOST_BYTES >> 20} MiB; expected a network of ours")
            for entry in entries:
                if not entry.filename.endswith(".npy") or entry.flag_bits & 1 or entry.compress_type not in _KINDS:
                    raise InputError(
                        shown, None, f"holds {quoted(entry.filename)}; expected arrays only, as np.savez writes them"
                    )
                with archive.open(entry) as inside:
                    raw = inside.read(min(entry.file_size, _MOST_BYTES) + 1)
                name = entry.filename.removesuffix(".npy")
                if len(raw) > entry.file_size or name in arrays:
                    raise InputError(shown, None, f"array {quoted(name)} is not what its header says; expected a sound file")
                arrays[name] = _array(raw, name, shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, struct.error):
        raise InputError(shown, None, "is no npz file, or damaged; expected one as np.savez writes it") from None
    return arrays


def _array(raw: bytes, name: str, shown: str) -> Array | list[str]:
    header, start = _header(raw)
    match = _HEADER.fullmatch(header) if header is not None else None
    if match is None:
        raise InputError(shown, None, f"array {quoted(name)} has no header that can be read; expected plain numbers")
    kind, shape = match["kind"], tuple(int(part[:12]) for part in match["shape"].replace(",", " ").split())
    size = int(np.prod(shape, dtype=object)) if shape else 1
    if kind[1] == "U" and len(shape) == 1 and size <= MOST_LAYERS and int(kind[2:]) <= 100:
        values = np.frombuffer(raw, dtype=kind, offset=start, count=size) if size else np.array([], dtype="U1")
        return [str(text) for text in values.tolist()]
    if kind[1:] not in _NUMBERS:
        raise InputError(shown, None, f"array {quoted(name)} is of type {quoted(kind)}; expected numbers (no objects, no pickle)")
    if size > MOST_WEIGHTS or len(raw) - start != size * int(kind[2:]):
        raise InputError(
            shown, None, f"array {quoted(name)} has not the length that its shape {shape} needs; expected a sound file"
        )
    numbers = np.frombuffer(raw, dtype=kind, offset=start, count=size)
    return numbers.reshape(shape, order="F" if match["fortran"] == "True" else "C").astype(np.float64)


def _header(raw: bytes) -> tuple[str | None, int]:
    """The text of the header of a .npy file, and where its numbers begin."""
    wide = raw[6:7] in (b"\x02", b"\x03")
    start = 12 if wide else 10
    if not raw.startswith(_MAGIC) or len(raw) < start:
        return None, 0
    length = int.from_bytes(raw[8:start], "little")
    if length > _MOST_HEADER or len(raw) < start + length:
        return None, 0
    return raw[start : start + length].decode("latin-1"), start + length
