"""The lexer before tomllib: it finds every value, says what is wrong and where, and never contradicts tomllib."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.toml.document import parse
from tests.strategies import examples


def fault(text):
    with pytest.raises(InputError) as caught:
        parse(text, "F")
    return str(caught.value)


TEXT = """\
title = "a" # note
a.b."c d" = [ 1,
  [2, 3,
   4], # comment
  {x = [true, "y"], z = 0x1F}]
[network]
seed = 1979-05-27 07:32:00
[[network.layer]]
weights = [[0.1, 0.2],
           [0.3,
            -0.4e1]]
[[network.layer]]
"names" = ['h"1', '''two
lines''']
[data]
x = []
"""

PLACES = [
    (("title",), (1, 9)),
    (("a", "b", "c d"), (2, 13)),
    (("a", "b", "c d", 0), (2, 15)),
    (("a", "b", "c d", 1, 2), (4, 4)),
    (("a", "b", "c d", 2, "x", 1), (5, 15)),
    (("a", "b", "c d", 2, "z"), (5, 25)),
    (("network",), (6, 1)),
    (("network", "seed"), (7, 8)),
    (("network", "layer", 0, "weights", 0, 1), (9, 18)),
    (("network", "layer", 0, "weights", 1, 1), (11, 13)),
    (("network", "layer", 1), (12, 1)),
    (("network", "layer", 1, "names", 1), (13, 19)),
    (("network", "layer", 1, "nothing", 1), (12, 1)),
    (("data", "x", 7), (16, 5)),
    (("data",), (15, 1)),
]


@pytest.mark.parametrize(("path", "place"), PLACES)
def test_every_value_has_its_line_and_column(path, place):
    assert parse(TEXT, "F").at(path) == place


def test_the_whole_file_has_no_line():
    assert parse(TEXT, "F").line(()) is None


SYNTAX = [
    ("eta =", "F:1: the end of the line where a value should be; expected a number, a text in quotes, a list, true or false"),
    ("eta", "F:1: the end of the line after the key 'eta'; expected ="),
    ("eta: 1", "F:1: ': 1' after the key 'eta'; expected ="),
    ("= 1", "F:1: '= 1' is no key; expected KEY = VALUE or [TABLE]"),
    ("\n\neta = 0,5", "F:3: ',5' follows a value; expected the end of the line (a decimal is written with a point: 0.5)"),
    ("eta = .5", "F:1: '.5' is no value; expected digits on both sides of the point, as in 0.5"),
    ("eta = 5.", "F:1: '5.' is no value; expected digits on both sides of the point, as in 0.5"),
    ("eta = [1,\n.5]", "F:2: '.5' is no value; expected digits on both sides of the point, as in 0.5"),
    ("eta = 007", "F:1: '007' is no value; expected a number without leading zeros"),
    ("eta = 1.2.3", "F:1: '1.2.3' is no value; expected a number such as 3, 0.5 or 1e-3"),
    ("eta = True", "F:1: 'True' is no value; expected true"),
    ("a = sigmoid", "F:1: 'sigmoid' is no value; expected a number, true or false, or a text in quotes: \"sigmoid\""),
    ('a = "x', "F:1: a text that opens here is not closed: '\"x'; expected a closing quote"),
    ('\na = """x\ny', 'F:2: a text that opens here is not closed: \'"""x\'; expected a closing quote'),
    ("a = [1, 2\nb = 3", "F:2: 'b = 3' in a list; expected a comma or ]"),
    ("a = [1,\n 2,", "F:1: a list that opens here is never closed; expected ]"),
    ("a = [1 2]", "F:1: '2]' in a list; expected a comma or ]"),
    ("a = {b = 1", "F:1: the end of the line in a table; expected a comma or } on the same line"),
    ("a = 1 b = 2", "F:1: 'b = 2' follows a value; expected the end of the line"),
    ("[a", "F:1: the end of the line in a header; expected [TABLE]"),
    ("[[a]", "F:1: ']' in a header; expected [[TABLE]]"),
    ("[]", "F:1: ']' is no key; expected KEY = VALUE or [TABLE]"),
    ("a = 1\nb = 2\na = 3", "F:3: the key 'a' is there already (line 1); expected each key once"),
    ("[t]\nx.y = 1\nx.y = 2", "F:3: the key 'y' is there already (line 2); expected each key once"),
    ("a = {b = 1, b = 2}", "F:1: the key 'b' is there already (line 1); expected each key once"),
    ("a = 1\n[a]", "F:2: '[a]' is there already (line 1); expected each table once"),
    ("a = 1\n[a.b]", "F:2: 'a' has a value already (line 1); expected a table here"),
    ("[a]\n[[a]]", "F:2: 'a' is there already as something else (line 1); expected only [[…]]"),
    ("a = 1\n\ta = '\x07'", "F:2: control character U+0007; expected plain text"),
    ("a = 1\rb = 2", "F:1: control character U+000D; expected plain text"),
    ('"\\q" = 1', "F:1: the key '\"\\q\"' holds an escape that TOML does not know; expected a plain key"),
    ('b = 1\na = "\\q"', "F:2: a backslash before 'q' in '\\q'; expected / between folders (or a text in single quotes)"),
    ("a = {}\n[a.b]", "F:2: 'Cannot declare ('a', 'b') twice' says TOML; expected KEY = VALUE lines and [TABLE] headers"),
]


@pytest.mark.parametrize(("text", "message"), SYNTAX)
def test_syntax(text, message):
    assert fault(text) == message


BOUNDS = [
    (".".join("a" * 9) + " = 1", "F:1: a key of more than 8 parts; expected one such as training.eta"),
    ("[" + ".".join("a" * 9) + "]", "F:1: a key of more than 8 parts; expected one such as training.eta"),
    ("a" * 201 + " = 1", f"F:1: the key '{'a' * 39}…' has 201 characters; expected at most 200"),
    ("\na = " + "[" * 450, "F:2: lists or tables 7 deep in one another; expected at most 6"),
    ("a = " + "{a = " * 450, "F:1: lists or tables 7 deep in one another; expected at most 6"),
    ("a = " + "1" * 401, "F:1: a number of more than 400 characters; expected a shorter one"),
    ("a = 0x" + "f" * 401, "F:1: a number of more than 400 characters; expected a shorter one"),
    ("a = [1,\n" + "1" * 401 + "]", "F:2: a number of more than 400 characters; expected a shorter one"),
    ('a = "' + "x" * 65_535 + '"', "F:1: a text of 65537 characters; expected at most 65536"),
    ("".join(f"a{n} = 1\n" for n in range(20_001)), "F:20001: more than 20000 keys; expected a scenario"),
    ("a = [" + '"",' * 100_001 + "]", "F:1: more than 100000 values; expected a scenario"),
]


@pytest.mark.parametrize(("text", "message"), BOUNDS, ids=[message[:30] for _, message in BOUNDS])
def test_bounds(text, message):
    assert fault(text) == message


# --- agreement with tomllib, on texts put together from its pieces

KEYS = st.sampled_from(["a", "b", '"c d"', "'e'", "a.b", "b . 'e'", '"\\u0061"', '""', "1", "-"])
SCALARS = st.sampled_from(
    [
        *("0", "-1", "+2", "1_000", "0.5", "-1e3", "1E+06", "0xAf", "0o17", "0b11", "inf", "-nan", "true", "false"),
        *("1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5"),
        *('""', "''", '"x # \\" y"', "'a\\'", '"""a "" b\n"""', '""""a"""""', "'''\n'a''''", "''''a''''"),
        *("01", "1.", ".5", "1__0", "0xg", "nul", '"', '"""', '"\\x"', "1e", "- 1", "+inf", "1979-13-45"),
    ]
)
GAPS = st.sampled_from(["", " ", "\t ", "\n", " # c\n"])


def lists(inner):
    return st.builds(
        lambda items, gap, last: "[" + gap + f"{gap},{gap}".join(items) + (last if items else "") + gap + "]",
        st.lists(inner, max_size=3),
        GAPS,
        st.sampled_from(["", ",", " ,\n"]),
    )


def tables(inner):
    return st.builds(
        lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}",
        st.lists(st.tuples(KEYS, inner), max_size=2),
    )


VALUES = st.recursive(SCALARS, lambda inner: lists(inner) | tables(inner), max_leaves=6)
LINES = st.one_of(
    st.builds("{}={}{}".format, KEYS, VALUES, st.sampled_from(["", " ", " # c", "\t"])),
    st.builds("[{}]".format, KEYS),
    st.builds("[[{}]]".format, KEYS),
    st.sampled_from(["", "# c", "  "]),
)


def shape(value):
    """A value without its contents."""
    match value:
        case dict():
            return {key: shape(inner) for key, inner in value.items()}
        case list():
            return [shape(inner) for inner in value]
    return None


def laid_out(place, text):
    match place.children:
        case dict(children):
            return {key: laid_out(child, text) for key, child in children.items()}
        case list(children):
            return [laid_out(child, text) for child in children]
        case None if place.end:
            return [None] * len(tomllib.loads("x = " + text[place.offset : place.end])["x"])
    return None


@examples(400)
@given(st.lists(LINES, max_size=6).map("\n".join))
def test_the_lexer_agrees_with_tomllib(text):
    try:
        truth = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        fault(text)
        return
    document = parse(text, "F")
    assert shape(document.values) == shape(truth)
    assert laid_out(document.root, document.text) == shape(truth)
