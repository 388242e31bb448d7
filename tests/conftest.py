def pytest_addoption(parser):
    parser.addoption("--sshd", action="store_true", help="the tests of tests/ssh against OpenSSH's sshd and ssh as well")
