"""The places of values in a TOML text as a tree, which takes each table and each key once."""

from dataclasses import dataclass
from typing import Literal

from nntui.text.safe import quoted


class Misplaced(Exception):
    """A syntax error, or an exceeded bound, at an offset of the text."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(slots=True)
class ValuePlace:
    """The offset of a value. children: of a table by key, of a list by position.

    A list of plain numbers keeps no children, only its `end`: `Document` finds the places of its numbers when needed.
    """

    offset: int
    children: "dict[str, ValuePlace] | list[ValuePlace] | None" = None
    origin: Literal["value", "passed", "header", "tables"] = "value"
    end: int = 0


class PlaceTree:
    """The tables of a text as they are found from its first line to its last; `start`: the offset of a header or a key."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.top: dict[str, ValuePlace] = {}
        self.root = ValuePlace(0, self.top, "header")

    def enter_table(self, parts: list[str], start: int) -> dict[str, ValuePlace]:
        """The table of a header [a.b]; Misplaced if it was there before."""
        parent, name = self._table_at(self.root, parts[:-1], start), parts[-1]
        place = parent.get(name)
        if place is None:
            place = parent[name] = ValuePlace(start, {}, "header")
        elif place.origin == "passed":
            place.origin, place.offset = "header", start
        else:
            shown = quoted(f"[{'.'.join(parts)}]", 60)
            raise Misplaced(start, f"{shown} is there already (line {self._line(place)}); expected each table once")
        assert isinstance(place.children, dict)
        return place.children

    def enter_list(self, parts: list[str], start: int) -> dict[str, ValuePlace]:
        """One more table of a list, by a header [[a.b]]; Misplaced if that was something else before."""
        parent = self._table_at(self.root, parts[:-1], start)
        place = parent.setdefault(parts[-1], ValuePlace(start, [], "tables"))
        if place.origin != "tables":
            first = f"{quoted('.'.join(parts), 60)} is there already as something else (line {self._line(place)})"
            raise Misplaced(start, f"{first}; expected only [[…]]")
        assert isinstance(place.children, list)
        table: dict[str, ValuePlace] = {}
        place.children.append(ValuePlace(start, table, "header"))
        return table

    def holder_of_new_key(self, table: dict[str, ValuePlace], parts: list[str], start: int) -> dict[str, ValuePlace]:
        """The table, in another one, in which the key a.b of an assignment belongs; Misplaced if it has that key."""
        holder = self._table_at(ValuePlace(start, table), parts[:-1], start)
        if parts[-1] in holder:
            first = self._line(holder[parts[-1]])
            raise Misplaced(start, f"the key {quoted(parts[-1])} is there already (line {first}); expected each key once")
        return holder

    def _table_at(self, place: ValuePlace, parts: list[str], start: int) -> dict[str, ValuePlace]:
        """The table that dotted `parts` lead to; tables that do not exist yet are made."""
        for part in parts:
            assert isinstance(place.children, dict)
            place = place.children.setdefault(part, ValuePlace(start, {}, "passed"))
            if place.origin == "tables":
                assert isinstance(place.children, list)
                place = place.children[-1]
            if not isinstance(place.children, dict):
                first = f"{quoted(part)} has a value already (line {self._line(place)})"
                raise Misplaced(start, f"{first}; expected a table here")
        assert isinstance(place.children, dict)
        return place.children

    def _line(self, place: ValuePlace) -> int:
        return self._text.count("\n", 0, place.offset) + 1
