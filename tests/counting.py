"""How many data points are computed, by whichever engine."""

from nntui.engine import fold as fold_module
from nntui.engine.compiled.compiled_fold import CompiledFold
from nntui.training.segments import segment as segment_module


def count_iterations(monkeypatch):
    """A list that grows by one entry for each data point that is computed from now on."""
    calls = []
    iterate, folded = segment_module.iterate, CompiledFold.folded

    def counted(*arguments):
        calls.append(1)
        return iterate(*arguments)

    def counted_fold(self, theta, rows, *rest):
        calls.extend([1] * len(rows))
        return folded(self, theta, rows, *rest)

    monkeypatch.setattr(segment_module, "iterate", counted)
    monkeypatch.setattr(fold_module, "iterate", counted)
    monkeypatch.setattr(CompiledFold, "folded", counted_fold)
    return calls


def nothing_is_computed(monkeypatch):
    """From now on a data point that is computed is an error."""
    for module in (segment_module, fold_module):
        monkeypatch.setattr(module, "iterate", None)
    monkeypatch.setattr(CompiledFold, "folded", None)
