"""`nntui check-work` and the sheets of `nntui trace --blank`: what is said, and with which exit code."""

import csv
import io
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.cli import main
from nntui.explain.trace import CSV_HEADER
from nntui.files.paper import answers
from nntui.files.paper.answers import MOST_ANSWERS
from tests.strategies import examples


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def sheet(run):
    """The lines of a trace as lists of cells, header first."""

    def sheet(name="two-by-two", *options):
        code, out, _ = run("trace", name, "--format", "csv", *options)
        assert code == 0
        return list(csv.reader(io.StringIO(out)))

    return sheet


@pytest.fixture
def check(run, tmp_path, monkeypatch):
    """Writes a sheet (rows, text or bytes) and checks it."""
    monkeypatch.chdir(tmp_path)

    def check(content, scenario="two-by-two", name="a.csv", options=()):
        if isinstance(content, list):
            content = "".join(",".join(row) + "\n" for row in content)
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return run("check-work", scenario, name, *options)

    return check


def at(rows, kind, layer, neuron, sender=""):
    """The row of a number."""
    neuron = str(neuron) if neuron else ""
    return next(row for row in rows[1:] if row[4:8] == [kind, str(layer), neuron, str(sender)])


# --- blank sheets


def test_a_blank_sheet_has_the_inputs_and_no_other_value(run, sheet):
    code, out, err = run("trace", "two-by-two", "--format", "csv", "--blank")
    blank = list(csv.reader(io.StringIO(out)))
    full = sheet()
    assert (code, err) == (0, "")
    assert ",".join(blank[0]) == f"{CSV_HEADER},symbol"
    assert [row[:-2] for row in blank] == [row[:-1] for row in full]
    assert [row[-2] for row in blank[1:]] == [row[-1] if row[4] == "input" else "" for row in full[1:]]
    symbols = [row[-1] for row in blank]
    assert symbols[1:5] == ["x₁", "x₂", "z₁¹", "z₂¹"]
    assert {"C", "δ₂¹", "∂C/∂w⁰₁₀", "new w¹₂₁"} <= set(symbols)


def test_a_blank_sheet_of_some_kinds_and_of_another_country(run):
    out = run("trace", "two-by-two", "--format", "csv", "--blank=delta", "--locale", "de_DE.UTF-8")[1]
    rows = [line.split(";") for line in out.removeprefix("\ufeff").splitlines()]
    assert {row[4] for row in rows[1:] if not row[8]} == {"delta"}
    assert rows[1][8] == "0,05"
    assert out.startswith("\ufeffstep;epoch;point;")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--blank"], "--blank with --format text; expected --format csv or latex or html or markdown"),
        (["--blank", "--format", "jsonl"], "--blank with --format jsonl; expected --format csv or"),
        (["--digits", "3", "--format", "csv"], "--digits with --format csv; expected --format text or latex"),
        (["--digits", "1", "--format", "html"], "--digits 1; expected 2 to 17"),
        (["--picture", "--format", "markdown"], "--picture with --format markdown; expected --format latex or html"),
        (["--notation", "common"], "--notation with --format text; expected --format latex or html or markdown"),
        (["--locale", "de"], "--locale with --format text; expected --format csv"),
        (["--locale", "xx", "--format", "csv"], "--locale xx; expected en or one of at, be, bg"),
        (["--blank=q", "--format", "csv"], "--blank: 'q' is no kind to be left out; expected some of z, a, cost"),
    ],
)
def test_options_that_a_format_has_no_use_for(run, options, words):
    code, out, err = run("trace", "two-by-two", *options)
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: {words}")


def test_a_blank_sheet_has_no_answers(check, sheet):
    rows = sheet("two-by-two", "--blank")
    assert check(rows) == (0, "a.csv: 0 answers, 0 right, 0 follow from an earlier slip, 0 wrong, 37 not answered\n", "")


# --- what is said


def test_all_right(check, sheet):
    summary = "a.csv: 37 answers, 37 right, 0 follow from an earlier slip, 0 wrong, 0 not answered\n"
    assert check(sheet()) == (0, summary, "")


def test_the_first_wrong_number_is_told_with_its_slip(check, sheet):
    rows = sheet()
    at(rows, "z", 1, 1)[-1] = "0.0275"
    code, out, err = check(rows)
    assert (code, err) == (1, "")
    first = "a.csv:4: the first wrong number, 1:1:z:1:1, z₁¹: found 0.0275; 0.3775 follows from the numbers before it."
    assert out.splitlines() == [
        f"{first} This is what comes out without the bias.",
        "a.csv: 37 answers, 36 right, 0 follow from an earlier slip, 1 wrong, 0 not answered",
    ]


def test_each_wrong_number_has_its_line_and_the_order_of_the_lines_is_free(check, sheet):
    rows = sheet()
    at(rows, "delta", 1, 2)[-1] = "0.5"
    at(rows, "cost", 2, 0)[-1] = "0.5967"
    rows[1:] = rows[:0:-1]
    lines = check(rows)[1].splitlines()
    assert len(lines) == 3
    assert ": the first wrong number, 1:1:cost, C: found 0.5967; 0.2984 follows" in lines[0]
    assert lines[0].endswith("This is what comes out without the ½ of the cost.")
    assert ": 1:1:delta:1:2, δ₂¹: found 0.5; " in lines[1]
    assert lines[1].endswith("This is wrong, and by no slip that is known here.")
    for line in lines[:2]:
        number = int(line.split(":")[1])
        assert rows[number - 1][-1] in line


@pytest.mark.parametrize(
    ("place", "symbol"),
    [
        (("gradient", 2, 1, 0), "∂C/∂w¹₁₀"),
        (("update", 1, 2, 1), "new w⁰₂₁"),
        (("a", 2, 2), "a₂²"),
        (("delta", 2, 1), "δ₁²"),
    ],
)
def test_symbols(check, sheet, place, symbol):
    rows = sheet()
    at(rows, *place)[-1] = "7.25"
    assert f", {symbol}: found 7.25; " in check(rows)[1]


def test_what_follows_from_a_slip_is_not_wrong(check, sheet):
    rows = sheet()
    at(rows, "delta", 2, 1)[-1] = "0.741365"  # without σ′
    a = [float(at(rows, "a", 1, k)[-1]) for k in (1, 2)]
    for j, sent in enumerate([1.0, *a]):
        at(rows, "gradient", 2, 1, j)[-1] = f"{0.741365 * sent:.6f}"
        step = 0.5 * 0.741365 * sent if j else 0.0  # this scenario keeps its biases fixed
        at(rows, "update", 2, 1, j)[-1] = f"{[0.6, 0.4, 0.45][j] - step:.6f}"
    code, out, _ = check(rows)
    assert code == 1
    assert out.splitlines()[-1] == "a.csv: 37 answers, 31 right, 5 follow from an earlier slip, 1 wrong, 0 not answered"
    assert "without σ′" in out.splitlines()[0]


def test_columns_by_name_missing_lines_and_empty_values(check):
    text = "value,from,neuron,note,layer,kind,point,epoch\n 0.38 ,,1,hm,1,z,1,1\n,,2,,1,z,1,1\n0.2984,,,,,cost,1,1\n"
    summary = "a.csv: 2 answers, 2 right, 0 follow from an earlier slip, 0 wrong, 35 not answered\n"
    assert check(text) == (0, summary, "")


def test_set_changes_the_scenario(check, sheet):
    rows = sheet("two-by-two", "--set", "training.eta=0.25")
    assert check(rows)[0] == 1
    assert check(rows, options=["--set", "training.eta=0.25"])[0] == 0


def test_several_data_points(check, sheet):
    rows = sheet("xor", "--to", "2:2")
    code, out, _ = check(rows, "xor")
    assert code == 0
    assert out.startswith(f"a.csv: {len(rows) - 1 - 6 * 2} answers, ")


def test_toml(check):
    text = """
[[answer]]
at = "1:1:z:1:1"
value = 0.3775

[[answer]]
at = "1:1:cost"
value = "0.298"

[[answer]]
at = "1:1:update:2:1"
weights = ["0.3589", ""]
bias = 0.5308
"""
    code, out, err = check(text, name="a.TOML")
    assert (code, err) == (1, "")
    first, last = out.splitlines()
    assert first.startswith("a.TOML:13: the first wrong number, 1:1:update:2:1, new w¹₁₀: found 0.5308; 0.6000 follows")
    assert first.endswith("This is what comes out when (11) changes it; this scenario keeps it fixed.")
    assert last == "a.TOML: 4 answers, 3 right, 0 follow from an earlier slip, 1 wrong, 33 not answered"


def test_help_tells_the_form(run, capsys):
    with pytest.raises(SystemExit):
        main(["check-work", "--help"])
    told = capsys.readouterr().out
    for words in ("epoch, point, kind, layer, neuron, from and value", "[[answer]]", "--blank", "Exit code 0"):
        assert words in told


# --- what is refused

HEAD = "epoch,point,kind,layer,neuron,from,value\n"
REFUSED = [
    ("nothing", "", "a.csv: is empty; expected a header line and answers"),
    ("a header only", HEAD, "a.csv: has no answers; expected one number a line"),
    ("no column", "epoch,point,kind,layer,neuron,from\n", "a.csv:1: there is no column 'value'; expected the columns epoch, "),
    ("a mistyped column", HEAD.replace("epoch", "epocj"), "a.csv:1: there is no column 'epoch'; did you mean 'epocj'?"),
    ("a column twice", "value," + HEAD, "a.csv:1: two columns are named 'value'; expected distinct names"),
    ("spaces for commas", HEAD.replace(",", " "), "a.csv:1: there is no column 'epoch'; expected the columns epoch, point"),
    ("a decimal comma", HEAD + "1,1,z,1,1,,0,5\n", "a.csv:2: 8 cells, but the header has 7; expected one cell for each column"),
    ("a word", HEAD + "1,1,z,1,1,,abc\n", "a.csv:2: 'abc' is no number; expected one such as 0.37 or -2.5e-3"),
    ("an underscore", HEAD + "1,1,z,1,1,,1_0\n", "a.csv:2: '1_0' is no number"),
    ("full-width digits", HEAD + "1,1,z,1,1,,０.5\n", "a.csv:2: '０.5' is no number"),
    ("thousands", HEAD + '1,1,z,1,1,,"1.234,5"\n', "a.csv:2: '1.234,5' is no number; expected no mark between thousands"),
    ("a quotient", HEAD + "1,1,z,1,1,,1/2\n", "a.csv:2: '1/2' is no number; expected the quotient as a decimal, such as 0.75"),
    ("infinity", HEAD + "1,1,z,1,1,,infinity\n", "a.csv:2: 'infinity' is no number"),
    ("beyond float64", HEAD + "1,1,z,1,1,,1e999\n", "a.csv:2: '1e999' is beyond what float64 can hold; expected a finite number"),
    ("a long exponent", HEAD + "1,1,z,1,1,,1e-99999999\n", "a.csv:2: '1e-99999999' is no number"),
    ("a long number", HEAD + "1,1,z,1,1,," + "1" * 100_000 + "\n", "a.csv:2: '111"),
    ("a NUL", HEAD + "1,1,z,1,1,,0\0\n", "a.csv:2: '0�' is no number"),
    ("an escape", HEAD + "1,1,\x1b[2J,1,1,,0\n", "a.csv:2: '�[2J' is no kind of step"),
    ("no UTF-8", HEAD.encode() + b"1,1,z,1,1,,\xff\n", "a.csv:2: 'ÿ' is no number; expected one such as 0.37"),
    ("an unknown epoch", HEAD + "2001,1,z,1,1,,0\n", "a.csv:2: epoch 2001 of '2001:1:z:1:1' is not in this run; expected 1 to "),
    ("an unknown point", HEAD + "1,2,z,1,1,,0\n", "a.csv:2: point 2 of '1:2:z:1:1' is not in this run; expected 1 to 1"),
    (
        "an unknown kind",
        HEAD + "1,1,beta,1,1,,0\n",
        "a.csv:2: 'beta' is no kind of step in '1:1:beta:1:1'; expected one of input, ",
    ),
    ("an unknown layer", HEAD + "1,1,z,3,1,,0\n", "a.csv:2: layer 3 of '1:1:z:3:1' is not in this run; expected 1 to 2"),
    ("an unknown neuron", HEAD + "1,1,z,1,0,,0\n", "a.csv:2: neuron 0 of '1:1:z:1:0' is not in this run; expected 1 to 2"),
    ("no neuron", HEAD + "1,1,z,1,,,0\n", "a.csv:2: '' is no neuron in '1:1:z:1:'; expected EPOCH:POINT"),
    ("half an epoch", HEAD + "1.5,1,z,1,1,,0\n", "a.csv:2: '1.5' is no epoch in"),
    ("a colon in a cell", HEAD + "1:1,z,1,1,,,0\n", "a.csv:2: "),
    ("a neuron of the cost", HEAD + "1,1,cost,2,1,,0\n", "a.csv:2: '1:1:cost:2:1' names a neuron; expected none, cost is one"),
    ("a sender of z", HEAD + "1,1,z,1,1,1,0\n", "a.csv:2: '1' in column 'from'; expected nothing, z comes from no one sender"),
    ("no sender", HEAD + "1,1,update,1,1,,0\n", "a.csv:2: nothing in column 'from'; expected 0 to 2"),
    ("an unknown sender", HEAD + "1,1,gradient,1,1,3,0\n", "a.csv:2: '3' in column 'from'; expected 0 to 2"),
    ("twice", HEAD + "1,1,z,1,1,,0\n\n1,1,z,1,1,,\n", "a.csv:4: 1:1:z:1:1 is answered again; expected it once, as on line 2"),
    ("a row's number twice", HEAD + "1,1,update,1,1,0,0\n" * 2, "a.csv:3: 1:1:update:1:1 from 0 is answered again; expected it "),
    ("another input", HEAD + "1,1,input,0,,1,0.06\n", "a.csv:2: input 1 of 1:1:input is 0.06; expected 0.05, as in the scenario"),
    ("a quote", HEAD + '1,1,z,1,1,,"0\n', "a.csv:2: a quote goes wrong"),
]
TOML = '[[answer]]\nat = "1:1:z:1:1"\n'
REFUSED_TOML = [
    ("nothing", "", "a.toml: has no answers; expected one number a line"),
    ("no TOML", "at 1\n", "a.toml:1: "),
    ("an unknown table", "[[answers]]\n", "a.toml:1: unknown key 'answers'; expected [[answer]]"),
    ("a number", "answer = 1\n", "a.toml:1: `answer` is 1; expected [[answer]] with double brackets"),
    ("numbers", "answer = [1]\n", "a.toml:1: answer 1 is 1; expected a table [[answer]]"),
    ("no address", "[[answer]]\nvalue = 1\n", "a.toml:1: `at` is missing; expected an address such as 1:1:delta:1:2"),
    ("no kind", '[[answer]]\nat = "1:1"\nvalue = 1\n', "a.toml:2: `at` is '1:1'; expected an address that names a kind"),
    ("an input", '[[answer]]\nat = "1:1:input"\n', "a.toml:2: `at` names an input; expected a number that is worked out"),
    ("an unknown address", '[[answer]]\nat = "1:1:z:9:9"\nvalue = 1\n', "a.toml:2: layer 9 of '1:1:z:9:9' is not in this run"),
    ("an unknown key", TOML + "valeu = 1\n", "a.toml:3: unknown key 'valeu' in [[answer]]; did you mean 'value'?"),
    ("no value", TOML, "a.toml:1: `value` is missing in [[answer]]; expected a number, or a text that is one"),
    ("a word", TOML + 'value = "x"\n', "a.toml:3: 'x' is no number; expected one such as"),
    ("true", TOML + "value = true\n", "a.toml:3: `value` is true; expected a number, or a text that is one"),
    ("weights of z", TOML + "weights = [1, 2]\n", "a.toml:3: `weights` at a z, which is one number; expected `value`"),
    ("twice", (TOML + "value = 1\n") * 2, "a.toml:6: 1:1:z:1:1 is answered again; expected it once, as on line 3"),
    (
        "a value of a row",
        TOML.replace("z", "update") + "value = 1\n",
        "a.toml:3: `value` at a row of weights; expected `weights` and",
    ),
    (
        "nothing of a row",
        TOML.replace("z", "update"),
        "a.toml:1: `weights` and `bias` are missing in [[answer]]; expected one or",
    ),
    (
        "a short row",
        TOML.replace("z", "update") + "weights = [1]\n",
        "a.toml:3: `weights` is a list of 1; expected a list of 2 numbers",
    ),
    (
        "a list in a row",
        TOML.replace("z", "update") + "weights = [1, [2]]\n",
        "a.toml:3: `weights` is a list of 1; expected a number",
    ),
    ("a huge whole number", TOML + "value = 1" + "0" * 390 + "\n", "a.toml:3: '1000"),
]


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_sheet_that_is_refused(check, content, words):
    code, out, err = check(content)
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: {words}")
    assert err.count("\n") == 1
    assert len(err) <= 301


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in REFUSED_TOML], ids=[row[0] for row in REFUSED_TOML])
def test_a_toml_sheet_that_is_refused(check, content, words):
    code, out, err = check(content, name="a.toml")
    assert (code, out) == (2, "")
    assert err.startswith(f"nntui: {words}")
    assert err.count("\n") == 1
    assert len(err) <= 301


def test_a_bias_that_is_not_there(check):
    toml = '[[answer]]\nat = "1:1:update:1:1"\nbias = 1\n'
    options = ["--set", "network.layer.1.biases=false"]
    assert "a.toml:3: `bias` at a layer without biases" in check(toml, name="a.toml", options=options)[2]
    assert "'0' in column 'from'; expected 1 to 2" in check(HEAD + "1,1,update,1,1,0,0\n", options=options)[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check-work"], "the following arguments are required: SCENARIO, SHEET"),
        (["check-work", "two-by-two"], "the following arguments are required: SHEET"),
        (["check-work", "no-such", "a.csv"], "no bundled scenario of that name"),
        (["check-work", "two-by-two", "no.csv"], "no.csv: there is no such file; expected a file that can be read"),
        (["check-work", "two-by-two", "/dev/zero"], "/dev/zero: is a device; expected a regular file"),
    ],
)
def test_what_cannot_be_opened(run, arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("most", [MOST_ANSWERS // 100, pytest.param(MOST_ANSWERS, marks=pytest.mark.sweep(usual=False))])
def test_too_many_answers(check, monkeypatch, most):
    """With a hundredth of as many as are taken, and with as many."""
    monkeypatch.setattr(answers, "MOST_ANSWERS", most)
    points = range(1, most // 4 + 20)
    body = "".join(f"1,{p},{kind},{layer},1,,\n" for p in points for kind in ("z", "a") for layer in (1, 2))
    scenario = ["--set", f'data={{generate="xor", points={len(points) + 100}}}', "--set", "network.layer.2.units=1"]
    scenario += ["--set", "network.layer.2.weights=[[1, 1]]", "--set", "network.layer.2.biases=[0]"]
    code, out, err = check(HEAD + body, options=scenario)
    assert (code, out) == (2, "")
    assert MOST_ANSWERS == 100_000
    assert err == f"nntui: a.csv:{most + 2}: more than {most} answers; expected no more than that\n"


@examples(150)
@given(data=st.data())
def test_a_damaged_sheet_is_judged_or_refused(data):
    line = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + HEAD.encode()
    sheet = bytearray(line + b"1,1,z,1,1,,0.3775\n1,1,update,1,1,2,-1e-3\n1,1,cost,2,,,0.29\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sheet) - 1))
        sheet[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b"", b",", b"9", b"\n", b'"', b"\0", b"\xff", b"e"])
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / data.draw(st.sampled_from(["a.csv", "a.toml"]))
        path.write_bytes(sheet)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["check-work", "two-by-two", str(path)])
    assert code in (0, 1, 2), err.getvalue()
    assert (code == 2) == (out.getvalue() == "")
    assert err.getvalue().count("\n") == (code == 2)


# --- bounds


def test_a_name_that_would_move_the_cursor(check):
    assert "\x1b" not in check(HEAD + "1,1,z,1,1,,9\n", name="\x1b[2J.csv")[1]


def test_a_large_network_takes_little(tmp_path):
    """Every z of the first layer of 784-1000-1000-10 wrong: a few seconds, and not a matrix for each of them."""
    toml = 'format = 1\ntitle = "t"\n[network]\n'
    for units, sigma in ((1000, "relu"), (1000, "tanh"), (10, "softmax")):
        toml += f'[[network.layer]]\nunits = {units}\nactivation = "{sigma}"\n'
    toml += '[training]\neta = 0.1\nepochs = 1\ncost = "cross_entropy"\n[data]\n'
    toml += f"x = [{[0.5] * 784}]\ny = [{[1] + [0] * 9}]\n"
    (tmp_path / "s.toml").write_text(toml)
    (tmp_path / "a.csv").write_text(HEAD + "".join(f"1,1,z,1,{k},,123.5\n" for k in range(1, 1001)) + "1,1,cost,,,,1\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-m", "nntui", "check-work", tmp_path / "s.toml", tmp_path / "a.csv"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)),
    )
    assert done.returncode == 1, done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 20
    assert done.stdout.count("\n") == 22
    assert " more are wrong" in done.stdout
    assert done.stdout.rstrip().endswith(" 1001 wrong, 791034 not answered") or " 1000 wrong, " in done.stdout


def test_a_network_that_is_too_large_is_refused(check):
    options = ["--set", 'data={generate="sine", points=2}']
    options += [
        "--set",
        'network.layer=[{units=4096, activation="tanh"}, {units=4096, activation="tanh"}, {units=1, activation="tanh"}]',
    ]
    code, out, err = check(HEAD + "1,1,z,1,1,,0.5\n", options=options)
    assert (code, out) == (2, "")
    assert "a.csv: answers at 1 data point of a network of 16793601 weights; expected at most " in err
