"""The stops of the tours that ask: what the right answer is, and the facts that the note and the hint there rest on."""

import re
from functools import cache
from math import exp

import pytest

import nntui
from nntui.files.library import bundled
from nntui.lesson.tour import questions, tour
from nntui.training.scenario import Question
from tests.scenarios.claims import CLAIMED, Run, claim, plain, run_of, shown, told
from tests.scenarios.facts import holds, is_true, numbers, said_in, sums
from tests.scenarios.stops import FORMULAS, STOPS

NAMES = [name for name, _ in bundled()]
load = cache(nntui.load)

CASES = [(name, at) for name, stops in STOPS.items() for at in stops]


def texts(name: str, at: str) -> list[str]:
    """The note and the hint of a stop."""
    scenario = load(name)
    step = scenario.course.parse(at)
    question = questions(scenario).get(step)
    return [tour(scenario)[step], *([question.hint] if question is not None else [])]


for case in CASES:
    CLAIMED.setdefault(case[0], []).extend(map(plain, texts(*case)))


def changes(run: Run, question: Question) -> list[float]:
    """By how much each number of the step is larger than what the question compares it with."""
    before = [0.0]
    if question.kind == "larger":
        epoch, rest = question.at.split(":", 1)
        before = run.before(question.at) if ":update:" in question.at else run.numbers(f"{int(epoch) - 1}:{rest}")
    made = run.numbers(question.at)
    return [new - old for new, old in zip(made, before * (len(made) if len(before) == 1 else 1), strict=True)]


def words(run: Run, question: Question) -> list[str]:
    """The answer to a question about signs or changes, in the order of the screen: the bias last."""
    plus, minus, none = ("larger", "smaller", "same") if question.kind == "larger" else ("+", "−", "0")
    return on_screen(run, question, [plus if d > 0.0 else minus if d < 0.0 else none for d in changes(run, question)])


def on_screen(run: Run, question: Question, made: list) -> list:
    """What is asked for of a row: its bias last, and not at all where an update never changes it."""
    moment, network = run.frame(question.at).moment, run.scenario.network
    if moment.kind not in ("gradient", "update") or not network.layers[moment.layer - 1].biases:
        return made
    kept = moment.kind == "update" and not network.update_biases
    return made[1:] if kept else [*made[1:], made[0]]


@pytest.mark.parametrize(("name", "at"), CASES)
def test_a_stop_says_what_is_true(name: str, at: str) -> None:
    run, (right, *facts) = run_of(name), STOPS[name][at]
    for fact in facts:
        assert holds(run, fact), fact
    question = questions(run.scenario).get(run.step(at))
    assert (question is not None) == bool(right)
    if question is not None and question.kind == "value":
        made = on_screen(run, question, run.numbers(question.at))
        assert len(made) == len(right.split())
        assert all(map(shown, made, right.split()))
    elif question is not None:
        assert words(run, question) == right.split()


@pytest.mark.parametrize(("name", "at"), [case for case in CASES if len(STOPS[case[0]][case[1]]) > 1])
def test_its_numbers_are_those_of_its_facts(name: str, at: str) -> None:
    right, *facts = STOPS[name][at]
    known = said_in(tuple(facts)) | set(right.split())
    known |= {number.lstrip("−") for number in known}
    for text in texts(name, at):
        spelled = {number for sides in sums(text) for side in sides for number in numbers(side)}
        left = [n for n in numbers(FORMULAS.sub("", text)) if n not in known and n not in spelled and n.lstrip("−") not in known]
        assert left == [], text


@pytest.mark.parametrize("name", NAMES)
def test_sums_in_its_texts_are_right(name: str) -> None:
    scenario = load(name)
    for text in (plain(scenario.about), *told(scenario)):
        for left, right in sums(text):
            assert is_true(left, right), f"{left} = {right}"


def test_sums_are_read_and_judged() -> None:
    assert sums("(4): 0.4 · 0.5 − 0.2 · 1 + 0.1 = 0.1. It is z.") == [("0.4 · 0.5 − 0.2 · 1 + 0.1", "0.1")]
    assert is_true("0.7 · 0.2494", "0.1746")
    assert not is_true("0.7 · 0.2494", "0.1756")


def test_a_stop_asks_in_at_least_fifteen_scenarios() -> None:
    asked = {name: len(questions(load(name))) for name in NAMES}
    assert sum(count >= 2 for count in asked.values()) >= 25
    assert all(count <= 7 for name, count in asked.items() if name != "pencil"), asked


@pytest.mark.parametrize("name", STOPS)
def test_its_questions_stand_where_a_note_resolves_them(name: str) -> None:
    """`n` asks, then shows the note; and something was said before the first question."""
    scenario = load(name)
    asked = questions(scenario)
    assert set(asked) <= set(tour(scenario))
    assert {scenario.course.parse(at) for at in STOPS[name]} >= set(asked)
    assert all(question.hint[-1] in ".?" for question in asked.values())


PAPER = {"z": 3, "a": 3, "cost": 1, "delta": 3, "gradient": 3, "update": 3}


def test_the_pencil_exercise_asks_for_every_number_of_a_data_point() -> None:
    scenario = load("pencil")
    asked = questions(scenario)
    first = [scenario.course.address(step).moment.kind for step in asked if step < scenario.course.length]
    assert {kind: first.count(kind) for kind in PAPER} == PAPER
    assert sum(scenario.course.length <= step < 2 * scenario.course.length for step in asked) >= 5
    assert load("lecture-layers").next == "pencil"
    assert scenario.next == "two-by-two"


@claim(
    "pencil",
    "At the first data point both hidden neurons get z = 0, so all numbers are short: σ(0) = 0.5 and σ′(0) = 0.25. "
    "The second needs e^(−1) = 0.3679. n asks for each number before it is shown.",
)
def test_the_pencil_exercise_has_short_numbers(run: Run) -> None:
    assert [run.value(f"1:1:z:1:{k}") for k in (1, 2)] == [0.0, 0.0]
    assert [run.value(f"1:1:a:1:{k}") for k in (1, 2)] == [0.5, 0.5]
    assert [run.slope(f"1:1:a:1:{k}") for k in (1, 2)] == [0.25, 0.25]
    assert shown(exp(-1), "0.3679")
    assert shown(run.value("1:2:z:1:1"), "1.0")
    length = run.scenario.course.length
    made = [run.frame(str(run.timeline.course.address(step))) for step in range(length)]
    assert all(
        shown(value, f"{value:.3f}") and round(value, 3) == pytest.approx(value, abs=1e-12)
        for f in made
        for value in f.numbers(f.moment)
    )


_COUNT = r"\b(?:all|every|each|two|three|four|thirty|forty|fifty|sixty|hundred|\d+)\b[^.:;]*"
_SAYS = r"\b(?:is|are|were|names?|have|has|had|only)\b[^.:;]{0,30}"
_RIGHT = r"\b(?:right|wrong)\b(?! (?:output|species|digit|answer|class|direction|when|about|side where))"
_COUNTED = re.compile(f"{_COUNT}{_SAYS}{_RIGHT}|{_SAYS}{_COUNT}{_RIGHT}", re.IGNORECASE)
_NO_COUNT = re.compile(r"`[^`]*`|where \w+ is (?:right|1)|as wrong as")
_WHICH = re.compile(r"\b(?:turns?|final weights|weights after|these weights)\b")


def vague(text: str) -> bool:
    """Whether a text counts answers and does not say which: those at their turn, or those of some weights."""
    counts = _COUNTED.search(_NO_COUNT.sub("", text))
    return counts is not None and _WHICH.search(text) is None


@pytest.mark.parametrize("name", NAMES)
def test_answers_that_are_counted_are_those_of_a_turn_or_of_some_weights(name: str) -> None:
    scenario = load(name)
    for text in (plain(scenario.about), *told(scenario)):
        assert not vague(text), text


def test_a_vague_count_is_found() -> None:
    assert vague("From epoch 4 on all forty answers are right.")
    assert not vague("From epoch 4 on all forty answers are right at their turn.")
    assert not vague("The final weights have 56 of the sixty right.")
