"""Batches and momentum in a run: what goes from data point to data point, forks, and the shorter batch of an epoch's end."""

import json
from dataclasses import replace

import numpy as np
import pytest

import nntui
from nntui.engine.batch_place import BatchPlace, batch_place_of
from nntui.engine.iteration import gradient
from nntui.engine.network import from_matrices
from nntui.explain.documents.document import DocumentOptions, document
from nntui.explain.documents.markdown import markdown_document
from nntui.explain.exercises.drawing import drawn_sheet
from nntui.explain.marking.sheet import follow_work
from nntui.explain.sentences.edits import edit_words
from nntui.explain.trace import trace
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.files.recording.writer import Recorder
from nntui.files.scenario.embedded import document_of, scenario_of
from nntui.lesson.answers import Answer
from nntui.lesson.events import Fork, Stop
from nntui.notebook.data_point import NotebookIteration
from nntui.text.decimal import read_typed
from nntui.training.edits.edit import EditError, read_edits
from nntui.training.scenario import Scenario, SheetRules
from nntui.training.snapshot import scenario_at
from nntui.training.timeline import Timeline
from tests.engines import only_numpy
from tests.recording.making import recorder


def run(**rule) -> Scenario:
    """Three data rows of a 2–2–1 network without hidden biases."""
    two = load("xor")
    layers = (replace(two.network.layers[0], biases=False), *two.network.layers[1:])
    network = replace(two.network, layers=layers, **rule)
    return replace(
        two,
        network=network,
        theta=from_matrices(network, two.weights),
        x=two.x[:3],
        y=two.y[:3],
        epochs=4,
        notes=(),
        questions=(),
    )


def test_turns_of_an_epoch():
    assert [batch_place_of(2, point, 5) for point in range(5)] == [
        BatchPlace(1, 2),
        BatchPlace(2, 2),
        BatchPlace(1, 2),
        BatchPlace(2, 2),
        BatchPlace(1, 1),
    ]
    assert [batch_place_of(1, point, 2) for point in range(2)] == [BatchPlace(1, 1), BatchPlace(1, 1)]


@pytest.mark.parametrize("average", [False, True])
def test_the_weights_wait_for_their_batch_and_the_end_of_an_epoch_closes_it(average):
    scenario = run(batch=2, average=average)
    timeline = Timeline(scenario)
    made = [timeline.iteration(n) for n in range(3)]
    slopes = [gradient(scenario.network, one.a, one.delta) for one in made]
    biases = np.isnan(scenario.theta)
    theta = [np.where(biases, 0.0, timeline.theta(n)) for n in range(4)]
    assert (theta[1] == theta[0]).all()
    assert (theta[3] != theta[2]).any()
    total = np.where(biases, 0.0, ((0.0 + slopes[0]) + slopes[1]) / (2 if average else 1))
    assert theta[2].tobytes() == (theta[0] - scenario.network.eta * total).tobytes()
    alone = np.where(biases, 0.0, slopes[2])
    assert theta[3].tobytes() == (theta[2] - scenario.network.eta * alone).tobytes(), "not divided by 1, and by 2 neither"


def test_what_update_leaves_out_has_no_velocity():
    scenario = run(momentum=0.5, update_biases=False)
    frame = Timeline(scenario).frame(5 * scenario.course.length)
    assert frame.velocities(2)[:, 0].tolist() == [0.0]
    assert (frame.velocities(2)[:, 1:] != 0.0).all()
    assert np.isnan(frame.velocities(1)[:, 0]).all()


def test_the_trace_holds_the_sum_and_the_velocity():
    scenario = run(batch=2, momentum=0.9, update_biases=False)
    rows = [json.loads(line) for line in trace(Timeline(scenario), 0, 2 * scenario.course.length - 1, "jsonl")]
    updates = [row for row in rows if row["kind"] == "update"]
    assert all(("sum" in row) == (row["kind"] == "update") == ("velocity" in row) for row in rows)
    first, second = ([row for row in updates if row["point"] == point] for point in (1, 2))
    slopes = [[row for row in rows if row["kind"] == "gradient" and row["point"] == point] for point in (1, 2)]
    for before, after, g1, g2 in zip(first, second, *slopes, strict=True):
        assert before["sum"] == g1["weights"]
        assert after["sum"] == [a + b for a, b in zip(g1["weights"], g2["weights"], strict=True)]
        assert set(before["velocity"]) == {0.0}
        assert after["velocity"] == [0.9 * 0.0 - scenario.network.eta * g for g in after["sum"]]
        if before["layer"] == 1:
            assert before["sum_bias"] is before["velocity_bias"] is after["sum_bias"] is after["velocity_bias"] is None
        else:
            assert after["sum_bias"] == g1["bias"] + g2["bias"]
            assert after["velocity_bias"] == 0.0
    plain = [json.loads(line) for line in trace(Timeline(run(momentum=0.5)), 0, scenario.course.length - 1, "jsonl")]
    assert "velocity" in plain[-1]
    assert "sum" not in plain[-1]


# --- forks


def test_the_rule_of_a_fork_from_the_start_is_that_of_a_file():
    plain = Timeline(run())
    fork = plain.fork(0, "batch=2 average=true momentum=0.9")
    whole = Timeline(run(batch=2, average=True, momentum=0.9))
    assert [fork.state(n).tobytes() for n in range(13)] == [whole.state(n).tobytes() for n in range(13)]
    back = whole.fork(0, "batch=1 momentum=0")
    assert [back.state(n).tobytes() for n in range(13)] == [plain.state(n).tobytes() for n in range(13)]
    assert plain.fork(0, "batch=epoch").scenario.network.batch == 3


def test_weights_drawn_again_are_those_of_a_file_with_that_init():
    scenario = load("circles")
    drawn = Timeline(scenario).fork(0, "init=he").weights(0)
    other = Timeline(replace(scenario, init_seed=scenario.init_seed + 1)).fork(0, "init=he").weights(0)
    for matrix, before, differs in zip(drawn, scenario.weights, other, strict=True):
        assert matrix[:, 0].tolist() == before[:, 0].tolist()
        assert (matrix[:, 1:] != before[:, 1:]).all()
        assert (matrix[:, 1:] != differs[:, 1:]).all()
    again = Timeline(scenario_of(document_of(scenario), "F", 1)).fork(0, "init=he").weights(0)
    assert [matrix.tobytes() for matrix in again] == [matrix.tobytes() for matrix in drawn]


def test_an_edit_leaves_the_sum_and_the_velocity():
    timeline = Timeline(run(batch=2, momentum=0.9))
    fork = timeline.fork(1, "w2.1.1=7")
    size = timeline.scenario.network.parameters
    assert fork.state(1)[size:].tobytes() == timeline.state(1)[size:].tobytes()
    assert 7.0 in fork.theta(1)


WRONG = [
    (1, "batch=2", "batch holds for a whole run; expected it at 1:1 only"),
    (1, "init=he", "init holds for a whole run; expected it at 1:1 only"),
    (0, "batch=4", "batch = 4; expected 1 to 3, the data points of an epoch"),
    (0, "batch=0", "batch=0; expected a whole number from 1 on, or epoch"),
    (0, "momentum=1", "momentum = 1.0; expected 0 or more, and less than 1"),
    (0, "average=1", "'1' is no true or false; expected one of true, false"),
]


@pytest.mark.parametrize(("start", "text", "why"), WRONG)
def test_a_rule_that_does_not_fit_is_told(start, text, why):
    with pytest.raises(EditError) as told:
        Timeline(run()).fork(start, text)
    assert str(told.value) == why


def test_a_notebook_has_the_sum_and_the_velocity():
    scenario = run(batch=2, momentum=0.9)
    layer = NotebookIteration(Timeline(scenario).frame(scenario.course.parse("1:2"))).layer(2)
    first = Timeline(scenario).frame(0).gradient_row(2, 1)
    assert layer.sums.tolist() == [[a + b for a, b in zip(first, layer.gradient[0], strict=True)]]
    assert layer.velocities.tolist() == [[0.9 * 0.0 - 0.5 * g for g in layer.sums[0].tolist()]]
    alone = NotebookIteration(Timeline(run()).frame(0)).layer(2)
    assert alone.sums is alone.velocities is None


def test_rules_are_written_as_they_are_typed():
    text = "batch=epoch average=true momentum=0.9 init=he"
    assert " ".join(map(str, read_edits(text))) == text
    assert [edit_words(edit) for edit in read_edits(text)] == ["batch = epoch", "average = true", "μ = 0.9", "init = he"]


# --- files


def test_a_saved_scenario_keeps_its_rule():
    scenario = run(batch=2, average=True, momentum=0.9, at_zero=0.0)
    assert scenario_of(document_of(scenario), "F", 1).network == scenario.network


def test_a_recording_in_the_middle_of_a_batch_is_verified(tmp_path):
    scenario = replace(run(batch=2, momentum=0.9), epochs=400)
    one = recorder(str(tmp_path / "r.nnrec"), scenario)
    length = scenario.course.length
    assert one.record(Stop(0.0, 0))
    assert one.record(Stop(1.0, 1000 * length + 3))
    one.close()
    recording = read_recording(str(tmp_path / "r.nnrec"))
    size = scenario.network.state_size
    assert any(known.theta is not None and len(known.theta) == size for known in recording.keyframes)
    lines, code = report(recording)
    assert (code, lines[-1].split()[-1]) == (0, "equal")
    timeline = Timeline(scenario)
    for known in recording.keyframes:
        assert known.theta.tobytes() == timeline.state(known.iteration).tobytes()


def test_a_fork_with_another_rule_is_recorded(tmp_path):
    edits = read_edits("batch=3 momentum=0.5")
    timelines = [Timeline(run())]
    one = Recorder.begin(str(tmp_path / "r.nnrec"), timelines[0].scenario, lambda n: timelines[-1].iteration(n).before)
    assert one.record(Stop(0.0, 0))
    timelines.append(timelines[0].fork(0, edits))
    assert one.record(Fork(1.0, 0, 0, edits))
    one.close()
    recording = read_recording(str(tmp_path / "r.nnrec"))
    assert recording.lesson.scenarios[1].network.batch == 3
    assert [(known.chapter, known.iteration) for known in recording.keyframes] == [(1, 0)]
    assert report(recording)[1] == 0


# --- a student's own numbers


def test_a_sheet_over_a_batch_follows_the_student():
    """Everything right but one gradient of the first data point: what is made of it in the second follows."""
    scenario = run(batch=2, momentum=0.9)
    timeline = Timeline(scenario)
    answers = []
    for step in range(1, 2 * scenario.course.length):
        frame = timeline.frame(step)
        moment = frame.moment
        if moment.kind == "input":
            continue
        numbers = frame.numbers(moment)
        first = 1 if moment.kind in ("gradient", "update") and not scenario.network.layers[moment.layer - 1].biases else 0
        for at, value in enumerate(numbers, first):
            answers.append(Answer(step, at, len(answers) + 1, read_typed(f"{value:.6f}")))
    work = follow_work(timeline, answers)
    assert (work.wrong, work.right) == (0, len(answers))
    wrong = scenario.course.parse("1:1:gradient:2:1")
    update = scenario.course.parse("1:2:update:2:1")
    off = float(timeline.frame(wrong).gradient_row(2, 1)[1]) + 0.5
    new = float(timeline.frame(update).weights_after(2)[0, 1]) - scenario.network.eta * 0.5
    changed = {(wrong, 1): off, (update, 1): new}
    mine = [
        replace_typed(answer, changed[answer.step, answer.sender]) if (answer.step, answer.sender) in changed else answer
        for answer in answers
    ]
    work = follow_work(timeline, mine)
    assert [finding.answer.step for finding in work.findings] == [wrong]


def replace_typed(answer, value):
    return answer._replace(typed=read_typed(f"{value:.6f}"))


def test_a_sheet_keeps_the_place_of_its_data_points_in_their_batches():
    for batch, points, rows in ((4, 1, 4), (2, 1, 2), (3, 2, 3), (3, 4, 4), (1, 1, 1)):
        xor = load("xor")
        scenario = replace(xor, network=replace(xor.network, batch=batch))
        drawn = drawn_sheet(scenario, SheetRules(points=points), "key", "1").scenario
        assert drawn.points == rows
        places = [Timeline(one).iteration(points - 1).batch_place for one in (scenario, drawn)]
        assert places[0] == places[1]


def test_a_document_says_how_11_is_applied_and_what_is_kept_at_its_start():
    scenario = run(batch=2, average=True, momentum=0.9)
    first = scenario.course.parse("1:2")
    text = "\n".join(markdown_document("", list(document(Timeline(scenario), first, first, DocumentOptions()))))
    for words in ("a batch of 2 data points", "divided by their number", "$\\mu$ = 0.9", "$G$ of the weights into layer 1"):
        assert words in text
    plain = "\n".join(markdown_document("", list(document(Timeline(run()), first, first, DocumentOptions()))))
    assert "batch" not in plain
    assert "velocity" not in plain


# --- what is made of a run elsewhere


@pytest.mark.parametrize("text", ["mean C < 0.11", "w2.1.1 < 0.6", "|g2.1.1| < 0.02"])
def test_a_condition_is_found_where_the_plain_run_has_it(text):
    scenario = replace(run(batch=2, momentum=0.9), epochs=200)
    found = nntui.Timeline(scenario).until(text)
    timeline = Timeline(scenario)
    for n in range(len(timeline)):
        frame = timeline.frame(n * scenario.course.length)
        mean = timeline.mean(n // 3) if n % 3 == 2 else 1.0
        holds = {
            "m": mean < 0.11,
            "w": frame.weights_after(2)[0, 1] < 0.6,
            "|": abs(frame.gradient_row(2, 1)[1]) < 0.02,
        }[text[0]]
        if holds:
            assert found.number == n
            return
    assert found is None


def test_a_scenario_saved_in_the_middle_of_a_batch_begins_with_the_weights_of_its_step():
    timeline = Timeline(run(batch=2, momentum=0.9))
    fork = timeline.fork(1, "w2.1.1=7")
    saved = scenario_at(fork, 4 * fork.course.length, "saved")
    again = scenario_of(document_of(saved), "F", 1)
    assert again.theta.tobytes() == fork.theta(4).tobytes()
    assert Timeline(again).state(0).tolist()[again.network.parameters :] == pytest.approx(
        [float("nan"), float("nan"), 0, 0, 0, 0, 0, 0, 0] * 2, nan_ok=True
    )
    assert (again.network.batch, again.network.momentum) == (2, 0.9)


def test_numpy_alone_makes_the_same_bits():
    scenario = replace(run(batch=2, average=True, momentum=0.9, update_biases=False), epochs=100)
    fast = Timeline(scenario)
    with only_numpy():
        plain = Timeline(scenario)
        assert [plain.state(n).tobytes() for n in range(0, 301, 7)] == [fast.state(n).tobytes() for n in range(0, 301, 7)]
