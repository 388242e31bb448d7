"""`nntui trace`: the numbers of a stretch of the run, as lines or as a document."""

import argparse
from collections.abc import Iterator
from typing import get_args

from nntui.commands.common import add_file, load_scenario, span
from nntui.commands.output import need_letters, put
from nntui.explain.documents.blanks import Blanks, read_blanks
from nntui.explain.documents.document import DocumentOptions, document
from nntui.explain.documents.formats import WRITERS, DocumentFormat
from nntui.explain.notation.numerals import ALL_DIGITS, FEWEST, FOUR, MOST, Numerals
from nntui.explain.notation.symbols import NOTATIONS
from nntui.explain.trace import CsvStyle, Format, blank_lines, csv_lines, trace
from nntui.text.usage_error import UsageError
from nntui.training.timeline import Timeline

AnyFormat = Format | DocumentFormat
_FORMATS: tuple[AnyFormat, ...] = (*get_args(Format), *get_args(DocumentFormat))
# countries whose spreadsheets write 0,5 and put semicolons between cells
COMMA_LOCALES = (
    *("at", "be", "bg", "br", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id"),
    *("it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk"),
)
POINT_LOCALES = ("en",)
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def prepared(arguments: list[str]) -> list[str]:
    """`--blank` alone means all values: what follows it is the file, not a kind."""
    return ["--blank=all" if argument == "--blank" else argument for argument in arguments]


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument("--from", dest="first", metavar="ADDRESS", help="first step (default: start)")
    parser.add_argument("--to", dest="last", metavar="ADDRESS", help="last step, included (default: the end of that data point)")
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="default: text; latex, html, markdown: a whole document"
    )
    parser.add_argument("--digits", metavar="N", help=f"decimals, {FEWEST} to {MOST} (all); a document has 4, text all")
    parser.add_argument("--notation", choices=tuple(NOTATIONS), help="(documents) how weights are written: w or W and b")
    parser.add_argument(
        "--blank",
        metavar="KINDS|N",
        help="(csv, documents) leave values out, a sheet for `nntui check-work`: --blank all, --blank=z,delta some kinds, "
        "--blank=2 every second",
    )
    parser.add_argument("--picture", action="store_true", help="(latex, html) draw the network")
    parser.add_argument("--locale", metavar="LL", help="(csv) for spreadsheets of a country: de gives ; and decimal commas")


def run(options: argparse.Namespace) -> int:
    """Prints a line, or a few, for each step."""
    form: AnyFormat = options.format
    _check(options, form)
    written = _document_options(options, form)
    style = csv_style(options.locale)
    if form not in ("jsonl", "latex") and (form != "csv" or written.blanks):
        need_letters()
    timeline = Timeline(load_scenario(options))
    first, last = _stretch(timeline, options)
    for line in _lines(timeline, first, last, form, written, style):
        put(line)
    return 0


def _lines(
    timeline: Timeline,
    first: int,
    last: int,
    form: AnyFormat,
    written: DocumentOptions,
    style: CsvStyle,
) -> Iterator[str]:
    """The lines of the trace; those of a document may each hold several."""
    match form:
        case "csv":
            frames = (timeline.frame(step) for step in range(first, last + 1))
            lines = blank_lines(frames, written.blanks, style) if written.blanks else csv_lines(frames, style)
            # a spreadsheet knows by the mark at the beginning that the letters are UTF-8
            yield (_BOM if style.comma else "") + next(lines)
            yield from lines
        case "text" | "jsonl":
            yield from trace(timeline, first, last, form, written.numerals)
        case "latex" | "html" | "markdown":
            yield from WRITERS[form].write(timeline.scenario.title, list(document(timeline, first, last, written)))


def _check(options: argparse.Namespace, form: AnyFormat) -> None:
    """UsageError for an option that its format has no use for."""
    documents = get_args(DocumentFormat)
    belongs: tuple[tuple[str, bool, tuple[AnyFormat, ...]], ...] = (
        ("--blank", options.blank is not None, ("csv", *documents)),
        ("--digits", options.digits is not None, ("text", *documents)),
        ("--notation", options.notation is not None, documents),
        ("--picture", options.picture, tuple(name for name in documents if WRITERS[name].pictures)),
        ("--locale", options.locale is not None, ("csv",)),
    )
    for name, given, forms in belongs:
        if given and form not in forms:
            raise UsageError(f"{name} with --format {form}; expected --format {' or '.join(forms)}")


def _document_options(options: argparse.Namespace, form: AnyFormat) -> DocumentOptions:
    """How the numbers are written, and which are left out; notation and picture are used in documents only."""
    blanks, numerals = _blanks(options.blank), _numerals(options.digits, form)
    return DocumentOptions(numerals, NOTATIONS[options.notation or "lecture"], blanks, options.picture)


def _blanks(text: str | None) -> Blanks | None:
    try:
        return read_blanks(text) if text is not None else None
    except ValueError as fault:
        raise UsageError(f"--blank: {fault}") from None


def _numerals(text: str | None, form: AnyFormat) -> Numerals:
    if text is None:
        return FOUR if form in get_args(DocumentFormat) else ALL_DIGITS
    if not (text.isascii() and text.isdigit() and len(text) < 3 and FEWEST <= int(text) <= MOST):
        raise UsageError(f"--digits {text}; expected {FEWEST} to {MOST}")
    return Numerals(int(text))


def csv_style(text: str | None) -> CsvStyle:
    """The CSV of a country, such as de or de_DE; UsageError where it is none that is known."""
    language = (text or "en").replace("-", "_").split("_")[0].split(".")[0].lower()
    if language not in COMMA_LOCALES + POINT_LOCALES:
        raise UsageError(f"--locale {text}; expected en or one of {', '.join(COMMA_LOCALES)}")
    return CsvStyle(comma=language in COMMA_LOCALES)


def _stretch(timeline: Timeline, options: argparse.Namespace) -> tuple[int, int]:
    """First and last step."""
    course = timeline.course
    first = span(course, options.first, "--from")[0] if options.first is not None else 0
    if options.last is not None:
        last = span(course, options.last, "--to")[1]
    else:
        last = (course.iteration(first) + 1) * course.length - 1
    if first > last:
        raise UsageError(f"--from {course.address(first)} comes after --to {course.address(last)}; expected it before")
    return first, last
