"""A student logs in: the same numbers and the same screen, whatever the terminal, its size and its language."""

import json

import pytest

from nntui.explain.notation.numerals import FOUR


def numbers_of(entry):
    """What a line of the trace has new, as it is written on screen. Biases do not learn in `two-by-two`."""
    match entry:
        case {"kind": "update"}:
            values = entry["weights"]
        case {"kind": "gradient"}:
            values = [*entry["weights"], entry["bias"]]
        case {"kind": "input"}:
            values = entry["value"]
        case _:
            values = [entry["value"]]
    return [FOUR.write(value) for value in values]


def lit(client):
    """The words on the one ground that is lit, but for the first, which names the quantity."""
    rows = client.cells()
    grounds = [cell.bg for row in rows for cell in row]
    usual = max(set(grounds), key=grounds.count)
    return " ".join("".join(cell.data if cell.bg != usual else " " for cell in row) for row in rows).split()[1:]


def test_every_number_of_a_data_point_is_that_of_the_trace(host):
    trace = host.start("trace", "two-by-two", "--format", "jsonl", term=None)
    assert trace.ended() == 0
    entries = [json.loads(line) for line in trace.sent.splitlines()]
    assert len(entries) == 22
    client = host.open("two-by-two")
    for entry in entries:
        client.until(f"step {entry['step'] + 1}/22")
        numbers = numbers_of(entry)
        both = numbers * (1 if entry["kind"] == "cost" else 2)  # lit in the panels and in the equation; C has no panel
        client.until(lambda _, both=both: lit(client) == both)
        client.press("right")
    client.until("epoch 2/2000")
    client.press("q")
    assert client.ended() == 0


def test_a_window_dragged_while_stepping_ends_in_the_right_screen(host):
    client = host.open("two-by-two")
    client.until("step 1/22")
    for size in ((80, 24), (60, 20), (30, 8), (200, 60), (100, 30)):
        client.resize(*size)
        client.press("right", "right")
    client.until("step 11/22")
    fresh = host.open("two-by-two", "--at", "1:1:delta", size=(100, 30))
    fresh.until("step 11/22")
    host.until(lambda: client.cells() == fresh.cells(), told=lambda: f"{client.text()}\nis not\n{fresh.text()}")


@pytest.mark.parametrize(("term", "has_256"), [("xterm-256color", True), ("linux", False), ("vt100", False)])
def test_colours_are_those_that_the_terminal_has(host, term, has_256):
    """ssh does not send COLORTERM, so nobody gets 24-bit colours."""
    client = host.open("two-by-two", term=term, size=(80, 24))
    client.until("step 1/22")
    client.press("right")
    client.until("step 2/22")
    assert b"38;2;" not in client.sent
    assert (b"38;5;" in client.sent) is has_256
    client.press("q")
    assert client.ended() == 0


def test_a_terminal_that_cannot_move_its_cursor_is_told_so(host, tmp_path):
    out = tmp_path / "out"
    client = host.start("two-by-two", term="dumb", stdout=out)
    assert client.ended() == 2
    assert "nntui: TERM is 'dumb'" in client.text()
    assert client.sent.count(b"\n") == 1
    assert b"\x1b" not in client.sent
    assert out.read_bytes() == b"", "it came on standard error"


def test_ssh_without_a_terminal_is_told_so(host):
    client = host.start("two-by-two", term=None)
    assert client.ended() == 2
    assert client.sent == b""
    assert client.errors.startswith(b"nntui: standard input is no terminal")
    assert client.errors.count(b"\n") == 1


@pytest.mark.sweep
@pytest.mark.parametrize("sent", [{}, {"LANG": "C"}, {"LC_ALL": "C"}], ids=str)
def test_the_letters_of_the_lecture_need_no_locale(host, sent):
    client = host.start("two-by-two", "--at", "1:1:delta", size=(80, 24), send=sent)
    client.until(lambda text: "step 11/22" in text and "δ₁²" in text and "σ′(z₁²)" in text)
    client.press("left")
    client.until("½ Σₖ (aₖ⁽²⁾ − yₖ)²")


def test_two_students_at_once_have_each_their_own_screen(host):
    small = host.open("two-by-two", size=(80, 24))
    large = host.open("xor", size=(200, 60), term="linux")
    small.until("step 1/22")
    large.until("step 1/17")
    small.press("right", "right", "right")
    large.press("2", "right", "right")
    small.until("step 4/22")
    large.until("step 5/17")
    assert "Two by two" in small.text()
    assert "Two by two" not in large.text()
    small.reset()
    host.until_gone(small.app)
    large.press("left")
    large.until("step 3/17")
