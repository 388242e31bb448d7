"""Data files: what is read, what is refused, and on which line of which file that is said."""

import numpy as np
import pytest

from nntui.files.io.errors import InputError
from nntui.files.open import all_faults, read_scenario
from nntui.files.scenario.read import scenario_from_text

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
    def read(csv, data='inputs = ["a", "b"]\ntarget = "c"', units=1, activation="sigmoid", cost="half_squared_error"):
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
        # the place in front of the sentence, without the folder that pytest made
        return f"{caught.value.path.removeprefix(str(tmp_path) + '/')}:{caught.value.line}: {caught.value.message}"

    return fault


CLASSES = {"units": 3, "activation": "softmax", "cost": "cross_entropy"}


def test_numbers(read):
    scenario = read("a,b,c\n1,2,0\n-3.5e-1,+.5,1.\n")
    assert scenario.x.tolist() == [[1, 2], [-0.35, 0.5]]
    assert scenario.y.tolist() == [[0], [1]]
    assert scenario.input_names == ("a", "b")
    assert scenario.neuron_names == (("c",),)


def test_spaces_blank_lines_bom_crlf_and_quotes_change_nothing(read):
    plain = read("a,b,c\n1,2,0\n3,4,1\n")
    fancy = read(b'\xef\xbb\xbf\r\n "a" ,\tb, c\r\n\r\n1, "2" ,0\r\n   \r\n 3,4 , 1')
    assert fancy.x.tolist() == plain.x.tolist()
    assert fancy.y.tolist() == plain.y.tolist()
    assert fancy.input_names == plain.input_names


def test_columns_are_found_by_name_and_others_may_hold_anything(read):
    scenario = read('c,note,b,a\n0,"x, ""y""",2,1\n1,,4,3\n')
    assert scenario.x.tolist() == [[1, 2], [3, 4]]
    assert scenario.y.tolist() == [[0], [1]]


def test_a_text_target_is_one_output_per_class_in_order_of_appearance(read):
    scenario = read('a,b,c\n1,2,red\n3,4,"blue, dark"\n5,6, red \n7,8,green\n', **CLASSES)
    assert scenario.y.tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert scenario.neuron_names == (("red", "blue, dark", "green"),)


def test_one_hot_makes_classes_of_numbers(read):
    scenario = read("a,b,c\n1,2,7\n3,4,0\n5,6,7\n", 'inputs = ["a"]\ntarget = "c"\none_hot = true', units=2)
    assert scenario.y.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert scenario.neuron_names == (("7", "0"),)


def test_several_targets(read):
    scenario = read("a,b,c\n1,2,3\n4,5,6\n", 'inputs = ["a"]\ntargets = ["c", "b"]', units=2)
    assert scenario.y.tolist() == [[3, 2], [6, 5]]
    assert scenario.neuron_names == (("c", "b"),)


def test_standard_scaling_uses_the_population_deviation_of_inputs_only(read):
    data = 'inputs = ["a", "b"]\ntarget = "c"\nscale = "standard"'
    scenario = read("a,b,c\n1,5,10\n2,5,20\n3,5,30\n4,5,40\n", data)
    deviation = np.sqrt(1.25)
    assert scenario.x[:, 0].tolist() == [-1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation]
    assert scenario.x[:, 1].tolist() == [0, 0, 0, 0]
    assert scenario.y.ravel().tolist() == [10, 20, 30, 40]


def test_a_constant_column_becomes_zero_whatever_its_mean_rounds_to(read):
    scenario = read("a,b,c\n" + "0.1,2,0\n" * 7, 'inputs = ["a"]\ntarget = "c"\nscale = "standard"')
    assert scenario.x.tolist() == [[0.0]] * 7


def test_minmax_scaling(read):
    scenario = read("a,b,c\n1,5,0\n2,5,0\n5,5,0\n", 'inputs = ["a", "b"]\ntarget = "c"\nscale = "minmax"')
    assert scenario.x.tolist() == [[0, 0], [0.25, 0], [1, 0]]


def test_one_strange_line_in_a_long_file_changes_no_other(read):
    lines = [f"{n},{n}.5,0" for n in range(5000)]
    plain = read("a,b,c\n" + "\n".join(lines))
    lines[3000] = '"3000",3000.5,0'
    assert read("a,b,c\n" + "\n".join(lines)).x.tobytes() == plain.x.tobytes()


def test_a_scenario_in_a_subfolder_of_nothing_reads_below_itself(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.csv").write_text("a,b,c\n1,2,0\n")
    head = HEAD.format(units=1, activation="sigmoid", cost="half_squared_error").replace("d.csv", "sub/../sub/d.csv")
    (tmp_path / "s.toml").write_text(head + 'inputs = ["a"]\ntarget = "c"\n')
    assert read_scenario(tmp_path / "s.toml").points == 1


IN_THE_FILE = [
    ("a,b,c\n1,2\n", "d.csv:2: 2 cells, but the header has 3; expected one cell for each column"),
    ("a,b,c\n1,2,3,4\n", "d.csv:2: 4 cells, but the header has 3; expected one cell for each column"),
    (
        "a,b,c\n1,2,0\n\n1,2,\n",
        "d.csv:4: an empty cell in column 'c'; expected a value (missing = \"skip\" leaves such rows out)",
    ),
    ("a,b,c\n1,2,0\n1,x,0\n", "d.csv:3: 'x' in column 'b'; expected a plain number"),
    ("a,b,c\n1,2,0\n1,2,x\n", "d.csv:3: 'x' in column 'c'; expected a plain number"),
    ("a,b,c\n1,1_0,0\n", "d.csv:2: '1_0' in column 'b'; expected a plain number"),
    ("a,b,c\n1,infinity,0\n", "d.csv:2: 'infinity' in column 'b'; expected a plain number"),
    ("a,b,c\n1,nan,0\n", "d.csv:2: 'nan' in column 'b'; expected a value (missing = \"skip\" leaves such rows out)"),
    ("a,b,c\n1,0x10,0\n", "d.csv:2: '0x10' in column 'b'; expected a plain number"),
    ("a,b,c\n1,\uff11\uff12,0\n", "d.csv:2: '\uff11\uff12' in column 'b'; expected a plain number"),
    ("a,b,c\n1,\u00a02,0\n", "d.csv:2: '\u00a02' in column 'b'; expected a plain number without a no-break space (U+00A0)"),
    ("a,b,c\n1,1 0,0\n", "d.csv:2: '1 0' in column 'b'; expected a plain number"),
    ("a,b,c\n1,--1,0\n", "d.csv:2: '--1' in column 'b'; expected a plain number"),
    ("a,b,c\n1,2,0\n1,\x1b[2J,0\n", "d.csv:3: '\ufffd[2J' in column 'b'; expected a plain number"),
    ("a,b,c\n1,2\x00,0\n", "d.csv:2: '2\ufffd' in column 'b'; expected a plain number"),
    (
        'a,b,c\n1,"1,5",0\n',
        "d.csv:2: '1,5' in column 'b'; expected a plain number with a decimal point (a comma is one only with separator = \";\")",
    ),
    (
        "a;b;c\n1;1.000,5;0\n",
        "d.csv:2: '1.000,5' in column 'b'; expected a plain number, with one decimal mark and nothing between thousands",
    ),
    ("a,b,c\n1,“2”,0\n", "d.csv:2: '“2”' in column 'b'; expected a plain number without typographic quotes"),
    ("a,b,c\n1,2,0\n1,1e400,0\n", "d.csv:3: a number beyond what float64 can hold; expected a finite number"),
    ("a,b,c\n1,2,0\n1,2,-1e400\n", "d.csv:3: a number beyond what float64 can hold; expected a finite number"),
    ("a,b,a\n1,2,0\n", "d.csv:1: two columns are named 'a'; expected distinct names"),
    ("\n\na,,,c\n1,2,0,1\n", "d.csv:3: two columns are named ''; expected distinct names"),
    ("0,0,1\n0,1,1\n", "d.csv:1: two columns are named '0'; expected distinct names (without a header line: header = false)"),
    (
        '"a,b,c"\n"1,2,0"\n',
        "d.csv:1: the whole line is one cell with commas in it; expected cells separated by , ; tabs or spaces",
    ),
    (b"\xff\xfea\x00,\x00", "d.csv:1: the file is UTF-16; expected UTF-8 (in a spreadsheet, save it as CSV UTF-8)"),
    ('a,b,c\n1,"2,0\n', 'd.csv:2: a quote goes wrong in cell 2; expected "…" round a whole cell'),
    ('a,b,c\n1,"2"3,0\n', 'd.csv:2: a quote goes wrong in cell 2; expected "…" round a whole cell'),
    ('a,b,c\n1,2"3,0\n', 'd.csv:2: a quote goes wrong in cell 2; expected "…" round a whole cell'),
    (b"a,b,c\n1,2,0\n1,\xe9,0\n", "d.csv:3: byte 0xe9 is not UTF-8; expected a text file in UTF-8"),
    ("a,b,c\n1,2," + "0" * (1 << 20) + "\n", "d.csv:2: a line of more than 1 MiB; expected one data point a line"),
    # what is wrong with the file as a whole is said where the scenario names it
    ("", "s.toml:11: 'd.csv' is empty; expected a header line and data"),
    ("\n \n\t\n", "s.toml:11: 'd.csv' is empty; expected a header line and data"),
    ("a,b,c\n", "s.toml:11: 'd.csv' has a header and no data; expected one data point a line"),
]


@pytest.mark.parametrize(("csv", "message"), IN_THE_FILE, ids=range(len(IN_THE_FILE)))
def test_refused(fault, csv, message):
    assert fault(csv) == message


def test_an_empty_cell_is_no_class(fault):
    assert fault("a,b,c\n1,2,x\n1,2,\n", units=1) == (
        "d.csv:3: an empty cell in column 'c'; expected a value (missing = \"skip\" leaves such rows out)"
    )


CSV = "a,b,c\n1,2,0\n"
IN_THE_SCENARIO = [
    ('inputs = ["a", "bb"]\ntarget = "c"', "s.toml:12: 'd.csv' has no column 'bb'; did you mean 'b'?"),
    ('inputs = [\n"a",\n"width"]\ntarget = "c"', "s.toml:14: 'd.csv' has no column 'width'; expected one of 'a', 'b', 'c'"),
    ('inputs = ["a"]\ntarget = "y"', "s.toml:13: 'd.csv' has no column 'y'; expected one of 'a', 'b', 'c'"),
    ('inputs = ["a"]\ntargets = ["b", "y"]', "s.toml:13: 'd.csv' has no column 'y'; expected one of 'a', 'b', 'c'"),
    ('inputs = ["a"]', "s.toml:10: `target` is missing in [data]; expected the column that is the target"),
    ('target = "c"\nheader = 1', "s.toml:13: `header` in [data] is 1; expected true or false"),
    (
        'inputs = [1]\ntarget = "c"',
        's.toml:12: number 1 of `inputs` in [data] is 1; expected the name of a column in quotes: "1"',
    ),
    ("target = 3", 's.toml:12: `target` in [data] is 3; expected the name of a column in quotes: "3"'),
    (
        'target = "c"\nseparator = "comma"',
        "s.toml:13: `separator` in [data] is the text 'comma'; did you mean ','? expected ',', ';', 'tab' or 'space'",
    ),
    ('targets = ["a", "b", "c"]', "s.toml:11: 'd.csv' has no column beside the target; expected one input at least"),
    (
        'inputs = ["a", "a"]\ntarget = "c"',
        "s.toml:12: number 2 of `inputs` in [data] is the text 'a' again; expected each once",
    ),
    ('inputs = []\ntarget = "c"', "s.toml:12: `inputs` in [data] is a list of 0; expected a list of distinct texts"),
    (
        'inputs = ["a"]\ntarget = "c"\ntargets = ["c"]',
        "s.toml:14: `target` and `targets` are both in [data]; expected one of them",
    ),
    (
        'inputs = ["a"]\ntargets = ["c"]\none_hot = true',
        "s.toml:14: `one_hot` beside `targets` in [data]; expected it with one `target`",
    ),
    ('inputs = ["a"]\ntarget = "c"\none_hot = 1', "s.toml:14: `one_hot` in [data] is 1; expected true or false"),
    ('inputs = ["a"]\ntarget = "c"\nnoise = 1', "s.toml:14: `noise` beside `file` in [data]; expected only with `generate`"),
]


@pytest.mark.parametrize(("data", "message"), IN_THE_SCENARIO)
def test_refused_in_the_scenario(fault, data, message):
    assert fault(CSV, data) == message


def test_the_number_of_classes_is_the_number_of_output_neurons(fault):
    text = "a,b,c\n1,2,x\n1,2,y\n"
    assert fault(text, **CLASSES) == "s.toml:4: layer 1 has 3 neurons, but column 'c' has 2 classes; expected one neuron for each"


def test_targets_are_held_to_the_cost_with_the_line_of_the_data_file(fault):
    message = (
        "d.csv:4: target 2 in row 2 with cross_entropy; expected targets from 0 to 1 "
        "(one_hot = true makes a class of each of its 2 numbers)"
    )
    assert fault("a,b,c\n1,2,0\n\n1,2,2\n", cost="cross_entropy") == message


def test_numbers_too_large_to_scale(fault):
    data = 'inputs = ["a"]\ntarget = "c"\nscale = "standard"'
    message = "s.toml:14: column 'a' holds numbers too large to scale; expected smaller ones"
    assert fault("a,b,c\n1e308,2,0\n-1e308,2,0\n", data) == message


OUTSIDE = ["../d.csv", "/etc/passwd", "sub/../../d.csv", "link.csv", "up/d.csv"]


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_data_file_lies_in_the_folder_or_below_when_links_are_followed(tmp_path, file):
    (tmp_path / "d.csv").write_text(CSV)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.csv").symlink_to(tmp_path / "d.csv")
    (tmp_path / "here" / "up").symlink_to(tmp_path)
    head = HEAD.format(units=1, activation="sigmoid", cost="half_squared_error").replace("d.csv", file)
    path = tmp_path / "here" / "s.toml"
    path.write_text(head + 'inputs = ["a"]\ntarget = "c"\n')
    (fault,) = all_faults(path)
    assert fault.line == 11
    assert fault.message == f"'{file}' lies outside the scenario's folder; expected a file in it or below it"


def test_a_link_below_the_folder_is_fine(tmp_path):
    (tmp_path / "real.csv").write_text(CSV)
    (tmp_path / "d.csv").symlink_to("real.csv")
    head = HEAD.format(units=1, activation="sigmoid", cost="half_squared_error")
    (tmp_path / "s.toml").write_text(head + 'inputs = ["a"]\ntarget = "c"\n')
    assert read_scenario(tmp_path / "s.toml").points == 1


def test_links_in_a_circle(tmp_path, read):
    (tmp_path / "loop").symlink_to("loop")
    read(CSV)
    (tmp_path / "s.toml").write_text((tmp_path / "s.toml").read_text().replace("d.csv", "loop"))
    with pytest.raises(InputError, match=r"s.toml:11: 'loop' "):
        read_scenario(tmp_path / "s.toml")


NO_FILE = [
    ("none.csv", "'none.csv' there is no such file; expected a file that can be read"),
    (".", "'.' is a directory; expected a regular file"),
    ("a\\u0000b", "'a\ufffdb' is no path that a file can have; expected a file beside the scenario"),
    ("x" * 300, f"'{'x' * 39}…' cannot be read (file name too long); expected a file that can be read"),
]


@pytest.mark.parametrize(("file", "message"), NO_FILE)
def test_a_data_file_that_is_none(tmp_path, file, message):
    head = HEAD.format(units=1, activation="sigmoid", cost="half_squared_error").replace("d.csv", file)
    (tmp_path / "s.toml").write_text(head + 'inputs = ["a"]\ntarget = "c"\n')
    (fault,) = all_faults(tmp_path / "s.toml")
    assert (fault.line, fault.message) == (11, message)


def test_a_text_without_a_folder_has_no_data_file():
    head = HEAD.format(units=1, activation="sigmoid", cost="half_squared_error")
    with pytest.raises(InputError, match=r"F:11: a data file 'd\.csv' beside a text without a folder"):
        scenario_from_text(head + 'inputs = ["a"]\ntarget = "c"\n', "F")


def test_one_hot_rows_are_bounded_before_they_are_made(fault):
    csv = "a,b,c\n" + "".join(f"1,2,k{n % 4096}\n" for n in range(12_000))
    message = fault(csv)
    assert message.endswith("more than 33554432 numbers; expected no more than that (256 MiB)")


def test_more_classes_than_a_layer_may_have_neurons(fault):
    csv = "a,b,c\n" + "".join(f"1,2,k{n}\n" for n in range(4097))
    assert fault(csv) == "d.csv:4098: more than 4096 classes; expected one for each output"
