"""Scenarios whose texts try to break out of every format, and networks that no bundled scenario has."""

from dataclasses import replace

import numpy as np

from nntui.engine.network import Layer, Network, from_matrices
from nntui.files.library import load
from nntui.text.safe import safe
from nntui.training.scenario import Scenario

TEXTS = (
    r"\input{/etc/passwd} \end{document} $x$ %gone",
    r"\\[1cm] & # _ ^ ~ { } \write18{ls}",
    '<script>alert("x")</script> & &lt; <b>b</b>',
    "| a | b |\n|---|---|\n# heading\n---\n===\n1. one\n- two\n> three\n`code` **b** [x](http://y) ![z](w)",
    "] [ -- --- `` '' ?` !` \"quoted\" << >> | |",
    "é è ñ ç ß ø å Ł ő ā ą đ þ İ ı Ž ệ",
    "αβγδεζηθικλμνξοπρςστυφχψω ΑΒΓΔΣΩ",
    "中文 漢字 \N{GRINNING FACE} \N{ARABIC LETTER ALEF} ∑ ∂ ≤ ≥ ≠ ≈ → ½ ² ₃ − – — …",
    "www.example.org me@example.org http://example.org $$ $1+1$ ~~s~~ :smile: @name",
    "a" * 200,
    "(a) text a. text i) text",
    "]]> <!-- --> </style></title>",
)


def dressed(text):
    """Two by two with one text everywhere."""
    line = safe(text.replace("\n", " "), 200)
    scene = load("two-by-two")
    names = tuple(line[:60] or "n" for _ in range(2))
    return replace(
        scene, title=line, about=safe(text, 10_000, newline=True), input_names=names, neuron_names=(names, names), notes=()
    )


def deep(layers=6, units=3, last="softmax"):
    """A deep network with a few neurons in each layer."""
    kinds = ["tanh", "relu", "sigmoid", "leaky_relu", "identity"]
    made = (*(Layer(units, kinds[at % len(kinds)]) for at in range(layers - 1)), Layer(units, last))
    network = Network(inputs=2, layers=made, cost="cross_entropy" if last == "softmax" else "squared_error", eta=0.1)
    matrices, below = [], 2
    for number, layer in enumerate(made):
        values = np.arange(layer.units * (below + 1), dtype=float).reshape(layer.units, below + 1)
        matrices.append(np.round(np.cos(values + number), 2))
        below = layer.units
    y = np.zeros((1, units))
    y[0, 0] = 1.0
    return Scenario("Deep", network, from_matrices(network, matrices), np.array([[0.5, -0.25]]), y, 3)
