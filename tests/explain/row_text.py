"""A row of an equation as text."""

from nntui.explain.equations.equation import Number


def written(row, numerals, most):
    """A row as text, its sums shortened to `most` terms; a negative number behind + − or · is in brackets."""
    text = ""
    for part in row.parts:
        joiner, terms = ("", ((part,),)) if isinstance(part, str | Number) else (part.joiner, part.terms)
        if len(terms) > most + 1:
            terms = [*terms[: most - 1], (f"… {len(terms) - most} more …",), terms[-1]]
        for place, term in enumerate(terms):
            text += joiner if place else ""
            for atom in term:
                text += atom if isinstance(atom, str) else _number(text, atom.write(numerals))
    return text


def _number(before, text):
    return f"({text})" if text[0] == "−" and before.rstrip().endswith(("+", "−", "·")) else text
