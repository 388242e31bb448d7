"""docs/trace-format.md: its lines are what `nntui trace` prints, its sheet of answers is read."""

import json

from nntui.explain.trace import CSV_HEADER, FORMATS, trace
from nntui.files.library import load
from nntui.files.paper.answers import COLUMNS, read_answers
from nntui.training.timeline import Timeline
from tests.docs.pages import DOCS, blocks, complete, section

PAGE = DOCS / "trace-format.md"


def test_every_format_is_named():
    text = PAGE.read_text(encoding="utf-8")
    complete("docs/trace-format.md", [name for name in FORMATS if f"`{name}`" in text], FORMATS)


def test_json_lines_of_the_page_are_those_of_the_program_but_for_digits():
    [block] = [block for block in blocks(PAGE) if block.text.startswith("{")]
    timeline = Timeline(load("two-by-two"))
    for line in block.text.splitlines():
        shown = json.loads(line)
        [printed] = trace(timeline, shown["step"], shown["step"], "jsonl")
        made = json.loads(printed)
        assert list(shown) == list(made)
        for key, value in shown.items():
            assert shortened(made[key]) == shortened(value)


def shortened(value):
    if isinstance(value, list):
        return [shortened(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def test_fields_of_a_json_line_are_all_in_the_table():
    named = section(PAGE, "## `jsonl`")
    for line in trace(Timeline(load("two-by-two")), 0, 21, "jsonl"):
        assert all(f"`{key}`" in named for key in json.loads(line))


def test_csv_header_and_columns_of_answers_are_those_of_the_program():
    assert f"\n{CSV_HEADER}\n" in section(PAGE, "## `csv`")
    assert all(f"`{column}`" in section(PAGE, "## Sheets of answers") for column in COLUMNS)


def test_sheet_of_the_page_is_read(tmp_path):
    [block] = [block for block in blocks(PAGE, "toml") if block.mark == "answers"]
    (tmp_path / "answers.toml").write_text(block.text, encoding="utf-8")
    answers = read_answers(tmp_path / "answers.toml", load("xor"))
    assert [answer.typed is not None for answer in answers] == [True, True, True, False]
