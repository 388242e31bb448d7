"""A step in sentences and lists: complete, true, and of words that a screen reader can say."""

import re

import pytest

from nntui.cli import main
from nntui.explain.equations.cells import exists, known, value_of
from nntui.explain.equations.differences import cells
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.plain_words import UNKNOWN, plain_lines, spoken
from nntui.files.library import load
from nntui.training.timeline import Timeline

NAMES = ("two-by-two", "softmax", "single-neuron", "tanh-relu", "no-bias", "cross-entropy")
NOT_SAID = re.compile(r"[δσηΣ∂·≈←½′×⁰-⁹₀-₉\N{MINUS SIGN}▸◂│]")


def told(name, step, numerals=FOUR):
    return list(plain_lines(Timeline(load(name)).frame(step), numerals))


def every_step(name):
    return range(load(name).course.length)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_every_layer_is_told_at_every_step_or_said_to_be_not_known(name):
    timeline = Timeline(load(name))
    for step in every_step(name):
        frame, text = timeline.frame(step), "\n".join(plain_lines(timeline.frame(step)))
        body = text.partition("\nInputs:\n")[2]
        there = [cell for cell in cells(frame) if exists(frame, cell)]
        unknown = [cell for cell in there if not known(frame, cell)]
        assert body.count(UNKNOWN) == len(unknown)
        values = re.findall(r": ((?:minus )?[0-9][^;\n]*?)(?=[;\n]|\.\n|\.$)", body)
        expected = sorted(spoken(FOUR.write(value_of(frame, cell))) for cell in there if known(frame, cell))
        assert sorted(value.rstrip(".") for value in values) == expected


@pytest.mark.parametrize("name", NAMES)
def test_no_sign_is_left_that_a_screen_reader_passes_over(name):
    scenario = load(name)
    names = {*scenario.input_names, *(n for layer in scenario.neuron_names or () for n in layer), scenario.title}
    for step in every_step(name):
        for line in told(name, step):
            said = line
            for given in sorted(names, key=len, reverse=True):
                said = said.replace(given, "")
            assert not NOT_SAID.search(said), line


@pytest.mark.parametrize("name", NAMES)
def test_what_is_still_to_come_gets_less_with_every_step(name):
    length = load(name).course.length
    for step in every_step(name):
        text = "\n".join(told(name, step))
        left = length - 1 - step
        assert (f"Still to come in this data point, {left} step" if left else "All numbers of this data point are known.") in text


def test_the_place_and_the_equation_stand_first():
    lines = told("two-by-two", load("two-by-two").course.parse("1:1:delta:1:2"))
    assert lines[3].startswith("This is 1:1:delta:1:2: epoch 1 of 2000, data point 1 of 1 (data row 1), step 14 of 22")
    assert lines[5:8] == [
        "This step makes delta of neuron 2 of layer 1.",
        "Equation 14: delta_2^1 = (sum over m of delta_m^2 w^1_m2) sigma prime(z_2^1).",
        "With numbers: about (0.1385 times 0.4500 plus (minus 0.0381) times 0.5500) times 0.2406.",
    ]
    assert "- target y of output 1: 0.0100." not in lines
    assert "- delta: 0.0100." in lines


def test_other_digits():
    assert "- a: 0.593270." in told("two-by-two", 4, Numerals(6))


def test_overflow_is_told_as_it_is():
    course = load("learning-rates").course
    assert any("nan" in line or "inf" in line for line in told("learning-rates", course.span("end")[0]))
    assert spoken("−3.2e+20 + 1e-06") == "minus 3.2e20 plus 1e-06"


def test_the_command(capsys):
    assert main(["show", "xor", "--at", "2:1:delta:1:1", "--format", "plain"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("XOR.\n")
    assert main(["show", "xor", "--at", "2:1:delta:1:1", "--format", "text"]) == 0
    assert capsys.readouterr().out != printed
    assert main(["show", "xor", "--format", "braille"]) == 2
