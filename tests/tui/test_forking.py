"""What if: e changes something from here on, f lists the runs that came of it, and nothing is ever lost."""

import pytest

from nntui.draw.panels.forks import RunLine
from nntui.explain.equations.cells import value_of
from nntui.explain.equations.comparison import pairs
from nntui.files.library import load
from nntui.files.open import read_scenario
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.files.recording.writer import Recorder, known_weights
from nntui.lesson.events import Discard, Fork, Stop, Switch
from nntui.session.opening import of_continuing, of_recording, of_scenario
from nntui.session.runs import MOST, RunRegistry
from nntui.training.cell import Cell
from nntui.training.edits.edit import read_edits
from nntui.training.timeline import Timeline
from nntui.tui.widgets.prompt import Prompt
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import a_session, run_story, spelled
from tests.tui.lessons import bits, click, here, moves, place_of, record

XOR = load("xor")
COURSE = XOR.course
AT = COURSE.parse("3:2:delta:1:2")
N = COURSE.iteration(AT)


def plain(*forks):
    """The run, and the fork of it that these (iteration, edits) make one after the other."""
    timeline = Timeline(XOR)
    for n, edits in forks:
        timeline = timeline.fork(n, read_edits(edits))
    return timeline


async def edited(w, text):
    await w.press("e", *spelled(text), "enter")


def runs(w):
    """Number → name of the runs on show, and the present one."""
    family = w.lesson.navigator.runs.family(w.position.chapter)
    return [(run.depth, run.start, " ".join(map(str, run.edits))) for run in family]


def test_e_changes_something_from_this_data_point_on():
    async def story(w):
        await edited(w, "eta=2, w1.1.1=-3")
        assert (w.address, w.position.farthest) == ("3:2:delta:1:2", N)
        assert here(w) == bits(plain((N, "eta=2 w1.1.1=-3")).frame(AT))
        assert "XOR › η = 2, w⁰₁₁ = −3" in w.text()
        await w.press("5", "right", "right")
        step = w.position.step
        assert here(w) == bits(plain((N, "eta=2 w1.1.1=-3")).frame(step))
        assert w.text() == w.expected()

    run_story(story, XOR, step=AT, size=(120, 40))


def test_stepping_back_undoes_it_and_stepping_forward_does_it_again():
    async def story(w):
        await edited(w, "w1.1.1=-3")
        after = here(w)
        await w.press("4", "left")
        assert w.address == "3:1:update:1:2"
        assert here(w) == bits(Timeline(XOR).frame(w.position.step))
        await w.press("g", *"3:2:delta:1:2", "enter")
        assert here(w) == after

    tell(story, XOR, step=AT)


def test_backspace_goes_back_to_the_run_before():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("right", "backspace")
        assert here(w) == bits(Timeline(XOR).frame(AT))
        assert "›" not in w.text()
        assert runs(w) == [(0, 0, ""), (1, N, "eta=2.0")]

    tell(story, XOR, step=AT)


@pytest.mark.parametrize(
    ("cell", "typed", "edits"),
    [
        (Cell("weight", 1, 2, 1), "-0.5", "w1.2.1=-0.5"),
        (Cell("weight", 2, 1, 0), "0.25", "w2.1.0=0.25"),
        (Cell("input", 0, 2), "0.5", "x2=0.5"),
        (Cell("y", 2, 1), "0", "y1=0"),
        (Cell("weight", 1, 2, 1), "eta=0.1", "eta=0.1"),
    ],
)
def test_the_inspected_number_is_asked_for(cell, typed, edits):
    async def story(w):
        await w.press("i")
        w.lesson.workspace.tool = w.lesson.workspace.inspector.at(cell)
        await w.press("e")
        assert float(w.lesson.query_one(Prompt).value) == value_of(Timeline(XOR).frame(AT), cell)
        await w.press("ctrl+u", *spelled(typed), "enter")
        assert here(w) == bits(plain((N, edits)).frame(AT))
        assert w.lesson.workspace.inspector.cell == cell

    tell(story, XOR, step=AT)


def test_a_new_weight_is_changed_where_this_data_point_found_it():
    last = COURSE.parse("3:2:update:1:2")

    async def story(w):
        await w.press("i", "e")
        before = Timeline(XOR).frame(last).weights_before(1)[1, 1]
        assert float(w.lesson.query_one(Prompt).value) == before
        await w.press("ctrl+u", "1", "enter")
        assert here(w) == bits(plain((N, "w1.2.1=1")).frame(last))

    tell(story, XOR, step=last)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("eta=0", "expected a number above 0"),
        ("activation2=softmax", "softmax outputs with cost"),
        ("hello", "character 1: 'hello' sets nothing"),
        ("w9.1.1=0", "names layer 9, of 2"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_happens(typed, why):
    async def story(w):
        await edited(w, typed)
        await w.until(lambda: why in w.text())
        assert w.lesson.query_one(Prompt).is_open
        await w.press("escape")
        assert runs(w) == [(0, 0, "")]
        assert here(w) == bits(Timeline(XOR).frame(AT))

    tell(story, XOR, step=AT)


def test_a_chain_of_forks_and_a_fork_before_one():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("5", "right", "1", "right")
        second = w.timeline.course.iteration(w.position.step)
        await edited(w, "w1.1.1=1")
        await w.press("g", *"2:1", "enter")
        await edited(w, "eta=0.1")
        first = COURSE.iteration(COURSE.parse("2:1"))
        assert runs(w) == [(0, 0, ""), (1, N, "eta=2.0"), (2, second, "w1.1.1=1.0"), (1, first, "eta=0.1")]
        assert here(w) == bits(plain((first, "eta=0.1")).frame(COURSE.parse("2:1")))

    tell(story, XOR, step=AT)


def test_no_more_forks_than_may_be():
    async def story(w):
        for _ in range(MOST):
            w.lesson.navigator.runs.fork(0, N, read_edits("eta=2"))
        await edited(w, "eta=2")
        await w.until(lambda: f"expected at most {MOST}" in " ".join(w.text().split()))

    tell(story, XOR, step=AT)


def test_no_more_forks_than_the_recording_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr("nntui.session.recordings.running_recording.MOST_FORKS", 102)

    async def story(w):
        await edited(w, "eta=2")
        await edited(w, "eta=3")
        await w.press("f", "D", "D", "escape")
        await edited(w, "eta=4")
        await w.until(lambda: "no more forks fit into the recording" in " ".join(w.text().split()))
        await w.press("escape")

    record(tmp_path / "r", story, XOR, step=AT)
    assert report(read_recording(tmp_path / "r"))[1] == 0


def test_while_a_far_place_is_computed_e_changes_something_there():
    far = COURSE.parse("1500:3:cost")

    async def story(w):
        w.send("g", *"1500:3:cost", "enter", "e", *"eta=2", "enter")
        await w.settled()
        n = COURSE.iteration(far)
        assert here(w) == bits(plain((n, "eta=2")).frame(far))
        await w.press("backspace")
        assert here(w) == bits(Timeline(XOR).frame(far))

    run_story(story, XOR, step=AT)


def test_what_plays_stops_where_something_is_changed():
    async def story(w):
        await w.press("space")
        await w.until(lambda: w.position.step > AT)
        await w.press("e")
        step = w.position.step
        assert not w.position.playing
        await w.press(*"eta=2", "enter")
        assert here(w) == bits(plain((COURSE.iteration(step), "eta=2")).frame(step))

    run_story(story, XOR, step=AT)


# --- the list


def test_the_list_compares_and_enter_goes_there_at_the_same_step():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("5", "right", "1", "f")
        step = w.position.step
        assert "η = 2 beside original" in w.text()
        shown = pairs(plain((N, "eta=2")).frame(step), Timeline(XOR).frame(step))
        weight = next(pair for pair in shown if pair.cell == Cell("weight", 2, 1, 1))
        line = next(line for line in w.text().splitlines() if "w¹₁₁" in line)
        for number in (weight.here, weight.there):
            assert f"{number:.4f}".replace("-", "−") in line
        assert f"{weight.here - weight.there:+.4f}".replace("-", "−") in line
        for other, expected in (("down", Timeline(XOR)), ("up", plain((N, "eta=2")))) * 2:
            await w.press("enter")
            assert here(w) == bits(expected.frame(step))
            assert "This is where you stand." in w.text()
            await w.press(other)
            assert " beside " in w.text()
        await w.press("right")
        assert w.position.step == step + 1
        assert " beside " in w.text()
        assert w.text() == w.expected()
        await w.press("f")
        assert w.lesson.workspace.tool is None

    run_story(story, XOR, step=AT, size=(120, 40))


def test_a_run_that_is_far_behind_is_computed_in_the_background():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("end")
        await w.press("f")
        await w.until(lambda: "computing" not in w.text() and "η = 2 beside original" in w.text())
        await w.until(lambda: not w.lesson.workers._workers)
        await w.settled()
        shown = pairs(plain((N, "eta=2")).frame(COURSE.last), Timeline(XOR).frame(COURSE.last))
        line = next(line for line in w.text().splitlines() if "w¹₁₁" in line)
        weight = next(pair for pair in shown if pair.cell == Cell("weight", 2, 1, 1))
        assert f"{weight.there:.4f}".replace("-", "−") in line

    run_story(story, XOR, step=AT, size=(120, 40))


def test_a_click_chooses_and_a_click_on_the_chosen_goes_there():
    async def story(w):
        await edited(w, "eta=2")
        await edited(w, "eta=3")
        await w.press("f")
        original = w.lesson.navigator.runs.family(w.position.chapter)[0].number
        for _ in range(2):
            await click(w, *place_of(w, lambda target: target == RunLine(original)))
        assert here(w) == bits(Timeline(XOR).frame(AT))

    run_story(story, XOR, step=AT, size=(120, 40))


def test_a_name_is_given_and_shown():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("f", "down", "m", "ctrl+u", *spelled("too fast"), "enter")
        assert "XOR › too fast" in w.text()
        assert w.lesson.navigator.runs.run(w.position.chapter).name == "too fast"

    tell(story, XOR, step=AT)


def test_d_pressed_twice_discards_a_fork_but_not_the_original():
    async def story(w):
        await edited(w, "eta=2")
        await edited(w, "eta=3")
        await w.press("f", "home", "f", "f")
        await w.press("up", "up", "D")
        assert "this is the original run, which cannot be deleted" in w.text()
        await w.press("down", "down", "D")
        assert "you are in this fork" in w.text()
        await w.press("up", "D")
        assert [edits for _, _, edits in runs(w)] == ["", "eta=2.0", "eta=3.0"]
        await w.press("D")
        assert runs(w) == [(0, 0, ""), (1, N, "eta=3.0")]
        await w.press("escape", "backspace", "backspace")
        assert w.text() == w.expected()

    run_story(story, XOR, step=AT, size=(120, 40))


def test_d_must_be_pressed_twice_in_a_row():
    async def story(w):
        await edited(w, "eta=2")
        await edited(w, "eta=3")
        await w.press("f", "D", "up", "down", "D")
        assert len(runs(w)) == 3

    tell(story, XOR, step=AT)


def test_a_run_is_saved_as_a_scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(w):
        await edited(w, "eta=2 w1.1.1=-3")
        await w.press("f", "down", "S", "enter")
        assert "saved with the weights before 3:2: fork.toml" in w.text()
        await w.press("S", "enter")
        await w.until(lambda: "is there already" in w.text())
        await w.press("escape")

    tell(story, XOR, step=AT)
    saved = read_scenario(tmp_path / "fork.toml")
    fork = plain((N, "eta=2 w1.1.1=-3"))
    assert saved.theta.tobytes() == fork.theta(N).tobytes()
    assert (saved.network.eta, saved.title) == (2.0, "XOR, η = 2, w⁰₁₁ = −3")


def test_what_is_typed_replaces_the_name_that_is_proposed_and_may_lie_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))

    async def story(w):
        await w.press("f", "S", *spelled("~/mine.toml"), "enter")
        assert not w.lesson.query_one(Prompt).is_open

    tell(story, XOR, step=AT, size=(120, 40))
    assert read_scenario(tmp_path / "mine.toml").title == "XOR"


def test_what_is_typed_replaces_the_number_that_is_asked_for():
    async def story(w):
        await w.press("i")
        w.lesson.workspace.tool = w.lesson.workspace.inspector.at(Cell("weight", 1, 2, 1))
        await w.press("e", *"0.5", "enter")
        assert here(w) == bits(plain((N, "w1.2.1=0.5")).frame(AT))

    tell(story, XOR, step=AT)


def test_another_scenario_has_no_forks_of_the_last():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("r")
        assert "read again, at 3:2:delta:1:2. A fork of the run before went with it" in w.text()
        await w.press("f")
        assert runs(w) == [(0, 0, "")]
        assert "There is one run, the original" in " ".join(w.text().split())

    tell(story, XOR, step=AT, reload=lambda: load("xor"), size=(120, 40))


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60), (30, 10)])
@pytest.mark.parametrize("name", ["xor", "digits", "single-neuron", "vanishing"])
def test_the_list_in_every_size(name, size):
    scenario = load(name)

    async def story(w):
        await edited(w, "eta=0.01")
        await w.press("f", "3")
        for _ in range(6):
            await w.press("right")
            lines = w.text().splitlines()
            assert max(map(len, lines)) <= size[0]
            assert len(lines) <= size[1]
        await w.press("tab", "tab", "shift+tab", "escape")

    tell(story, scenario, step=scenario.course.parse("1:1:cost"), size=size)


# --- kept


def test_forks_are_kept_and_replayed(tmp_path):
    seen = []

    async def made(w):
        async def display():
            seen.append(here(w))

        await edited(w, "eta=2")
        await display()
        for keys in (["right"], ["f", "enter"], ["right"], ["down", "enter"], ["f", "5", "right"]):
            await w.press(*keys)
            await display()
        await w.press("f", "down", "m", "ctrl+u", *"fast", "enter", "escape")

    record(tmp_path / "r", made, XOR, step=AT)
    kinds = [move["kind"] for move in moves(tmp_path / "r")]
    assert kinds == ["stop", "fork", "stop", "switch", "stop", "switch", "stop", "rename"]
    recording = read_recording(tmp_path / "r")
    assert report(recording)[1] == 0
    replayed = []

    async def again(w):
        for _ in range(recording.lesson.stops - 1):
            await w.press("right")
            replayed.append(here(w))
        assert "XOR › fast" in w.text()
        await w.press("f", "down", "D")
        assert "a recording is what it is" in w.text()
        for _ in range(recording.lesson.stops - 1):
            await w.press("left")
        assert w.address == "3:2:delta:1:2"
        assert "›" not in w.text().splitlines()[0]

    tell(again, opening=of_recording(recording))
    assert replayed == seen


def test_a_session_that_ended_in_a_fork_is_gone_on_with(tmp_path):
    async def made(w):
        await edited(w, "eta=2")
        await w.press("right", "m", *"here", "enter")

    record(tmp_path / "r", made, XOR, step=AT)
    session = a_session()
    begun = session.recorders.begin(tmp_path / "r", XOR).continued

    async def again(w):
        assert here(w) == bits(plain((N, "eta=2")).frame(AT + 1))
        assert "here" in w.text()
        assert runs(w) == [(0, 0, ""), (1, N, "eta=2.0")]
        await w.press("f", "enter")
        assert here(w) == bits(Timeline(XOR).frame(AT + 1))
        await edited(w, "eta=3")

    tell(again, opening=of_continuing(begun), session=session)
    session.recorders.close()
    moved = moves(tmp_path / "r")
    assert [(move["kind"], move.get("run"), move.get("edits")) for move in moved[-2:]] == [
        ("switch", 0, None),
        ("fork", None, "eta=3.0"),
    ]
    assert report(read_recording(tmp_path / "r"))[1] == 0


def test_a_recording_that_begins_in_a_fork_tells_where_it_comes_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(w):
        await edited(w, "eta=2")
        await edited(w, "w1.1.1=1")
        await w.press("R", "ctrl+u", *"late", "enter", "right")
        seen.append(here(w))

    seen = []
    tell(story, XOR, step=AT)
    recording = read_recording(tmp_path / "late")
    assert [move["kind"] for move in moves(tmp_path / "late")] == ["fork", "fork", "stop"]
    assert [move.get("edits") for move in moves(tmp_path / "late") if move["kind"] == "fork"] == ["eta=2.0", "w1.1.1=1.0"]
    lesson = recording.lesson
    assert lesson.end.step == AT + 1
    assert bits(plain((N, "eta=2"), (N, "w1.1.1=1")).frame(AT + 1)) == seen[0]
    assert report(recording)[1] == 0


def test_off_a_replayed_lesson_one_may_fork_too_and_comes_back(tmp_path):
    async def made(w):
        await w.press("right", "right")

    record(tmp_path / "r", made, XOR, step=AT)

    async def again(w):
        await w.press("right")
        await edited(w, "eta=2")
        assert here(w) == bits(plain((N, "eta=2")).frame(AT + 1))
        assert "Backspace returns" in w.text()
        assert runs(w) == [(0, 0, ""), (1, N, "eta=2.0")]
        await w.press("1", "right", "f", "enter", "down", "enter", "f", "backspace")
        assert here(w) == bits(Timeline(XOR).frame(AT + 1))
        await w.press("right")
        assert here(w) == bits(Timeline(XOR).frame(AT + 2))

    tell(again, opening=of_recording(read_recording(tmp_path / "r")), size=(120, 40))


def test_a_fork_can_be_played_and_predicted_in():
    async def story(w):
        await edited(w, "eta=2")
        await w.press("1", *["+"] * 9, "space")
        await w.until(lambda: w.position.step > AT + 2)
        await w.press("space")
        assert here(w) == bits(plain((N, "eta=2")).frame(w.position.step))
        await w.press("g", *"4:1:z:1:1", "enter", "p", "?", "?", "?")
        assert "It is" in w.text()

    run_story(story, opening=of_scenario(XOR, AT))


def test_what_another_run_has_here_is_not_told_before_this_one_has_it():
    """With another η both have the same C at the data point where they part: what is to be predicted must not stand there."""
    start = COURSE.parse("3:2")
    cost = f"{Timeline(XOR).iteration(N).cost:.4f}"

    async def story(w):
        await edited(w, "eta=2")
        await w.press("backspace", "x")
        assert f"a {cost}" not in w.text()
        await w.press("x", "g", *"3:2:cost", "enter", "x")
        assert f"a {cost}" in w.text()

    tell(story, XOR, step=start, size=(120, 40))


def test_a_long_line_of_forks_is_listed_each_behind_the_one_it_comes_from():
    runs = RunRegistry({0: Timeline(XOR)})
    number, numbers = 0, [0]
    for n in range(MOST):
        number = runs.fork(number, n, read_edits("eta=2"))
        numbers.append(number)
    family = runs.family(number)
    assert [(run.number, run.depth) for run in family] == [(number, depth) for depth, number in enumerate(numbers)]
    runs.discard(numbers[50])
    assert [(run.number, run.depth) for run in runs.family(0)][50:52] == [(numbers[51], 50), (numbers[52], 51)]


def test_a_discarded_run_that_is_entered_again_is_continued(tmp_path):
    """A fork made in what a run shares with one that was deleted comes from that; a kill may fall between the two lines."""
    timeline = Timeline(XOR)
    recorder = Recorder.begin(tmp_path / "r", XOR, lambda n: known_weights(timeline, n))
    for event in (Stop(0, 0), Fork(1, 0, 0, read_edits("eta=2")), Switch(2, 0, 0), Discard(3, 1), Switch(4, 1, 5)):
        recorder.record(event)
    recorder.close()
    opening = of_continuing(read_recording(tmp_path / "r"))

    async def story(w):
        assert here(w) == bits(plain((0, "eta=2")).frame(5))
        await w.press("f", "right")
        assert runs(w) == [(0, 0, ""), (1, 0, "eta=2.0")]

    tell(story, opening=opening)
