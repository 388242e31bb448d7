"""What people paste and type: read where it can be, and else told with what helps."""

import numpy as np
import pytest

from nntui.cli import main
from nntui.files.io.errors import InputError
from nntui.files.scenario.read import scenario_from_text
from nntui.files.toml.document import parse


def fault(text):
    with pytest.raises(InputError) as caught:
        scenario_from_text(text, "F")
    return str(caught.value)


def test_the_minus_sign_that_is_printed_is_read(changed, capsys):
    scenario = scenario_from_text(changed(("[0.15, 0.20]", "[−0.15, −2e−1]")), "F")
    assert scenario.weights[0][0, 1:].tolist() == [-0.15, -0.2]
    assert parse('a = "−1" # −1\nb = −1\nc = [−1.5, 2]\nd = −inf', "F").values == {
        "a": "−1",
        "b": -1,
        "c": [-1.5, 2],
        "d": -np.inf,
    }
    assert fault(changed(("eta = 0.5", "eta = −1"))) == "F:17: `eta` in [training] is -1; expected a finite number greater than 0"
    assert main(["check", "xor", "--set", "training.eta=−1"]) == 2
    assert capsys.readouterr().err.endswith(": `eta` in [training] is -1; expected a finite number greater than 0\n")


TOML = [
    (('title = "Two by two"', "title = “Two”"), "F:2: '“Two”' is no value; expected straight quotes: \"Two\""),
    (
        ('title = "Two by two"', 'title = "Two”'),
        "F:2: a text that opens here is not closed: '\"Two”'; expected a straight closing quote",
    ),
    (("eta = 0.5", "eta\u00a0= 0.5"), "F:17: a no-break space (U+00A0) stands here; expected a plain space"),
    (("eta = 0.5", "eta =\u00a00.5"), "F:17: a no-break space (U+00A0) stands here; expected a plain space"),
    (("eta = 0.5", "eta = 0.5\u202f"), "F:17: a narrow no-break space (U+202F) stands here; expected a plain space"),
    (("eta = 0.5", "\u00a0eta = 0.5"), "F:17: a no-break space (U+00A0) stands here; expected a plain space"),
    (
        ('about = "look here"', 'about = "C:\\Users\\x"'),
        "F:3: a backslash before 'U' in 'C:\\Users\\x'; expected / between folders (or a text in single quotes)",
    ),
]


@pytest.mark.parametrize(("change", "message"), TOML)
def test_what_is_no_toml(changed, change, message):
    assert fault(changed(change)) == message


WORDS = [
    ('activation = "{}"', "logistic", "sigmoid"),
    ('activation = "{}"', "Linear", "identity"),
    ('activation = "{}"', "heaviside", "step"),
    ('cost = "{}"', "mse", "squared_error"),
    ('cost = "{}"', "log_loss", "cross_entropy"),
]


@pytest.mark.parametrize(("key", "word", "meant"), WORDS)
def test_words_of_other_programs(sound, key, word, meant):
    line = key.format(word)
    old = 'names = ["h1", "h2"]' if key.startswith("activation") else "epochs = 2000"
    text = sound.replace('units = 1\nactivation = "sigmoid"', f"units = 1\n{line}") if "activation" in key else sound
    text = text if "activation" in key else text.replace(old, f"{old}\n{line}")
    assert f"did you mean '{meant}'?" in fault(text)


def test_lr_is_eta(changed):
    assert "did you mean 'eta'?" in fault(changed(("eta = 0.5", "lr = 0.5")))


THREE = '[[network.layer]]\nunits = 3\nactivation = "tanh"\nweights = {}\n'
BODY = """\
format = 1
title = "t"
[network]
{by}
{layer}
[[network.layer]]
units = 1
activation = "sigmoid"
weights = {out}
[training]
eta = 1
epochs = 1
[data]
x = [[0, 1]]
y = [[0]]
"""
ROWS = [[1, 2], [3, 4], [5, 6]]
TURNED = [[1, 3, 5], [2, 4, 6]]


def made(rows, out, by=""):
    return BODY.format(by=by, layer=THREE.format(rows), out=out)


def test_weights_by_sender_are_the_same_weights():
    receiver = scenario_from_text(made(ROWS, [[7, 8, 9]]), "F")
    sender = scenario_from_text(made(TURNED, [[7], [8], [9]], 'weights_by = "sender"'), "F")
    assert sender.theta.tobytes() == receiver.theta.tobytes()
    assert sender.weights[0].tolist() == [[0, 1, 2], [0, 3, 4], [0, 5, 6]]


def test_transposed_matrices_are_told():
    assert fault(made(TURNED, [[7, 8, 9]])) == (
        'F:8: `weights` of layer 1 looks transposed, 2 rows of 3; expected 3 rows of 2, or weights_by = "sender" in [network]'
    )
    assert fault(made(ROWS, [[7], [8], [9]], 'weights_by = "sender"')) == (
        'F:8: `weights` of layer 1 looks transposed, 3 rows of 2; expected 2 rows of 3, or weights_by = "receiver" in [network]'
    )


def test_faults_of_a_matrix_by_sender():
    by = 'weights_by = "sender"'
    assert fault(made([[1, 2, 3]], [[7], [8], [9]], by)) == (
        'F:8: layer 1 receives 2 signals, but `weights` has 1 row; expected a row for each signal (weights_by = "sender")'
    )
    assert fault(made([[1, 2, 3], [1, 2]], [[7], [8], [9]], by)) == (
        'F:8: layer 1 has 3 neurons, but row 2 of `weights` has 2 numbers; expected one for each neuron (weights_by = "sender")'
    )
