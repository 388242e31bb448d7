"""Makes the wheels of a release on one machine: one with the compiled fold for each platform, and one without it for all others.

    python tools/release_wheels.py [FOLDER]     into FOLDER (default dist); needs the packages ziglang, build and hatchling

`zig cc`, a C compiler for every platform, comes as the PyPI package ziglang. docs/releasing.md tells the whole way.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compile_fold import MACOS, ROOT, compile_fold

ZIG = (sys.executable, "-m", "ziglang", "cc")
TARGETS = {
    "manylinux_2_17_x86_64.manylinux2014_x86_64": "x86_64-linux-gnu.2.17",
    "manylinux_2_17_aarch64.manylinux2014_aarch64": "aarch64-linux-gnu.2.17",
    "musllinux_1_1_x86_64": "x86_64-linux-musl",
    "musllinux_1_1_aarch64": "aarch64-linux-musl",
    f"macosx_{MACOS['x86_64'].replace('.', '_')}_x86_64": f"x86_64-macos.{MACOS['x86_64']}",
    f"macosx_{MACOS['arm64'].replace('.', '_')}_arm64": f"aarch64-macos.{MACOS['arm64']}",
}
"""What zig calls a platform, by the tag of its wheels."""


def wheel(folder: Path, **settings: str) -> None:
    """Builds one wheel, with settings in the environment."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, env={**os.environ, **settings}, capture_output=True, check=True)


def main() -> int:
    """Makes all of them; exit code 1 where an object was not made."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").resolve()
    wheel(folder, NNTUI_PURE="1")
    failed = 0
    with tempfile.TemporaryDirectory() as made:
        for number, (tag, target) in enumerate(TARGETS.items()):
            fold = compile_fold(Path(made) / str(number), ZIG, ("-target", target, "-fno-sanitize=undefined", "-s"))
            if fold is None:
                print(f"{target}: zig made no object")
                failed += 1
                continue
            wheel(folder, NNTUI_FOLD_OBJECT=str(fold), NNTUI_WHEEL_PLATFORM=tag)
    for path in sorted(folder.glob("*.whl")):
        print(path.name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
