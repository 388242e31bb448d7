"""Whether G of a batch that is complete is the derivative of the batch's cost, the sum of C over its data points."""

from collections.abc import Iterator, Sequence

from nntui.explain.gradient_check.central_differences import DataPoint, Estimate, last_step_layer
from nntui.explain.gradient_check.check import MOST_WEIGHTS, CheckedPoint, CheckedWeight, sampled_weights
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline

MOST_POINTS = 200  # data points of a batch whose cost is differentiated
_ROUNDING = 2.0**-52


def batch_frames(timeline: Timeline, frame: Frame) -> tuple[Frame, ...]:
    """The data points of a batch from its first to that of the frame; () where it does not close one of several."""
    place, length = frame.iteration.batch_place, timeline.course.length
    if not place.closes or not 1 < place.size <= MOST_POINTS:
        return ()
    return tuple(timeline.frame(number * length) for number in range(frame.number - place.size + 1, frame.number + 1))


def batch_check(frames: Sequence[Frame], most: int = MOST_WEIGHTS) -> CheckedPoint:
    """Judges G, weight by weight, against central differences of C_1 + … + C_n; frames: of all data points of a batch.

    All data points of a batch have the same weights, so the derivative of the sum is the sum of the derivatives. The
    more data points, the fewer weights are looked at.
    """
    last = frames[-1]
    blocks = last.scenario.network.blocks
    weights = sum((block.inputs + block.biases) * block.units for block in blocks)
    rows = tuple(_rows(frames, max(most // len(frames), 1)))
    return CheckedPoint(last.address.epoch, last.address.point, weights, rows)


def _rows(frames: Sequence[Frame], most: int) -> Iterator[CheckedWeight]:
    last = frames[-1]
    if any(frame.first_not_finite() is not None for frame in frames):
        return
    points = [DataPoint.of(frame) for frame in frames]
    for layer in range(last_step_layer(last.scenario.network) + 1, len(last.scenario.network.layers) + 1):
        neurons, senders = sampled_weights(last, layer, most)
        for k, j in zip(neurons.tolist(), senders.tolist(), strict=True):
            total = float(last.sums(layer)[k - 1, j])
            yield _judged((layer, k, j), total, [point.central(layer, k, j) for point in points])


def _judged(place: tuple[int, int, int], total: float, estimates: Sequence[Estimate]) -> CheckedWeight:
    if not all(estimate.known for estimate in estimates):
        why = "C of one of its data points has no derivative there that can be told from rounding"
        return CheckedWeight(*place, total, float("nan"), float("nan"), "", "not checkable", "small", why)
    value = sum(estimate.value for estimate in estimates)
    size = sum(abs(estimate.value) for estimate in estimates)
    bound = sum(estimate.bound for estimate in estimates) + _ROUNDING * len(estimates) * size
    if abs(total - value) <= bound:
        return CheckedWeight(*place, total, value, bound, "central differences", "agrees")
    why = "G is not what the cost of the batch does when the weight is moved"
    return CheckedWeight(*place, total, value, bound, "central differences", "disagrees", "gradient", why)
