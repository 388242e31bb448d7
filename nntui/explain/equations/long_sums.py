"""Long sums made readable: the largest terms first, the rest counted and added up."""

from dataclasses import replace

from nntui.explain.equations.equation import Equation, EquationRow, Number, Part, Terms


def by_size(values: tuple[float, ...]) -> list[int]:
    """The places of some numbers, the largest in size first; a nan before all of them, equals as they come."""
    return sorted(range(len(values)), key=lambda i: (values[i] == values[i], -abs(values[i]), i))


def together(values: tuple[float, ...], places: list[int]) -> float:
    """The sum of those at some places, in the order of the engine: from 0.0, by index."""
    total = 0.0
    for place in sorted(places):
        total += values[place]
    return total


def largest_first(terms: Terms, most: int) -> Terms:
    """At most `most` terms of a sum, and one more with the number and the sum of the rest; a row stays as it is."""
    if not terms.values or len(terms.terms) <= most + 1:
        return terms
    order = by_size(terms.values)
    shown, rest = order[:most], order[most:]
    sum_of_rest = together(terms.values, rest)
    last = (f"… {len(rest)} more, together ", Number(sum_of_rest))
    values = (*(terms.values[i] for i in shown), sum_of_rest)
    return replace(terms, terms=(*(terms.terms[i] for i in shown), last), values=values, left=len(rest))


def shortened(equation: Equation, most: int) -> Equation:
    """The equation with every longer sum in that order."""
    return replace(
        equation,
        rows=tuple(_row(row, most) for row in equation.rows),
        computed=tuple(_row(row, most) for row in equation.computed),
    )


def _row(row: EquationRow, most: int) -> EquationRow:
    return replace(row, parts=tuple(_part(part, most) for part in row.parts))


def _part(part: Part, most: int) -> Part:
    return largest_first(part, most) if isinstance(part, Terms) else part
