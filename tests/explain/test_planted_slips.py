"""Sheets with a slip planted in them: it is found where it was made, named, and told once."""

from pathlib import Path

import pytest

from nntui.explain.marking.findings import grouped
from nntui.explain.marking.report import work_lines
from nntui.explain.marking.sheet import follow_work
from nntui.files.library import load
from nntui.files.paper.answers import read_answers
from nntui.lesson.answers import Answer
from nntui.text.decimal import read_typed
from nntui.training.timeline import Timeline

SHEETS = Path(__file__).parent / "sheets"
PLANTED = [
    ("09-no-eta", "S2", [("1:1:update:3:1", "no η")]),
    ("10-plus", "S2", [("1:1:update:3:1", "plus for minus")]),
    ("13-tanh-slope-1-minus-a", "S2", [("1:1:delta:1:1", "σ′ without the square")]),
    ("16-softmax-not-divided", "S3", [("1:1:a:2:1", "not divided")]),
    ("17-softmax-with-slope", "S3", [("1:1:delta:2:1", "σ′ too many")]),
    ("19-dropped-minus", "S1", [("1:1:z:1:2", "a sign in the sum")]),
    ("21-digits-swapped", "S1", [("1:1:a:1:2", "copying error")]),
    ("23-x-for-a-gradient", "S5", [("1:1:gradient:2:1", "wrong layer")]),
    ("two-1", "S1", [("1:1:z:1:2", "no bias"), ("1:1:update:2:1", "plus for minus")]),
    ("honest-S2-3dec", "S2", []),
    ("honest-S2-cut3", "S2", []),
]


@pytest.mark.parametrize(("sheet", "scenario", "planted"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_planted_slip_is_named_once(sheet, scenario, planted):
    scene = load(SHEETS / f"{scenario}.toml")
    work = follow_work(Timeline(scene), read_answers(SHEETS / f"{sheet}.csv", scene))
    groups = grouped(work.findings)
    found = [(str(scene.course.address(group.first.answer.step)), group.slip and group.slip.name) for group in groups]
    assert found == planted
    assert sum(group.count for group in groups) == work.wrong


def test_a_habit_is_one_line_with_its_places():
    scene = load(SHEETS / "S2.toml")
    work = follow_work(Timeline(scene), read_answers(SHEETS / "09-no-eta.csv", scene))
    lines = list(work_lines(work, scene.course, "a.csv"))
    assert len(lines) == 2
    assert " This is what comes out without η. The same in 24 more places: new w²₁₁, new w²₁₂, " in lines[0]


def test_numbers_that_nobody_made_by_a_slip_are_hardly_ever_named():
    """Every number off by something made up: no more than a few of a hundred may look like a slip."""
    scene = load(SHEETS / "S1.toml")
    lines = (SHEETS / "two-1.csv").read_text().splitlines()
    timeline = Timeline(scene)
    named = total = 0
    for offset in (0.0313, -0.1217, 0.2771, -0.0419):
        for number in range(1, len(lines)):
            epoch, point, kind, layer, neuron, sender, _ = lines[number].split(",")
            place = f"{epoch}:{point}:{kind}" + (f":{layer}:{neuron}" if neuron else "")
            frame = timeline.frame(scene.course.parse(place))
            values = frame.numbers(frame.moment)
            value = values[int(sender or 0)] + offset
            answer = Answer(frame.step, int(sender or 0), number, read_typed(f"{value:.4f}"))
            work = follow_work(timeline, [answer])
            total += work.wrong
            named += any(finding.slips for finding in work.findings)
    assert total == 4 * (len(lines) - 1)
    assert named <= 0.05 * total, (named, total)
