"""Data files as spreadsheets, packages and the web have them: what is found out, and what is said where it cannot be."""

import numpy as np
import pytest

from nntui.files.io.errors import InputError
from nntui.files.open import all_faults, read_scenario

HEAD = """\
format = 1
title = "t"
[[network.layer]]
units = {units}
activation = "{activation}"
[training]
eta = 0.1
epochs = 1
cost = "{cost}"
[data]
file = "d.csv"
"""


@pytest.fixture
def read(tmp_path):
    def read(csv, data='target = "c"', units=1, activation="sigmoid", cost="half_squared_error"):
        head = HEAD.format(units=units, activation=activation, cost=cost)
        (tmp_path / "s.toml").write_text(head + data + "\n")
        (tmp_path / "d.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
        return read_scenario(tmp_path / "s.toml")

    return read


@pytest.fixture
def fault(read, tmp_path):
    def fault(*args, **more):
        with pytest.raises(InputError) as caught:
            read(*args, **more)
        return str(caught.value).removeprefix(str(tmp_path) + "/")

    return fault


CLASSES = {"activation": "softmax", "cost": "cross_entropy"}
PLAIN = "a,b,c\n1.5,-2,0\n0.25,4,1\n"
SAME = {
    "semicolons": PLAIN.replace(",", ";"),
    "semicolons and decimal commas": PLAIN.replace(",", ";").replace(".", ","),
    "tabs": PLAIN.replace(",", "\t"),
    "spaces": PLAIN.replace(",", "   "),
    "spaces at the ends, tabs between": "  a b\tc \n 1.5 -2\t 0\n0.25  4 1 \n",
    "quotes and spaces": '"a" "b" "c"\n"1.5" -2 0\n0.25 4 1\n',
    "a minus as it is printed": PLAIN.replace("-", "\N{MINUS SIGN}"),
    "empty columns at the end": "a,b,c,,\n1.5,-2,0,,\n0.25,4,1\n",
    "empty rows": PLAIN.replace("\n", "\n,,\n ; \n".replace(" ; ", "")) + ",,,,\n , ,\n",
    "a spreadsheet's file": ("\ufeff" + PLAIN.replace(",", ";").replace(".", ",").replace("\n", ";;\r\n") + ";;;;\r\n"),
}


@pytest.mark.parametrize("kind", SAME)
def test_the_same_numbers_in_another_dress(read, kind):
    scenario = read(SAME[kind])
    assert scenario.x.tolist() == [[1.5, -2], [0.25, 4]]
    assert scenario.y.tolist() == [[0], [1]]
    assert scenario.input_names == ("a", "b")


@pytest.mark.parametrize(("name", "mark"), [(",", ","), (";", ";"), ("tab", "\t"), ("space", " ")])
def test_a_separator_that_is_given(read, name, mark):
    scenario = read(PLAIN.replace(",", mark), f'target = "c"\nseparator = "{name}"')
    assert scenario.x.tolist() == [[1.5, -2], [0.25, 4]]


def test_a_separator_that_is_given_wins_over_what_looks_likely(read):
    scenario = read("a;1,c\n2;0,0\n", 'target = "c"\nseparator = ","\nmissing = "skip"')
    assert scenario.input_names == ("a;1=2;0",)


def test_long_files_of_each_kind_are_read_to_the_same_bits(read):
    rows = "".join(f"{n / 7!r},{-n / 3!r},{n % 2}\n" for n in range(1, 5000))
    plain = read("a,b,c\n" + rows)
    for text in (rows.replace(",", ";").replace(".", ","), rows.replace(",", "\t"), rows.replace(",", "  ")):
        separator = next(mark for mark in ";\t " if mark in text)
        other = read(separator.join("abc") + "\n" + text)
        assert other.x.tobytes() == plain.x.tobytes()
        assert other.y.tobytes() == plain.y.tobytes()


def test_a_name_of_several_lines_is_one_line(read, fault):
    csv = 'a,"kind\nof",c\n1,2,0\n3,"4",1\n'
    assert read(csv, 'inputs = ["kind of"]\ntarget = "c"').x.tolist() == [[2], [4]]
    assert read(csv, 'inputs = ["kind\\nof"]\ntarget = "c"').input_names == ("kind of",)
    assert fault(csv, 'target = "kind"') == "s.toml:12: 'd.csv' has no column 'kind'; did you mean 'kind of'?"


def test_lines_are_counted_through_quoted_line_breaks(fault):
    assert fault('a,"b\n\n",c\n1,2,0\n"x\ny",2,0\n1,z,1\n1,3,1\n', 'inputs = ["b"]\ntarget = "c"') == (
        "d.csv:7: 'z' in column 'b'; expected a plain number"
    )


def test_without_a_header_columns_are_numbers(read, fault):
    csv = "1.5,2.5,a\n0.5,1.5,b\n"
    scenario = read(csv, 'target = "3"\nheader = false', units=2, **CLASSES)
    assert scenario.x.tolist() == [[1.5, 2.5], [0.5, 1.5]]
    assert scenario.input_names == ("1", "2")
    assert scenario.neuron_names == (("a", "b"),)
    assert read(csv, 'inputs = ["2"]\ntarget = "3"\nheader = false', units=2, **CLASSES).x.tolist() == [[2.5], [1.5]]
    assert "header = false" in fault(csv, 'inputs = ["x1", "x2"]\ntarget = "kind"', units=2, **CLASSES)
    assert fault(csv, 'target = "4"\nheader = false').endswith("expected one of '1', '2', '3', for `header` is false")
    assert fault("1,2,3\n1,2\n", 'target = "3"\nheader = false').startswith("d.csv:2: 2 cells, but other lines have 3;")


MISSING = ["", "NA", "N/A", "NaN", "?", '"NA"', " ? "]


@pytest.mark.parametrize("cell", MISSING)
def test_missing_cells(read, fault, cell):
    csv = f"a,b,c\n1,x,0\n{cell},x,1\n2,x,1\n3,x,{cell}\n4,{cell},1\n5,x,0\n"
    assert fault(csv, 'inputs = ["a"]\ntarget = "c"').endswith('expected a value (missing = "skip" leaves such rows out)')
    some = read(csv, 'inputs = ["a"]\ntarget = "c"\nmissing = "skip"')
    assert some.x.tolist() == [[1], [2], [4], [5]]
    assert some.left_out == 2
    every = read(csv, 'target = "c"\nmissing = "skip"')
    assert every.x.tolist() == [[1, 1], [2, 1], [5, 1]]
    assert every.left_out == 3
    assert fault(csv, 'target = "b"\nunits = 1') != ""


def test_rows_count_what_is_kept_and_an_error_names_the_line(fault):
    csv = "a,c\nNA,0\n1,0\n2,7\n"
    words = fault(csv, 'target = "c"\nmissing = "skip"', cost="cross_entropy")
    assert words.startswith("d.csv:4: target 7 in row 2 with cross_entropy")


def test_all_rows_left_out(fault):
    assert fault("a,c\nNA,0\n1,\n", 'target = "c"\nmissing = "skip"') == (
        "s.toml:11: 'd.csv' has a missing cell in each of its 2 rows; expected one row at least without"
    )


def test_texts_as_inputs(read):
    csv = "island,mass,c\nTorgersen,3,0\nBiscoe,5,1\nTorgersen,4,1\nDream,6,0\n"
    scenario = read(csv, 'target = "c"\nscale = "minmax"')
    assert scenario.input_names == ("island=Torgersen", "island=Biscoe", "island=Dream", "mass")
    assert scenario.x[:, :3].tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert scenario.x[:, 3].tolist() == [0, 2 / 3, 1 / 3, 1]


def test_scaling_leaves_the_inputs_of_texts_alone(read):
    scenario = read("a,b,c\nx,1,0\ny,2,1\n", 'target = "c"\nscale = "standard"')
    assert scenario.x.tolist() == [[1, 0, -1], [0, 1, 1]]


def test_twenty_texts_are_inputs_and_one_more_is_an_error(read, fault):
    rows = [f"t{n},{n % 2}" for n in range(20)]
    assert read("a,c\n" + "\n".join(rows)).x.tolist() == np.eye(20).tolist()
    assert fault("a,c\n" + "\n".join([*rows, "t20,0"])) == (
        "d.csv:22: 't20' in column 'a' is its text number 21; expected numbers, or at most 20 different texts as an input "
        "(`inputs` names the columns that are inputs)"
    )


def test_ranges_are_texts(read):
    assert read("age,c\n40-49,0\n50-59,1\n").input_names == ("age=40-49", "age=50-59")


def test_two_classes_and_one_output_are_0_and_1(read, fault):
    csv = "a,c\n1,no\n2,yes\n3,no\n"
    scenario = read(csv, cost="cross_entropy")
    assert scenario.y.tolist() == [[0], [1], [0]]
    assert scenario.neuron_names == (("c=yes",),)
    assert read(csv, units=2, **CLASSES).y.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert (
        fault(csv + "4,perhaps\n") == "s.toml:4: layer 1 has 1 neuron, but column 'c' has 3 classes; expected one neuron for each"
    )


def test_whole_numbers_as_classes(read, fault):
    csv = "a,c\n1,1\n2,2\n3,1\n"
    remedy = "(one_hot = true makes a class of each of its 2 numbers)"
    assert fault(csv, units=2, **CLASSES).endswith(remedy)
    assert fault(csv, cost="cross_entropy").endswith(remedy)
    assert read(csv, 'target = "c"\none_hot = true', cost="cross_entropy").y.tolist() == [[0], [1], [0]]
    assert read(csv, 'target = "c"\none_hot = true', units=2, **CLASSES).y.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert "one_hot" not in fault("a,c\n1,0.5\n2,1.5\n", cost="cross_entropy")


def test_a_number_that_is_written_otherwise_is_no_text(fault):
    for cell in ("1_0", "infinity", "\uff11", "0x10", "1 000", "12%", "--1"):
        assert f"'{cell}' in column 'a'; expected a plain number" in fault(f"a,c\n{cell},0\n")


def test_faults_of_all_rows_are_told_up_to_twenty(read, tmp_path):
    rows = "".join(f"x{n},1\n" for n in range(30))
    with pytest.raises(InputError):
        read("a,c\n1,0\n" + rows)
    found = all_faults(tmp_path / "s.toml")
    assert [fault.line for fault in found] == list(range(3, 23))


def test_windows_paths(tmp_path, read):
    read(PLAIN)
    text = (tmp_path / "s.toml").read_text()
    for path, words in (
        ("'data\\d.csv'", "(folders are separated by / here)"),
        ('"data\\table.csv"', "(a backslash in double quotes makes tabs and line breaks: write / instead)"),
        ('"C:\\data\\d.csv"', "expected / between folders (or a text in single quotes)"),
    ):
        (tmp_path / "s.toml").write_text(text.replace('"d.csv"', path))
        with pytest.raises(InputError) as caught:
            read_scenario(tmp_path / "s.toml")
        assert str(caught.value).endswith(words)


def test_a_quote_that_is_never_closed_is_no_long_read(fault):
    assert fault('a,b,c\n1,"2,0\n' + "1,2,0\n" * 300_000) == (
        'd.csv:2: a quote that opens here is not closed within 1 MiB; expected "…" round a whole cell'
    )
