"""Which engine a part of a test uses."""

from contextlib import contextmanager

import pytest

from nntui.engine.compiled.switch import SWITCH


@contextmanager
def only_numpy(pure=True):
    """Inside, NumPy does all the work if `pure`; else as the run of the tests began: with NNTUI_PURE it does so everywhere."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SWITCH, "pure", pure or SWITCH.pure)
        yield
