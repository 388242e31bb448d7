"""A number of things in words."""


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    plural = {"class": "classes"}.get(noun, noun + "s")
    return f"{number} {noun if number == 1 else plural}"
