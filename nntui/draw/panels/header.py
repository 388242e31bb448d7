"""The two lines on top: title and position, and the ribbon of the phases."""

from rich.cells import cell_len

from nntui.draw.base.boxes import crop, fit
from nntui.draw.base.spans import Line, Role, Span, width
from nntui.draw.base.view import Recording, View
from nntui.draw.panels.warning import MARK as WARNING
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.notation.numerals import superscript
from nntui.training.kinds import KIND_CARDS
from nntui.training.steps import Group

RECORDING: dict[Recording, Line] = {"": (), "on": (Span("● ", "warning"),), "lost": (Span("✗ not recorded  ", "warning"),)}
UNKEPT: Line = (Span("✗ not kept  ", "warning"),)
SIGNS = "±"
WATCHED = "★"
PHASE_WORDS = {"input": "input", "forward": "forward", "cost": "cost", "backward": "backward", "update": "update"}


def title_line(view: View, cells: int) -> Line:
    """Title, shape, η and C on the left; epoch, point, row and step on the right."""
    frame, scenario = view.frame, view.frame.scenario
    address = frame.address
    star = f" {WATCHED}" if frame.row in view.watched else ""
    row = f" (row {frame.row}{star})" if scenario.order == "shuffled" or cells >= 100 else star
    clock: list[Span] = []
    for name, value, most in (("epoch", address.epoch, scenario.epochs), ("point", address.point, scenario.points)):
        clock += [Span(f"{name} ", "dim"), Span(str(value), "strong"), Span(f"/{most}", "dim")]
        clock += [Span(row if name == "point" else "", "dim"), Span("  ")]
    clock += [Span("step ", "dim"), Span(str(frame.m + 1), "accent"), Span(f"/{frame.course.length}", "dim"), Span(" ")]
    network = scenario.network
    facts: list[Span] = []
    if cells >= 100:
        facts += [Span("  " + "–".join(str(n) for n in network.sizes), "dim")]
    facts += [
        Span("  η ", "dim"),
        Span(view.numerals.write_short(network.eta)),
        *((Span("  batch ", "dim"), Span(str(network.batch))) if network.batched else ()),
        *((Span("  μ ", "dim"), Span(view.numerals.write_short(network.momentum))) if network.moving else ()),
        Span("  C ", "dim"),
        Span(cost_card(network).short),
    ]
    fork: Line = (Span(" › ", "dim"), Span(view.fork, "new")) if view.fork else ()
    mark = _recording_mark(view)
    marked = cell_len(scenario.title) + width(mark) + width(fork)
    while facts and cells - width(clock) - width(facts) - 3 < marked:
        facts = facts[:-2]  # C goes first, then μ, batch, η, then the shape; the title needs the room
    room = cells - width(clock) - width(facts) - 2
    named = crop((Span(" "), *mark, Span(scenario.title, "strong"), *fork), max(room, 0))
    return (*fit((*named, *facts), cells - width(clock)), *clock)


def _recording_mark(view: View) -> Line:
    """How it is with the recordings; what is lost is said as long as it is."""
    mark = RECORDING[view.recording]
    if view.recording == "lost" and view.why:
        mark = (Span(f"✗ not recorded ({view.why})  ", "warning"),)
    return (*mark, *(UNKEPT if view.unkept else ()))


def ribbon(view: View, cells: int) -> Line:
    """x ─ z¹ ─ a¹ ─ … ─ C ─ δ² ─ … with the present group lit; at the right the phase, or a warning in place of it."""
    word = _state(view, cells)
    room = cells - width(word) - 2
    groups = view.frame.course.groups
    present = groups.index(view.frame.course.group_at(view.frame.m))
    pieces = [_piece(view, group, index - present) for index, group in enumerate(groups)]
    joiner = " ─ " if sum(width(piece) + 3 for piece in pieces) <= room else "─"
    first, last = _window([width(piece) + len(joiner) for piece in pieces], present, room - 6)
    line: list[Span] = [Span(" …" if first else " ", "dim")]
    for index in range(first, last):
        if index > first:
            line.append(Span(joiner, "plain" if index <= present else "dim"))
        line += pieces[index]
    if last < len(pieces):
        line.append(Span(joiner + "…", "dim"))
    return (*fit(line, cells - width(word)), *word)


def _piece(view: View, group: Group, distance: int) -> Line:
    text = _letter(view, group)
    role: Role = "plain" if distance < 0 else "lit" if distance == 0 else "dim"
    start = view.frame.number * view.frame.course.length + group.start
    return (Span(text, role, view.frame.course.address(start)),)


def _letter(view: View, group: Group) -> str:
    match group.kind:
        case "gradient":
            return f"∂{view.notation.weights(group.layer)}"
        case "update":
            return view.notation.weights(group.layer)
        case "input" | "cost":
            return KIND_CARDS[group.kind].letter
        case "z" | "a" | "delta":
            return KIND_CARDS[group.kind].letter + superscript(group.layer)


def _window(widths: list[int], present: int, room: int) -> tuple[int, int]:
    """The widest range of pieces around the present one that fits: first, and the one after the last."""
    first, last, used = present, present + 1, widths[present]
    while True:
        grown = False
        if last < len(widths) and used + widths[last] <= room:
            used, last, grown = used + widths[last], last + 1, True
        if first > 0 and used + widths[first - 1] <= room:
            first, used, grown = first - 1, used + widths[first - 1], True
        if not grown:
            return first, last


def _state(view: View, cells: int) -> Line:
    """Words at the right: where a follower is, an overflow, what changes are relative to, a warning, or else the phase."""
    if view.away:
        return (*crop((Span(view.away, "present"),), 3 * cells // 5), Span(" "))
    if view.diverged is not None and view.frame.step >= view.diverged:
        return (Span(f"overflow at {view.frame.course.address(view.diverged)} ", "warning"),)
    warned = view.warnings[0].name if view.warnings else ""
    if view.then is not None:
        since: Line = (Span(f"{SIGNS} {view.since or 'changes'} ", "new"),)
        short = (Span(f"{WARNING} ", "warning"), *since) if warned else since
        whole = (Span(f"{WARNING} {warned}  ", "warning"), *since) if warned else since
        word = whole if width(whole) <= 3 * cells // 5 else short
        return (*crop(word, cells // 2 - 1), Span(" ")) if width(word) > 3 * cells // 5 else word
    if warned:
        return (Span(f"{WARNING} {warned} ", "warning"),)
    kind = view.frame.moment.kind
    told = "gradient" if kind == "gradient" else PHASE_WORDS[KIND_CARDS[kind].phase]
    return (Span(f"{told} ", "accent"),)
