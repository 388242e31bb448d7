"""Weights that a recording gives: from them on the run is computed as if it started there, whatever the order of seeks."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.iteration import iterate
from nntui.training.timeline import Timeline
from tests.strategies import examples
from tests.training.test_timeline import exploding, rows, segment, xor

EPOCHS = 100


@dataclass(frozen=True, eq=False)
class Weights:
    """What a recording knows; `kept` False: only how the weights are recognised."""

    iteration: int
    real: Array
    kept: bool = True

    @property
    def theta(self):
        return self.real if self.kept else None

    def agrees(self, theta):
        return theta.tobytes() == canonical(self.real).tobytes()


SCENE = xor(EPOCHS)
MADE, STATES = segment(SCENE)
LAST = len(MADE)


def at(n, nudge=0.0, kept=True):
    theta = STATES[n] + nudge
    theta.flags.writeable = False
    return Weights(n, theta, kept)


def recomputed(givens):
    """The states of the run that takes up what is given, one after the other; those of `STATES` are not computed again."""
    there = {known.iteration: known.real for known in reversed(givens) if known.kept}
    theta, states = there.get(0, SCENE.theta), []
    for n, row in enumerate(rows(SCENE)):
        states.append(theta)
        if n + 1 in there:
            theta = there[n + 1]
        elif theta.tobytes() == STATES[n].tobytes():
            theta = STATES[n + 1]
        else:
            theta = iterate(SCENE.network, theta, SCENE.x[row], SCENE.y[row]).after
    return states


places = st.integers(1, LAST - 1)


@given(
    st.lists(st.tuples(places, st.sampled_from([0.0, 1e-9, 0.5]), st.booleans()), max_size=6, unique_by=lambda known: known[0]),
    st.lists(places, min_size=1, max_size=12),
    st.integers(1, 4),
)
@examples(150)
def test_any_order_of_seeks_gives_the_same_bits_from_given_weights(known, seeks, budget):
    givens = [at(*one) for one in known]
    timeline = Timeline(SCENE, budget=budget * SCENE.theta.nbytes * 8)
    for one in givens:
        assert timeline.learn(one)
    wanted = recomputed(givens)
    for n in seeks:
        assert timeline.iteration(n).before.tobytes() == wanted[n].tobytes()
        for _ in timeline.approach(n):
            pass
        assert timeline.distance(n) < LAST


def test_a_stop_far_away_needs_only_what_lies_after_the_keyframe_before_it():
    timeline = Timeline(SCENE)
    timeline.learn(at(390))
    assert timeline.distance(395) == 5
    assert timeline.iteration(395).cost == MADE[395].cost
    assert timeline.computed == 0
    assert timeline.costs(0, LAST).tolist() == [made.cost for made in MADE]  # and the plot can still be filled
    assert timeline.differs is None


def test_the_first_difference_is_noted_once_the_run_comes_by():
    timeline = Timeline(SCENE)
    for known in (at(50), at(100, 1e-12), at(200, 1e-3)):
        assert timeline.learn(known)
    timeline.costs(0, 99)
    assert timeline.differs is None
    timeline.iteration(150)  # an island: nothing is made that could differ
    assert timeline.differs is None
    timeline.costs(0, 150)
    assert timeline.differs == 100
    assert timeline.iteration(100).before.tobytes() == (STATES[100] + 1e-12).tobytes()
    timeline.iteration(300)
    assert timeline.differs == 100


def test_a_digest_alone_is_compared_and_cannot_be_shown():
    timeline = Timeline(SCENE)
    timeline.learn(at(100, 1e-12, kept=False))
    assert timeline.distance(150) == 150
    assert timeline.iteration(150).before.tobytes() == STATES[150].tobytes()
    assert timeline.differs == 100


def test_what_comes_too_late_is_refused_only_where_it_says_something_else():
    timeline = Timeline(SCENE)
    timeline.iteration(200)
    assert timeline.learn(at(100))
    assert timeline.learn(at(201))
    assert not timeline.learn(at(100, 1e-12))
    assert timeline.iteration(150).before.tobytes() == STATES[150].tobytes()
    with pytest.raises(IndexError):
        timeline.learn(Weights(LAST + 1, SCENE.theta))


def test_an_island_computed_before_is_computed_again():
    timeline = Timeline(SCENE)
    timeline.learn(at(300))
    timeline.iteration(320)
    timeline.learn(at(310, 0.5))
    assert timeline.iteration(310).before.tobytes() == (STATES[310] + 0.5).tobytes()


def test_nan_is_nan_whatever_its_bits():
    scene = exploding()
    _, states = segment(scene)
    n = next(n for n, theta in enumerate(states) if np.isnan(theta).any())
    timeline = Timeline(scene)
    timeline.learn(Weights(n, canonical(states[n])))
    timeline.iteration(n)
    assert timeline.differs is None
