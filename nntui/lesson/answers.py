"""The numbers that a student worked out by hand, each with its step in a run."""

from typing import NamedTuple

from nntui.text.decimal import TypedNumber


class Answer(NamedTuple):
    """One number of a sheet.

    step: of the run, from 0. sender: the j of w_kj or ∂C/∂w_kj, 0 for the bias; 0 for all other numbers too.
    line: in its file, from 1. typed: None if the student left it empty.
    """

    step: int
    sender: int
    line: int
    typed: TypedNumber | None
