"""Symbols that were copied from the screen, as they are typed: w⁰₁₂ → w1.1.2, b¹₁ → b1.1, δ₁² → δ2.1, a₁⁽²⁾ → a2.1, x₁ → x1."""

import re

from nntui.text.regex import regex

_SUPERSCRIPTS, _SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_PLAIN = str.maketrans(_SUPERSCRIPTS + _SUBSCRIPTS, "0123456789" * 2)
_WITHOUT_BRACKETS = str.maketrans("", "", "⁽⁾")  # a₁⁽²⁾ is a₁²
_UP, _DOWN = f"[{_SUPERSCRIPTS}]{{1,4}}", f"[{_SUBSCRIPTS}]{{1,4}}"
_LINKED = regex(rf"(∂C/∂)?([wW])({_UP})(?:({_DOWN}),({_DOWN})|([{_SUBSCRIPTS}])([{_SUBSCRIPTS}]))")
_BIAS = regex(rf"(∂C/∂)?b({_UP})({_DOWN})")
_NEURON = regex(rf"([zaδ])(?:({_DOWN})({_UP})|({_UP})({_DOWN}))")
_ROW = regex(rf"([xy])({_DOWN})")
_ACTIVATION = regex(rf"σ({_UP})")


def as_typed(text: str) -> str:
    """A text with the symbols in it as they are typed; a small w is the lecture's, a large one the other notation's."""
    text = _LINKED.sub(_linked, text.translate(_WITHOUT_BRACKETS))
    text = _BIAS.sub(
        lambda found: f"{'g' if found[1] else 'b'}{_number(found[2])}.{_number(found[3])}{'.0' if found[1] else ''}", text
    )
    text = _NEURON.sub(lambda found: f"{found[1]}{_number(found[3] or found[4])}.{_number(found[2] or found[5])}", text)
    text = _ROW.sub(lambda found: f"{found[1]}{_number(found[2])}", text)
    return _ACTIVATION.sub(lambda found: f"activation{_number(found[1])}", text)


def _linked(found: "re.Match[str]") -> str:
    layer = _number(found[3]) + (found[2] == "w")
    return f"{'g' if found[1] else 'w'}{layer}.{_number(found[4] or found[6])}.{_number(found[5] or found[7])}"


def _number(text: str) -> int:
    return int(text.translate(_PLAIN))
