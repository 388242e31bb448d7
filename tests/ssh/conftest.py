"""`host`: a machine to log in to. With --sshd every story is told twice, the second time by OpenSSH."""

import pytest

from tests.ssh.host import Host
from tests.ssh.keys import Keys
from tests.ssh.openssh import OpenSSH
from tests.ssh.server import AsyncSSH

SERVERS = {"asyncssh": AsyncSSH, "openssh": OpenSSH}
OPENSSH_ONLY = ("test_openssh_client.py", "test_classroom_page.py")


def pytest_ignore_collect(collection_path, config):
    return True if collection_path.name in OPENSSH_ONLY and not config.getoption("--sshd") else None


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", list(SERVERS) if metafunc.config.getoption("--sshd") else ["asyncssh"])


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def host(kind, keys, tmp_path, request):
    """Sessions in a terminal are forked; with --sshd a shell starts every one of them, on both servers."""
    forks = None if request.config.getoption("--sshd") else request.getfixturevalue("server")
    with Host(SERVERS[kind], keys, tmp_path, forks) as host:
        yield host


@pytest.fixture
def silence(pytestconfig):
    """Seconds for which a bad line says nothing."""
    return 30 if pytestconfig.getoption("--sshd") else 3
