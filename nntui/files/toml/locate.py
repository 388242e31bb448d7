"""The place of every key and value in a TOML text, and bounds on its size: a small lexer that runs before tomllib.

tomllib gives no line of a key or value, takes gigabytes for a key of 20,000 parts, and has no limit on recursion. So the
lexer runs first: it bounds depth, keys, and the length of numbers and texts, reports errors in a student's words, and
keeps the offset of every value. It knows only as much TOML as that needs; what it accepts, tomllib may still reject.
"""

from nntui.files.toml import patterns as grammar
from nntui.files.toml.cursor import TomlCursor
from nntui.files.toml.places import PlaceTree, ValuePlace
from nntui.files.toml.tokens import bare_value, flat_list, key_part, text_value
from nntui.text.safe import quoted


def locate_values(text: str) -> ValuePlace:
    """The places of all keys and values of a TOML text with plain newlines; Misplaced if it is no TOML or exceeds a bound."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.tree.root


class _Scanner:
    """Reads what has parts, in one pass: headers, assignments, lists and tables. What has none is read by `tokens`."""

    def __init__(self, text: str) -> None:
        self.cursor = TomlCursor(text)
        self.keys = self.values = 0
        self.tree = PlaceTree(text)
        self.table = self.tree.top

    def run(self) -> None:
        """Fills the tree from the whole text."""
        cursor = self.cursor
        while cursor.skip(grammar.BLANK) < len(cursor.text):
            if cursor.is_next("["):
                self._header()
            else:
                self._assignment(self.table)
            if not (end := grammar.END.match(cursor.text, cursor.at)):
                cursor.check_blank()
                comma = grammar.COMMA.match(cursor.text, cursor.at)
                remedy = " (a decimal is written with a point: 0.5)" if comma else ""
                cursor.fault(f"{cursor.rest()} follows a value; expected the end of the line{remedy}")
            cursor.at = end.end()

    # --- keys and headers

    def _key(self) -> list[str]:
        """The parts of `a`, `a.b` or `"a b".c`."""
        cursor, parts = self.cursor, []
        while True:
            cursor.skip(grammar.SPACE)
            parts.append(key_part(cursor))
            self.keys += 1
            if len(parts) > grammar.MOST_PARTS:
                cursor.fault(f"a key of more than {grammar.MOST_PARTS} parts; expected one such as training.eta")
            if self.keys > grammar.MOST_KEYS:
                cursor.fault(f"more than {grammar.MOST_KEYS} keys; expected a scenario")
            cursor.skip(grammar.SPACE)
            if not cursor.take("."):
                return parts

    def _header(self) -> None:
        """[TABLE] or [[TABLE]]: the table that the next assignments belong to."""
        cursor, start = self.cursor, self.cursor.at
        double = cursor.take("[[")
        if not double:
            cursor.take("[")
        parts = self._key()
        if not cursor.take("]]" if double else "]"):
            cursor.fault(f"{cursor.rest()} in a header; expected {'[[TABLE]]' if double else '[TABLE]'}")
        self.table = (self.tree.enter_list if double else self.tree.enter_table)(parts, start)

    def _assignment(self, table: dict[str, ValuePlace], depth: int = 0) -> None:
        """KEY = VALUE, in a table."""
        cursor, start = self.cursor, self.cursor.at
        parts = self._key()
        if not cursor.take("="):
            cursor.check_blank()
            cursor.fault(f"{cursor.rest()} after the key {quoted(parts[-1])}; expected =")
        cursor.skip(grammar.SPACE)
        parent = self.tree.holder_of_new_key(table, parts, start)
        parent[parts[-1]] = self._value(depth)

    # --- values

    def _value(self, depth: int) -> ValuePlace:
        """Any value. depth: how many lists and inline tables it is in."""
        cursor = self.cursor
        if depth > grammar.MOST_DEPTH:
            cursor.fault(f"lists or tables {depth} deep in one another; expected at most {grammar.MOST_DEPTH}")
        if cursor.is_next("[") and (flat := flat_list(cursor)):
            return flat
        self.values += 1
        if self.values > grammar.MOST_VALUES:
            cursor.fault(f"more than {grammar.MOST_VALUES} values; expected a scenario")
        if cursor.is_next("["):
            return self._list(depth + 1)
        if cursor.is_next("{"):
            return self._inline_table(depth + 1)
        if cursor.is_next('"') or cursor.is_next("'"):
            return text_value(cursor)
        return bare_value(cursor)

    def _list(self, depth: int) -> ValuePlace:
        cursor, start = self.cursor, self.cursor.at
        children: list[ValuePlace] = []
        cursor.take("[")
        closed = True
        while True:
            if cursor.skip(grammar.BLANK) >= len(cursor.text):
                cursor.fault("a list that opens here is never closed; expected ]", start)
            if cursor.take("]"):
                return ValuePlace(start, children)
            if not closed:
                cursor.fault(f"{cursor.rest()} in a list; expected a comma or ]")
            children.append(self._value(depth))
            cursor.skip(grammar.BLANK)
            closed = cursor.take(",")

    def _inline_table(self, depth: int) -> ValuePlace:
        cursor, start = self.cursor, self.cursor.at
        children: dict[str, ValuePlace] = {}
        cursor.take("{")
        cursor.skip(grammar.SPACE)
        if cursor.take("}"):
            return ValuePlace(start, children)
        while True:
            self._assignment(children, depth)
            cursor.skip(grammar.SPACE)
            if cursor.take("}"):
                return ValuePlace(start, children)
            if not cursor.take(","):
                cursor.fault(f"{cursor.rest()} in a table; expected a comma or }} on the same line")
