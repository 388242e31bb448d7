"""`nntui new --data FILE.csv`: a scenario that opens, with what fits the data, and why."""

from pathlib import Path

import pytest

from nntui.cli import main
from nntui.files.library import folder, load
from nntui.training.timeline import Timeline


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(csv, *arguments):
        (tmp_path / "d.csv").write_text(csv)
        code = main(["new", "--data", "d.csv", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def made(new, csv, *arguments):
    assert new(csv, *arguments) == (
        0,
        "wrote d.toml\nopen it with `nntui d.toml`; after a change `nntui check d.toml` tells what is wrong\n",
        "",
    )
    return load("d.toml")


def rows(*lines):
    return "\n".join(lines) + "\n"


IRIS = (folder() / "iris.csv").read_text()


def test_iris_is_classified_and_learned(new):
    scenario = made(new, IRIS)
    assert scenario.network.sizes == (4, 4, 3)
    assert [layer.activation for layer in scenario.network.layers] == ["tanh", "softmax"]
    assert scenario.network.cost == "cross_entropy"
    assert scenario.order == "shuffled"
    assert abs(scenario.x.mean()) < 1e-9
    timeline = Timeline(scenario)
    assert timeline.mean(scenario.epochs - 1) < 0.1
    text = Path("d.toml").read_text(encoding="utf-8")
    assert "# 3 different texts: a softmax output for each class, with cross-entropy" in text
    assert "# inputs up to 7.9 ('sepal_length') would saturate a σ: mean 0, deviation 1" in text


def test_two_classes_are_one_sigmoid(new):
    scenario = made(new, rows("a;b;kind", *(f"{n},5;{-n};{'yes' if n % 2 else 'no'}" for n in range(12))))
    assert scenario.network.sizes == (2, 3, 1)
    assert scenario.network.layers[-1].activation == "sigmoid"
    assert scenario.neuron_names[-1] == ("kind=yes",)
    assert set(scenario.y.ravel()) == {0, 1}


def test_whole_numbers_as_classes(new):
    scenario = made(new, rows("a,b,class", *(f"{n / 10},{n % 7},{1 + n % 3}" for n in range(30))))
    assert scenario.network.sizes[-1] == 3
    assert "one_hot = true" in Path("d.toml").read_text(encoding="utf-8")


def test_a_target_that_is_a_number(new):
    scenario = made(new, rows("a,y", *(f"{n / 20},{n / 40 + 0.01}" for n in range(30))))
    assert scenario.network.layers[-1].activation == "identity"
    assert scenario.network.cost == "half_squared_error"
    assert 'scale = "none"' in Path("d.toml").read_text(encoding="utf-8")


def test_large_targets_are_learned_by_one_layer_that_does_not_diverge(new):
    scenario = made(new, rows("size,rooms,price", *(f"{40 + n},{n % 5},{1000.5 * n + 20000}" for n in range(60))))
    assert scenario.network.sizes == (2, 1)
    timeline = Timeline(scenario)
    timeline.weights(len(timeline))
    assert timeline.diverged is None


def test_columns_that_are_no_inputs_are_named_with_the_reason(new):
    lines = [
        f"{n},{n * 3 % 11}.5,same,free text {n},,{'u' if n % 2 else 'v'},{n % 5}.25,{'' if n == 4 else n % 2}" for n in range(40)
    ]
    scenario = made(new, rows("id,size,region,comment,empty,kind,weight,outcome", *lines))
    assert scenario.input_names == ("size", "kind=v", "kind=u", "weight")
    assert scenario.left_out == 1
    text = Path("d.toml").read_text(encoding="utf-8")
    for reason in (
        "'id', a number of each row, by its name",
        "'region', the same in every row",
        "'comment', too many different texts",
        "'empty', 40 of 40 cells are missing",
    ):
        assert f"# not an input: {reason}" in text
    assert 'missing = "skip"' in text


def test_a_file_without_a_header(new):
    scenario = made(new, rows(*(f"{n}.5 {n * n % 7} {'a' if n < 5 else 'b' if n < 10 else 'c'}" for n in range(15))))
    assert scenario.points == 15
    assert scenario.input_names == ("1", "2")
    assert scenario.neuron_names[-1] == ("a", "b", "c")


def test_the_target_can_be_named(new):
    scenario = made(new, IRIS, "--target", "petal_width")
    assert scenario.network.layers[-1].units == 1
    assert scenario.input_names[-3:] == ("species=setosa", "species=versicolor", "species=virginica")


def test_a_class_that_only_rows_with_a_missing_cell_have(new):
    scenario = made(new, rows("a,b,kind", *(f"{n},{n * n},k{n % 2}" for n in range(20)), "1,,k2"))
    assert scenario.network.sizes[-1] == 1
    assert scenario.points == 20


HOSTILE = 'a "b" ,"c\x1b[2J","=1+1 \\ # ""x""",y\n' + "".join(f"{n},{n % 3}.5,{n % 4}.25,{n % 2}\n" for n in range(12))


def test_names_of_columns_are_text(new):
    scenario = made(new, HOSTILE.replace('a "b" ', '"a ""b"""'))
    assert scenario.points == 12
    assert "\x1b" not in Path("d.toml").read_text(encoding="utf-8")


REFUSED = [
    ("", "nntui: d.csv: is empty; expected a header line and data"),
    ("a,b\n", "nntui: d.csv: has a header and no data; expected one data point a line"),
    ("a,b\n1,2\n1,2,3\n", "nntui: d.csv:3: 3 cells, but the header has 2; expected one cell for each column"),
    ("a\n1.5\n2.5\n", "nntui: d.csv: has no column beside the target that could be an input; expected one at least"),
    ("a,b\n1,1\n1,1\n", "nntui: d.csv: has no column of numbers, or of a few texts, that changes; expected inputs and a target"),
]


@pytest.mark.parametrize(("csv", "message"), REFUSED)
def test_what_is_no_data(new, tmp_path, csv, message):
    assert new(csv) == (2, "", message + "\n")
    assert [path.name for path in tmp_path.iterdir()] == ["d.csv"]


def test_a_column_that_is_not_there(new):
    assert new(IRIS, "--target", "specie")[2].endswith("d.csv: has no column 'specie'; did you mean 'species'?\n")


def test_a_data_file_elsewhere(new, tmp_path, capsys):
    (tmp_path / "sub").mkdir()
    code, out, err = new(IRIS, "sub/x.toml")
    assert (code, out) == (2, "")
    assert err == "nntui: d.csv: lies outside the folder of 'x.toml'; expected it there or below\n"
    assert main(["new", "x.toml", "--data", "none.csv"]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_no_file_is_written_over(new, tmp_path):
    (tmp_path / "d.toml").write_text("mine")
    code, _, err = new(IRIS)
    assert code == 2
    assert "is there already" in err
    assert (tmp_path / "d.toml").read_text() == "mine"


def test_nothing_to_write(capsys):
    assert main(["new"]) == 2
    assert capsys.readouterr().err.startswith("nntui: names no file; expected the file to write")
    assert main(["new", "x.toml", "--target", "y"]) == 2
