"""The emulator that the terminals of the tests have shows what pyte's own screen shows."""

import random

import pyte

from tests.emulator import Emulator

MOVES = ("\x1b[{};{}H", "\x1b[{}J", "\x1b[{}K", "\x1b[{}L", "\x1b[{}M", "\x1b[{}P", "\x1b[{}@", "\x1b[{}X")


def test_it_shows_what_pyte_shows_after_any_bytes():
    dice = random.Random(3)
    ours, theirs = Emulator(12, 5), pyte.Screen(12, 5)
    streams = [pyte.ByteStream(screen) for screen in (ours, theirs)]
    for turn in range(400):
        text = "".join(dice.choices("ab δ₁²│", k=dice.randrange(9)))
        move = dice.choice(MOVES).format(dice.randrange(3), dice.randrange(12))
        piece = dice.choice((text, move, "\r\n", "\x1bM", "\x1bD"))
        for stream in streams:
            stream.feed(piece.encode())
        if turn % 3 == 0:
            assert ours.display == theirs.display
        if turn % 50 == 0:
            size = dice.randrange(1, 8), dice.randrange(6, 20)
            ours.resize(*size)
            theirs.resize(*size)


def test_a_wide_character_is_there_once_for_its_two_cells():
    for screen in (Emulator(8, 2), pyte.Screen(8, 2)):
        pyte.ByteStream(screen).feed("a漢字b".encode())
        assert screen.display == ["a漢字b  ", " " * 8]
