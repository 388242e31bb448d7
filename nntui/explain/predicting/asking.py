"""How a question is put: its label, which says how many answers are wanted and of what, and what is to be typed."""

from nntui.explain.equations.cells import symbol_of
from nntui.explain.notation.symbols import Notation
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.scenario import QuestionKind

LONGEST_LIST = 24  # cells of a label that lists what it asks for
MOST_LISTED = 8  # symbols in a sentence

CHOICES: dict[QuestionKind, str] = {
    "value": "a number",
    "sign": "+, − or 0",
    "larger": "larger, smaller or same",
    "cost": "rises, falls or same",
}
"""What an answer may be."""

_NOUN: dict[QuestionKind, str] = {"value": "numbers", "sign": "signs", "larger": "answers", "cost": "answers"}


def label(kind: QuestionKind, cells: list[Cell], notation: Notation) -> str:
    """`z₁² = ?`, `sign of z₁²?`, `2 numbers: new w¹₂₁, new w¹₂₂ = ?`, `C rises or falls?`."""
    if kind == "cost":
        return "C rises or falls?"
    symbols = [symbol_of(cell, notation) for cell in cells]
    end = {"value": " = ?", "sign": "?", "larger": " larger?"}[kind]
    if len(symbols) == 1:
        before = {"value": "", "sign": "sign of ", "larger": "is "}[kind]
        return f"{before}{symbols[0]}{end}"
    names = ", ".join(symbols)
    if len(names) > LONGEST_LIST:
        names = f"{symbols[0]} … {symbols[-1].removeprefix('new ').removeprefix('∂C/∂')}"
    return f"{len(symbols)} {_NOUN[kind]}: {names}{end}"


def wanted(kind: QuestionKind, frame: Frame, cells: list[Cell], notation: Notation) -> str:
    """A sentence that says what is to be typed."""
    symbols = [symbol_of(cell, notation) for cell in cells]
    many = len(symbols) > 1
    order = f", in this order: {listed(symbols)}" if many else ""
    match kind:
        case "value":
            what = f"{len(symbols)} numbers{order}" if many else f"a number for {symbols[0]}"
            return f"Type {what}. Any number of digits will do."
        case "sign":
            what = f"{len(symbols)} signs, each {CHOICES[kind]}{order}" if many else CHOICES[kind]
            return f"Type {what}."
        case "larger":
            what = f"{len(symbols)} answers, each {CHOICES[kind]}{order}" if many else CHOICES[kind]
            when = "before this update" if frame.moment.kind == "update" else "at this row's last turn"
            return f"Type {what}. Compare {'each ' if many else ''}with its value {when}."
        case "cost":
            return f"Type {CHOICES[kind]}. Compare C of this row with the new weights and C as it was."


def listed(symbols: list[str]) -> str:
    """The symbols in their order; of many the first and the last."""
    if len(symbols) <= MOST_LISTED:
        return ", ".join(symbols)
    return f"{', '.join(symbols[:2])} … {symbols[-1]}"
