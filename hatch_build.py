"""The build hook: compiles the fold into the wheel where a C compiler is; without one the wheel is pure, and says nothing.

NNTUI_PURE=1 makes a pure wheel in any case. NNTUI_FOLD_OBJECT and NNTUI_WHEEL_PLATFORM, which tools/release_wheels.py
sets, put an object that was made for another platform into a wheel of its tag. An editable install compiles in place.
"""

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

from compile_fold import MACOS, SOURCE, compile_fold, compiler  # of this checkout

FOLDER = "nntui/engine/compiled"


class FoldHook(BuildHookInterface[Any]):
    """Adds the compiled object to a wheel, and tags the wheel for its platform."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """version: "standard" or "editable"."""
        if self.target_name != "wheel" or os.environ.get("NNTUI_PURE", "0") not in ("", "0"):
            return
        if version == "editable":
            compile_fold(SOURCE.parent, compiler())
            return
        given = os.environ.get("NNTUI_FOLD_OBJECT")
        made = Path(given) if given else compile_fold(Path(self.root) / "build" / "fold", compiler())
        if made is None:
            return
        platform = os.environ.get("NNTUI_WHEEL_PLATFORM") or platform_tag()
        build_data["force_include"][str(made)] = f"{FOLDER}/{made.name}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"


def platform_tag() -> str:
    """The tag of this machine, as wheels are named."""
    if sys.platform == "darwin":
        machine = os.uname().machine
        return f"macosx_{MACOS[machine].replace('.', '_')}_{machine}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
