"""The plot as an instrument: what is drawn is what is there, what is read off is what a trace says."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.base.view import OtherRun
from nntui.draw.charts.axes import AxisScale
from nntui.draw.charts.tracks import Track, samples, strokes
from nntui.draw.charts.window import Window, Zoom, closer, whole, window
from nntui.draw.costs.cost_panel import costs_panel, is_logarithmic
from nntui.draw.plot.chart import Chart, PlotView
from nntui.draw.plot.choices import symbol
from nntui.draw.plot.panel import ChoicePlace, ColumnPlace, columns_of, plot_panel
from nntui.draw.plot.readout import reading
from nntui.explain.notation.numerals import ALL_DIGITS, MINUS
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.explain.trace import trace
from nntui.files.library import load
from nntui.training.containers.series import Series
from nntui.training.edits.edit import read_edits
from nntui.training.rows.axis import RunAxis
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import ACCURACY, COST, Measure
from nntui.training.timeline import Timeline
from tests.scenes import neuron, view, wide
from tests.strategies import examples

XOR, OVERFLOW = load("xor"), load("learning-rates")
SIZES = [(60, 9), (80, 13), (120, 24), (200, 40)]


def series(values, capacity=1 << 20):
    made = Series(capacity)
    made.extend(np.array(values, float))
    return made


def chart(timeline, plot_view=None, step=None, columns=68, **options):
    """The plot of a run as far as it is computed, with all measures."""
    here = view(timeline, timeline.course.length * timeline.computed - 1 if step is None else step, **options)
    measured = Measured(timeline)
    list(measured.fill(timeline.computed))
    made = Chart(here, measured, plot_view or PlotView(), columns)
    list(made.missing() or ())
    return made


def drawn(timeline, plot_view=None, cells=80, height=13, step=None, **options):
    made = chart(timeline, plot_view, step, columns_of(cells), **options)
    return plot_panel(made.plot(), reading(made), cells, height)


def reached(scenario, iterations):
    timeline = Timeline(scenario)
    list(timeline.reach(iterations))
    return timeline


# --- what is drawn


@examples(150)
@given(
    st.lists(st.one_of(st.floats(-5, 5), st.sampled_from([math.nan, math.inf])), min_size=1, max_size=300),
    st.sampled_from([7, 1 << 20]),
    st.integers(1, 40),
    st.booleans(),
    st.data(),
)
def test_each_column_of_dots_holds_smallest_and_largest_of_its_places(values, capacity, columns, near, data):
    row = series(values, capacity)
    zoom = (
        Zoom(1, data.draw(st.integers(1, columns)), data.draw(st.integers(0, 250)))
        if near
        else Zoom(data.draw(st.integers(1, 9)))
    )
    shown = zoom.window(columns)
    start, stop = sorted((data.draw(st.integers(0, 300)), data.draw(st.integers(0, 300))))
    found = samples(Track("C", row, "past", start=start, stop=stop), shown)
    assert len(set(found.dots.tolist())) == len(found.dots)
    if row.width == 1:
        expected = {}
        for place in range(max(start, shown.first), min(stop, shown.stop, len(values))):
            dot = 2 * (place - shown.first) * columns // shown.size
            dot = (2 * (place - shown.first) + 1) * columns // shown.size if shown.size <= columns else dot
            expected.setdefault(dot, []).append(values[place])
        assert set(found.dots.tolist()) == set(expected)
        for dot, low, high in zip(found.dots.tolist(), found.low.tolist(), found.high.tolist(), strict=True):
            some = [value for value in expected[dot] if not math.isnan(value)]
            assert (low, high) == (min(some), max(some)) if some else math.isnan(low) and math.isnan(high)
            assert shown.column(shown.place(dot // 2)) == dot // 2 or shown.size < columns
    for stroke in strokes(found, AxisScale(-5.0, 5.0), 40):
        assert (stroke.top <= stroke.bottom).all()
        assert (stroke.top[1:] <= stroke.bottom[:-1] + 1).all(), "no dot apart from its neighbour"
        assert (stroke.bottom[1:] >= stroke.top[:-1] - 1).all()


@examples(80)
@given(
    st.lists(st.floats(), max_size=60),
    st.sampled_from(SIZES),
    st.integers(0, 70),
    st.booleans(),
    st.sampled_from([None, Zoom(1, 6, 3), Zoom(1), Zoom(2, 0, 10), Zoom(4096)]),
)
def test_any_numbers_are_drawn_in_any_window(costs, size, at, log, zoom):
    timeline = Timeline(XOR)
    made = Chart(view(timeline, 0), Measured(timeline), PlotView(at, zoom=zoom, log=log), columns_of(size[0])).plot()
    tracks = [
        Track("C", series(costs), "past", "1", stop=len(costs)),
        Track("m", series(costs[::4]), "mean", every=4, stop=len(costs)),
    ]
    block = plot_panel(
        replace(made, tracks=tracks, known=len(costs), filled=len(costs) // 2, diverged=len(costs) // 3), (), *size
    )
    assert [width(line) for line in block] == [size[0]] * size[1]


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", [XOR, OVERFLOW, load("spiral"), wide(), neuron(epochs=1)], ids=lambda one: one.title)
def test_every_series_in_every_unit_and_scale_fits(scenario, size):
    timeline = reached(scenario, min(len(Timeline(scenario)), 40))
    measured = Measured(timeline)
    list(measured.fill(timeline.computed))
    here = view(timeline, 0)
    for chosen in range(len(chart(timeline).choices)):
        for places in (RunAxis(), RunAxis("epoch"), RunAxis("turn", scenario.points - 1)):
            for log in (False, True):
                made = Chart(here, measured, PlotView(7, chosen, places, None, log), columns_of(size[0]))
                list(made.missing() or ())
                block = plot_panel(made.plot(), reading(made), *size)
                assert [width(line) for line in block] == [size[0]] * size[1]


def test_a_gap_and_a_mark_where_the_run_diverged():
    timeline = reached(OVERFLOW, len(Timeline(OVERFLOW)))
    n = timeline.course.iteration(timeline.diverged)
    text = plain(drawn(timeline, PlotView(0), 120, 20))
    assert "✗" in text
    rows = [line[11:-1] for line in text.splitlines()[2:-3]]
    shown = chart(timeline, columns=columns_of(120)).shown
    last = max(shown.column(i) for i in range(len(timeline)) if math.isfinite(timeline.costs(i, i + 1)[0]))
    assert any(row[last - 1] not in " ·" for row in rows)
    assert all(set(row[last + 1 :]) <= {" "} for row in rows)
    assert chart(timeline, PlotView(n + 1)).value(COST) == math.inf
    assert math.isnan(chart(timeline, PlotView(690)).value(COST))
    assert "C inf" in plain(drawn(timeline, PlotView(n + 1)))
    assert "C nan" in plain(drawn(timeline, PlotView(690)))


def test_what_is_not_computed_is_not_zero():
    timeline = reached(XOR, 400)
    text = plain(drawn(timeline, PlotView(399, zoom=Zoom(16)), 120, 20))
    assert "not computed" in text
    assert "400 of 8,000 data points computed" in text
    told = plain(drawn(timeline, PlotView(500, zoom=Zoom(16)), 120, 20))
    assert "C not computed yet" in told
    rows = [line[11:-1] for line in text.splitlines()[2:-3]]
    assert all(set(row[26:]) <= set(" ·notcmpued") for row in rows), "nothing is drawn behind the 400th"


def test_what_is_measured_later_is_being_computed():
    timeline = reached(XOR, 400)
    made = Chart(view(timeline, 1000), Measured(timeline), PlotView(10, 2), 100)
    text = plain(plot_panel(made.plot(), reading(made), 120, 20))
    assert "being computed" in text
    assert "not computed" not in text
    assert made.value(Measure("delta", 1)) == abs(timeline.iteration(10).delta[:2]).max(), "one number is there at once"
    list(made.missing())
    assert made.missing() is None
    assert "being computed" not in plain(plot_panel(made.plot(), reading(made), 120, 20))


def test_of_the_present_nothing_is_told_before_its_cost():
    timeline = reached(XOR, 9)
    before, after = (timeline.course.parse(f"3:1:{kind}") for kind in ("a:2:1", "cost"))
    assert "C not reached yet" in plain(drawn(timeline, PlotView(8), step=before))
    assert "C not reached yet" not in plain(drawn(timeline, PlotView(8), step=after))


@pytest.mark.parametrize(
    ("chosen", "before", "after"), [(2, "3:1:delta:1:1", "3:1:delta:1:2"), (3, "3:1:update:1:1", "3:1:update:1:2")]
)
def test_of_the_present_each_measure_is_told_once_a_step_has_made_it(chosen, before, after):
    timeline = reached(XOR, 9)
    before, after = timeline.course.parse(before), timeline.course.parse(after)
    assert chart(timeline, PlotView(8, chosen), step=before).numbers == [None, None]
    assert "not reached yet" in plain(drawn(timeline, PlotView(8, chosen), step=before))
    assert None not in chart(timeline, PlotView(8, chosen), step=after).numbers


def test_a_computed_cost_is_not_plotted_before_its_step():
    """As it is after a search that found nothing."""
    timeline = reached(XOR, 20)
    before = timeline.course.parse("3:1:a:2:1")
    assert "C not reached yet" in plain(drawn(timeline, PlotView(8), step=before, farthest=8))
    assert "C not reached yet" not in plain(drawn(timeline, PlotView(8), step=before, farthest=9)), "that one has seen"
    assert chart(timeline, PlotView(9), step=before, farthest=8).numbers == [timeline.iteration(9).cost]


def test_the_list_marks_what_is_chosen_and_follows_it():
    timeline = reached(load("digits"), 3)
    count = len(chart(timeline).choices)
    assert count == 1 + 10 + 1 + 1 + 1
    for chosen in range(count):
        made = chart(timeline, PlotView(0, chosen), columns=columns_of(60))
        line = plot_panel(made.plot(), reading(made), 60, 9)[1]
        marked = [span.target for span in line if span.role == "cursor"]
        assert marked == [ChoicePlace(chosen)]
    assert [one.name for one in chart(reached(neuron(), 1)).choices] == ["cost", "a₁¹", "|δ¹|", "|w⁰|"]


def test_a_click_means_the_place_under_it():
    timeline = reached(XOR, 1000)
    made = chart(timeline, columns=columns_of(80))
    found = 0
    for line in plot_panel(made.plot(), reading(made), 80, 13):
        x = 0
        for span in line:
            if isinstance(span.target, ColumnPlace):
                for cell in range(span.width):
                    assert made.shown.column(span.target.place(cell)) == x + cell - 1 - (80 - 2 - columns_of(80))
                    found += 1
            x += span.width
    assert found == columns_of(80) * 9


# --- what is read off


def traced(timeline, n):
    """What `nntui trace` prints of a data point: (kind, layer, neuron) → the values."""
    length = timeline.course.length
    found = {}
    for line in trace(timeline, n * length, (n + 1) * length - 1, "jsonl"):
        step = json.loads(line)
        values = step["value"] if "value" in step else [step["bias"], *step["weights"]]
        found[step["kind"], step["layer"], step["neuron"]] = values
    return found


def of_trace(timeline, measure, n):
    found = traced(timeline, n)
    top = len(timeline.course.units)
    match measure.kind:
        case "cost":
            values = [found["cost", top, None]]
        case "output":
            return float(found["a", top, measure.place])
        case "delta":
            values = [value for (kind, layer, _), value in found.items() if (kind, layer) == ("delta", measure.place)]
        case "weight":
            rows = [value for (kind, layer, _), value in found.items() if (kind, layer) == ("update", measure.place)]
            values = [value for row in rows for value in row if value is not None]
    return max(abs(float(value)) for value in values)


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["xor", "spiral", "softmax", "no-bias", "iris"])
@pytest.mark.parametrize("coarse", [False, True])
def test_the_cursor_reads_off_what_the_trace_says(name, coarse):
    """To the last bit, at any place and zoom, also where only runs of several numbers are kept."""
    generator = np.random.default_rng(len(name))
    timeline = Timeline(load(name))
    if coarse:
        timeline.segment.costs.capacity = timeline.segment.means.capacity = 64
    list(timeline.reach(min(len(timeline), 500)))
    assert (timeline.costs_seen.width > 1) == coarse
    measured = Measured(timeline)
    for n in generator.integers(0, timeline.computed - 1, 12).tolist():
        zoom = window(None, n, timeline.computed, 68)
        for _ in range(int(generator.integers(0, 9))):
            zoom = closer(zoom, n).window(68)
        for chosen in range(len(Chart(view(timeline, 0), measured, PlotView(), 68).choices)):
            made = Chart(
                view(timeline, 0, numerals=ALL_DIGITS), measured, PlotView(n, chosen, zoom=Zoom(zoom.each, 0, zoom.first)), 68
            )
            if made.choice.measures == (ACCURACY,):
                continue
            list(made.missing() or ())
            text = plain(plot_panel(made.plot(), reading(made), 200, 20))
            for measure in made.choice.measures:
                value = of_trace(timeline, measure, n)
                assert made.value(measure) == value
                assert (
                    f"{symbol(timeline, measure, LECTURE)} {repr(value).replace('-', MINUS, 1) if value < 0 else value!r}" in text
                )
            epoch, point = divmod(n, timeline.course.points)
            assert f"◆ {epoch + 1}:{point + 1}  row {timeline.row(n) + 1} " in text
            assert f"data point {n + 1:,} of {len(timeline):,}" in text


@examples(40)
@given(st.integers(2, 600), st.integers(0, 599), st.integers(20, 70), st.integers(0, 5))
def test_the_extremes_of_a_column_are_those_of_its_places(computed, n, columns, times):
    timeline = reached(XOR, computed)
    n = min(n, computed - 1)
    shown = window(None, n, computed, columns)
    zoom = None
    for _ in range(times):
        zoom = closer(shown, n)
        shown = window(zoom, n, computed, columns)
    made = chart(timeline, PlotView(n, zoom=zoom), columns=columns)
    assert made.shown == shown
    begin = shown.place(shown.column(n))
    costs = timeline.costs(begin, min(begin + shown.each, computed))
    expected = None if len(costs) < 2 else (len(costs), costs.min(), costs.max())
    assert made.column(COST) == expected
    assert costs.min() <= made.value(COST) <= costs.max()


def test_an_epoch_and_a_turn_are_read_off_too():
    timeline = reached(XOR, 400)
    costs = timeline.costs(0, 400)
    made = chart(timeline, PlotView(41, 0, RunAxis("epoch")))
    assert made.value(COST) == timeline.mean(10)
    assert made.iteration == 43, "the last data point of the epoch"
    assert "◆ epoch 11  mean C" in plain(drawn(timeline, PlotView(41, 0, RunAxis("epoch"))))
    for row in range(4):
        for epoch in (0, 7, 99):
            made = chart(timeline, PlotView(epoch * 4, 0, RunAxis("turn", row)))
            n = made.iteration
            assert (timeline.row(n), n // 4) == (row, epoch)
            assert made.value(COST) == costs[n]
    text = plain(drawn(timeline, PlotView(41, 4, RunAxis("turn", 1))))
    assert "accuracy after each epoch" in text
    assert "of 4 rows" in text


def test_the_notation_is_the_one_that_is_chosen():
    timeline = reached(XOR, 8)
    assert "|w⁰|" in plain(drawn(timeline, PlotView(3, 3)))
    assert "|W¹|" in plain(drawn(timeline, PlotView(3, 3), notation=COMMON))


# --- other runs


def forked(computed=400, at=100, edit="eta=5"):
    """A run, and what a fork of it looks like beside it."""
    timeline = reached(XOR, computed)
    fork = timeline.fork(at, read_edits(edit))
    list(fork.reach(computed))
    return timeline, fork, OtherRun("η 5", fork.costs_seen, fork.epoch_means, at, computed - at)


@pytest.mark.parametrize("log", [False, True])
def test_a_fork_is_drawn_beside_the_run_with_a_letter_of_its_own(log):
    timeline, fork, other = forked()
    text = plain(drawn(timeline, PlotView(301, log=log), 120, 20, others=(other,), numerals=ALL_DIGITS))
    assert "  a η 5" in text.splitlines()[0]
    assert any("a" in line[11:-1] for line in text.splitlines()[2:-5])
    assert f"  a {float(fork.costs(301, 302)[0])!r}" in text
    assert f"C {float(timeline.costs(301, 302)[0])!r}" in text
    before = plain(drawn(timeline, PlotView(50, log=log), 120, 20, others=(other,)))
    assert " a " not in before.splitlines()[-2], "there they are one"
    by_epoch = plain(drawn(timeline, PlotView(301, 0, RunAxis("epoch"), log=log), 120, 20, others=(other,), numerals=ALL_DIGITS))
    assert f"  a {fork.mean(75)!r}" in by_epoch


def test_where_a_fork_was_not_computed_it_says_so():
    timeline, _, other = forked()
    short = replace(other, shown=50)
    assert "a not computed" in plain(drawn(timeline, PlotView(301), 120, 20, others=(short,)))


@pytest.mark.parametrize("cells", [40, 78, 120])
@pytest.mark.parametrize("log", [False, True])
def test_the_small_plot_shows_other_runs_and_the_scale_too(cells, log):
    timeline, _, other = forked()
    step = timeline.course.length * 300
    alone = view(timeline, step, farthest=399, log=log)
    together = replace(alone, others=(other,))
    block, without = costs_panel(together, cells, 9), costs_panel(alone, cells, 9)
    assert [width(line) for line in block] == [cells] * 9
    assert plain(block) != plain(without)
    assert any("a" in line[7:-1] for line in plain(block).splitlines()[1:-2])
    assert (", log" in plain(block)) == is_logarithmic(together) == is_logarithmic(alone) == log
    text = plain(costs_panel(replace(together, others=(other, replace(other, name="η 7"))), cells, 9))
    assert "b η 7" in text.splitlines()[0]


@examples(40)
@given(st.lists(st.floats(min_value=0.0), max_size=60), st.integers(34, 150), st.integers(6, 30))
def test_the_small_plot_on_a_logarithmic_scale_of_any_run(costs, cells, height):
    here = view(Timeline(XOR), 0, costs=series(costs), means=series(costs[::4]), farthest=max(len(costs) - 1, 0), log=True)
    assert [width(line) for line in costs_panel(here, cells, height)] == [cells] * height


def test_the_first_label_of_the_axis_does_not_read_as_minus_one():
    timeline = reached(XOR, 118)
    for places in (RunAxis("turn", 1), RunAxis("epoch"), RunAxis("point")):
        axes = [plain(drawn(timeline, PlotView(117, places=places), cells, 20)) for cells in range(60, 130, 7)]
        assert all(re.search(r"(turn|epoch) +1[━┄◆]", axis) for axis in axes)


# --- long runs


def test_a_million_data_points_are_drawn_as_a_thousand_are():
    many = np.tile([0.1, 0.5], 500_000)
    timeline = Timeline(replace(XOR, epochs=250_000))
    made = Chart(view(timeline, 0), Measured(timeline), PlotView(), 100).plot()
    shown = whole(len(many), 100)
    plot = replace(
        made, tracks=[Track("C", series(many), "past", stop=len(many))], shown=shown, known=len(many), filled=len(many)
    )
    found = samples(plot.tracks[0], shown)
    assert len(found.dots) <= 200
    assert set(found.low.tolist()) == {0.1}
    assert set(found.high.tolist()) == {0.5}
    assert "0.4 ⣿" in plain(plot_panel(plot, (), 113, 20))


def test_what_is_kept_as_runs_is_whole_in_whole_columns():
    values = np.random.default_rng(1).random(5000)
    row = series(values, 700)
    assert row.width == 8
    shown = whole(5000, 60)
    assert shown.each % row.width == 0
    low, high = row.columns(shown.size, 60, 0, 5000)
    for column in range(5000 // shown.each):
        part = values[column * shown.each : (column + 1) * shown.each]
        assert (low[column], high[column]) == (part.min(), part.max())
    assert Window(0, 60 * 8, 60).each == 8
