"""A row of an equation as text."""

from nntui.explain.equations.equation import Number


def written(row, numerals, most):
    """A row as text, its sums shortened to `most` terms."""
    return "".join(_part(part, numerals, most) for part in row.parts)


def _part(part, numerals, most):
    if isinstance(part, str):
        return part
    if isinstance(part, Number):
        return part.write(numerals)
    terms = ["".join(_part(atom, numerals, most) for atom in term) for term in part.terms]
    if len(terms) > most + 1:
        terms = [*terms[: most - 1], f"… {len(terms) - most} more …", terms[-1]]
    return part.joiner.join(terms)
