"""The grammar of conditions: what is read, and which character is named where something cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.library import load
from nntui.text.safe import safe
from nntui.training.until.condition import AllClassified, AtStep, Compared, Misclassified, NotFinite, NumberOfRun, Rose, TurnOfRow
from nntui.training.until.parser import LONGEST, read_condition
from nntui.training.until.typed_condition import ConditionError
from tests.strategies import examples

XOR = load("xor")  # 2-2-1, four rows, 2000 epochs
COST, MEAN = NumberOfRun("cost", 2), NumberOfRun("mean")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("C < 0.01", Compared(COST, "<", 0.01)),
        ("cost<=1e-2", Compared(COST, "<=", 0.01)),
        ("  c ≥ .5 ", Compared(COST, ">=", 0.5)),
        ("mean C ≤ 0.01", Compared(MEAN, "<=", 0.01)),
        ("mean cost > 1", Compared(MEAN, ">", 1.0)),
        ("|δ1.2| < 1e-6", Compared(NumberOfRun("delta", 1, 2), "<", 1e-6, absolute=True)),
        ("| delta1.2 | < 1", Compared(NumberOfRun("delta", 1, 2), "<", 1.0, absolute=True)),
        ("d2.1>−3", Compared(NumberOfRun("delta", 2, 1), ">", -3.0)),
        ("w1.2.1 > 0", Compared(NumberOfRun("update", 1, 2, 1), ">", 0.0)),
        ("w1.2.0 > -2.5e-3", Compared(NumberOfRun("update", 1, 2, 0), ">", -0.0025)),
        ("b1.2 > 0", Compared(NumberOfRun("update", 1, 2, 0), ">", 0.0)),
        ("g2.1.2 < 0", Compared(NumberOfRun("gradient", 2, 1, 2), "<", 0.0)),
        ("z1.1 < 0", Compared(NumberOfRun("z", 1, 1), "<", 0.0)),
        ("a2.1 > 0.9", Compared(NumberOfRun("a", 2, 1), ">", 0.9)),
        ("nan", NotFinite()),
        ("NaN", NotFinite()),
        ("misclassified", Misclassified()),
        ("all classified", AllClassified()),
        ("all  classified ", AllClassified()),
        ("cost rose for 3 epochs", Rose(3)),
        ("mean C rose for 3 epochs", Rose(3)),
        ("C rose 3", Rose(3)),
        ("C rose", Rose(1)),
        ("row 4", TurnOfRow(4)),
        ("epoch 40", AtStep(39 * 4 * XOR.course.length, "epoch 40")),
        ("40", AtStep(39 * 4 * XOR.course.length, "40")),
        ("3:2", AtStep(9 * XOR.course.length, "3:2")),
        ("3:2:delta:1:2", AtStep(XOR.course.parse("3:2:delta:1:2"), "3:2:delta:1:2")),
        ("start", AtStep(0, "start")),
        (" end ", AtStep(XOR.course.last, "end")),
    ],
)
def test_conditions_are_read(text, condition):
    assert read_condition(text, XOR) == condition
    assert read_condition(str(condition), XOR) == condition, "as it is written, it is read again"


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "nothing is typed; expected such as C < 0.01"),
        ("   ", 4, "nothing is typed"),
        ("C", 2, "the condition ends here; expected one of < <= > >=, or 'rose'"),
        ("C = 0.01", 3, "'='; expected one of < <= > >="),
        ("C < ", 5, "the condition ends here; expected a number such as 0.01"),
        ("C < small", 5, "'small' is no number"),
        ("C < nan", 5, "nan as a bound; expected a finite number"),
        ("C < 1e999", 5, "beyond what float64 can hold"),
        ("C < 1_0", 5, "'1_0' is no number"),
        ("C < ١", 5, "is no number"),
        ("C << 1", 4, "'<'; expected a number"),
        ("C < 0.01 and nan", 10, "'and'; expected the end of the condition"),
        ("C < 0.01, nan", 5, "'0.01,' is no number"),
        ("mean", 5, "expected 'C', as in: mean C < 0.01"),
        ("mean z1.1 < 0", 6, "'z'; expected 'C'"),
        ("all", 4, "expected 'classified'"),
        ("all wrong", 5, "'wrong'; expected 'classified'"),
        ("|δ1.2 < 1", 7, "'<'; expected '|'"),
        ("|δ1.2| rose", 8, "'rose'; expected one of < <= > >="),
        ("|nan| < 1", 2, "'nan'; expected C, mean C, or one of z a δ g w b"),
        ("||C| < 1", 2, "'|'; expected C"),
        ("q1.2 < 1", 1, "'q'; expected such as"),
        ("__import__('os')", 1, "'_'; expected such as"),
        ("δ < 1", 3, "expected the layer, 1 to 2: δLAYER.NEURON"),
        ("δ3.1 < 1", 2, "layer 3 is not in this network; expected 1 to 2"),
        ("δ0.1 < 1", 2, "layer 0 is not in this network"),
        ("δ1 < 1", 4, "'<'; expected '.' and the neuron: δLAYER.NEURON"),
        ("δ1.3 < 1", 4, "neuron 3 is not in this network; expected 1 to 2"),
        ("δ1. < 1", 5, "'<'; expected the neuron, 1 to 2"),
        ("δ1.2.1 < 1", 5, "'.1'; expected one of < <= > >="),
        ("w1.2 < 1", 6, "'<'; expected '.' and the sender: wLAYER.NEURON.FROM"),
        ("w1.2.3 < 1", 6, "sender 3 is not in this network; expected 0 to 2"),
        ("w1.2.99999999999999999999 < 1", 6, "is not in this network"),
        ("b1.2.0 < 1", 5, "'.0'; expected one of"),
        ("row", 4, "expected the number of the row, 1 to 4"),
        ("row 5", 5, "row 5 is not in this run; expected 1 to 4"),
        ("epoch 0", 7, "epoch 0 is not in this run; expected 1 to 2000"),
        ("C rose for 2000 epochs", 12, "2000 epochs in a row; expected 1 to 1999"),
        ("C rose 0", 8, "0 epochs in a row"),
        ("C rose 3 times", 10, "'times'; expected the end"),
        ("3:9", 3, "point 9 of '3:9' is not in this run; expected 1 to 4"),
        ("0:1", 1, "epoch 0 of '0' is not in this run"),
        ("3:2:beta", 5, "'beta' is no kind of step"),
        ("3:2:delta:1:9", 13, "neuron 9"),
        ("3:2:delta:1:2:1", 15, "has 6 parts"),
        ("0.01 > C", 6, "'>' in an address; expected the number last"),
        (":", 1, "'' is no epoch"),
        ("-1", 1, "'-'; expected such as"),
        ("\x1b[2J", 1, "expected such as"),
        ("C < \x1b[2J", 5, "is no number"),
        ("C" * (LONGEST + 1), LONGEST + 1, f"expected at most {LONGEST} characters"),
    ],
)
def test_the_character_is_named(text, column, words):
    with pytest.raises(ConditionError) as told:
        read_condition(text, XOR)
    assert told.value.column == column
    assert str(told.value).startswith(f"character {column}: ")
    assert words in str(told.value)
    assert "\x1b" not in str(told.value)
    assert len(str(told.value)) < 250


@pytest.mark.parametrize(
    ("name", "text", "column", "words"),
    [
        ("linear-regression", "misclassified", 1, "the targets of this run are no classes"),
        ("linear-regression", " all classified", 2, "the targets of this run are no classes"),
        ("no-bias", "b1.1 > 0", 2, "layer 1 has no biases; expected a weight, such as w1.1.1"),
        ("no-bias", "w1.1.0 > 0", 6, "sender 0 is not in this network; expected 1 to"),
    ],
)
def test_what_this_run_does_not_have(name, text, column, words):
    with pytest.raises(ConditionError) as told:
        read_condition(text, load(name))
    assert words in str(told.value)
    assert told.value.column == column


WORDS = ["C", "mean", "nan", "all", "classified", "row", "epoch", "rose", "δ1.2", "w1.2.1", "w"]
PIECES = [*WORDS, "|", ".", "1", "<", "≥", "0.01", ":"]


def refusal(text):
    """Why a text is no condition of this run; None where it is one, which is then read again as it is written."""
    try:
        read = read_condition(text, XOR)
    except ConditionError as error:
        return error
    assert read_condition(str(read), XOR) == read
    return None


@examples(600)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), st.text(max_size=40)))
def test_any_text_is_read_or_refused_at_one_of_its_characters(text):
    error = refusal(text)
    if error is not None:
        assert 1 <= error.column <= len(text) + 1
        assert safe(str(error)) == str(error)
