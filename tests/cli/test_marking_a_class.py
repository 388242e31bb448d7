"""`nntui check-work` of many sheets, and of the folder that `nntui sheets` made: what is printed, in every format."""

import csv
import io
import json
from pathlib import Path

import pytest

from nntui.cli import main
from nntui.explain.marking.papers import _done

SHEETS = Path(__file__).parents[1] / "explain" / "sheets"
COLUMNS = ["sheet", "answers", "right", "follows", "wrong", "missing", "points", "first_wrong", "slip"]


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def class_folder(tmp_path):
    """Five sheets of one scenario, in a folder with what is none."""
    folder = tmp_path / "class"
    (folder / "b").mkdir(parents=True)
    for name in ("09-no-eta", "10-plus", "13-tanh-slope-1-minus-a", "honest-S2-3dec"):
        (folder / f"{name}.csv").write_bytes((SHEETS / f"{name}.csv").read_bytes())
    (folder / "b" / "honest-S2-cut3.csv").write_bytes((SHEETS / "honest-S2-cut3.csv").read_bytes())
    (folder / "scenario.toml").write_bytes((SHEETS / "S2.toml").read_bytes())
    (folder / "notes.txt").write_text("no sheet")
    (folder / ".hidden.csv").write_text("no sheet")
    (folder / "t.toml").write_text('[[answer]]\nat = "1:1:z:1:1"\nvalue = 0.1\n')
    return folder


def test_a_line_for_each_sheet_and_what_they_have_in_common(run, class_folder):
    code, out, err = run("check-work", SHEETS / "S2.toml", class_folder)
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert [line.split(":")[0] for line in lines[:6]] == [
        "09-no-eta.csv",
        "10-plus.csv",
        "13-tanh-slope-1-minus-a.csv",
        "b/honest-S2-cut3.csv",
        "honest-S2-3dec.csv",
        "t.toml",
    ]
    assert "1 of 6 left out η (the new weights)" in lines
    assert "1 of 6 worked with 1 − a in place of 1 − a² (δ)" in lines
    assert lines[-2:] == [
        "6 sheets marked, 3 without a wrong number, 0 could not be read",
        "points: 1 for each number that is right or follows from an earlier slip",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("without σ′", "left out σ′"),
        ("with the wrong sign", "worked with the wrong sign"),
        ("when nothing is changed", "have what comes out when nothing is changed"),
    ],
)
def test_a_slip_goes_into_a_sentence(words, told):
    assert _done(words) == told


def test_csv(run, class_folder):
    code, out, err = run("check-work", SHEETS / "S2.toml", class_folder, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert (code, err) == (1, "")
    assert rows[0] == COLUMNS
    assert rows[1] == ["09-no-eta.csv", "92", "38", "29", "25", "0", "67", "1:1:update:3:1", "no η"]
    assert rows[4][1:] == ["92", "92", "0", "0", "0", "92", "", ""]


def test_json_tells_equal_slips_once(run, class_folder):
    code, out, _ = run("check-work", SHEETS / "S2.toml", class_folder, "--format", "json")
    sheets = json.loads(out)
    assert code == 1
    assert list(sheets[0]) == ["sheet", "answers", "right", "follows", "wrong", "missing", "points", "findings", "error"]
    [finding] = sheets[0]["findings"]
    assert list(finding) == ["address", "symbol", "found", "expected", "slip", "count"]
    assert finding["count"] == sheets[0]["wrong"] == 25
    assert (finding["address"], finding["symbol"], finding["slip"]) == ("1:1:update:3:1", "new w²₁₀", "no η")
    assert finding["found"] == -0.0762
    assert sheets[3]["findings"] == []
    assert sheets[3]["error"] is None


def test_one_sheet_in_every_format(run):
    sheet = SHEETS / "13-tanh-slope-1-minus-a.csv"
    assert run("check-work", SHEETS / "S2.toml", sheet)[1].splitlines()[-1].endswith("2 wrong, 0 not answered")
    rows = list(csv.reader(io.StringIO(run("check-work", SHEETS / "S2.toml", sheet, "--format", "csv")[1])))
    assert rows[1][0] == str(sheet)
    assert len(json.loads(run("check-work", SHEETS / "S2.toml", sheet, "--format", "json")[1])) == 1
    code, out, _ = run("check-work", SHEETS / "S2.toml", sheet, "--format", "gradescope")
    results = json.loads(out)
    assert code == 1
    assert (results["score"], results["max_score"]) == (44, 46)
    assert sum(test["score"] for test in results["tests"]) == 44
    [lost] = [test for test in results["tests"] if test["score"] < test["max_score"]]
    assert lost["name"] == "delta of layer 1"
    assert "with 1 − a in place of 1 − a²" in lost["output"]


def test_gradescope_is_for_one_sheet(run, class_folder):
    code, out, err = run("check-work", SHEETS / "S2.toml", class_folder, "--format", "gradescope")
    assert (code, out) == (2, "")
    assert err == "nntui: --format gradescope with several sheets; expected one, or another format\n"


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_what_cannot_be_read_is_named_and_the_rest_is_marked(run, class_folder, form):
    (class_folder / "bad.csv").write_text("a,b\n1,2\n")
    (class_folder / "late.xlsx").write_text("x")
    code, out, err = run("check-work", SHEETS / "S2.toml", class_folder, "--format", form)
    assert code == 2
    assert [line.split(":")[1].strip() for line in err.splitlines()] == ["bad.csv", "late.xlsx"]
    if form == "csv":
        rows = {row[0]: row for row in csv.reader(io.StringIO(out))}
        assert len(rows) == 9
        assert rows["bad.csv"][1:8] == [""] * 7
        assert "there is no column 'epoch'" in rows["bad.csv"][8]
    elif form == "json":
        sheets = {sheet["sheet"]: sheet for sheet in json.loads(out)}
        assert sheets["late.xlsx"]["wrong"] is None
        assert "expected a sheet saved as CSV" in sheets["late.xlsx"]["error"]
        assert sheets["09-no-eta.csv"]["wrong"] == 25
    else:
        assert "bad.csv: cannot be read" in out
        assert "2 could not be read" in out


def test_points_are_weighted_by_kind(run):
    sheet = SHEETS / "13-tanh-slope-1-minus-a.csv"
    out = run("check-work", SHEETS / "S2.toml", sheet, sheet, "--points", "delta=2,cost=0,5", "--format", "csv")[2]
    assert "'5' is no kind with its points; expected such as delta=2,cost=0.5" in out
    code, out, _ = run("check-work", SHEETS / "S2.toml", sheet, sheet, "--points", "delta=2,cost=0.5", "--format", "csv")
    assert code == 1
    assert list(csv.reader(io.StringIO(out)))[1][6] == "46.5"  # 44, 3 more for δ that are right, and half of C less
    text = run("check-work", SHEETS / "S2.toml", sheet, sheet, "--points", "delta=2")[1]
    assert text.rstrip().endswith("follows from an earlier slip; 2 for delta")


@pytest.mark.parametrize(("form", "ending"), [("markdown", ".md"), ("html", ".html")])
def test_a_feedback_page_for_each_sheet(run, class_folder, tmp_path, form, ending):
    folder = tmp_path / "back" / "pages"
    code, _, _ = run("check-work", SHEETS / "S2.toml", class_folder, "--feedback", folder, "--feedback-format", form)
    assert code == 1
    assert len(list(folder.iterdir())) == 6
    page = (folder / f"13-tanh-slope-1-minus-a{ending}").read_text()
    for words in (
        "44 of 46 points",
        "Of your 46 numbers 32 are right, 12 follow from an earlier slip, 2 are wrong; 0 are not answered",
        "What is right",
        "The first slip",
        "with 1 − a in place of 1 − a²",
        "How to go on",
        "0.9901",
    ):
        assert words in page
    alone = "Of your 1 number 1 is right, 0 follow from an earlier slip, 0 are wrong; 45 are not answered"
    assert alone in (folder / f"t{ending}").read_text()
    assert (folder / f"b-honest-S2-cut3{ending}").exists()
    code, out, err = run("check-work", SHEETS / "S2.toml", class_folder, "--feedback", folder, "--feedback-format", form)
    assert (code, out) == (2, "")
    assert "is there already and stays as it is" in err


def test_an_empty_folder(run, tmp_path):
    code, out, err = run("check-work", "xor", tmp_path)
    assert (code, out) == (2, "")
    assert "has no sheet in it; expected .csv files, or .toml files with [[answer]]" in err


# --- what `nntui sheets` made, and what came back


@pytest.fixture
def made(run, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("id;name\nanna;A\nanna-b;B\nben.2;C\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run("sheets", "two-by-two", "--students", listed, "--key", "secret", "--out", out)[0] == 0
    return out


def worked(run, made, student, mark=","):
    scenario = made / "solutions" / f"{student}.toml"
    return run("trace", scenario, "--format", "csv", *(["--locale", "de"] if mark == ";" else []))[1]


def test_each_file_is_marked_by_its_students_scenario(run, made, tmp_path):
    back = tmp_path / "back"
    (back / "late").mkdir(parents=True)
    (back / "anna.csv").write_text(worked(run, made, "anna"))
    (back / "anna-b (2).csv").write_text(worked(run, made, "anna-b", ";"))
    (back / "late" / "BEN.2_final.csv").write_text(worked(run, made, "ben.2"))
    (back / "annabel.csv").write_text(worked(run, made, "anna"))
    (back / "anna.xlsx").write_text("x")
    code, out, err = run("check-work", made, back, "--format", "json")
    sheets = {sheet["sheet"]: sheet for sheet in json.loads(out)}
    assert code == 2
    assert len(sheets) == 5
    for name in ("anna.csv", "anna-b (2).csv", "late/BEN.2_final.csv"):
        assert (sheets[name]["right"], sheets[name]["wrong"], sheets[name]["error"]) == (37, 0, None)
    assert "belongs to no student" in sheets["annabel.csv"]["error"]
    assert "expected a sheet saved as CSV" in sheets["anna.xlsx"]["error"]
    assert err.count("\n") == 2


def test_the_sheet_of_another_student_is_told(run, made, tmp_path):
    back = tmp_path / "back"
    back.mkdir()
    (back / "anna.csv").write_text(worked(run, made, "ben.2"))
    code, out, _ = run("check-work", made, back, "--format", "csv")
    assert code in (1, 2)
    assert "37,37" not in out


def test_a_blank_sheet_of_a_class_comes_back_with_nothing_answered(run, made, tmp_path):
    code, out, _ = run("check-work", made, made / "sheets", "--format", "csv")
    assert code == 2  # the .tex files are no sheets
    rows = {row[0]: row for row in csv.reader(io.StringIO(out))}
    assert rows["anna.csv"][1:7] == ["0", "0", "0", "0", "37", "0"]


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ('id,sheet,scenario,seed\n"' + "a" * 200_000 + '",b,c,d\n', "index.csv:2: a quote goes wrong, or a cell"),
        ('id,sheet,scenario,seed\n"anna', "index.csv:2: a quote goes wrong"),
        ("id,sheet,scenario,seed\nanna,,,\n", "index.csv:2: has no id or no scenario"),
        ("id,sheet,scenario,seed\n", "names no student"),
        ("", "is empty"),
    ],
)
def test_a_damaged_index_is_told(run, made, index, words):
    (made / "index.csv").write_text(index)
    code, out, err = run("check-work", made, made / "sheets")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert len(err) <= 301


def test_an_index_that_a_spreadsheet_saved_is_read(run, made):
    saved = (made / "index.csv").read_text().replace(",", ";").replace("\n", "\r\n")
    (made / "index.csv").write_bytes(saved.encode("utf-16"))
    code, out, _ = run("check-work", made, made / "sheets", "--format", "csv")
    assert code == 2  # the .tex files are no sheets
    assert "anna.csv,0,0,0,0,37,0,," in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.csv"], "is a folder; expected one folder of returned sheets after it"),
        (["back", "--set", "training.eta=1"], "--set with a folder of scenarios"),
    ],
)
def test_a_folder_wants_a_folder(run, made, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "back").mkdir()
    code, out, err = run("check-work", made, *arguments)
    assert (code, out) == (2, "")
    assert words in err
