"""What a student worked out by hand: numbers, each at its place in a run."""

from typing import NamedTuple

from nntui.text.decimal import TypedNumber


class Answer(NamedTuple):
    """One number of a sheet.

    step: of the run, from 0. sender: j of a row's number, 0 its bias; 0 too where a number comes from no one sender.
    line: where it stands in its file, from 1. typed: None where the place was left empty.
    """

    step: int
    sender: int
    line: int
    typed: TypedNumber | None
