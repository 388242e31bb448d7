"""Marked sheets for other programs: CSV, JSON, and the results of one sheet as Gradescope reads them."""

import csv
import io
import json
from collections.abc import Sequence
from math import isfinite

from nntui.explain.marking.findings import FindingGroup, symbol
from nntui.explain.marking.papers import MarkedPaper
from nntui.explain.marking.points import PointsRule, points_text
from nntui.explain.marking.report import MOST_TOLD, found_words
from nntui.explain.notation.numerals import full
from nntui.training.kinds import Kind

CSV_COLUMNS = ("sheet", "answers", "right", "follows", "wrong", "missing", "points", "first_wrong", "slip")
_NAMES: dict[Kind, str] = {
    "input": "x",
    "z": "z",
    "a": "a",
    "cost": "C",
    "delta": "delta",
    "gradient": "gradient",
    "update": "new weights",
}


def csv_text(papers: Sequence[MarkedPaper], rule: PointsRule) -> str:
    """A header, and a row for each sheet; of a sheet that cannot be read its error is in the place of the slip."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_row(paper, rule) for paper in papers)
    return out.getvalue().rstrip("\n")


def _row(paper: MarkedPaper, rule: PointsRule) -> list[str]:
    work = paper.work
    if work is None:
        return [paper.name, *[""] * 7, paper.error or ""]
    first = paper.groups[0] if paper.groups else None
    numbers = [str(count) for count in (work.answers, work.right, work.follows, work.wrong, work.missing)]
    wrong = str(paper.course.address(first.first.answer.step)) if first else ""
    return [paper.name, *numbers, points_text(rule.points(work)), wrong, first.slip.name if first and first.slip else ""]


def json_text(papers: Sequence[MarkedPaper], rule: PointsRule) -> str:
    """A list with an object for each sheet."""
    return json.dumps([_object(paper, rule) for paper in papers], indent=1)


def _object(paper: MarkedPaper, rule: PointsRule) -> dict[str, object]:
    work = paper.work
    return {
        "sheet": paper.name,
        "answers": work.answers if work else None,
        "right": work.right if work else None,
        "follows": work.follows if work else None,
        "wrong": work.wrong if work else None,
        "missing": work.missing if work else None,
        "points": _plain(rule.points(work)) if work else None,
        "findings": [_finding(group, paper) for group in paper.groups],
        "error": paper.error,
    }


def _finding(group: FindingGroup, paper: MarkedPaper) -> dict[str, object]:
    first = group.first
    assert first.answer.typed is not None
    return {
        "address": str(paper.course.address(first.answer.step)),
        "symbol": symbol(first),
        "found": _number(first.answer.typed.value),
        "expected": _number(first.expected),
        "slip": group.slip.name if group.slip else None,
        "count": group.count,
    }


def _number(value: float) -> float | str:
    return value if isfinite(value) else full(value)


def _plain(points: float) -> float | int:
    return int(points) if points == int(points) else round(points, 6)


def gradescope_text(paper: MarkedPaper, rule: PointsRule) -> str:
    """One results object: the score, and a test for each kind of step in each layer."""
    assert paper.work is not None
    tests = [
        {
            "name": f"{_NAMES[kind]} of layer {layer}" if kind != "cost" else _NAMES[kind],
            "score": _plain(rule.of(kind, tally)),
            "max_score": _plain(rule.most(kind, tally)),
            "output": _told(paper, kind, layer),
        }
        for (kind, layer), tally in paper.work.tallies.items()
    ]
    score, most = rule.points(paper.work), rule.best(paper.work)
    return json.dumps({"score": _plain(score), "max_score": _plain(most), "tests": tests}, indent=1)


def _told(paper: MarkedPaper, kind: Kind, layer: int) -> str:
    """What is wrong in a group of steps."""
    lines = [
        _words(group, paper)
        for group in paper.groups
        if (paper.course.moment(group.first.answer.step % paper.course.length).kind, group.first.cell.layer) == (kind, layer)
    ]
    return "\n".join(lines[:MOST_TOLD]) or "nothing wrong"


def _words(group: FindingGroup, paper: MarkedPaper) -> str:
    slip = group.slip.sentence if group.slip else "No slip that is known gives it."
    more = f" {group.count - 1} more like it." if group.count > 1 else ""
    return f"{paper.course.address(group.first.answer.step)}, {symbol(group.first)}: {found_words(group.first)} {slip}{more}"
