"""How good the network is on all data rows: a confusion table, or the errors of the outputs (`output_errors`)."""

from rich.cells import cell_len

from nntui.draw.base.boxes import fit, framed, left, right
from nntui.draw.base.numbers import UNKNOWN
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Role, Span, width
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped
from nntui.draw.learned.output_errors import LONGEST_NAME, error_lines
from nntui.draw.learned.targets import UPDATED
from nntui.draw.panels.around import filled
from nntui.explain.learned.confusion import NONE, Confusion, TargetErrors, Verdict, class_marks, class_names, share, worst
from nntui.explain.learned.function import MOST_DRAWN, WeightsAtStep, answered, classes, row_outputs, updated, wrong
from nntui.explain.learned.survey import SurveyResult
from nntui.explain.notation.numerals import FOUR

LONGEST_HEAD = 6
CORNER = "is ↓ said →"
SHARE = 7  # cells of a percentage, and the blank before it
LEAST = 29  # cells of the panel


def verdict_size(view: View, found: SurveyResult) -> tuple[int, int]:
    """The width and height that the panel can use."""
    names = class_names(view.frame.scenario)
    if not names:
        outputs = view.frame.scenario.network.outputs
        return 4 + 5 + 3 * view.numerals.cell + 4, 2 + 1 + outputs + 1 + 4
    label = max(len(CORNER), min(max(map(cell_len, names)), LONGEST_NAME) + 2)
    column = max(min(max(map(cell_len, names)), LONGEST_HEAD), len(str(view.frame.scenario.points))) + 1
    none = isinstance(found.verdict, Confusion) and found.verdict.none > 0
    title = len(f"{view.frame.scenario.points:,}") * 2 + len(" of  right (100 %)") + 6
    return max(label + (len(names) + none) * column + SHARE + 4, title, LEAST), len(names) + 6


def verdict_panel(view: View, now: WeightsAtStep, found: SurveyResult, cells: int, height: int) -> Block:
    """The panel in cells × height."""
    lines: list[Line]
    match found.verdict:
        case None:
            title: Line = (Span("counting all data rows …", "dim"),)
            lines = _row(view, now, cells - 2)
        case Confusion() as confusion:
            title = (Span(_right_words(confusion, cells - 6), "strong"),)
            lines = _confusion(view, now, confusion, cells - 2, height - 2)
        case TargetErrors() as errors:
            title = (Span("how far off", "strong"),)
            lines = error_lines(view, now, errors, cells - 2, height - 2)
    foot = UPDATED if updated(view.frame, now) and isinstance(found.verdict, TargetErrors) else ""
    if found.since is not None:
        foot = f"of {view.frame.course.address(found.since)}, counting …"
    held = _held_words(found.held)
    longest_first = (" · ".join(words for words in (held, foot) if words), held, held.removesuffix(" right"))
    foot = next((words for words in longest_first if len(words) <= cells - 6), longest_first[-1])
    return framed(title, lines, cells, height, foot=foot)


def _held_words(verdict: Verdict | None) -> str:
    """How right the rows are that are held out."""
    match verdict:
        case Confusion():
            return f"held out: {verdict.right:,} of {verdict.rows:,} right"
        case TargetErrors():
            return f"held out: off by {FOUR.write(verdict.mean)}"
        case None:
            return ""


def _right_words(confusion: Confusion, room: int) -> str:
    """How many rows are right, in as many words as fit."""
    part = share(confusion.right, confusion.rows)
    count = f"{confusion.right:,} of {confusion.rows:,} right"
    words = (f"{count} with the present weights ({part})", f"{count} now ({part})", f"{count} now", count)
    return next((text for text in words if len(text) <= room), f"{part} right")


def _misclassified_rows(now: WeightsAtStep, cells: int, height: int) -> list[Line]:
    """The numbers of the misclassified data rows, in at most `height` lines."""
    rows = sorted(wrong(now))
    if not rows or height < 1 or now.scenario.rows > MOST_DRAWN:
        return []
    word = "rows" if len(rows) > 1 else "row"
    lines = wrapped(f"✗ {word} {', '.join(str(row + 1) for row in rows)}", cells - 4)
    shown = lines if len(lines) <= height else [*lines[: height - 1], f"{lines[height - 1]} …"]
    return [(), *((Span(f" {line}", "dim"),) for line in shown)]


def _confusion(view: View, now: WeightsAtStep, confusion: Confusion, cells: int, height: int) -> list[Line]:
    """The table if it fits, else words; below it the present row if there is room."""
    last = _row(view, now, cells)
    table = _fitting(view, now, confusion, cells) if confusion.count < height else []
    if len(table) + len(last) > height:
        return table
    room = height - len(last)
    first = table or _words(confusion, class_names(view.frame.scenario), cells, room)
    return [*filled((*first, *_misclassified_rows(now, cells, room - len(first) - 1)), room), *last]


def _fitting(view: View, now: WeightsAtStep, confusion: Confusion, cells: int) -> list[Line]:
    """The widest table that fits; empty if none does."""
    names, marks = class_names(view.frame.scenario), class_marks(view.frame.scenario)
    for heads, corner, shares in ((names, CORNER, True), (names, CORNER, False), (marks, CORNER, False), (marks, "", False)):
        table = _table(view, now, confusion, heads, corner, shares)
        if width(table[0]) <= cells:
            return table
    return []


def _table(view: View, now: WeightsAtStep, confusion: Confusion, heads: tuple[str, ...], corner: str, shares: bool) -> list[Line]:
    """A line for each class and a column for each predicted class. shares: with the share of each class that is right."""
    names, marks = class_names(view.frame.scenario), class_marks(view.frame.scenario)
    marked = heads == marks or view.frame.scenario.network.inputs <= 2
    labels = [
        f"{mark} {name}" if marked and name != mark else name
        for mark, name in zip(marks, shortened(names, LONGEST_NAME), strict=True)
    ]
    label = max(len(corner), min(max(map(cell_len, labels)), LONGEST_NAME + 2))
    said = [*range(confusion.count), *([NONE] if confusion.none else [])]
    short = shortened(heads, LONGEST_HEAD)
    columns = {k: "none" if k == NONE else short[k] for k in said}
    digits = max((len(f"{times}") for times in confusion.pairs.values()), default=1)
    room = 1 + max(digits, *(cell_len(columns[k]) for k in said))
    here = _present_pair(view, now)
    lines: list[Line] = [
        (
            Span(" "),
            Span(left(corner, label), "dim"),
            *(Span(right(columns[k], room), "dim") for k in said),
            Span(right("right", SHARE) if shares else "", "dim"),
        )
    ]
    for target in range(confusion.count):
        line = [Span(" "), Span(left(labels[target], label), "plain")]
        for k in said:
            line += _count(confusion.pairs[target, k], room, target == k, here == (target, k))
        part, whole = confusion.of(target)
        line += [Span(right(share(part, whole), SHARE) if whole else "", "dim")] if shares else []
        lines.append(tuple(line))
    return lines


def _count(times: int, cells: int, is_right: bool, here: bool) -> Line:
    """One count: on the diagonal rows are right; the count with the present row is lit."""
    text = str(times) if times else UNKNOWN
    role: Role = "lit" if here else "dim" if not times else "number" if is_right else "warning"
    pad = cells - len(text) - (role == "lit")
    return (Span(" " * pad), Span(" " + text if role == "lit" else text, role))


def _present_pair(view: View, now: WeightsAtStep) -> tuple[int, int] | None:
    """The class of the present row and its predicted class, from 0; None if its outputs are not known yet."""
    known_classes = classes(view.frame.scenario)
    if known_classes is None or not answered(view.frame):
        return None
    return int(known_classes.labels[view.frame.row - 1]), int(known_classes.predicted(row_outputs(view.frame, now)[None])[0])


def _words(confusion: Confusion, names: tuple[str, ...], cells: int, height: int) -> list[Line]:
    """The share of each class that is right, and the most frequent confusions."""
    parts = [f"{name} {share(*confusion.of(k))}".replace(" %", "%") for k, name in enumerate(names) if confusion.of(k)[1]]
    misclassified = [
        f"{names[target]} said to be {'none' if said == NONE else names[said]}: {'once' if times == 1 else f'{times:,} times'}"
        for target, said, times in worst(confusion, height)
    ]
    least = min(len(misclassified), 3)
    lines: list[Line] = [(Span(" right of each class", "dim"),)]
    spread = _columns(parts, cells - 1)
    lines += spread if len(spread) <= height - 1 - least else [*spread[: max(height - 2 - least, 0)], (Span(" …", "dim"),)]
    lines += [(Span(f" {text}", "plain"),) for text in misclassified]
    return [fit(line, cells) if width(line) > cells else line for line in lines[:height]]


def _columns(parts: list[str], cells: int) -> list[Line]:
    """Short texts in columns of equal width."""
    each = min(max(cell_len(part) for part in parts) + 2, cells)
    many = max(cells // each, 1)
    return [
        (Span(" "), Span("".join(left(part, each) for part in parts[start : start + many]).rstrip(), "number"))
        for start in range(0, len(parts), many)
    ]


def _row(view: View, now: WeightsAtStep, cells: int) -> list[Line]:
    """The class of the present row and its predicted class, in words."""
    frame = view.frame
    names = class_names(frame.scenario)
    if not names:
        return []
    known_classes = classes(frame.scenario)
    assert known_classes is not None
    target = names[known_classes.labels[frame.row - 1]]
    here = _present_pair(view, now)
    if here is None:
        words, role = f"row {frame.row} is {target}, said {UNKNOWN}", "dim"
    elif here[1] == here[0]:
        words, role = f"row {frame.row} is {target}, said {target}", "plain"
    else:
        words, role = f"row {frame.row} is {target}, said {'none' if here[1] == NONE else names[here[1]]} ✗", "warning"
    return [(Span(f" {line}", role),) for line in wrapped(words, cells - 2)[:2]]  # type: ignore[arg-type]
