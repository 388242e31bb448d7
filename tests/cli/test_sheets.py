"""`nntui sheets`: what is handed out, what is kept, and that both come from the key alone."""

import csv
import io
from decimal import Decimal

import numpy as np
import pytest

from nntui.cli import main
from nntui.commands import sheets
from nntui.commands.working import Working
from nntui.explain.exercises.drawing import SATURATED
from nntui.files.library import load
from nntui.training.draws.grid_draws import GridDraws, seed_of
from nntui.training.timeline import Timeline


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Told(Working):
    """Keeps what it is told."""

    def __init__(self, what, kept):
        super().__init__(what)
        self.shares = []
        kept.append((what, self.shares))

    def made(self, share):
        super().made(share)
        self.shares.append(share)


def test_what_takes_long_is_said_with_the_share_that_is_done(run, monkeypatch):
    kept = []
    monkeypatch.setattr(sheets, "Working", lambda what: Told(what, kept))
    assert run("sheets", "two-by-two", "--students", "3", "--points", "2", "--key", "k", "--out", "d")[0] == 0
    ((what, shares),) = kept
    assert what == "making 3 sheets of 2 data points"
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])


def test_the_files_of_a_class(run, tmp_path):
    assert run("sheets", "two-by-two", "--students", "12", "--key", "k", "--out", "d")[0] == 0
    names = set(contents(tmp_path / "d"))
    ids = [f"{number:02}" for number in range(1, 13)]
    handed = {f"sheets/{student}.{kind}" for student in ids for kind in ("tex", "csv")}
    kept = {f"solutions/{student}.{kind}" for student in ids for kind in ("tex", "toml")}
    assert names == handed | kept | {"index.csv", "teacher.tex"}
    index = list(csv.DictReader(io.StringIO((tmp_path / "d" / "index.csv").read_text())))
    assert [row["id"] for row in index] == ids
    assert list(index[0]) == ["id", "sheet", "scenario", "seed"]
    for row in index:
        assert (tmp_path / "d" / row["sheet"]).is_file()
        assert (tmp_path / "d" / row["scenario"]).is_file()
        assert int(row["seed"]) == seed_of("k", row["id"])


def test_everything_comes_from_the_key_and_the_id_alone(run, tmp_path):
    (tmp_path / "list.csv").write_text("id,name\n07,x\nzoe,y\n")
    run("sheets", "two-by-two", "--students", "12", "--key", "k", "--out", "a")
    run("sheets", "two-by-two", "--students", "list.csv", "--key", "k", "--out", "b")
    run("sheets", "two-by-two", "--students", "12", "--key", "other", "--out", "c")
    a, b, c = (contents(tmp_path / name) for name in "abc")
    for name in ("sheets/07.tex", "sheets/07.csv", "solutions/07.toml", "solutions/07.tex"):
        assert a[name] == b[name] != c[name]
    assert len({a[f"solutions/{number:02}.toml"] for number in range(1, 13)}) == 12


def test_the_draws_are_the_same_in_every_year():
    assert seed_of("k", "07") == 6230361369284827
    assert GridDraws(1, 0, 0.05, 1.0).numbers(6, zero=True).tolist() == [0.0, 0.9, -0.75, 0.9, -0.4, -0.15]
    assert GridDraws(1, 0, 0.05, 1.0).numbers(6, zero=False).tolist() == [0.05, 0.95, -0.75, 0.9, -0.4, -0.2]


def test_numbers_are_multiples_of_the_grid_written_as_decimals(run, tmp_path):
    options = ["--grid", "0.1", "--range", "0,7"]
    assert run("sheets", "xor", "--students", "5", "--key", "k", "--out", "x", *options)[0] == 2  # 0,7 is no TOML
    options = ["--grid", "0.1", "--range", "0.7", "--draw", "weights,biases,inputs", "--points", "2"]
    assert run("sheets", "xor", "--students", "5", "--key", "k", "--out", "d", *options)[0] == 0
    for number in range(1, 6):
        scenario = load(tmp_path / "d" / "solutions" / f"{number}.toml")
        assert scenario.points == 2
        for values in (scenario.theta, scenario.x):
            for value in np.asarray(values).ravel().tolist():
                assert Decimal(repr(value)) % Decimal("0.1") == 0
                assert abs(value) <= 0.7
                assert len(repr(value)) <= 4


def test_no_neuron_is_dead_saturated_or_a_duplicate(run, tmp_path):
    options = ["--range", "2", "--grid", "0.5"]
    assert run("sheets", "two-by-two", "--students", "40", "--key", "k", "--out", "d", *options)[0] == 0
    for number in range(1, 41):
        scenario = load(tmp_path / "d" / "solutions" / f"{number:02}.toml")
        frame = Timeline(scenario).frame(0)
        for layer in (1, 2):
            assert (np.abs(frame.layer_z(layer)) <= SATURATED).all()
            assert len({row.tobytes() for row in frame.weights_before(layer)}) == 2


def test_what_is_not_drawn_stays(run, tmp_path):
    assert run("sheets", "two-by-two", "--students", "3", "--key", "k", "--out", "d", "--draw", "inputs")[0] == 0
    original, drawn = load("two-by-two"), load(tmp_path / "d" / "solutions" / "2.toml")
    assert drawn.theta.tobytes() == original.theta.tobytes()
    assert drawn.x.tobytes() != original.x.tobytes()
    assert drawn.y.tobytes() == original.y.tobytes()


def test_the_rules_of_the_scenario_hold_where_no_option_says_otherwise(run, tmp_path):
    run("new", "s.toml")
    text = (tmp_path / "s.toml").read_text()
    (tmp_path / "s.toml").write_text(text.replace("grid = 0.05", 'grid = 0.25\ndraw = ["weights"]\npoints = 3'))
    assert run("sheets", "s.toml", "--students", "2", "--key", "k", "--out", "d")[0] == 0
    drawn = load(tmp_path / "d" / "solutions" / "1.toml")
    assert drawn.points == 3
    assert all(value % 0.25 == 0 for value in drawn.theta.tolist())


def test_what_is_handed_out_holds_no_answer(run, tmp_path):
    run("sheets", "two-by-two", "--students", "2", "--key", "k", "--out", "d")
    scenario = load(tmp_path / "d" / "solutions" / "1.toml")
    frame = Timeline(scenario).frame(0)
    for name in ("1.tex", "1.csv"):
        text = (tmp_path / "d" / "sheets" / name).read_text()
        for value in (frame.z(1, 1), frame.a(2, 1), frame.iteration.cost, frame.delta(1, 2)):
            assert f"{abs(value):.4f}" not in text
    assert "0.298371109" not in (tmp_path / "d" / "sheets" / "1.tex").read_text(), "the author's numbers are not these"


def test_nothing_that_is_there_is_overwritten(run, tmp_path):
    (tmp_path / "d" / "solutions").mkdir(parents=True)
    (tmp_path / "d" / "solutions" / "2.tex").write_text("mine")
    code, out, err = run("sheets", "two-by-two", "--students", "3", "--key", "k", "--out", "d")
    assert (code, out) == (2, "")
    assert "2.tex: is there already and stays as it is" in err
    assert contents(tmp_path / "d") == {"solutions/2.tex": b"mine"}


@pytest.mark.parametrize(("form", "ending", "sheets"), [("html", ".html", "2 sheets"), ("markdown", ".md", "1 sheet")])
def test_other_formats(run, tmp_path, form, ending, sheets):
    assert run("sheets", "softmax", "--students", sheets[0], "--key", "k", "--out", "d", "--format", form)[0] == 0
    assert (tmp_path / "d" / "sheets" / f"1{ending}").is_file()
    page = (tmp_path / "d" / f"teacher{ending}").read_text()
    assert f"{sheets}. Drawn for each" in page
    assert " numbers at 1 data point; " in page


LISTS = [
    ("id\n.a\n", "list.csv:2: '.a' is no id; expected letters a to z, digits"),
    ("id\na/b\n", "list.csv:2: 'a/b' is no id"),
    ("id\nä\n", "list.csv:2: 'ä' is no id"),
    ("id\nAnna\nben\nanna\n", "list.csv:4: 'anna' is like 'Anna' on line 2; expected ids that differ"),
    ("id\n", "list.csv: names no student; expected a header line and an id in the first column"),
    ("", "list.csv: names no student"),
    ("id,name\n,x\n", "list.csv:2: an empty cell is no id"),
]


@pytest.mark.parametrize(("content", "words"), LISTS)
def test_a_list_that_is_refused(run, tmp_path, content, words):
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    code, out, err = run("sheets", "xor", "--students", "list.csv", "--key", "k", "--out", "d")
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: {words}")
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--students", "0"], "--students: 0 students; expected 1 to 10000"),
        (["--students=-3"], "--students: -3 students; expected 1 to 10000"),
        (["--students", "no.csv"], "no.csv: there is no such file"),
        (["--students", "2", "--grid", "2"], "nntui: --grid 2: `grid` in [sheet] is 2; expected"),
        (["--students", "2", "--points", "99999"], "`points` in [sheet] is 99999; expected"),
        (["--students", "2", "--draw", "targets"], "expected 'weights', 'biases' or 'inputs'"),
        (["--students", "2", "--key", ""], "--key is empty; expected a text that only you know"),
    ],
)
def test_options_that_are_refused(run, tmp_path, options, words):
    code, out, err = run("sheets", "xor", "--key", "k", "--out", "d", *options)
    assert (code, out) == (2, "")
    assert words in err
    assert not (tmp_path / "d").exists()


def test_a_draw_that_is_never_good_names_the_neuron(run, tmp_path):
    code, out, err = run("sheets", "zero-start", "--students", "2", "--key", "k", "--out", "d", "--draw", "inputs")
    assert (code, out) == (2, "")
    assert "none of 1000 draws for 1 is good: " in err
    assert "does the same as" in err
    assert not (tmp_path / "d").exists()


def test_there_is_no_sheet_without_a_key(run):
    code, out, err = run("sheets", "xor", "--students", "2", "--out", "d")
    assert (code, out) == (2, "")
    assert "--key" in err
