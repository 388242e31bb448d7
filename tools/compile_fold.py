"""Compiles nntui/engine/compiled/fold.c, where a C compiler is.

python tools/compile_fold.py          puts the object where a checkout finds it, and says where; exit code 1 where none was made
python tools/compile_fold.py --check  whether it is free of fused multiply-adds; exit code 1 where it is not

The compiler is $CC, else cc, gcc or clang, whichever is found first. `hatch_build.py` does the same for a wheel.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nntui.engine.compiled.object_name import SOURCE, object_name  # noqa: E402  # of this checkout, whatever is installed

_FUSED = re.compile(r"\sv?fn?m(?:add|sub|la|ls)|\sf(?:n?madd|n?msub|mla|mls)")
MACOS = {"x86_64": "10.13", "arm64": "11.0"}
"""The oldest macOS that an object is made for, by processor."""

FLAGS = ("-std=c11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-fPIC", "-shared")


def compiler() -> list[str]:
    """The command that compiles C; empty where there is none."""
    for name in (os.environ.get("CC", ""), "cc", "gcc", "clang"):
        command = shlex.split(name)
        if command and shutil.which(command[0]):
            return command
    return []


def compile_fold(folder: Path, command: Sequence[str], flags: Sequence[str] = ()) -> Path | None:
    """Compiles into a folder; the object, or None where the compiler (if any) did not make one. Never leaves half of it."""
    if not command:
        return None
    if sys.platform == "darwin" and not flags:
        flags = (f"-mmacosx-version-min={MACOS[os.uname().machine]}",)
    target = folder / object_name(SOURCE.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        part = Path(made) / target.name
        try:
            done = subprocess.run([*command, *FLAGS, *flags, str(SOURCE), "-o", str(part)], capture_output=True, check=False)
        except OSError:
            return None
        if done.returncode or not part.is_file():
            return None
        part.replace(target)
    for stale in folder.glob("fold_*.so"):
        if stale != target:
            stale.unlink()
    return target


def fused_multiply_adds(made: Path) -> list[str]:
    """The instructions of an object that round once where two roundings are law; objdump must be there."""
    listing = subprocess.run([os.environ.get("OBJDUMP", "objdump"), "-d", str(made)], capture_output=True, text=True, check=True)
    return [line.strip() for line in listing.stdout.splitlines() if _FUSED.search(line)]


def main() -> int:
    """Compiles in place, or (--check) looks for fused multiply-adds in what lies there."""
    if sys.argv[1:] == ["--check"]:
        made = SOURCE.parent / object_name(SOURCE.read_bytes())
        found = fused_multiply_adds(made)
        print("\n".join(found) or f"{made.name}: no fused multiply-add")
        return 1 if found else 0
    compiled = compile_fold(SOURCE.parent, compiler())
    print(compiled or "no C compiler that makes it: NumPy does the work")
    return 0 if compiled else 1


if __name__ == "__main__":
    sys.exit(main())
