"""The place of a data point in its batch: whether G begins with it, and whether (11) is applied after it."""

from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """number: of the data point in its batch, from 1; size: data points of the batch, at the end of an epoch maybe fewer."""

    number: int
    size: int

    @property
    def begins(self) -> bool:
        """Whether G begins at +0.0."""
        return self.number == 1

    @property
    def closes(self) -> bool:
        """Whether (11) is applied after this data point."""
        return self.number == self.size


ALONE = BatchPlace(1, 1)


def batch_place_of(batch: int, point: int, points: int) -> BatchPlace:
    """The place in its batch of the data point `point` (from 0) of an epoch of `points`."""
    before = point % batch
    return BatchPlace(before + 1, min(batch, points - (point - before)))
