"""What the screen shows of a step while its number is asked for, and the help that fades in: a stage more with each `?`.

Asked, the screen shows the formula in symbols. The first `?` writes it out with every symbol, the second puts the numbers
in, the third is the answer. No stage but the answer holds a number that the step makes.
"""

from dataclasses import replace
from math import nan
from typing import Literal, get_args

from nntui.explain.derive import derive
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.cells import may_change, symbol_of
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, Part, Terms, vector
from nntui.explain.equations.inspect import derivation
from nntui.explain.notation.symbols import Notation, factor_symbol, index_in_brackets
from nntui.explain.predicting.prediction import Asked
from nntui.explain.predicting.question import cost_after
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS
from nntui.values import dataclass

Stage = Literal["formula", "symbols", "numbers"]
STAGES: tuple[Stage, ...] = get_args(Stage)

NEXT: dict[Stage, str] = {"formula": "? shows every symbol", "symbols": "? shows the numbers", "numbers": "? shows the answer"}
"""What the next `?` shows."""

_OPEN = EquationRow(("?",))


@dataclass(frozen=True, slots=True, eq=False)
class AskedStep:
    """A step whose number is asked for, and how much of the way to it is shown."""

    asked: Asked
    stage: Stage = STAGES[0]

    @property
    def helps(self) -> int:
        """How many parts of the way `?` has shown."""
        return STAGES.index(self.stage)

    @property
    def further(self) -> "AskedStep | None":
        """The step with one more part of the way shown; None where the answer comes next."""
        after = self.helps + 1
        return replace(self, stage=STAGES[after]) if after < len(STAGES) else None

    def equation(self, notation: Notation) -> Equation:
        """The equation of what is asked for, as far as the stage shows it. Its sentence says what is to be typed.

        Its `made` are the cells that are asked for, each with nan in place of its number.
        """
        asked = self.asked
        whole = _of_cost(asked.frame) if asked.kind == "cost" else _of_cells(asked, notation)
        rows: dict[Stage, tuple[EquationRow, ...]] = {
            "formula": (),
            "symbols": tuple(EquationRow(_in_symbols(row, notation)) for row in whole.rows[:1]),
            "numbers": whole.rows[-1:],
        }
        made = () if asked.kind == "cost" else tuple(Number(nan, cell) for cell in asked.cells)
        return Equation(whole.label, whole.formula, (*rows[self.stage], _OPEN), made, asked.wanted(notation))


def _of_cells(asked: Asked, notation: Notation) -> Equation:
    """The equation of the cells, of its rows the first: what follows in it is made on the way to the answer."""
    frame, cells = asked.frame, asked.cells
    if cells[0].kind == "update" and not any(may_change(frame, cell) for cell in cells):
        return _unchanged(frame, cells, notation)
    alone = len(cells) == 1 and KIND_CARDS[frame.moment.kind].row
    equation = derivation(frame, cells[0], notation) if alone else derive(frame, notation)
    return replace(equation, rows=equation.rows[:1])


def _unchanged(frame: Frame, cells: list[Cell], notation: Notation) -> Equation:
    """New weights that are the old ones: their batch is not complete, or the scenario keeps them as they are."""
    weights = [replace(cell, kind="weight") for cell in cells]
    w = symbol_of(weights[0], notation) if len(weights) == 1 else "w"
    place = frame.iteration.batch_place
    if place.closes:
        formula, when = f"{w} ← {w} − η ∂C/∂w if training may change it, else {w}", "kept as they are in this scenario"
    else:
        formula, when = f"{w} ← {w} − η G if its batch is complete, else {w}", f"data point {place.number} of {place.size}"
    numbers = vector([Number(frame.value("weight", cell.layer, cell.neuron, cell.sender), cell) for cell in weights])
    return Equation("(11)", formula, (EquationRow(numbers), EquationRow((*numbers, f",  {when}"))), ())


def _of_cost(frame: Frame) -> Equation:
    """C with the new weights less C as it was. Of its rows the first in symbols, the second in numbers."""
    top = len(frame.course.units)
    after = cost_after(frame)
    then = [Number(value, Cell("a", top, k)) for k, value in enumerate(after.outputs_before.tolist(), start=1)]
    now = [Number(value) for value in after.outputs_after.tolist()]
    targets = [Number(value, Cell("y", top, k)) for k, value in enumerate(frame.iteration.y.tolist(), start=1)]
    symbols = f"C(a of new w) − C(a of old w)  with {cost_card(frame.scenario.network).formula(index_in_brackets(top))}"
    parts = ("C", *_enclosed(now), " − C", *_enclosed(then), "  with y = ", *vector(targets))
    return Equation("", "C(new w) − C(old w)", (EquationRow((symbols,)), EquationRow(parts)), ())


def _enclosed(numbers: list[Number]) -> tuple[Part, ...]:
    """(n₁, n₂, …), a single number in brackets too."""
    return ("(", Terms(tuple((number,) for number in numbers), ", "), ")")


# --- numbers as symbols


def _in_symbols(row: EquationRow, notation: Notation) -> tuple[Part, ...]:
    """The parts of a row, each number as its symbol."""
    return tuple(
        Terms(tuple(tuple(_symbol(atom, notation) for atom in term) for term in part.terms), part.joiner)
        if isinstance(part, Terms)
        else _symbol(part, notation)
        for part in row.parts
    )


def _symbol(atom: Atom, notation: Notation) -> Atom:
    """The symbol of a number, such that the index of a layer is not read as a power; a constant such as 1 stays one."""
    if isinstance(atom, str):
        return atom
    cell = atom.cell
    if cell is None:
        return atom.symbol or atom
    if cell.kind in ("z", "a", "delta"):
        return factor_symbol("δ" if cell.kind == "delta" else cell.kind, cell.layer, cell.neuron)
    if cell.kind == "slope":
        return f"σ′({factor_symbol('z', cell.layer, cell.neuron)})"
    return symbol_of(cell, notation)
