"""A number of things in words."""


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number} {noun_for(number, noun)}"


def noun_for(number: int, noun: str) -> str:
    """The noun behind a number: `row` behind 1, else `rows`."""
    return noun if number == 1 else {"class": "classes"}.get(noun, noun + "s")
