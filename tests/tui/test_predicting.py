"""Predicting: the next number is asked for before it can be seen, judged, counted, kept."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual import events

from nntui.explain.equations.cells import value_of
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.differences import last_visit
from nntui.explain.notation.numerals import FOUR
from nntui.explain.notation.symbols import LECTURE
from nntui.explain.predicting.fading import NEXT, STAGES, AskedStep
from nntui.explain.predicting.prediction import asked, row_of
from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.display_options import DisplayOptions
from nntui.session.opening import of_session
from nntui.training.cell import Cell
from nntui.training.scenario import Question
from nntui.training.steps import GRAINS
from nntui.tui.widgets.prompt import Prompt
from tests.scenes import long_run, neuron, wide
from tests.session.fake_window import FakeLesson
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import NOW, a_session, run_story, spelled
from tests.tui.lessons import click, moves, place_of, record
from tests.tui.test_inspecting import DEEP
from tests.windowless import WindowlessLesson


def bare(name):
    """A bundled scenario without its notes and questions."""
    return replace(load(name), notes=(), questions=())


TWO, XOR, SOFTMAX, DIGITS = (bare(name) for name in ("two-by-two", "xor", "softmax", "digits"))
ASKING = replace(load("two-by-two"), notes=())
SIZES = [(60, 20), (80, 24), (120, 40)]


def line(w):
    return w.lesson.query_one(Prompt)


def frame_of(w, ahead=0):
    return w.timeline.frame(w.position.step + ahead)


async def told(w, words):
    """The line is laid out again before its words are there."""
    await w.until(lambda: words in w.text(), 3)


def right(w):
    """The next number, as it will be shown."""
    frame = frame_of(w, 1)
    return FOUR.write(value_of(frame, lit_cell(frame)))


async def answer(w, text):
    """Types over what is in the line; `?` until the answer is shown."""
    keys = ("ctrl+u", "?") * 3 if text == "?" else ("ctrl+u", *spelled(text), "enter")
    await w.press(*keys)


async def asked_for(w, *addresses):
    """→ again and again: each of these is asked for, standing right before it, and left with `?`."""
    for address in addresses:
        for _ in range(60):
            await w.press("right")
            if line(w).is_open:
                break
        else:
            raise AssertionError(f"{address} was not asked for, now at {w.address}")
        assert str(w.timeline.course.address(w.position.step + 1)) == address
        await answer(w, "?")
        assert not line(w).is_open
        assert w.address == address


# --- one number


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_a_right_number_goes_on_and_is_counted(size):
    async def story(w):
        await w.press("p")
        assert line(w).is_open
        await told(w, "z₁¹ = ?")
        assert w.address == "1:1:input"
        await answer(w, "0.3775")
        assert not line(w).is_open
        assert w.address == "1:1:z:1:1"
        await told(w, "Right. 1 of 1 right: z 1/1")
        await w.press("right")
        assert "Right." not in w.text()

    run_story(story, TWO, size)


def test_a_wrong_number_is_named_and_may_be_tried_again_but_counts_once():
    async def story(w):
        await w.press("p")
        await answer(w, "0.0275")
        await told(w, "without the bias")
        assert w.address == "1:1:input"
        await answer(w, "0.0200")
        await told(w, "by no slip that is known here")
        await answer(w, "0.3775")
        await told(w, "Right. 0 of 1 right: z 0/1")
        assert w.address == "1:1:z:1:1"

    tell(story, TWO)


def answered(typed, scenario=TWO, step=0):
    """A lesson without a screen in which p was pressed and this answered, and why it was refused, if it was."""
    lesson = FakeLesson(scenario, step)
    lesson.do("predict")
    return lesson, lesson.window.answer(typed)


@pytest.mark.parametrize(
    ("address", "typed", "words"),
    [
        ("1:1:a:1:1", "0.3775", "z"),
        ("1:1:delta:2:1", "-0.1385", "a"),
        ("1:1:delta:1:2", "0.0414", "σ′"),
        ("1:1:update:2:1", "0.3178", "η"),
        ("1:1:update:2:1", "0.4411", "11"),
    ],
)
def test_slips_of_every_kind_of_step_are_recognised(address, typed, words):
    _, why = answered(typed, step=TWO.course.parse(address) - 1)
    assert "This is what comes out" in why
    assert words in why


@pytest.mark.parametrize("typed", ["0.4", "0.38", "0.378", "0.3775", "0,3775", "0.37750", "3.775e-1", "+0.3775", " 0.3775 "])
def test_any_digits_will_do(typed):
    lesson, why = answered(typed)
    assert (lesson.address, why) == ("1:1:z:1:1", "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0.4", "Right to 1 digit; in full 0.3775."),
        ("0.3", "Right to 1 digit; in full 0.3775."),  # cut, not rounded
        ("0,37", "Right to 2 digits; in full 0.3775."),
        ("0.378", "Right to 3 digits; in full 0.3775."),
        ("0,3775", "Right. 1 of 1"),
        ("0.377500", "Right. 1 of 1"),
    ],
)
def test_of_fewer_digits_it_is_said_how_many_are_right(typed, words):
    lesson, why = answered(typed)
    assert (lesson.address, why) == ("1:1:z:1:1", "")
    assert words in lesson.words
    assert list(lesson.workspace.predictor.scores.items()) == [("z", [1, 1])]


@pytest.mark.parametrize(
    "typed", ["0.36", "0.2", "0.3774", "0.3777", "0", "0.0e9", "0e5", "nan", "inf", "1e-999", "−0.3775", "1" * 300]
)
def test_digits_that_are_not_its_own_are_wrong(typed):
    lesson, why = answered(typed)
    assert lesson.address == "1:1:input"
    assert "This is" in why
    assert list(lesson.workspace.predictor.scores.items()) == [("z", [0, 1])]


@pytest.mark.parametrize("typed", ["x", "0,37,75", "1/2", "0.3775 0.3925", "1e999", "1e9999999", "--1", "0x1", "[b]", "½"])
def test_what_is_no_number_is_refused_and_not_counted(typed):
    lesson, why = answered(typed)
    assert lesson.address == "1:1:input"
    assert "expected" in why
    assert not lesson.workspace.predictor.scores


def test_minus_may_be_typed_as_it_is_printed():
    async def story(w):
        await w.press("p")
        await answer(w, right(w))
        assert w.address == "1:1:delta:2:2"

    tell(story, TWO, step=TWO.course.parse("1:1:delta:2:1"))


def test_a_question_mark_shows_it_and_escape_leaves_it():
    async def story(w):
        await w.press("p")
        await answer(w, "?")
        assert w.address == "1:1:z:1:1"
        await told(w, "It is 0.3775.")
        await w.press("p")
        await w.press("escape")
        await w.until(lambda: "z₂¹ = ?" not in w.text() and "Type a number" not in w.text())
        assert not line(w).is_open
        assert w.address == "1:1:z:1:1"
        await w.press("p", "enter")
        assert not line(w).is_open
        assert not w.lesson.workspace.predictor.scores
        await w.press("right")
        assert w.address == "1:1:z:1:2"

    tell(story, TWO)


def test_keys_go_into_the_line_while_it_is_open():
    async def story(w):
        await w.press("p", "i", "right", "k", "q", "5", "v", "pagedown", "end", "home", "ctrl+p", "tab")
        assert (w.address, w.position.grain, line(w).value) == ("1:1:input", "neuron", "ikq5v")
        assert w.lesson.workspace.inspector is None
        await w.press(*["backspace"] * 9)
        assert line(w).value == ""

    run_story(story, TWO)


@pytest.mark.sweep
@pytest.mark.parametrize(
    "text",
    ["9" * 5_000_000, "\x1b[31m\n\t\x07" * 100_000, "語" * 1_000_000, "\u202e\u0301" * 1000],
    ids=["digits", "controls", "wide", "odd"],
)
@pytest.mark.parametrize("size", SIZES)
def test_a_paste_of_megabytes_is_cut_at_once(text, size):
    async def story(w):
        await w.press("p")
        w.app._driver.send_message(events.Paste(text))
        await w.settled()
        assert len(line(w).value) <= 400
        await w.press("enter")
        assert w.address == "1:1:input"
        await told(w, "expected")
        assert all(cell_len(row) <= size[0] for row in w.text().splitlines())
        await w.press("escape")

    run_story(story, TWO, size)


def test_nothing_is_asked_where_nothing_is_made():
    async def story(w):
        await w.press("p")
        assert not line(w).is_open
        await told(w, "nothing that could be predicted")
        await w.press("end", "p")
        assert not line(w).is_open
        await told(w, "last step")

    tell(story, replace(XOR, epochs=1), step=XOR.course.length - 1)


def test_a_weight_that_training_may_not_change_is_not_asked_for():
    async def story(w):
        await w.press("p")
        assert not line(w).is_open
        await w.press("P", "w", "enter", *["right"] * 8)
        assert w.address == "2:1:z:1:1"

    scenario = replace(TWO, network=replace(TWO.network, update_weights=False), epochs=9)
    tell(story, scenario, step=scenario.course.length - 7)


def test_what_is_asked_for_does_not_come_by_itself():
    async def story(w):
        await w.press(*["+"] * 9, "space", "p")
        assert not w.position.playing
        assert w.lesson.controllers.movement.player.timer is None

    tell(story, TWO)


@pytest.mark.parametrize("target", ["ribbon", "foot", "number"])
def test_a_click_elsewhere_leaves_it_as_escape_does(target):
    wanted = {
        "ribbon": lambda it: "cost" in str(it) and "Address" in type(it).__name__,
        "foot": lambda it: getattr(it, "action", "") == "forward",
        "number": lambda it: it == Cell("weight", 1, 1, 1),
    }[target]

    async def story(w):
        place = place_of(w, wanted)
        await w.press("p")
        if target == "foot":
            return
        await click(w, *place)
        assert not line(w).is_open
        await w.press("escape", "home", "p")
        assert line(w).is_open
        await answer(w, "0.3775")
        assert not w.lesson.workspace.predictor.scores, "it has been left"

    run_story(story, TWO)


# --- nothing of it is to be seen before


LOOKS = {
    "numbers": DisplayOptions(),
    "graph": DisplayOptions(graph=True),
    "since-step": DisplayOptions(since="step"),
    "since-visit": DisplayOptions(since="visit"),
    "exact": DisplayOptions(exact=True),
    "common-notation": DisplayOptions(notation=LECTURE.other),
}
HIDDEN_IN = {"xor": XOR, "two": TWO, "deep": DEEP, "softmax": SOFTMAX, "dead-relu": bare("dead-relu")}
HIDDEN_IN_CASES = [pytest.param(name, marks=pytest.mark.sweep(usual=name in ("two", "softmax"))) for name in HIDDEN_IN]


def secret(frame, now, numerals):
    """What a step will make, as text; nothing where the same text may be seen already, or is too short to be told from others."""
    text = numerals.write(value_of(frame, lit_cell(frame)))
    return text if len(text) > 4 and text not in standing(now, numerals) else None


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", HIDDEN_IN_CASES)
def test_what_is_to_be_predicted_is_nowhere_in_the_picture(name, look):
    lesson = WindowlessLesson(HIDDEN_IN[name], display=LOOKS[look])
    predictor, numerals = lesson.workspace.predictor, LOOKS[look].numerals
    predictor.wish("all")
    for step in range(HIDDEN_IN[name].course.length - 1):
        lesson.go_to(step)
        assert predictor.due(step, step + 1, lesson.navigator.course, {}) == step + 1
        about = asked(lesson.navigator.timeline, step + 1)
        hidden = secret(lesson.frame(1), lesson.frame(), numerals)
        if hidden is not None:
            for stage in STAGES:
                lesson.workspace.asked = AskedStep(about, stage)
                assert hidden not in f"{about.label(LOOKS[look].notation)} {NEXT[stage]}", lesson.frame(1).address
                assert hidden not in lesson.text(), (lesson.frame(1).address, stage)
        lesson.workspace.asked = None
        lesson.inspect(lit_cell(lesson.frame(1)))
        lesson.press("tab")
        text = lesson.text()
        assert hidden is None or hidden not in text, f"inspected: {lesson.frame(1).address}"
        lesson.workspace.tool = None


def a_step_of_each_kind(scenario):
    """Of the first data point, the step before each first one of a kind."""
    kinds = [scenario.course.address(step).moment for step in range(scenario.course.length)]
    return [step - 1 for step in range(1, len(kinds)) if kinds[step].kind not in {moment.kind for moment in kinds[:step]}]


EVERY_STEP = range(XOR.course.length - 1)


@pytest.mark.parametrize(
    "steps",
    [a_step_of_each_kind(XOR), pytest.param(EVERY_STEP, marks=pytest.mark.sweep(usual=False))],
    ids=["of-each-kind", "every-one"],
)
@pytest.mark.parametrize("keys", [[], ["v", "c"]], ids=["numbers", "graph-since-step"])
def test_what_is_to_be_predicted_is_nowhere_on_the_screen(keys, steps):
    async def story(w):
        await w.press(*keys, "P", *"all", "enter")
        for step in steps:
            if steps is EVERY_STEP:
                assert w.position.step == step
            else:
                w.lesson.navigator.aim(w.lesson.navigator.to(step))
            hidden = secret(frame_of(w, 1), frame_of(w), w.lesson.workspace.display.numerals)
            cell = lit_cell(frame_of(w, 1))
            await w.press("right")
            assert line(w).is_open
            assert hidden is None or hidden not in w.text(), f"{hidden} of {frame_of(w, 1).address}"
            await w.press("escape", "i")
            w.lesson.workspace.inspector = replace(w.lesson.workspace.inspector, cell=cell)
            await w.press("tab")
            assert hidden is None or hidden not in w.text(), f"inspected: {hidden} of {frame_of(w, 1).address}"
            await w.press("escape", "right")

    run_story(story, XOR, (120, 40))


def standing(frame, numerals):
    """All numbers that may be seen at a step, as texts, with and without zeros at their ends."""
    from nntui.explain.equations.differences import cells, value

    known = [value(frame, cell) for cell in cells(frame)]
    numbers = [*known, *frame.scenario.x.ravel(), *frame.scenario.y.ravel()]
    return " ".join(numerals.write(float(number)) for number in numbers if number is not None)


# --- every step of some kinds


def test_kinds_are_asked_for_until_they_are_not():
    async def story(w):
        await w.press("P")
        await told(w, "z a c δ g w, r (C rises?), q (questions), all, none")
        await answer(w, "z d")
        await told(w, "→ asks for what comes next at these steps")
        await asked_for(w, "1:1:z:1:1", "1:1:z:1:2", "1:1:z:2:1", "1:1:delta:2:1", "1:1:delta:1:1", "1:1:delta:1:2", "1:2:z:1:1")
        await w.press("P")
        await answer(w, "none")
        await told(w, "nothing is asked for any more")
        await w.press(*["right"] * 20)
        assert not line(w).is_open

    tell(story, XOR, (120, 40))


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("c", {"cost"}),
        ("ag", {"a", "gradient"}),
        ("δ ∂ W", {"delta", "gradient", "update"}),
        ("ALL", {"z", "a", "cost", "delta", "gradient", "update"}),
    ],
)
def test_kinds_have_letters(typed, kinds):
    lesson = wishing(XOR, typed)
    assert lesson.workspace.predictor.every == kinds
    assert lesson.workspace.predictor.questions == lesson.workspace.predictor.rises == (typed == "ALL")


def wishing(scenario, kinds, step=0):
    """A lesson without a screen in which steps of some kinds are asked for."""
    lesson = FakeLesson(scenario, step)
    lesson.do("predict_every")
    assert lesson.window.answer(kinds) == ""
    return lesson


def shown(lesson):
    """The answer is shown, by `?` again and again."""
    return [lesson.window.answer("?") for _ in range(3)] == ["", "", ""]


def asks(lesson):
    """→; whether something is asked for."""
    before = len(lesson.window.requests)
    lesson.do("forward")
    return len(lesson.window.requests) > before


def test_another_letter_is_refused():
    async def story(w):
        await w.press("P")
        await answer(w, "z x")
        assert line(w).is_open
        await told(w, "'x' is no kind of step; expected some of")
        assert not w.lesson.workspace.predictor.wishes
        await w.press("escape", "right", "right")
        assert w.address == "1:1:z:1:2"

    tell(story, XOR, (120, 40))


@pytest.mark.parametrize("grain", GRAINS)
def test_forward_stops_before_a_step_that_is_to_be_predicted(grain):
    lesson = wishing(XOR, "c")
    lesson.do("grain", grain)
    for address in ("1:1:cost", "1:2:cost", "1:3:cost", "1:4:cost", "2:1:cost"):
        while not asks(lesson):
            assert lesson.position.step < XOR.course.parse(address)
        assert lesson.position.step == XOR.course.parse(address) - 1
        assert shown(lesson)
        assert lesson.address == address


def test_a_step_that_is_visited_again_is_not_asked_for_again():
    async def story(w):
        await w.press("P", "z", "enter")
        await asked_for(w, "1:1:z:1:1")
        await w.press("home", "right")
        assert (w.address, line(w).is_open) == ("1:1:z:1:1", False)

    tell(story, XOR)


# --- questions of the scenario


def test_questions_are_asked_by_q_and_by_p():
    async def story(w):
        await w.press("P", "q", "enter")
        for address, typed in [
            ("1:1:z:1:2", "0.3925"),
            ("1:1:delta:2:2", "−"),
            ("1:1:delta:1:2", "0.0100"),
            ("1:1:update:2:2", "> >"),
        ]:
            for _ in range(30):
                if line(w).is_open:
                    break
                await w.press("right")
            question = w.lesson.navigator.questions[w.position.step + 1]
            assert question.at == address
            await told(w, question.hint[:20])
            await answer(w, typed)
            assert (w.address, line(w).is_open) == (address, False)
        await told(w, "4 of 4 right: z 1/1, δ 2/2, w 1/1")

    run_story(story, ASKING, (120, 40))


def test_a_question_waits_at_the_foot():
    async def story(w):
        await w.press("right")
        await told(w, "p a question")
        await w.press("p")
        await told(w, "row 2 of w⁰")
        await answer(w, "?")
        await told(w, "It is 0.3925.")

    tell(story, ASKING, (120, 40))


@pytest.mark.parametrize("words", ["+", ">", "larger", "0", "same", "1"])
def test_a_sign_that_is_not_so_is_told(words):
    lesson, why = answered(words, ASKING, ASKING.course.parse("1:1:delta:2:1"))
    assert "sign of δ₂²" in lesson.window.requests[-1].label
    assert ("expected +, − or 0" if words == "1" else "This is not so.") in why
    assert lesson.window.answer("-") == ""
    assert lesson.address == "1:1:delta:2:2"


def with_question(scenario, at, kind, hint=""):
    return replace(scenario, questions=(Question(at, kind, hint),))


def test_a_row_is_answered_in_its_order_on_screen_with_the_bias_last():
    scenario = with_question(XOR, "1:2:gradient:1:2", "value")

    async def story(w):
        frame = frame_of(w, 1)
        cells = row_of(frame, Cell("gradient", 1, 2, 1))
        assert [cell.sender for cell in cells] == [1, 2, 0]
        values = [FOUR.write(value_of(frame, cell)) for cell in cells]
        await w.press("p")
        await told(w, "3 numbers: ∂C/∂w⁰₂₁ … w⁰₂₀ = ?")
        await told(w, "in this order: ∂C/∂w⁰₂₁, ∂C/∂w⁰₂₂, ∂C/∂w⁰₂₀")
        await answer(w, " ".join(values[:2]))
        await told(w, "2 numbers; expected 3 numbers: ∂C/∂w⁰₂₁, ∂C/∂w⁰₂₂, ∂C/∂w⁰₂₀")
        await answer(w, " ".join([values[2], *values[:2]]))
        assert line(w).is_open
        await answer(w, " ".join(values))
        assert w.address == "1:2:gradient:1:2"

    tell(story, scenario, (120, 40), step=scenario.course.parse("1:2:gradient:1:2") - 1)


def test_signs_of_a_row_and_a_layer_without_biases():
    scenario = with_question(DEEP, "1:1:gradient:2:1", "sign")

    async def story(w):
        await w.press("p")
        signs = ["+" if number > 0 else "-" if number < 0 else "0" for number in frame_of(w, 1).numbers(frame_of(w, 1).moment)]
        assert len(signs) == 2
        await answer(w, " ".join(signs))
        assert w.address == "1:1:gradient:2:1"

    tell(story, scenario, (120, 40), step=scenario.course.parse("1:1:gradient:2:1") - 1)


@pytest.mark.parametrize("way", ["right", "wrong", "?"])
def test_larger_than_at_the_rows_last_turn(way):
    scenario = with_question(XOR, "2:1:a:2:1", "larger")

    async def story(w):
        now = frame_of(w, 1)
        then = w.timeline.frame(last_visit(now, w.timeline.orders))
        larger = now.a(2, 1) > then.a(2, 1)
        await w.press("p")
        await told(w, "is a₁² larger?")
        if way == "?":
            await answer(w, "?")
            await told(w, f"It is {'larger' if larger else 'smaller'}.")
        else:
            await answer(w, "larger" if larger == (way == "right") else "smaller")
            assert line(w).is_open == (way == "wrong")
            assert w.lesson.workspace.predictor.scores == {"a": [int(way == "right"), 1]}

    tell(story, scenario, step=scenario.course.parse("2:1:a:2:1") - 1)


def test_a_row_of_many_weights_has_room():
    scenario = with_question(wide(), "1:1:gradient:1:2", "sign")

    async def story(w):
        await w.press("p")
        frame = frame_of(w, 1)
        cells = row_of(frame, lit_cell(frame))
        texts = ["+" if value_of(frame, one) > 0 else "-" if value_of(frame, one) < 0 else "0" for one in cells]
        w.app._driver.send_message(events.Paste(" ".join(text.ljust(9) for text in texts)))
        await w.press("enter")
        assert w.address == "1:1:gradient:1:2"

    run_story(story, scenario, step=scenario.course.parse("1:1:gradient:1:2") - 1)


@pytest.mark.usefixtures("numpy_alone")
def test_a_far_question_is_computed_in_slices_and_asked_for_when_there():
    scenario = with_question(long_run(), "100000:1:z:1:1", "value")

    async def story(w):
        await w.press("P", "q", "enter")
        w.lesson.navigator.position = replace(w.lesson.navigator.position, grain="epoch")
        w.lesson.controllers.movement.destinations.forward = lambda: w.lesson.navigator.to(scenario.course.last)
        w.send("right")
        await w.until(lambda: "Esc stops" in w.text())
        await w.press("escape")
        assert not line(w).is_open

    run_story(story, scenario)


# --- the score is kept


def test_answers_are_recorded_and_the_score_is_there_tomorrow(tmp_path):
    folder = tmp_path / "sessions"
    folder.mkdir()
    session = a_session(history=SessionHistory(folder))

    async def lived(w):
        await w.press("p")
        await answer(w, "0.0275")
        await answer(w, "0.3775")
        await w.press("right", "right", "p")
        await answer(w, right(w))
        await w.press("p")
        await answer(w, "?")

    from nntui.session.opening import of_scenario

    tell(lived, opening=of_scenario(TWO), session=session)
    session.recorders.close()
    (path,) = folder.glob("*.nnrec")
    scores = [move for move in moves(path) if move["kind"] == "score"]
    assert [(score["step"], score["right"]) for score in scores] == [(1, False), (4, True)]
    assert scores[0]["typed"] == "0.0275"
    assert "bias" in scores[0]["slip"]
    assert "slip" not in scores[1]
    assert read_recording(path).fault is None
    path.rename(folder / f"{NOW:%Y%m%dT%H%M%S}-1.nnrec")

    async def story(w):
        await w.press("P")
        await told(w, "1 of 2 right: z 0/1, a 1/1")
        await answer(w, "z")
        await w.press("home", "right")
        assert (w.address, line(w).is_open) == ("1:1:z:1:1", False), "it was answered yesterday"
        await w.press("right")
        assert line(w).is_open
        await answer(w, right(w))
        await told(w, "2 of 3 right: z 1/2, a 1/1")

    later = a_session(history=SessionHistory(folder), number=2)
    (kept,) = later.history.to_resume()
    tell(story, opening=of_session(kept, later), session=later, size=(120, 40))
    later.recorders.close()


def test_after_an_edit_all_is_asked_for_again_and_the_score_stays(tmp_path):
    async def story(w):
        await w.press("p")
        await answer(w, "0.3775")
        await w.press("home", "r", "p")
        assert line(w).is_open
        await answer(w, "0.3775")
        assert w.lesson.workspace.predictor.scores == {"z": [2, 2]}

    path = tmp_path / "edited.nnrec"
    record(path, story, TWO, reload=lambda: replace(TWO, title="Edited"))
    assert [move["kind"] for move in moves(path)].count("score") == 2


@pytest.mark.parametrize(
    "scenario",
    [neuron(), neuron(activation="step", biases=False), neuron("relu", weights=(0.0, -1.0)), DEEP, SOFTMAX],
    ids=["neuron", "step-neuron", "dead-relu-neuron", "deep", "softmax"],
)
def test_every_number_of_a_data_point_is_right_as_it_is_shown(scenario):
    lesson = wishing(scenario, "all")
    for step in range(1, scenario.course.length):
        assert asks(lesson)
        frame = lesson.navigator.timeline.frame(step)
        assert lesson.window.answer(FOUR.write(value_of(frame, lit_cell(frame)))) == ""
        assert lesson.position.step == step
    scores = lesson.workspace.predictor.scores
    assert all(score[0] == score[1] > 0 for score in scores.values())
    assert re.search(r"\d+ of \d+ right", lesson.words)


def test_every_number_of_a_neuron_is_right_as_it_is_typed():
    async def story(w):
        await w.press("P", *"all", "enter")
        for step in range(1, w.timeline.course.length):
            await w.press("right")
            assert line(w).is_open
            await answer(w, right(w))
            assert w.position.step == step
        await w.until(lambda: re.search(r"\d+ of \d+ right", w.text()))

    run_story(story, neuron())


def test_at_an_overflow_nan_is_a_number_as_any_other():
    from nntui.training.timeline import Timeline

    scenario = replace(load("learning-rates"), notes=(), questions=())
    timeline = Timeline(scenario)
    timeline.frame(scenario.course.last)
    step = timeline.diverged

    lesson = wishing(scenario, "all", step - 3)
    for _ in range(2 * scenario.course.length):
        if asks(lesson):
            assert any(lesson.window.answer(text) == "" for text in ("0.5", "nan")) or shown(lesson)
    assert lesson.position.step > step


@pytest.mark.parametrize("scenario", [DIGITS, wide(64, 4096, 10)], ids=["digits", "4096 units"])
def test_wide_networks_are_predicted_too(scenario):
    async def story(w):
        await w.press("p")
        await answer(w, right(w))
        assert w.address == "1:1:z:2:1"

    tell(story, scenario, step=scenario.course.parse("1:1:z:2:1") - 1)
