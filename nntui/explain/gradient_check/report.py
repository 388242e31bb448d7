"""The gradient check of a whole run, in a few lines: a few data points of its first, a middle and its last epoch."""

from collections.abc import Iterator, Sequence

from nntui.explain.equations.cards.complex_step import COMPLEX_H
from nntui.explain.gradient_check.batch_check import batch_check, batch_frames
from nntui.explain.gradient_check.central_differences import H
from nntui.explain.gradient_check.check import CheckedPoint, CheckedWeight, Reason, gradient_check
from nntui.explain.notation.symbols import weight_symbol
from nntui.text.counted import counted
from nntui.training.address import Address, Moment
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.values import dataclass

MOST_POINTS = 4  # of an epoch
MOST_TOLD = 5  # disagreements, one by one
_LARGE = 5_000_000  # weights of a network of which one data point is enough
_RUN = 1.0e6  # microseconds of training until the last epoch that is checked, about
_POINT, _LAYER, _WEIGHT = 25.0, 30.0, 0.015  # microseconds for a data point, and in it for a layer and for a weight

_METHODS = (
    f"  backpropagation against central differences (z moved by {H:.1e}; bound 1e-7 of the gradient + 1e-10 + rounding)",
    f"  and the complex step (h = {COMPLEX_H:.0e}; bound 1e-12 of the gradient + rounding), weight by weight",
)


@dataclass(frozen=True, slots=True)
class Report:
    """Lines for a terminal, and whether a gradient disagrees."""

    lines: tuple[str, ...]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """The epochs that are checked, how many data points of each, and the last epoch that could be."""

    epochs: tuple[int, ...]
    points: int
    reached: int


def sampled(scenario: Scenario) -> Sample:
    """Epochs 1, a middle one and the last that is near enough to be computed soon; the same on every machine."""
    network = scenario.network
    one = _POINT + _LAYER * len(network.layers) + _WEIGHT * network.parameters
    points = max(min(MOST_POINTS, scenario.points, int(_RUN / one / 3)), 1)
    reached = min(scenario.epochs, max(int(_RUN / one) - points, 0) // scenario.points + 1)
    if network.parameters > _LARGE:
        points = reached = 1  # three states of such a network at once would take more memory than it is worth
    return Sample(tuple(sorted({1, (1 + reached) // 2, reached})), points, reached)


def report(scenario: Scenario) -> Report:
    """Checks the gradients of a sample of data points, and puts the verdicts into words."""
    sample, timeline = sampled(scenario), Timeline(scenario)
    verdicts = [
        gradient_check(timeline.frame(((epoch - 1) * scenario.points + point) * timeline.course.length))
        for epoch in sample.epochs
        for point in range(sample.points)
    ]
    judged = _judged(verdicts)
    batches = _batches(timeline, sample)
    lines = [*(_METHODS if judged else ()), _place(scenario, sample, verdicts), *_result(judged), *_left_out(verdicts)]
    if batches:
        lines += _of_batches(scenario, batches)
    return Report(tuple(lines), any(verdict.status == "disagrees" for verdict in (*verdicts, *batches)))


def _batches(timeline: Timeline, sample: Sample) -> list[CheckedPoint]:
    """G of the first batch of each epoch of a sample; of no batch, and of one of too many data points, nothing."""
    points, length = timeline.course.points, timeline.course.length
    last = min(timeline.scenario.network.batch, points) - 1
    found = (batch_frames(timeline, timeline.frame(((epoch - 1) * points + last) * length)) for epoch in sample.epochs)
    return [batch_check(frames) for frames in found if frames]


def _of_batches(scenario: Scenario, batches: Sequence[CheckedPoint]) -> Iterator[str]:
    judged = _judged(batches)
    wrong = [placed for placed in judged if placed[1].status == "disagrees"]
    found = f"{len(wrong)} of {len(judged)} DISAGREE" if wrong else f"{len(judged)} of {len(judged)} agree"
    size = scenario.network.batch
    yield f"  G of the first batch of each of these epochs, against C of its {size} data points together: {found}"
    yield from (f"    {_named(*placed)}: {_told(placed[1])}" for placed in wrong[:MOST_TOLD])


_Placed = tuple[CheckedPoint, CheckedWeight]


def _judged(verdicts: Sequence[CheckedPoint]) -> list[_Placed]:
    return [(verdict, row) for verdict in verdicts for row in verdict.rows if row.status != "not checkable"]


def _place(scenario: Scenario, sample: Sample, verdicts: Sequence[CheckedPoint]) -> str:
    """Where the check looked, and what it left out."""
    points = f"the first {sample.points} data points" if sample.points > 1 else "the first data point"
    epochs = [str(epoch) for epoch in sample.epochs]
    listed = f"epochs {', '.join(epochs[:-1])} and {epochs[-1]}" if len(epochs) > 1 else f"epoch {epochs[0]}"
    late = (
        f" (not further than epoch {sample.reached} of {scenario.epochs}, to be quick)"
        if sample.reached < scenario.epochs
        else ""
    )
    most = max(len(verdict.rows) for verdict in verdicts)
    weights = verdicts[0].weights
    some = f"; {most} of the {weights} weights at each" if 0 < most < weights else ""
    return f"  at {points} of {listed}{late}{some}"


def _result(judged: list[_Placed]) -> Iterator[str]:
    """The verdict, the error nearest to its bound, and the first gradients that disagree."""
    if not judged:
        yield "  no gradient could be judged"
        return
    wrong = [(verdict, row) for verdict, row in judged if row.status == "disagrees"]
    if wrong:
        yield f"  {len(wrong)} of {len(judged)} gradients DISAGREE"
        yield from (f"    {_named(*placed)}: {_told(placed[1])}" for placed in wrong[:MOST_TOLD])
        return
    verdict, row = max(judged, key=lambda placed: placed[1].error / placed[1].bound)
    error = f"error {row.error:.1e} in {row.backprop:.3g}, bound {row.bound:.1e}, at {_named(verdict, row)}"
    yield f"  {len(judged)} of {len(judged)} gradients agree; nearest to its bound: {error}"


def _told(row: CheckedWeight) -> str:
    numbers = f"backpropagation {row.backprop:.12g}, {row.method} {row.numerical:.12g}, bound {row.bound:.1e}"
    return f"{numbers}: {row.why}"


def _named(verdict: CheckedPoint, row: CheckedWeight) -> str:
    address = Address(verdict.epoch, verdict.point, Moment("gradient", row.layer, row.neuron))
    return f"{address}, {weight_symbol(row.layer, row.neuron, row.sender)}"


def _left_out(verdicts: Sequence[CheckedPoint]) -> Iterator[str]:
    """What is not checkable, a line for each reason."""
    first: dict[Reason, _Placed] = {}
    count: dict[Reason, int] = {}
    for verdict in verdicts:
        for row in verdict.of("not checkable"):
            first.setdefault(row.reason, (verdict, row))
            count[row.reason] = count.get(row.reason, 0) + 1
    for reason, placed in first.items():
        yield f"  not checkable: {counted(count[reason], 'gradient')}, first {_named(*placed)}: {placed[1].why}"
    whole = [verdict for verdict in verdicts if verdict.why]
    if whole:
        yield f"  not checkable: {counted(len(whole), 'data point')}, first {whole[0].epoch}:{whole[0].point}: {whole[0].why}"
