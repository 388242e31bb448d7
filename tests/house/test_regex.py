"""A regular expression that is compiled when it is first used finds what one that is compiled at once finds."""

import re

import pytest

from nntui.text import regex as module
from nntui.text.regex import regex


@pytest.mark.parametrize(
    ("source", "flags", "text"),
    [
        (r"(?P<word>[a-z]+)=(\d*)", 0, "a=1 b=, c=33"),
        (r"A.b", re.DOTALL | re.IGNORECASE, "xa\nB"),
        (rb"[0-9a-f]{2}", 0, b"7f zz 00"),
    ],
)
def test_it_finds_what_a_compiled_one_finds(source, flags, text):
    late, compiled = regex(source, flags), re.compile(source, flags)
    for _ in range(2):  # by way of `__getattr__`, then without
        assert [m.groups() for m in late.finditer(text)] == [m.groups() for m in compiled.finditer(text)] != []
        assert (late.pattern, late.flags, late.groupindex) == (source, compiled.flags, compiled.groupindex)
        assert late.sub(text[:1], text) == compiled.sub(text[:1], text)
        assert late.fullmatch(text) is compiled.fullmatch(text) is None


def test_nothing_is_compiled_before_it_is_used(monkeypatch):
    made = []
    monkeypatch.setattr(module.re, "compile", lambda *rest, real=re.compile: made.append(rest) or real(*rest))
    late = regex("a|b")
    assert (late.pattern, made) == ("a|b", [])
    assert late.match("b") and late.match("a")
    assert len(made) == 1
    with pytest.raises(AttributeError):
        late.no_such_method  # noqa: B018
    with pytest.raises(re.error):
        regex("(").match("")
