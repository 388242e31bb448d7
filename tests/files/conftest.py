import pytest

SOUND = """\
format = 1
title = "Two by two"
about = "look here"
[network]
seed = 3
inputs = ["x1", "x2"]
[[network.layer]]
units = 2
activation = "sigmoid"
weights = [[0.15, 0.20], [0.25, 0.30]]
biases = [0.35, 0.35]
names = ["h1", "h2"]
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 0.5
epochs = 2000
[data]
x = [[0, 0], [0, 1], [1, 0]]
y = [[0], [1], [1]]
[[note]]
at = "1:1:delta:1:1"
text = "Both paths meet here."
[[question]]
at = "1:1:update:2:1"
kind = "larger"
hint = "Which way does (11) move it?"
"""


@pytest.fixture(scope="session")
def sound():
    """A sound scenario that every test changes in one place."""
    return SOUND


@pytest.fixture(scope="session")
def changed():
    """The sound scenario with `old` replaced by `new`, once for each pair."""

    def change(*pairs):
        text = SOUND
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text

    return change
