"""Options of the whole test run."""


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=30, help="how often the app is killed while it records (default 30)")
    parser.addoption("--sshd", action="store_true", help="the tests of tests/ssh against OpenSSH's sshd and ssh as well")
