"""The runs of a family: each before its forks, however deep they are, and none lost."""

from nntui.files.library import load
from nntui.session.runs import DRAWN, RunRegistry
from nntui.training.edits.edit import Edit
from nntui.training.timeline import Timeline


def chain(depth):
    """A run and forks, each of the one before, by number."""
    line = [Timeline(load("xor"))]
    for number in range(depth):
        line.append(line[-1].fork(number, [Edit("eta", 0.1 + number / 1000)]))
    return dict(enumerate(line))


def listed(runs, number):
    return [(run.number, run.depth) for run in runs.family(number)]


def test_each_run_is_before_its_forks_in_the_order_of_their_creation():
    runs = RunRegistry({0: Timeline(load("xor"))})
    first, second = (runs.fork(0, 4, [Edit("eta", eta)]) for eta in (0.1, 0.2))
    inner = runs.fork(first, 8, [Edit("eta", 0.3)])
    assert listed(runs, second) == [(0, 0), (first, 1), (inner, 2), (second, 1)]


def test_forks_of_a_discarded_fork_stay_with_its_nearest_ancestor():
    runs = RunRegistry(chain(3))
    runs.discard(2)
    assert listed(runs, 3) == [(0, 0), (1, 1), (3, 2)]
    assert runs.run(3).depth == 2


def test_a_fork_is_listed_where_its_original_is_not_kept_any_more():
    line = chain(2)
    runs = RunRegistry({1: line[1], 2: line[2]})
    assert listed(runs, 2) == [(1, 0), (2, 1)]
    assert runs.run(1).start == 0


def test_a_family_as_deep_as_a_recording_may_have_it():
    runs = RunRegistry(chain(600))
    assert listed(runs, 300) == [(number, number) for number in range(601)]
    beside = [run.number for run in runs.beside(600)]
    assert beside == [597, 598, 599][-DRAWN:]
