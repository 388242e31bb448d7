"""Documents of a run: every number is the trace's, whatever the texts of a file hold."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.documents.blanks import ALL_BLANK, WORKED, Blanks, read_blanks
from nntui.explain.documents.document import MOST_TERMS, DocumentOptions, document
from nntui.explain.documents.formats import WRITERS
from nntui.explain.documents.formulas.breaking import LINE, lines, width
from nntui.explain.documents.formulas.in_latex import latex_math
from nntui.explain.documents.formulas.nodes import read_formula
from nntui.explain.documents.latex_text import latex_text
from nntui.explain.documents.tables import parted
from nntui.explain.equations.cells import may_change
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.notation.numerals import MINUS, Numerals
from nntui.explain.notation.symbols import COMMON
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.paper.hostile import TEXTS, deep, dressed
from tests.paper.reading import Page, latex_values
from tests.strategies import examples, scenarios, wild_numbers

FORMS = ["latex", "html", "markdown"]


def written(scenario, form, points=1, **options):
    timeline = Timeline(scenario)
    last = points * timeline.course.length - 1
    blocks = list(document(timeline, 0, last, DocumentOptions(**options)))
    return "\n".join(WRITERS[form].write(scenario.title, blocks)) + "\n"


def expected(scenario, numerals, points=1):
    """The numbers of each step as they are shown, the bias last; those that nothing may change left out."""
    timeline = Timeline(scenario)
    for step in range(points * timeline.course.length):
        frame = timeline.frame(step)
        values, kind = frame.numbers(frame.moment), frame.moment.kind
        if kind == "update":
            biases = scenario.network.layers[frame.moment.layer - 1].biases
            may = [scenario.network.update_biases] * biases + [scenario.network.update_weights] * (len(values) - biases)
            values = [value for value, changes in zip(values, may, strict=True) if changes]
        texts = [numerals.write(value).replace(MINUS, "-") for value in values]
        yield texts if len(texts) <= MOST_TERMS + 1 else [*texts[: MOST_TERMS - 1], texts[-1]]


def read_back(text, form):
    return Page(text).values if form == "html" else latex_values(text)


def same(found, wanted):
    """As lists of texts, each step's; a bias may stand last."""
    assert len(found) == len(wanted)
    for got, values in zip(found, wanted, strict=True):
        assert sorted(got) == sorted(values), (got, values)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "digits"), [("two-by-two", 2), ("two-by-two", 17), ("xor", 4), ("softmax", 9), ("tanh-relu", 17), ("no-bias", 4)]
)
def test_every_number_of_a_document_is_the_traces(name, digits, form):
    scenario, numerals = load(name), Numerals(digits)
    same(read_back(written(scenario, form, numerals=numerals), form), list(expected(scenario, numerals)))


@examples(15)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=1), st.sampled_from(FORMS), st.sampled_from([4, 17]))
def test_so_it_is_of_any_network(scene, form, digits):
    numerals = Numerals(digits)
    same(read_back(written(scene, form, numerals=numerals), form), list(expected(scene, numerals)))


def test_a_document_opens_with_the_problem():
    text = written(load("two-by-two"), "markdown")
    for words in (
        "# Two by two",
        "0.35",
        "Network 2–2–2 (sigmoid, sigmoid)",
        "| row |",
        r"\tag*{(4) with (2)}",
        r"\tag*{(12)(15)}",
        "by (14)",
    ):
        assert words in text, words


@pytest.mark.parametrize("form", FORMS)
def test_the_notation_of_other_courses(form):
    text = written(load("two-by-two"), form, notation=COMMON)
    assert ("W_{" in text) if form != "html" else ("<mi>W</mi>" in text)
    assert r"w_{1" not in text
    assert "<mi>w</mi>" not in text


# --- texts of a file


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_latex_is_ascii_and_obeys_nothing(text):
    body = written(dressed(text), "latex").split("\\begin{document}", 1)[1]
    assert body.isascii()
    assert body.count("\\end{document}") == 1
    for command in ("\\input", "\\write", "\\immediate", "\\catcode"):
        assert command not in body
    assert "%" not in re.sub(r"\\%", "", body)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_html_shows_text_as_text(text):
    scene = dressed(text)
    page, plain = Page(written(scene, "html")), Page(written(load("two-by-two"), "html"))
    assert scene.title in page.words
    assert set(page.tags) <= set(plain.tags)
    assert page.tags.count("title") == page.tags.count("h1") == 1


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_markdown_shows_text_as_text(text):
    scene = dressed(text)
    first, _, third = written(scene, "markdown").splitlines()[:3]
    assert re.sub(r"\\([^A-Za-z0-9\s])", r"\1", first).split() == f"# {scene.title}".split()
    for line in (first.removeprefix("# "), third):
        assert not re.search(r"(?<!\\)[`*_<\[\]$|~]", line), line
        assert not re.match(r"\s*([-+#>=]|\d+[.)]\s)", line), line


def test_the_setext_heading_that_an_about_could_make_is_text():
    text = written(dressed("one\n---\ntwo\n\n---\n\n==="), "markdown")
    assert not re.search(r"^\s*(-{2,}|={1,})\s*$", text, re.MULTILINE)


# --- what is left out


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_sheet_has_no_value_but_the_inputs(form):
    scenario = load("two-by-two")
    values = read_back(written(scenario, form, blanks=ALL_BLANK), form)
    assert values[0] == ["0.0500", "0.1000"]
    text = written(replace(scenario, about=""), form, blanks=ALL_BLANK)
    for value in ("0.3775", "0.5933", "0.2984", "0.1385", "0.3589"):
        assert value not in text
    places = 4 + 4 + 1 + 4 + 4 * 3 + 4 * 2  # z, a, C, δ, a gradient of 3 and the 2 weights that may change for each neuron
    assert text.count("hspace{3cm}" if form != "html" else 'class="blank"') == places


def test_some_kinds_or_every_second_are_left_out():
    scenario = load("two-by-two")
    text = written(scenario, "markdown", blanks=read_blanks("delta"))
    assert "0.1385" not in [value for values in latex_values(text)[:11] for value in values]
    assert text.count(r"\underline{\hspace{3cm}}") == 4
    second = written(scenario, "markdown", blanks=read_blanks("2"))
    assert second.count("hspace{14cm}") > 5
    assert "0.3775" in second


@pytest.mark.parametrize(
    ("text", "blanks"),
    [("all", ALL_BLANK), ("z, delta", Blanks(frozenset({"z", "delta"}))), ("3", Blanks(WORKED, 3)), ("1", ALL_BLANK)],
)
def test_what_is_to_be_left_out(text, blanks):
    assert read_blanks(text) == blanks


@pytest.mark.parametrize("text", ["", "q", "input", "0", "1001", "z,", "-1", "z delta"])
def test_what_is_nothing_to_be_left_out(text):
    with pytest.raises(ValueError, match="; expected"):
        read_blanks(text)


# --- wide ones


@pytest.mark.parametrize("form", FORMS)
def test_a_deep_network(form):
    text = written(deep(), form)
    same(read_back(text, form), list(expected(deep(), Numerals(4))))


@examples(100)
@given(st.lists(st.sampled_from(["0.1234 · 0.5678", "−0.5", "(0.1 + 0.2) · 0.3", "e^(−0.2)"]), min_size=1, max_size=30))
def test_a_row_is_broken_and_nothing_is_lost(terms):
    nodes = read_formula(" + ".join(terms))
    made = lines(nodes)
    assert "".join(latex_math(line) for line in made).replace(" ", "") == latex_math(nodes).replace(" ", "")
    for line in made:
        assert width(line) <= LINE + 20.0


def test_tables_wider_than_the_page_are_parted_by_columns():
    text = written(load("digits"), "markdown")
    assert max(len(line) for line in text.splitlines() if line.startswith("| row")) < 400
    assert text.count("| row |") > 3


def test_a_table_that_fits_the_page_is_one():
    header = [("row",), *((f"x {name}",) for name in ("humidity", "pressure", "temperature")), ("y umbrella",), ("y sunglasses",)]
    assert len(list(parted(header, [[("1",)] * 6]))) == 1
    assert len(list(parted([("row",), *[("w" * 20,)] * 5], [[("1",)] * 6]))) > 1


def test_the_room_for_answers_is_on_as_many_lines_as_it_needs():
    text = written(load("iris"), "latex", blanks=ALL_BLANK)
    rooms = [line for line in text.splitlines() if line.startswith(r"\mbox{")]
    assert max(line.count(r"\mbox{") for line in rooms) > 3
    assert all(line.count(r"\mbox{") == line.count(r"\hspace{1em}") + 1 for line in rooms)


def test_brackets_in_html_are_pairs_and_an_index_has_letters():
    text = written(load("tanh-relu"), "html")
    assert "<mrow><mo>(</mo><mn>−" in text
    assert "<mi>w</mi><mrow><mn>1</mn><mi>j</mi></mrow>" in text


def test_every_step_that_makes_a_number_is_asked_for():
    timeline = Timeline(load("two-by-two"))
    for step in range(1, timeline.course.length):
        frame = timeline.frame(step)
        blocks = list(document(timeline, step, step, DocumentOptions(blanks=ALL_BLANK)))
        room = [block for block in blocks if type(block).__name__ == "WritingLines"]
        assert len(room) == 1
        assert bool(room[0].answers) == (frame.moment.kind != "update" or may_change(frame, lit_cell(frame)))


def test_the_heading_of_a_step_begins_a_paragraph():
    text = written(load("two-by-two"), "latex")
    assert text.count("\n\\textbf{") == text.count("\n\n\\medskip\n\\textbf{") > 20


def test_signs_that_latex_would_join_stay_apart():
    text = latex_text("a--b---c ''x''")
    assert "--" not in text
    assert "''" not in text
    assert text.replace("{}", "") == "a--b---c ''x''"
