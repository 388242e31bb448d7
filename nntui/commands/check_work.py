"""`nntui check-work`: the numbers of a student, or of a class, followed from the first to the last."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from nntui.commands.common import add_set, load_scenario
from nntui.commands.complain import complain
from nntui.commands.output import need_letters, put
from nntui.explain.documents.formats import DocumentFormat
from nntui.explain.marking.formats import csv_text, gradescope_text, json_text
from nntui.explain.marking.papers import MarkedPaper, line, summary
from nntui.explain.marking.points import PointsRule, read_points
from nntui.explain.marking.report import work_lines
from nntui.files.io.errors import InputError
from nntui.files.io.read import is_folder
from nntui.files.library import named
from nntui.files.paper.folder import read_index, sheets_of
from nntui.files.paper.marking import marked, marked_all, marked_returned
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline

Form = Literal["text", "csv", "json", "gradescope"]

_HELP = """\
Every number is judged against what follows from the student's own numbers
before it, so that a slip counts once, and with what their rounding may do;
write as many digits as you like. A line for each slip names what it probably
is, and where else it was made; the last line counts.

A SHEET is a CSV file in the form of a trace (`nntui trace SCENARIO --format
csv --blank > sheet.csv` prints one to fill in), as any spreadsheet saves it:
the columns epoch, point, kind, layer, neuron, from and value by name, lines in
any order, a point or a comma before the decimals. Lines may be missing and
values empty. Or a TOML file, its name ending in .toml:

  [[answer]]
  at = "1:1:delta:1:2"          # EPOCH:POINT:KIND[:LAYER[:NEURON]]
  value = "0.0100"              # a number, or a text to keep its zeros

  [[answer]]
  at = "1:1:update:1:2"         # a gradient or an update is a row
  weights = [0.2497, ""]        # "" is not answered
  bias = 0.345

Several sheets, or a folder of them, are marked one by one: a line each, and
what they have in common. With the folder that `nntui sheets` made in place of
SCENARIO, and a folder of what came back, each file is marked by the scenario
of the student whose id its name begins with.

Points: 1 for each number that is right or follows from an earlier slip;
--points delta=2,cost=0.5 weighs kinds.

Exit code 0: no number is wrong; 1: one is; 2: a file cannot be read (the other
sheets are marked).
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="SCENARIO", help="a scenario file, a bundled name, or a folder that `nntui sheets` made")
    parser.add_argument("sheets", metavar="SHEET", nargs="+", help="the student's numbers: CSV or TOML files, or folders of them")
    parser.add_argument("--format", choices=get_args(Form), default="text", help="default: text")
    parser.add_argument("--points", metavar="KIND=POINTS,…", help="points for a number of a kind, such as delta=2,cost=0.5")
    parser.add_argument("--feedback", metavar="DIR", help="a page for each student into a folder: what is right, the first slip")
    parser.add_argument("--feedback-format", choices=get_args(DocumentFormat), default="markdown", help="default: markdown")
    add_set(parser)
    parser.epilog = _HELP


def run(options: argparse.Namespace) -> int:
    """Prints what was found; 1 where a number is wrong, 2 where a sheet cannot be read."""
    form: Form = options.format
    if form == "text":
        need_letters()
    rule = _rule(options.points)
    if _was_handed_out(options.file):
        papers = list(_returned(options))
    elif len(options.sheets) == 1 and not is_folder(options.sheets[0]):
        paper = marked(sheets_of(options.sheets)[0], Timeline(load_scenario(options)))
        _feedback(options, [paper], rule)
        return _told_one(paper, form, rule)
    else:
        sheets = sheets_of(options.sheets)
        papers = list(marked_all(load_scenario(options), sheets))
    if form == "gradescope":
        raise UsageError("--format gradescope with several sheets; expected one, or another format")
    _feedback(options, papers, rule)
    return _told_many(papers, form, rule)


def _feedback(options: argparse.Namespace, papers: Sequence[MarkedPaper], rule: PointsRule) -> None:
    if options.feedback is not None:
        from nntui.files.paper.handout import feedback_files, write_handout  # noqa: PLC0415  few ask for pages

        folder = Path(options.feedback)
        write_handout(folder, feedback_files(folder, papers, rule, options.feedback_format))


def _was_handed_out(path: str) -> bool:
    """Whether a folder is meant; one beside a bundled scenario of that name must be one that `nntui sheets` made."""
    return is_folder(path) and ((Path(path) / "index.csv").exists() or named(path) is None)


def _rule(text: str | None) -> PointsRule:
    try:
        return read_points(text) if text is not None else PointsRule()
    except ValueError as fault:
        raise UsageError(f"--points: {fault}") from None


def _returned(options: argparse.Namespace) -> Iterable[MarkedPaper]:
    if options.changes:
        raise UsageError("--set with a folder of scenarios; expected it with one scenario")
    if len(options.sheets) != 1 or not is_folder(options.sheets[0]):
        raise UsageError(f"{options.file} is a folder; expected one folder of returned sheets after it")
    papers = list(marked_returned(read_index(options.file), options.sheets[0]))
    if not papers:
        raise InputError(options.sheets[0], None, "has no file in it; expected the sheets that came back")
    return papers


def _told_one(paper: MarkedPaper, form: Form, rule: PointsRule) -> int:
    assert paper.work is not None
    match form:
        case "text":
            for text in work_lines(paper.work, paper.course, paper.name):
                put(text)
        case "csv":
            put(csv_text([paper], rule))
        case "json":
            put(json_text([paper], rule))
        case "gradescope":
            put(gradescope_text(paper, rule))
    return int(paper.work.wrong > 0)


def _told_many(papers: Sequence[MarkedPaper], form: Literal["text", "csv", "json"], rule: PointsRule) -> int:
    match form:
        case "text":
            for paper in papers:
                put(line(paper, rule))
            for text in summary(papers, rule):
                put(text)
        case "csv":
            put(csv_text(papers, rule))
        case "json":
            put(json_text(papers, rule))
    for paper in papers:
        if paper.error is not None:
            complain(paper.error)
    if any(paper.error is not None for paper in papers):
        return 2
    return int(any(paper.work is not None and paper.work.wrong for paper in papers))
