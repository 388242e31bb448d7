"""How far the outputs are off, where there are no classes: of the present row output by output, and of all rows."""

from rich.cells import cell_len

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import UNKNOWN
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped
from nntui.engine.arithmetic import quiet
from nntui.explain.learned.confusion import TargetErrors
from nntui.explain.learned.function import WeightsAtStep, answered, row_outputs
from nntui.explain.notation.names import given_name

LONGEST_NAME = 10  # cells of a name


def error_lines(view: View, now: WeightsAtStep, errors: TargetErrors, cells: int, height: int) -> list[Line]:
    """The errors of the present row, output by output, and those of all rows."""
    every = _all_rows(view, errors, cells)
    room = max(height - 2 - len(every), 1)
    lines = [_heads(view, cells), *_outputs(view, now, cells, room)]
    gap: list[Line] = [()] if len(lines) + len(every) < height else []
    return [*lines, *gap, *every][:height]


def _columns_of(view: View, cells: int) -> tuple[int, int, int]:
    """Cells of the names and of a number, and the number of columns: two, or three with the difference."""
    scenario = view.frame.scenario
    top = len(scenario.network.layers)
    named = [given_name(scenario, top, k) or str(k) for k in range(1, scenario.network.outputs + 1)]
    label = min(max(*map(cell_len, named), len(f"row {view.frame.row}")), LONGEST_NAME)
    room = cells - 1 - label
    columns = 3 if 3 * view.numerals.cell <= room else 2
    return label, min(view.numerals.cell + 1, room // columns), columns


def _heads(view: View, cells: int) -> Line:
    label, each, columns = _columns_of(view, cells)
    heads = "".join(right(head, each) for head in ("target", "output", "off by")[:columns])
    return (Span(f" {left(f'row {view.frame.row}', label)}", "plain"), Span(heads, "dim"))


def _outputs(view: View, now: WeightsAtStep, cells: int, room: int) -> list[Line]:
    frame, numerals = view.frame, view.numerals
    label, each, columns = _columns_of(view, cells)
    top, count = len(frame.course.units), frame.scenario.network.outputs
    made = row_outputs(frame, now) if answered(frame) else None
    lines: list[Line] = []
    shown = range(1, count + 1)[: room if count <= room else room - 1]
    names = shortened([given_name(frame.scenario, top, k) or (str(k) if count > 1 else "") for k in shown], label)
    for k, name in zip(shown, names, strict=True):
        target = Span(right(numerals.within(frame.y(k), each - 1), each), "plain")
        found = [UNKNOWN] * 2
        if made is not None:
            with quiet():
                found = [numerals.within(float(value), each - 1) for value in (made[k - 1], made[k - 1] - frame.y(k))]
        known: Role = "dim" if made is None else "number"
        numbers = [Span(right(text, each), known) for text in found[: columns - 1]]
        lines.append((Span(f" {left(name, label)}", "dim"), target, *numbers))
    return lines if count <= room else [*lines, (Span(f" … {count - len(lines)} more", "dim"),)]


def _all_rows(view: View, errors: TargetErrors, cells: int) -> list[Line]:
    write = view.numerals.within
    every = f"all {errors.rows:,} rows: " if errors.rows > 1 else ""
    words = [f"{every}off by {write(errors.mean, 9)} on average"] if errors.numbers > 1 else []
    if errors.worst and errors.rows > 1:
        words.append(f"at most by {write(errors.most, 9)}: row {errors.worst:,}")
    lines: list[Line] = [(Span(f" {line}", "plain"),) for text in words for line in wrapped(text, cells - 2)]
    if errors.not_finite:
        lost = "1 row" if errors.not_finite == 1 else f"{errors.not_finite:,} rows"
        lines += [(Span(f" {line}", "warning"),) for line in wrapped(f"{lost} with outputs that are not finite", cells - 2)]
    return lines
