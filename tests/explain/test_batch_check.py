"""G of a complete batch beside the derivative of the batch's cost."""

from dataclasses import replace

import numpy as np
from hypothesis import given

from nntui.explain.gradient_check.batch_check import MOST_POINTS, batch_check, batch_frames
from nntui.explain.gradient_check.check import gradient_check
from nntui.explain.gradient_check.page import check_page
from nntui.explain.gradient_check.report import report
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.strategies import calm_numbers, examples, scenarios

BATCH = load("batch")


def test_g_of_a_batch_is_the_derivative_of_the_sum_of_its_costs():
    timeline = Timeline(BATCH)
    frame = timeline.frame(BATCH.course.parse("1:4"))
    verdict = batch_check(batch_frames(timeline, frame))
    assert [row.status for row in verdict.rows] == ["agrees"] * 3
    assert [row.backprop for row in verdict.rows] == [frame.sums(1)[0, j] for j in (0, 1, 2)]
    text = "\n".join(check_page(frame, gradient_check(frame), batch=verdict))
    assert "G of the batch of 4" in text
    assert text.count("✓ G(") == 3
    assert report(BATCH).lines[-1].endswith("against C of its 4 data points together: 9 of 9 agree")


def test_a_wrong_sum_disagrees():
    timeline = Timeline(BATCH)
    *before, last = batch_frames(timeline, timeline.frame(BATCH.course.parse("1:4")))
    after = last.iteration.after.copy()
    after[BATCH.network.sum_part] *= 1.001
    wrong = batch_check((*before, replace(last, iteration=replace(last.iteration, after=after))))
    assert wrong.status == "disagrees"
    assert len(wrong.of("disagrees")) == np.count_nonzero(last.sums(1))


def test_only_a_data_point_that_completes_a_batch_of_several_is_looked_at():
    timeline = Timeline(BATCH)
    assert not any(batch_frames(timeline, timeline.frame(BATCH.course.parse(f"1:{point}"))) for point in (1, 2, 3))
    alone = Timeline(load("xor"))
    assert not batch_frames(alone, alone.frame(0))
    digits = load("digits")
    large = Timeline(replace(digits, network=replace(digits.network, batch=MOST_POINTS + 1)))
    assert not batch_frames(large, large.frame(MOST_POINTS * digits.course.length))


@examples(40)
@given(scenarios(numbers=calm_numbers, most_points=3, most_epochs=2, rules=True))
def test_no_right_sum_disagrees(scenario):
    timeline = Timeline(scenario)
    for n in range(len(timeline)):
        frames = batch_frames(timeline, timeline.frame(n * scenario.course.length))
        if frames:
            assert batch_check(frames).status != "disagrees"
