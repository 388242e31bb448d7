"""docs/other-programs.md: the snippet for scikit-learn does what it says, and the formats are those that there are."""

import re
from types import SimpleNamespace

import numpy as np

from nntui.cli import main
from nntui.files.library import load
from nntui.files.networks.formats import NETWORK_FORMATS
from tests.docs.pages import DOCS, blocks, complete

PAGE = DOCS / "other-programs.md"


def test_every_format_is_described():
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    complete("docs/other-programs.md", rows, NETWORK_FORMATS)
    assert rows == list(NETWORK_FORMATS)


def test_the_snippet_for_scikit_learn(tmp_path, monkeypatch, capsys):
    """An MLP of scikit-learn has its weights as coefs_ (n_in × n_out) and intercepts_."""
    monkeypatch.chdir(tmp_path)
    [snippet] = [block.text for block in blocks(PAGE) if block.mark == "scikit"]
    coefs = [np.arange(6.0).reshape(3, 2) / 7, np.array([[0.5], [-1.5]])]
    intercepts = [np.array([0.1, 0.2]), np.array([-0.3])]
    exec(snippet, {"mlp": SimpleNamespace(coefs_=coefs, intercepts_=intercepts)})
    assert main(["new", "mlp.toml", "--weights", "mlp.npz", "--activations", "relu,sigmoid"]) == 0
    scenario = load("mlp.toml")
    for matrix, coef, intercept in zip(scenario.weights, coefs, intercepts, strict=True):
        assert matrix[:, 1:].tolist() == coef.T.tolist()
        assert matrix[:, 0].tolist() == intercept.tolist()
