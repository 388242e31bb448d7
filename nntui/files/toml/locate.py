"""The place of every key and value in a TOML text, and bounds on its size: a small lexer that runs before tomllib.

tomllib gives no line of a key or value, takes gigabytes for a key of 20,000 parts, and has no limit on recursion. So the
lexer runs first: it bounds depth, keys, and the length of numbers and texts, reports errors in a student's words, and
keeps the offset of every value. It knows only as much TOML as that needs; what it accepts, tomllib may still reject.
"""

import re
import tomllib
from typing import NoReturn

from nntui.files.toml import patterns as grammar
from nntui.files.toml.places import Misplaced, PlaceTree, ValuePlace
from nntui.text.safe import quoted


def locate_values(text: str) -> ValuePlace:
    """The places of all keys and values of a TOML text with plain newlines; Misplaced if it is no TOML or exceeds a bound."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.tree.root


class _Scanner:
    """One pass over the text from left to right; `at` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys = self.values = 0
        self.tree = PlaceTree(text)
        self.table = self.tree.top

    def run(self) -> None:
        while self._skip(grammar.BLANK) < len(self.text):
            if self._next("["):
                self._header()
            else:
                self._assignment(self.table)
            if not (end := grammar.END.match(self.text, self.at)):
                self._check_blank()
                self._fault(f"{self._rest()} follows a value; expected the end of the line{self._decimal_comma()}")
            self.at = end.end()

    # --- small steps

    def _next(self, literal: str) -> bool:
        return self.text.startswith(literal, self.at)

    def _take(self, literal: str) -> bool:
        if found := self._next(literal):
            self.at += len(literal)
        return found

    def _skip(self, pattern: re.Pattern[str]) -> int:
        if match := pattern.match(self.text, self.at):
            self.at = match.end()
        return self.at

    def _rest(self) -> str:
        """The text from here to the end of the line, quoted."""
        rest = grammar.REST.match(self.text, self.at)
        return quoted(rest.group().strip()) if rest and rest.group().strip() else "the end of the line"

    def _decimal_comma(self) -> str:
        return " (a decimal is written with a point: 0.5)" if grammar.COMMA.match(self.text, self.at) else ""

    def _check_blank(self) -> None:
        """A blank that looks like a space is where only a space can be."""
        blank = grammar.foreign_blank(self.text[self.at : self.at + 1])
        if blank is not None:
            self._fault(f"{blank} stands here; expected a plain space")

    def _fault(self, message: str, offset: int | None = None) -> NoReturn:
        raise Misplaced(self.at if offset is None else offset, message)

    # --- keys and headers

    def _key(self) -> list[str]:
        """The parts of `a`, `a.b` or `"a b".c`."""
        parts: list[str] = []
        while True:
            self._skip(grammar.SPACE)
            match = grammar.KEY.match(self.text, self.at)
            if not match:
                self._check_blank()
                self._fault(f"{self._rest()} is no key; expected KEY = VALUE or [TABLE]")
            parts.append(self._decoded(match.group()))
            self.at = match.end()
            self.keys += 1
            if len(parts) > grammar.MOST_PARTS:
                self._fault(f"a key of more than {grammar.MOST_PARTS} parts; expected one such as training.eta")
            if self.keys > grammar.MOST_KEYS:
                self._fault(f"more than {grammar.MOST_KEYS} keys; expected a scenario")
            self._skip(grammar.SPACE)
            if not self._take("."):
                return parts

    def _decoded(self, part: str) -> str:
        if len(part) > grammar.MOST_KEY:
            self._fault(f"the key {quoted(part)} has {len(part)} characters; expected at most {grammar.MOST_KEY}")
        if part[0] not in "\"'":
            return part
        try:
            return next(iter(tomllib.loads(f"{part} = 0")))
        except tomllib.TOMLDecodeError:
            self._fault(f"the key {quoted(part)} holds an escape that TOML does not know; expected a plain key")

    def _header(self) -> None:
        start = self.at
        double = self._take("[[")
        if not double:
            self.at += 1
        parts = self._key()
        if not self._take("]]" if double else "]"):
            self._fault(f"{self._rest()} in a header; expected {'[[TABLE]]' if double else '[TABLE]'}")
        self.table = (self.tree.enter_list if double else self.tree.enter_table)(parts, start)

    def _assignment(self, table: dict[str, ValuePlace], depth: int = 0) -> None:
        start = self.at
        parts = self._key()
        if not self._take("="):
            self._check_blank()
            self._fault(f"{self._rest()} after the key {quoted(parts[-1])}; expected =")
        self._skip(grammar.SPACE)
        parent = self.tree.holder_of_new_key(table, parts, start)
        parent[parts[-1]] = self._value(depth)

    # --- values

    def _value(self, depth: int) -> ValuePlace:
        if depth > grammar.MOST_DEPTH:
            self._fault(f"lists or tables {depth} deep in one another; expected at most {grammar.MOST_DEPTH}")
        if self._next("[") and (flat := self._flat_list()):
            return flat
        self.values += 1
        if self.values > grammar.MOST_VALUES:
            self._fault(f"more than {grammar.MOST_VALUES} values; expected a scenario")
        if self._next("["):
            return self._list(depth + 1)
        if self._next("{"):
            return self._inline_table(depth + 1)
        if self._next('"') or self._next("'"):
            return self._string()
        return self._bare()

    def _flat_list(self) -> ValuePlace | None:
        """A list of plain numbers only: one match, and one ValuePlace, for all of them; None if it is another list."""
        start = self.at
        flat = grammar.FLAT.match(self.text, start)
        if flat is None:
            return None
        if long := grammar.LONG.search(self.text, start, flat.end()):
            self._fault(f"a number of more than {grammar.MOST_NUMBER} characters; expected a shorter one", long.start())
        self.at = flat.end()
        return ValuePlace(start, end=self.at)

    def _list(self, depth: int) -> ValuePlace:
        start = self.at
        children: list[ValuePlace] = []
        self.at += 1
        closed = True
        while True:
            if self._skip(grammar.BLANK) >= len(self.text):
                self._fault("a list that opens here is never closed; expected ]", start)
            if self._take("]"):
                return ValuePlace(start, children)
            if not closed:
                self._fault(f"{self._rest()} in a list; expected a comma or ]")
            children.append(self._value(depth))
            self._skip(grammar.BLANK)
            closed = self._take(",")

    def _inline_table(self, depth: int) -> ValuePlace:
        start = self.at
        children: dict[str, ValuePlace] = {}
        self.at += 1
        self._skip(grammar.SPACE)
        if self._take("}"):
            return ValuePlace(start, children)
        while True:
            self._assignment(children, depth)
            self._skip(grammar.SPACE)
            if self._take("}"):
                return ValuePlace(start, children)
            if not self._take(","):
                self._fault(f"{self._rest()} in a table; expected a comma or }} on the same line")

    def _string(self) -> ValuePlace:
        start = self.at
        match = grammar.TEXT.match(self.text, start)
        if not match:
            rest = self._rest()
            straight = "straight " if any(quote in rest for quote in grammar.TYPOGRAPHIC) else ""
            self._fault(f"a text that opens here is not closed: {rest}; expected a {straight}closing quote")
        if match.end() - start > grammar.MOST_TEXT:
            self._fault(f"a text of {match.end() - start} characters; expected at most {grammar.MOST_TEXT}")
        if match.group()[0] == '"' and "\\" in match.group():
            self._check_escapes(match.group(), start)
        self.at = match.end()
        return ValuePlace(start)

    def _check_escapes(self, text: str, start: int) -> None:
        """Windows paths are the usual cause of an escape that TOML does not know."""
        for escape in grammar.ESCAPE.finditer(text):
            if escape[1] is None:
                found = f"a backslash before {quoted(escape[2] or '')} in {quoted(text[1:-1])}"
                self._fault(f"{found}; expected / between folders (or a text in single quotes)", start + escape.start())

    def _bare(self) -> ValuePlace:
        """A number, true, false or a date; errors explain the rules of TOML that students often break."""
        start = self.at
        match = grammar.BARE.match(self.text, start)
        if not match:
            self._check_blank()
            self._fault(f"{self._rest()} where a value should be; expected a number, a text in quotes, a list, true or false")
        if match.end() - start > grammar.MOST_NUMBER:
            self._fault(f"a number of more than {grammar.MOST_NUMBER} characters; expected a shorter one")
        word = match.group()
        if not grammar.VALUE.fullmatch(word):
            self._fault(f"{quoted(word)} is no value; {grammar.suggestion(word)}")
        self.at = match.end()
        return ValuePlace(start)
