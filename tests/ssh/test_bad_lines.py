"""Lines that break, and lines that fall silent: the app ends with the one and outlasts the other."""

import pytest

from tests.ssh.client import Client

WAYS = {"goodbye": Client.close, "killed": Client.kill, "reset": Client.reset}
FASTER = "+"


@pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS)
def test_the_app_ends_with_its_line(host, leave):
    client = host.open("two-by-two")
    client.until("step 1/22")
    client.press("right")
    client.until("step 2/22")
    assert not client.app.is_gone
    leave(client)
    host.until_gone(client.app)


def test_a_line_that_is_reset_while_the_app_starts(host):
    client = host.start("two-by-two")
    host.until(lambda: client.app.pid)
    client.reset()
    host.until_gone(client.app)


def test_a_line_that_is_reset_while_the_app_cannot_write(host):
    client = playing_to_nobody(host)
    client.reset()
    host.until_gone(client.app)


def test_keys_typed_into_a_silent_line_count_once_it_is_back(host, silence):
    client = host.open("two-by-two")
    client.until("step 1/22")
    client.silent()
    client.press("right", "right", "right")
    host.let_pass(silence)
    assert "step 1/22" in client.text()
    assert not client.app.is_gone
    client.back()
    client.until("step 4/22")
    client.press("right")
    client.until("step 5/22")
    fresh = host.open("two-by-two", "--at", "1:1:a:1:2")
    fresh.until("step 5/22")
    host.until(lambda: client.cells() == fresh.cells())


def test_a_run_that_played_to_a_silent_line_is_right_once_it_is_back(host):
    client = playing_to_nobody(host)
    client.press("end")
    client.back()
    fresh = host.open("two-by-two", "--at", "end")
    fresh.until("epoch 2000/2000")
    host.until(lambda: client.cells() == fresh.cells(), told=lambda: f"{client.text()}\nis not\n{fresh.text()}")
    client.press("left")
    client.until("step 21/22")


def playing_to_nobody(host):
    """A client whose run plays on while its line is silent, until the app cannot write any more."""
    client = host.open("two-by-two", window=8192)
    client.until("step 1/22")
    client.press(*FASTER * 4, " ")
    client.until("step 9/22")
    client.silent()
    host.until_nobody_reads()
    return client
