"""A page for the student: what is right, the first slip, its equation with their numbers, and how to go on."""

from collections.abc import Iterator

from nntui.explain.documents.content import Block, DocumentHeading, DocumentParagraph, Formula, Span
from nntui.explain.documents.document import DocumentOptions, step_blocks
from nntui.explain.documents.formulas.nodes import plain_number, read_formula
from nntui.explain.marking.findings import FindingGroup, symbol
from nntui.explain.marking.papers import MarkedPaper
from nntui.explain.marking.points import PointsRule, points_text
from nntui.explain.marking.report import expected_words
from nntui.explain.notation.numerals import full
from nntui.explain.notation.symbols import neuron_symbol
from nntui.text.counted import counted
from nntui.training.kinds import Kind

_LETTER: dict[Kind, str] = {"input": "x", "z": "z", "a": "a", "cost": "C", "delta": "δ", "gradient": "∂C/∂w", "update": "new w"}
_NEXT: dict[Kind, str] = {
    "input": "",
    "z": "Put the new z into (5), and go on from there",
    "a": "Put the new a into the sums of the next layer, or into C and δ, and go on from there",
    "cost": "Nothing after C is made from it: go on with δ",
    "delta": "Put the new δ into (14) for the layer below and into (15), and go on from there",
    "gradient": "Put the new gradient into (11)",
    "update": "Work out the other weights of (11) in the same way",
}


def feedback_page(paper: MarkedPaper, rule: PointsRule) -> Iterator[Block]:
    """The page of a sheet that was read."""
    work, scenario = paper.work, paper.scenario
    assert work is not None
    assert scenario is not None
    yield DocumentHeading(1, (scenario.title,))
    points = f"{points_text(rule.points(work))} of {points_text(rule.best(work))} points"
    yield DocumentParagraph((f"{paper.name}: {points}.",))
    follow = "follows" if work.follows == 1 else "follow"
    given = f"Of your {counted(work.answers, 'number')}"
    told = f"{given} {work.right} {_are(work.right)} right, {work.follows} {follow} from an earlier slip"
    left = f"{work.missing} {_are(work.missing)} not answered"
    yield DocumentParagraph((f"{told}, {work.wrong} {_are(work.wrong)} wrong; {left}.",))
    right = list(_right(paper))
    if right:
        yield DocumentHeading(2, ("What is right",))
        yield DocumentParagraph(tuple(right))
    if not paper.groups:
        return
    first = paper.groups[0]
    yield DocumentHeading(2, ("The first slip",))
    yield from _first(first, paper)
    yield DocumentHeading(2, ("How to go on",))
    yield DocumentParagraph((_advice(first, paper),))
    if len(paper.groups) > 1:
        yield DocumentHeading(2, ("After that",))
        for group in paper.groups[1:6]:
            yield DocumentParagraph(tuple(_one(group, paper)))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _right(paper: MarkedPaper) -> Iterator[Span]:
    """The kinds of number, layer by layer, of which all that were answered are right."""
    assert paper.work is not None
    first = True
    for (kind, layer), tally in paper.work.tallies.items():
        if tally.right and not (tally.wrong or tally.follows):
            yield "" if first else ", "
            yield Formula(read_formula(_LETTER[kind])) if kind == "cost" else _of_layer(kind, layer)
            first = False
    if not first:
        yield "."


def _of_layer(kind: Kind, layer: int) -> Span:
    if kind in ("z", "a", "delta"):
        return Formula(read_formula(neuron_symbol(_LETTER[kind], layer, "ₖ")))
    return f"the {'gradients' if kind == 'gradient' else 'new weights'} of layer {layer}"


def _first(group: FindingGroup, paper: MarkedPaper) -> Iterator[Block]:
    yield DocumentParagraph(tuple(_one(group, paper)))
    frame = group.first.frame
    if frame is not None:
        yield DocumentParagraph(("With your numbers before it:",))
        yield from step_blocks(frame, DocumentOptions(sentences=False))


def _one(group: FindingGroup, paper: MarkedPaper) -> Iterator[Span]:
    finding = group.first
    typed = finding.answer.typed
    assert typed is not None
    yield f"At {paper.course.address(finding.answer.step)}, line {finding.answer.line} of your sheet, you have "
    yield Formula(read_formula(symbol(finding)))
    yield " = "
    yield Formula((plain_number(full(typed.value)),))
    yield "; from your numbers before it follows "
    yield Formula((plain_number(expected_words(finding.expected, typed)),))
    yield f". {group.slip.sentence}" if group.slip else ". No slip that is known here gives your number: work it out again."
    if group.count > 1:
        yield f" The same in {counted(group.count - 1, 'more place')}."


def _advice(group: FindingGroup, paper: MarkedPaper) -> str:
    assert paper.work is not None
    kind = paper.course.moment(group.first.answer.step % paper.course.length).kind
    follows = paper.work.follows
    carried = f" {follows} of your later numbers follow from a slip: they count as right, and change with it." if follows else ""
    return f"Work this number out again. {_NEXT[kind]}.{carried}"
