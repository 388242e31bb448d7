"""A sequence whose items are made when they are first asked for."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")


class LazySequence(Sequence[Item], Generic[Item]):
    """The runs that a scenario brings along are kept in it: their weights may have to be drawn, and most are never looked at."""

    def __init__(self, length: int, make: Callable[[int], Item]) -> None:
        """make: the item of an index from 0; called at most once for each."""
        self._length, self._make = length, make
        self._made: dict[int, Item] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(self._length)[index]]
        number = range(self._length)[index]
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]
