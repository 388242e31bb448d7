"""Laws of the house that hold for the two lowest floors."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_after(code):
    """The top-level packages in a fresh interpreter after running `code`."""
    code += "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def modules(*folders):
    return [f"nntui.{folder}.{path.stem}" for folder in folders for path in sorted((ROOT / "nntui" / folder).glob("[!_]*.py"))]


@pytest.mark.parametrize("folder", ["engine", "training"])
def test_the_mathematics_knows_no_screen(folder):
    loaded = loaded_after("\n".join(f"import {module}" for module in modules(folder)))
    assert "numpy" in loaded
    assert not loaded & {"textual", "plotext", "rich"}


def test_the_ground_knows_no_time():
    code = "\n".join(f"import {module}" for module in modules("engine"))
    code += "\nimport sys; assert not [m for m in sys.modules if m.startswith('nntui.') and not m.startswith('nntui.engine')]"
    loaded_after(code)


def test_import_nntui_loads_no_numpy():
    assert "numpy" not in loaded_after("import nntui; nntui.__version__")


def test_the_public_names_are_found_when_asked_for():
    assert "numpy" in loaded_after("import nntui; nntui.Timeline; nntui.Scenario; nntui.load")
    assert "ok" in loaded_after(
        "import nntui\ntry: nntui.nothing\nexcept AttributeError: sys = __import__('sys'); sys.modules['ok'] = sys"
    )
