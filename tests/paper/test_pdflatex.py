"""LaTeX as it is used: pdflatex sets every document, and has nothing to complain about."""

import re
import subprocess
from dataclasses import replace

import pytest

from nntui.files.library import bundled, load
from tests.paper.hostile import TEXTS, deep, dressed
from tests.paper.test_documents import written


@pytest.fixture
def pdflatex(tmp_path):
    """Sets a document; the log is returned."""

    def run(text):
        (tmp_path / "d.tex").write_text(text, encoding="ascii")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "d.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
        log = (tmp_path / "d.log").read_text(encoding="latin-1")
        assert done.returncode == 0, log[-3000:]
        return log

    return run


def clean(log):
    """A log without a warning, a missing character or a line that sticks out by more than a letter."""
    assert "LaTeX Warning" not in log
    assert "Missing character" not in log
    assert [pt for pt in re.findall(r"Overfull \\hbox \(([0-9.]+)pt", log) if float(pt) > 8] == []


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_pdflatex_sets_every_bundled_scenario(name, pdflatex):
    clean(pdflatex(written(load(name), "latex", picture=True)))


@pytest.mark.parametrize("last", ["softmax", "tanh"])
def test_pdflatex_sets_six_layers(last, pdflatex):
    clean(pdflatex(written(deep(last=last), "latex", points=2, picture=True)))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_pdflatex_sets_texts_that_try_to_break_out(text, pdflatex):
    log = pdflatex(written(dressed(text), "latex"))
    assert "Missing character" not in log
    assert "LaTeX Warning" not in log


def test_pdflatex_sets_a_blank_sheet_and_many_digits(pdflatex):
    from nntui.explain.documents.blanks import ALL_BLANK
    from nntui.explain.notation.numerals import ALL_DIGITS

    for name in ("two-by-two", "iris"):
        clean(pdflatex(written(load(name), "latex", blanks=ALL_BLANK)))
    clean(pdflatex(written(load("softmax"), "latex", numerals=ALL_DIGITS)))


def test_pdflatex_sets_wide_names_within_the_page(pdflatex):
    names = ("W" * 20, "中文", "humid")
    scenario = deep(last="tanh")
    named = replace(scenario, input_names=names[:2], neuron_names=(names,) * len(scenario.network.layers))
    clean(pdflatex(written(named, "latex")))
