"""docs/scenario-format.md rule by rule: a file that keeps it, a file that breaks it, and what is said then."""

import numpy as np
import pytest

from nntui.engine.activations import ACTIVATIONS
from nntui.files.io.errors import InputError
from nntui.files.open import all_faults, read_scenario
from nntui.files.scenario.read import scenario_from_text
from nntui.training.scenario import Note, Question


def read(text):
    return scenario_from_text(text, "F")


def fault(text):
    with pytest.raises(InputError) as caught:
        read(text)
    return str(caught.value)


def test_a_sound_file_is_the_scenario_it_says(sound):
    scenario = read(sound)
    assert scenario.title == "Two by two"
    assert scenario.about == "look here"
    assert scenario.network.sizes == (2, 2, 1)
    assert scenario.network.eta == 0.5
    assert scenario.epochs == 2000
    assert scenario.x.tolist() == [[0, 0], [0, 1], [1, 0]]
    assert scenario.y.tolist() == [[0], [1], [1]]
    assert scenario.weights[0].tolist() == [[0.35, 0.15, 0.2], [0.35, 0.25, 0.3]]
    assert scenario.weights[1][0, 0] == 0.0
    assert scenario.input_names == ("x1", "x2")
    assert scenario.neuron_names == (("h1", "h2"), ())
    assert scenario.notes == (Note("1:1:delta:1:1", "Both paths meet here."),)
    assert scenario.questions == (Question("1:1:update:2:1", "larger", "Which way does (11) move it?"),)


def test_what_is_left_out_has_the_default_of_the_design():
    scenario = read(
        'format=1\ntitle="t"\n[[network.layer]]\nunits=1\nactivation="tanh"\n[training]\neta=1\nepochs=1\n[data]\nx=[[1]]\ny=[[1]]\n'
    )
    network = scenario.network
    assert (network.cost, network.step_slope, network.update_weights, network.update_biases) == (
        "half_squared_error",
        0,
        True,
        True,
    )
    assert (scenario.order, scenario.shuffle_seed, scenario.about, scenario.notes) == ("given", 0, "", ())
    assert scenario.questions == ()
    assert network.layers[0].biases
    raw = int(np.random.PCG64(np.random.SeedSequence([0, 1])).random_raw())
    assert scenario.weights[0].tolist() == [[0.0, 2 * (raw >> 11) * 2**-53 - 1]]


def test_arrays_are_read_only(sound):
    scenario = read(sound)
    assert not any(array.flags.writeable for array in (scenario.theta, scenario.x, scenario.y))


KEPT = [
    ("units = 1", 'units = 1\nbiases = false\nnames = ["out"]'),
    ("eta = 0.5", "eta = 1"),
    ("eta = 0.5", "eta = 1_000"),
    ("eta = 0.5", "eta = 0x10"),
    ("epochs = 2000", "epochs = 10_000_000"),
    ("epochs = 2000", 'epochs = 1\nupdate = ["biases"]\nstep_slope = 1\norder = "shuffled"\nseed = 9007199254740991'),
    ("epochs = 2000", "epochs = 1\nstep_slope = 1\nat_zero = 0"),
    ("epochs = 2000", 'epochs = 1\nbatch = "epoch"\naverage = true\nmomentum = 0.9'),
    ("epochs = 2000", "epochs = 1\nbatch = 3\nmomentum = 0"),
    ("[data]", "[data]\nheld_out = 0.5"),
    ("epochs = 2000", 'epochs = 1\nstep_slope = 1.0\ncost = "squared_error"'),
    ("epochs = 2000", 'epochs = 1\ncost = "cross_entropy"'),
    ("seed = 3", 'seed = 0\ninit = "he"'),
    ('at = "1:1:delta:1:1"', 'at = "end"'),
    ("[network]\nseed = 3\n", '[network]\n"seed" = 3\n'),
    ("[training]\n", "training.order = 'given'\n[training]\n".replace("training.order = 'given'\n", "")),
    ("\n[data]\n", "\n# a comment\n\n[data] # another\n"),
    ("x = [[0, 0], [0, 1], [1, 0]]", "x = [\n  [0, 0], # first\n  [0, 1],\n  [1, 0.0],\n]"),
]


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_kept(changed, old, new):
    read(changed((old, new)))


WEIGHTS = "weights = [[0.15, 0.20], [0.25, 0.30]]"
BIASES = "biases = [0.35, 0.35]"
LAST = 'units = 1\nactivation = "sigmoid"'
X = "x = [[0, 0], [0, 1], [1, 0]]"
Y = "y = [[0], [1], [1]]"
*_MOST, _LAST = map(repr, ACTIVATIONS)
SIGMAS = f"{', '.join(_MOST)} or {_LAST}"
A_TEXT = "expected a text that is not empty"

AT, KIND, HINT = 'at = "1:1:update:2:1"', 'kind = "larger"', 'hint = "Which way does (11) move it?"'
BROKEN = [
    # format and the head
    ("format = 1\n", "", "F: `format` is missing; expected format = 1 at the top of the file"),
    ("format = 1", "format = 2", "F:1: `format` is 2, of a newer nntui; this one reads format 1"),
    ("format = 1", "format = 0", "F:1: `format` is 0; expected 1"),
    ("format = 1", "format = true", "F:1: `format` is true; expected 1"),
    ("format = 1", "format = 1.0", "F:1: `format` is 1.0; expected 1"),
    ("format = 1", 'format = "1"', "F:1: `format` is the text '1'; expected 1"),
    ('title = "Two by two"\n', "", f"F: `title` is missing; {A_TEXT}"),
    ('title = "Two by two"', "title = 3", f"F:2: `title` is 3; {A_TEXT}"),
    ('title = "Two by two"', 'title = " "', f"F:2: `title` is the text ' '; {A_TEXT}"),
    ('title = "Two by two"', "title = 1979-05-27", f"F:2: `title` is a date or time; {A_TEXT}"),
    ('about = "look here"', "about = []", "F:3: `about` is a list of 0; expected a text"),
    ('about = "look here"', "abuot = 'x'", "F:3: unknown key 'abuot' at the top of the file; did you mean 'about'?"),
    # tables
    ("[network]\n", "[[network]]\n", "F:4: `network` is a list of 1 table; expected one table [network] with single brackets"),
    (
        "[training]\neta = 0.5\nepochs = 2000\n",
        "",
        "F: [training] is missing; expected how the weights are changed by equation (11)",
    ),
    (
        "[training]",
        "[trianing]",
        "F:16: unknown key 'trianing' at the top of the file; did you mean 'training'?",
    ),
    ("[[note]]", "[note]", "F:22: `note` is a table; expected [[note]] with double brackets"),
    ("seed = 3", "seed = 3\nepochs = 5", "F:6: unknown key 'epochs' in [network]; expected it in [training]"),
    ("[training]", "[training]\n[training]", "F:17: '[training]' is there already (line 16); expected each table once"),
    # network
    ("seed = 3", "seed = -1", "F:5: `seed` in [network] is -1; expected a whole number from 0 to 9007199254740991"),
    (
        "seed = 3",
        "seed = 9007199254740992",
        "F:5: `seed` in [network] is 9007199254740992; expected a whole number from 0 to 9007199254740991",
    ),
    (
        "seed = 3",
        'init = "xaver"',
        (
            "F:5: `init` in [network] is the text 'xaver'; did you mean 'xavier'? "
            "expected 'uniform', 'normal', 'xavier', 'he' or 'zeros'"
        ),
    ),
    (
        '["x1", "x2"]',
        '["x1"]',
        "F:6: `inputs` in [network] names 1, but the data has 2 inputs; expected a name for each",
    ),
    ('["x1", "x2"]', '["x1", 2]', "F:6: number 2 of `inputs` in [network] is 2; expected a text"),
    # layers
    ("units = 2\n", "", "F:7: `units` is missing in layer 1; expected a whole number from 1 to 4096"),
    ("units = 2", "unit = 2", "F:8: unknown key 'unit' in layer 1; did you mean 'units'?"),
    ("units = 2", "neurons = 2", "F:8: unknown key 'neurons' in layer 1; did you mean 'units'?"),
    ("units = 2", "units = 0", "F:8: `units` in layer 1 is 0; expected a whole number from 1 to 4096"),
    ("units = 2", "units = 2.0", "F:8: `units` in layer 1 is 2.0; expected a whole number from 1 to 4096"),
    ("units = 2", "units = 4097", "F:8: `units` in layer 1 is 4097; expected a whole number from 1 to 4096"),
    (
        LAST,
        'units = 1\nactivation = "sigmoyd"',
        f"F:15: `activation` in layer 2 is the text 'sigmoyd'; did you mean 'sigmoid'? expected {SIGMAS}",
    ),
    (
        WEIGHTS,
        "weights = [[0.15, 0.20], [0.25]]",
        "F:10: layer 1 receives 2 signals, but row 2 of `weights` has 1 number; expected one for each signal",
    ),
    (
        WEIGHTS,
        "weights = [\n[0.15, 0.20],\n[0.25, 0.3],\n[1, 2]]",
        "F:10: layer 1 has 2 neurons, but `weights` has 3 rows; expected a row for each neuron",
    ),
    (
        LAST,
        LAST + "\nweights = [[1, 2, 3]]",
        "F:16: layer 2 receives 2 signals, but row 1 of `weights` has 3 numbers; expected one for each signal",
    ),
    (
        WEIGHTS,
        "weights = [0.15, 0.20]",
        "F:10: row 1 of `weights` in layer 1 is 0.15; expected a list of numbers",
    ),
    (WEIGHTS, "weights = 1", "F:10: `weights` in layer 1 is 1; expected a list of rows of numbers, such as [[0, 1], [1, 0]]"),
    (
        WEIGHTS,
        "weights = [[0.15, 0.20],\n[0.25, true]]",
        "F:11: row 2, number 2 of `weights` in layer 1 is true; expected a finite number",
    ),
    (WEIGHTS, "weights = [[1, 2], [3, nan]]", "F:10: row 2, number 2 of `weights` in layer 1 is nan; expected a finite number"),
    (WEIGHTS, "weights = [[1, 2], [3, 1e400]]", "F:10: row 2, number 2 of `weights` in layer 1 is inf; expected a finite number"),
    (BIASES, "biases = [0.35]", "F:11: layer 1 has 2 neurons, but `biases` has 1; expected one for each neuron"),
    (BIASES, "biases = []", "F:11: layer 1 has 2 neurons, but `biases` has 0; expected one for each neuron"),
    (BIASES, "biases = true", "F:11: `biases` in layer 1 is true; expected a list of numbers, or false"),
    (BIASES, "biases = 0.35", "F:11: `biases` in layer 1 is 0.35; expected a list of numbers, or false"),
    (BIASES, 'biases = [0, "0"]', "F:11: number 2 of `biases` in layer 1 is the text '0'; expected a finite number"),
    ('["h1", "h2"]', '["h1"]', "F:12: layer 1 has 2 neurons, but `names` has 1; expected one for each neuron"),
    # training
    ("eta = 0.5\n", "", "F:16: `eta` is missing in [training]; expected a finite number greater than 0"),
    ("eta = 0.5", "eta = 0", "F:17: `eta` in [training] is 0; expected a finite number greater than 0"),
    ("eta = 0.5", "eta = -0.1", "F:17: `eta` in [training] is -0.1; expected a finite number greater than 0"),
    ("eta = 0.5", "eta = true", "F:17: `eta` in [training] is true; expected a finite number greater than 0"),
    ("eta = 0.5", 'eta = "0.5"', "F:17: `eta` in [training] is the text '0.5'; expected a finite number greater than 0"),
    ("eta = 0.5", "eta = inf", "F:17: `eta` in [training] is inf; expected a finite number greater than 0"),
    ("eta = 0.5", "eta = " + "9" * 399, f"F:17: `eta` in [training] is {'9' * 20}…; expected a finite number greater than 0"),
    ("eta = 0.5", "learning_rate = 0.5", "F:17: unknown key 'learning_rate' in [training]; did you mean 'eta'?"),
    ("eta = 0.5", "eat = 0.5", "F:17: unknown key 'eat' in [training]; did you mean 'eta'?"),
    ("epochs = 2000", "epochs = 0", "F:18: `epochs` in [training] is 0; expected a whole number from 1 to 10000000"),
    ("epochs = 2000", "epochs = 2e3", "F:18: `epochs` in [training] is 2000.0; expected a whole number from 1 to 10000000"),
    ("epochs = 2000", "epochs = 1\nstep_slope = 2", "F:19: `step_slope` in [training] is 2; expected 0 or 1"),
    (
        "epochs = 2000",
        "epochs = 1\nbatch = 0",
        'F:19: `batch` in [training] is 0; expected a whole number from 1 on, or "epoch"',
    ),
    (
        "epochs = 2000",
        'epochs = 1\nbatch = "all"',
        "F:19: `batch` in [training] is the text 'all'; expected a whole number from 1 on, or \"epoch\"",
    ),
    (
        "epochs = 2000",
        "epochs = 1\nbatch = 4",
        'F:19: `batch` in [training] is 4; expected 1 to 3, the data points of an epoch, or "epoch"',
    ),
    (
        "epochs = 2000",
        "epochs = 1\nmomentum = 1",
        "F:19: `momentum` in [training] is 1; expected a number from 0 up to, but not including, 1",
    ),
    ("epochs = 2000", "epochs = 1\naverage = 1", "F:19: `average` in [training] is 1; expected true or false"),
    ("epochs = 2000", "epochs = 1\nat_zero = 0.5", "F:19: `at_zero` in [training] is 0.5; expected 0 or 1"),
    ("epochs = 2000", "epochs = 1\nstep_slope = true", "F:19: `step_slope` in [training] is true; expected 0 or 1"),
    (
        "epochs = 2000",
        "epochs = 1\nupdate = []",
        "F:19: `update` in [training] is a list of 0; expected a list of one or more of 'weights', 'biases'",
    ),
    (
        "epochs = 2000",
        'epochs = 1\nupdate = ["weights",\n"eta"]',
        "F:20: number 2 of `update` in [training] is the text 'eta'; expected 'weights' or 'biases'",
    ),
    (
        "epochs = 2000",
        'epochs = 1\nupdate = ["weights", "weights"]',
        "F:19: number 2 of `update` in [training] is the text 'weights' again; expected each once",
    ),
    (
        "epochs = 2000",
        'epochs = 1\norder = "random"',
        "F:19: `order` in [training] is the text 'random'; expected 'given' or 'shuffled'",
    ),
    # data
    (f"{X}\n{Y}\n", "", "F:19: [data] names no data; expected x and y, or file, or generate"),
    (f"{Y}\n", "", "F:19: `y` is missing in [data]; expected a row of targets for each row of x"),
    (Y, "y = [[0], [1]]", "F:21: `x` has 3 rows, but `y` has 2; expected a row of y for each row of x"),
    (Y, "y = [[0], [1], [1, 2]]", "F:21: row 3 of `y` has 2 numbers, but row 1 has 1; expected the same in each row"),
    (Y, "y = [[0], [1], []]", "F:21: row 3 of `y` in [data] is a list of 0; expected a list of numbers"),
    (Y, "y = []", "F:21: `y` in [data] is a list of 0; expected a list of rows of numbers, such as [[0, 1], [1, 0]]"),
    (Y, "y = [0, 1, 1]", "F:21: row 1 of `y` in [data] is 0; expected a list of numbers"),
    (
        Y,
        "y = [[0, 1], [1, 0], [1, 0]]",
        "F:14: layer 2 has 1 neuron, but each row of `y` has 2 numbers; expected one neuron for each",
    ),
    (Y, Y + "\npoints = 3", "F:22: `points` beside `x` and `y` in [data]; expected only with `generate`"),
    (Y, Y + '\nscale = "minmax"', "F:22: `scale` beside `x` and `y` in [data]; expected only with `file`"),
    (Y, Y + '\ngenerate = "xor"', "F:22: `generate` beside `x` and `y` in [data]; expected one data source"),
    (f"{X}\n{Y}", 'generate = "xor"\npoints = 0', "F:21: `points` in [data] is 0; expected a whole number from 1 to 1000000"),
    (f"{X}\n{Y}", 'generate = "xor"\nnoise = -1', "F:21: `noise` in [data] is -1; expected a finite number, 0 or greater"),
    (
        f"{X}\n{Y}",
        'generate = "xor"\nnoise = 1e308',
        "F:21: `noise` of 1e+308 makes numbers that are not finite; expected less",
    ),
    (
        f"{X}\n{Y}",
        'generate = "spirals"',
        (
            "F:20: `generate` in [data] is the text 'spirals'; did you mean 'spiral'? "
            "expected 'xor', 'circles', 'gaussians', 'spiral', 'moons' or 'sine'"
        ),
    ),
    # notes
    ('at = "1:1:delta:1:1"', 'at = "1:9"', "F:23: note 1: point 9 of '1:9' is not in this run; expected 1 to 3"),
    (
        'at = "1:1:delta:1:1"',
        'at = "1:1:input:1"',
        "F:23: note 1: '1:1:input:1' names layer 1; expected 0, where input is",
    ),
    ('at = "1:1:delta:1:1"', "at = 1", f"F:23: `at` in note 1 is 1; {A_TEXT}"),
    ('text = "Both paths meet here."', "", "F:22: `text` is missing in note 1; expected a text"),
    # questions
    ("[[question]]", "[question]", "F:25: `question` is a table; expected [[question]] with double brackets"),
    (AT, 'at = "2:4"', "F:26: question 1: point 4 of '2:4' is not in this run; expected 1 to 3"),
    (AT, "", f"F:25: `at` is missing in question 1; {A_TEXT}"),
    (AT, "at = 2", f"F:26: `at` in question 1 is 2; {A_TEXT}"),
    (AT, 'at = " "', f"F:26: `at` in question 1 is the text ' '; {A_TEXT}"),
    (
        AT,
        'at = "3:2"',
        "F:26: question 1: '3:2' is the input, which is given; expected a step that computes, such as 3:2:cost",
    ),
    (
        AT,
        'at = "1:2:cost"',
        "F:26: question 1: '1:2:cost' is in epoch 1, where `larger` has nothing before it; expected an update or a later epoch",
    ),
    (
        KIND,
        'kind = "lager"',
        "F:27: `kind` in question 1 is the text 'lager'; did you mean 'larger'? expected 'value', 'sign', 'larger' or 'cost'",
    ),
    (KIND, "kind = 1", "F:27: `kind` in question 1 is 1; expected 'value', 'sign', 'larger' or 'cost'"),
    (
        KIND,
        'kind = "cost"',
        "F:26: question 1: '1:1:update:2:1' is not where C of a row changes; expected 1:1:update:1:2, the last update",
    ),
    (HINT, "hint = 3", "F:28: `hint` in question 1 is 3; expected a text"),
    (HINT, 'hnit = ""', "F:28: unknown key 'hnit' in question 1; did you mean 'hint'?"),
    (HINT, 'text = ""', "F:28: unknown key 'text' in question 1; expected it in [[note]]"),
    (
        HINT,
        '[[question]]\nat = "1:1:update"',
        "F:29: question 2: 1:1:update:2:1 is asked by question 1 already; expected one question at a step",
    ),
    (
        'activation = "sigmoid"\nweights',
        'kind = "sigmoid"\nweights',
        "F:9: unknown key 'kind' in layer 1; did you mean 'activation'?",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_broken(changed, old, new, message):
    assert fault(changed((old, new))) == message


@pytest.mark.parametrize("address", ["2:1:z:2:1", "1:1:update:1:2", "end", " 2000:3:gradient "])
def test_where_larger_may_be_asked(changed, address):
    (question,) = read(changed((AT, f'at = "{address}"'))).questions
    assert question == Question(address.strip(), "larger", "Which way does (11) move it?")


BATCH = ("epochs = 2000", "epochs = 2000\nbatch = 2")


@pytest.mark.parametrize(("address", "closing"), [("1:1", "1:2:update:1:2"), ("5:2", ""), ("5:3", ""), ("2:1", "2:2:update:1:2")])
def test_of_a_batch_c_is_asked_where_it_is_complete(changed, address, closing):
    text = changed((AT, f'at = "{address}:update:1:2"'), (KIND, 'kind = "cost"'), BATCH)
    if closing:
        assert f"expected {closing}, the last update" in fault(text)
    else:
        assert read(text).questions[0].kind == "cost"


def test_a_question_asks_for_the_value_without_a_hint(changed):
    scenario = read(changed((KIND, ""), (HINT, ""), (AT, 'at = "1:1:cost"')))
    assert scenario.questions == (Question("1:1:cost", "value", ""),)


SOFTMAX = ('units = 1\nactivation = "sigmoid"', 'units = 2\nactivation = "softmax"')
CROSS = ("epochs = 2000", 'epochs = 2000\ncost = "cross_entropy"')


def test_softmax_with_cross_entropy_takes_rows_that_sum_to_one(changed):
    scenario = read(changed(SOFTMAX, CROSS, (Y, "y = [[0, 1], [0.25, 0.75], [1, 1e-10]]")))
    assert scenario.network.softmax


def test_softmax_targets_must_sum_to_one(changed):
    text = changed(SOFTMAX, CROSS, (Y, "y = [[0, 1],\n[0.25, 0.8],\n[1, 0]]"))
    assert fault(text) == "F:23: targets of row 2 sum to 1.05 with softmax; expected 1"


def test_cross_entropy_targets_lie_between_0_and_1(changed):
    text = changed(CROSS, (Y, "y = [[0],\n[1],\n[-0.5]]"))
    assert fault(text) == "F:24: target -0.5 in row 3 with cross_entropy; expected targets from 0 to 1"


def test_softmax_with_another_cost_is_told_why_not(changed):
    text = changed(SOFTMAX, (Y, "y = [[0, 1], [1, 0], [1, 0]]"), ("epochs = 2000", 'epochs = 1\ncost = "squared_error"'))
    assert fault(text) == (
        "F:19: softmax outputs with cost 'squared_error': each output of a softmax depends on every z, "
        'so δ^N = ∂C/∂a · σ′(z) does not hold; expected cost = "cross_entropy"'
    )


def test_softmax_with_the_default_cost_too(changed):
    text = changed(SOFTMAX, (Y, "y = [[0, 1], [1, 0], [1, 0]]"))
    assert fault(text).startswith("F:16: softmax outputs with cost 'half_squared_error'")


def test_softmax_below_the_last_layer(changed):
    text = changed(('activation = "sigmoid"\nweights', 'activation = "softmax"\nweights'))
    assert fault(text) == "F:9: softmax in layer 1 of 2: its neurons are not alone, as (5) has it; expected in the last only"


def test_cross_entropy_needs_outputs_between_0_and_1(changed):
    text = changed((LAST, LAST.replace("sigmoid", "tanh")), CROSS)
    assert fault(text) == (
        "F:19: cross_entropy with tanh outputs: it needs outputs between 0 and 1; expected sigmoid or softmax in the last layer"
    )


def test_sine_with_cross_entropy_has_targets_below_zero(changed):
    text = changed(CROSS, (f"{X}\n{Y}", 'generate = "sine"'), ('inputs = ["x1", "x2"]\n', ""), (WEIGHTS + "\n", ""))
    assert "with cross_entropy; expected targets from 0 to 1" in fault(text)


def test_layers_are_at_most_64(sound):
    one = '[[network.layer]]\nunits = 1\nactivation = "sigmoid"\n'
    read(sound.replace("[training]", one * 62 + "[training]"))
    text = sound.replace("[training]", one * 63 + "[training]")
    assert fault(text) == "F:7: 65 layers in [[network.layer]]; expected 1 to 64"


def test_weights_are_at_most_twenty_million(changed):
    layers = '[[network.layer]]\nunits = 4096\nactivation = "relu"\n' * 3
    text = changed(("[[network.layer]]\nunits = 1", layers + "[[network.layer]]\nunits = 1"))
    assert fault(text) == "F:7: 33566724 weights; expected at most 20000000"


def test_inline_tables_say_the_same(sound):
    start, end = sound.index("[network]"), sound.index("[training]")
    text = sound[:start] + 'network = {layer = [{units = 1, activation = "tanh", weights = [[1, "a"]]}]}\n' + sound[end:]
    assert fault(text) == "F:4: row 1, number 2 of `weights` in layer 1 is the text 'a'; expected a finite number"


def test_all_faults_are_told_in_the_order_of_the_lines(tmp_path, changed):
    file = tmp_path / "many.toml"
    file.write_text(
        changed(
            ("eta = 0.5", "eta = 0"),
            ("seed = 3", "sede = 3"),
            (BIASES, "biases = [1]"),
            ('at = "1:1:delta:1:1"', 'at = "nowhere"'),
        )
    )
    assert [fault.line for fault in all_faults(file)] == [5, 11, 17, 23]
    assert str(all_faults(file)[0]) == f"{file}:5: unknown key 'sede' in [network]; did you mean 'seed'?"
    with pytest.raises(InputError, match=":5: unknown key"):
        read_scenario(file)


def test_a_sound_file_has_no_faults(tmp_path, sound):
    file = tmp_path / "sound.toml"
    file.write_bytes(b"\xef\xbb\xbf" + sound.replace("\n", "\r\n").encode())
    assert all_faults(file) == []
    assert read_scenario(file).title == "Two by two"


def test_more_faults_than_anybody_reads_are_cut(sound):
    text = sound + "".join(f"[[note]]\nat = {n}\ntext = 3\n" for n in range(3000))
    assert fault(text) == f"F:30: `at` in note 2 is 0; {A_TEXT}"


def test_texts_are_made_harmless_and_newlines_stay_where_they_may(changed):
    scenario = read(
        changed(
            ('about = "look here"', 'about = """\none\n\ttwo \\u001b[2J\\u202e\n"""'),
            ('title = "Two by two"', 'title = "a\\nb\\u0007\\u009b"'),
            ('["x1", "x2"]', '["x\\u200b1", "[/x]"]'),
            (HINT, 'hint = """\n[b]a\n\\u001b[2J\\u202e\n"""'),
        )
    )
    assert scenario.title == "a�b��"
    assert scenario.about == "one\n    two �[2J�"
    assert scenario.input_names == ("x�1", "[/x]")
    assert scenario.questions[0].hint == "[b]a\n�[2J�"


def test_a_message_has_at_most_290_characters_and_no_control_character(changed):
    text = changed(("seed = 3", '"' + "\\u001b[31m" * 15 + '" = 1'))
    name = "/very/long" * 50
    with pytest.raises(InputError) as caught:
        scenario_from_text(text, name)
    message = str(caught.value)
    assert len(message) <= 290
    assert message.isprintable()
    assert ":5: unknown key" in message
