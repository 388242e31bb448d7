"""The readout of a plot: the place of the cursor, and the exact numbers there."""

from collections.abc import Iterator, Sequence

from nntui.draw.base.spans import Line, Span
from nntui.draw.charts.tracks import other_tracks
from nntui.draw.plot.chart import Chart
from nntui.draw.plot.choices import symbol
from nntui.training.rows.measures import ACCURACY


def reading(chart: Chart) -> Sequence[Line]:
    """The parts of the readout, the most important first."""
    view, timeline, write = chart.view, chart.timeline, chart.view.numerals.write
    n = chart.iteration
    address = timeline.course.address(timeline.course.first(n))
    where = f"epoch {address.epoch}" if chart.places.unit == "epoch" else address.data_point
    parts: list[Line] = [(Span("◆", "cursor"), Span(f" {where}", "accent"))]
    if chart.places.unit != "epoch":
        parts.append((Span(f"row {timeline.row(n) + 1}", "dim"),))
    names = [symbol(timeline, measure, view.notation) for measure in chart.choice.measures]
    told = list(zip(names, chart.numbers, strict=True))
    mean = "mean " if chart.places.unit == "epoch" and chart.choice.measures != (ACCURACY,) else ""
    if all(value is None for _, value in told):
        parts.append((Span(f"{mean}{told[0][0]} " if len(told) == 1 else "", "dim"), Span(_why(chart), "dim")))
    else:
        parts += [(Span(f"{mean}{name} ", "dim"), Span(write(value), "number")) for name, value in told if value is not None]
    if chart.choice.measures == (ACCURACY,) and told[0][1] is not None:
        points = timeline.course.points
        parts.append((Span(f"{round(told[0][1] * points):,} of {points:,} rows right", "dim"),))
    parts += _other_numbers(chart)
    extremes = chart.column(chart.choice.measures[0]) if len(told) == 1 else None
    if extremes is not None:
        count, low, high = extremes
        parts.append(
            (
                Span(f"column of {count:,}: ", "dim"),
                Span(f"{write(low)} … {write(high)}" if low < high else f"all {write(high)}"),
            )
        )
    one = {"point": "data point", "epoch": "epoch", "turn": "turn"}[chart.places.unit]
    parts.append((Span(f"{one} {chart.cursor + 1:,} of {chart.total:,}", "dim"),))
    return parts


def _why(chart: Chart) -> str:
    """Why there is no number."""
    if chart.cursor < chart.known and not chart.ahead:
        return "being computed"
    done = chart.places.known(chart.timeline, chart.timeline.computed)
    return "not computed yet" if chart.cursor >= done else "not reached yet"


def _other_numbers(chart: Chart) -> Iterator[Line]:
    """The numbers of other runs at the cursor, from where they differ."""
    points, write = chart.timeline.course.points, chart.view.numerals.write
    tracks = other_tracks(chart.view.others, points, "epoch" if chart.places.unit == "epoch" else "point")
    for track in tracks if chart.compares else ():
        at, width = chart.cursor, track.series.width
        if track.start <= at < min(track.stop, track.series.length):
            begin = at // width * width
            low, high = track.series.columns(width, 1, begin, at + 1, begin)
            text = write(float(low[0])) if width == 1 else f"{write(float(low[0]))} … {write(float(high[0]))}"
            yield (Span(f"{track.mark} ", track.role), Span(text))
        elif at >= track.start:
            yield (Span(f"{track.mark} ", track.role), Span("not computed", "dim"))
